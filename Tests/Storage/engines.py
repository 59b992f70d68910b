"""The real engines, each in a data directory of its own and on a socket file; no port is opened."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis


def _until(is_ready, process, log):
    """Waits until the engine answers, twenty seconds at most."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if is_ready():
            return
        time.sleep(0.05)
    raise RuntimeError(f"the engine did not start:\n{log.read_text()}")


@contextmanager
def _running(command, is_ready, directory, **options):
    log = directory / "log"
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, **options)
        try:
            _until(is_ready, process, log)
            yield
        finally:
            # To PostgreSQL this is a shutdown that waits for no client.
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=20)
            finally:
                process.kill()


def _answers(attempt, error):
    try:
        attempt()
        return True
    except error:
        return False


@contextmanager
def postgresql(directory: Path):
    """Yields an address. PostgreSQL refuses to run as root, so it runs as the package's user."""
    program = shutil.which("postgres") or str(
        max(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4])))
    data = directory / "data"
    user = {"user": "postgres", "cwd": directory} if os.geteuid() == 0 else {"cwd": directory}
    if user.get("user"):
        shutil.chown(directory, "postgres")
    subprocess.run(
        [str(Path(program).parent / "initdb"), "--pgdata", data, "--username", "sessions",
         "--auth", "trust", "--encoding", "UTF8", "--no-locale"],
        check=True, stdout=subprocess.DEVNULL, **user)
    address = f"host={directory} user=sessions dbname=postgres"
    command = [
        program, "-D", data, "-k", directory, "-c", "listen_addresses=", "-c",
        "max_connections=64"]
    is_ready = lambda: _answers(lambda: psycopg.connect(address).close(), psycopg.OperationalError)
    with _running(command, is_ready, directory, **user):
        yield address


@contextmanager
def redis_server(directory: Path):
    """Yields the path of a socket. Every write reaches the disk before it is answered."""
    socket = directory / "socket"
    command = [
        shutil.which("valkey-server") or "redis-server", "--port", "0", "--unixsocket", socket,
        "--dir", directory, "--appendonly", "yes", "--appendfsync", "always",
        "--maxmemory-policy", "noeviction"]
    is_ready = lambda: _answers(
        lambda: redis.Redis(unix_socket_path=str(socket)).ping(), redis.ConnectionError)
    with _running(command, is_ready, directory):
        yield str(socket)
