"""Many writers on one session, each a process with a connection of its own."""

import multiprocessing
from dataclasses import dataclass

# Not "fork": a connection to SQLite must not be carried into another process.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["postgresql_store", "redis_store", "sqlite_store", "writers"])
EXPIRES_AT = 4_000_000_000


@dataclass
class Win:
    """A swap that a writer was told it had won."""

    writer: int
    base: dict
    record: dict


def successor(record, writer):
    """What a writer makes of a record: the next version, signed with the writer's key."""
    keys = [f"key-of-writer-{writer:04}", *filter(None, record["idempotency_keys"].split(","))]
    return record | {
        "version": record["version"] + 1,
        "generation": record["generation"] + 1,
        "idempotency_keys": ",".join(keys[:4]),
    }


def _in_step(store, writer, session_id, rounds, barrier):
    """All writers read the same version, and then swap at once."""
    for _ in range(rounds):
        barrier.wait(timeout=60)
        base = store.read(session_id)
        barrier.wait(timeout=60)
        record = successor(base, writer)
        if store.swap(base["version"], record, EXPIRES_AT):
            yield Win(writer, base, record)


def _at_will(store, writer, session_id, rounds, barrier):
    """Each writer reads and swaps until it has won so many times."""
    barrier.wait(timeout=60)
    wins = 0
    for _ in range(rounds * 1000):
        base = store.read(session_id)
        record = successor(base, writer)
        if store.swap(base["version"], record, EXPIRES_AT):
            yield Win(writer, base, record)
            wins += 1
            if wins == rounds:
                return
    raise RuntimeError("a writer never came first")


def _write(pace, connect, writer, session_id, rounds, barrier, wins):
    try:
        wins.put(list(pace(connect(), writer, session_id, rounds, barrier)))
    except BaseException as error:
        barrier.abort()
        wins.put(error)


def _run(pace, connect, session_id, writers, rounds):
    barrier = CONTEXT.Barrier(writers)
    wins = CONTEXT.Queue()
    processes = [
        CONTEXT.Process(
            target=_write, args=(pace, connect, writer, session_id, rounds, barrier, wins))
        for writer in range(writers)
    ]
    for process in processes:
        process.start()
    results = [wins.get(timeout=120) for _ in processes]
    for process in processes:
        process.join(timeout=20)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return [win for result in results for win in result]


def in_step(connect, session_id, writers, rounds):
    return _run(_in_step, connect, session_id, writers, rounds)


def at_will(connect, session_id, writers, rounds):
    return _run(_at_will, connect, session_id, writers, rounds)


def lost_updates(first, wins, last):
    """What is wrong with a history: versions won twice or never, and updates built on another's."""
    history = {}
    for win in wins:
        history.setdefault(win.record["version"], []).append(win)
    problems, current = [], first
    for version in range(first["version"] + 1, first["version"] + 1 + len(history)):
        winners = history.get(version, [])
        if len(winners) != 1:
            problems.append(f"version {version} was won {len(winners)} times")
        elif winners[0].base != current:
            problems.append(f"version {version} replaced what its writer had not read")
        if winners:
            current = winners[-1].record
    if last != current:
        problems.append("the last update is not the one that is stored")
    return problems
