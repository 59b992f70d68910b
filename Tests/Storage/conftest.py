import functools
import json
import subprocess
import tempfile
from pathlib import Path

import pytest

import engines
from postgresql_store import PostgreSQLStore
from redis_store import RedisStore
from sqlite_store import SQLiteStore

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def writes():
    """The writes of one session from sign-in to sign-out, as the package makes them."""
    output = subprocess.run(
        ["swift", "run", "--skip-build", "StoredRow"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture(scope="session")
def golden_records():
    """The rows that every version of the package must read, with the ends of all ranges."""
    path = ROOT / "Tests/SessionTokensTests/Vectors/session_record_v1.json"
    return json.loads(path.read_text())["records"]


@pytest.fixture(scope="session")
def directory():
    """A directory with a path short enough for a socket, which other users may enter."""
    with tempfile.TemporaryDirectory(prefix="storage-") as path:
        Path(path).chmod(0o755)
        yield Path(path)


@pytest.fixture(scope="session")
def postgresql_address(directory):
    (directory / "p").mkdir()
    with engines.postgresql(directory / "p") as address:
        yield address


@pytest.fixture(scope="session")
def redis_socket(directory):
    (directory / "r").mkdir()
    with engines.redis_server(directory / "r") as socket:
        yield socket


@pytest.fixture(params=["SQLite", "PostgreSQL", "PostgreSQL, serializable", "Redis"])
def connect(request, tmp_path):
    """Makes connections to an empty store."""
    if request.param == "SQLite":
        connect = functools.partial(SQLiteStore, tmp_path / "sessions.sqlite")
        connect().create()
    elif request.param == "Redis":
        connect = functools.partial(RedisStore, request.getfixturevalue("redis_socket"))
        connect().connection.flushall()
    else:
        address = request.getfixturevalue("postgresql_address")
        if "serializable" in request.param:
            address += " options='-c default_transaction_isolation=serializable'"
        connect = functools.partial(PostgreSQLStore, address)
        store = connect()
        store.create()
        store.connection.execute("TRUNCATE session")
    return connect
