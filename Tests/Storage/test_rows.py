"""A row holds a record as the package encodes it: each column is one member, and none is lost."""

import time

from redis_store import RedisStore

FAR = 4_000_000_000


def test_the_rows_of_a_session_come_back_as_the_package_wrote_them(connect, writes):
    store, reader = connect(), connect()
    first, *updates = writes
    assert [write["record"]["version"] for write in writes] == list(range(len(writes)))
    assert writes[-1]["record"]["revocation_reason"] == "signed_out"
    assert store.insert(first["record"], FAR)
    assert reader.read(first["record"]["id"]) == first["record"]
    for update in updates:
        assert store.swap(update["expected_version"], update["record"], FAR)
        assert reader.read(update["record"]["id"]) == update["record"]
        assert not store.swap(update["expected_version"], update["record"], FAR)


def test_every_kind_of_record_comes_back(connect, golden_records):
    store = connect()
    for record in golden_records:
        assert store.insert(record, FAR)
        assert store.read(record["id"]) == record
        assert store.session_ids(record["subject"]) == [record["id"]]


def test_the_columns_are_the_members_of_the_record(connect, golden_records):
    store = connect()
    for record in golden_records:
        assert store.insert(record, FAR)
    members = {name for record in golden_records for name in record}
    assert store.columns() == members | {"expires_at"}


def test_a_session_is_inserted_once(connect, golden_records):
    store = connect()
    record = golden_records[0]
    assert store.insert(record, FAR)
    assert not store.insert(record | {"generation": 5}, FAR)
    assert store.read(record["id"]) == record


def test_nothing_is_read_or_swapped_where_nothing_is(connect, golden_records):
    store = connect()
    assert store.read("AAECAwQFBgcICQoLDA0ODw") is None
    assert not store.swap(0, golden_records[0], FAR)
    assert store.read("AAECAwQFBgcICQoLDA0ODw") is None


def test_a_row_goes_at_its_expiry(connect, writes):
    store = connect()
    first, second, *_ = writes
    session_id = first["record"]["id"]
    assert second["expires_at"] > first["expires_at"]
    if isinstance(store, RedisStore):
        assert store.insert(first["record"], first["expires_at"])
        assert store.expires_at(session_id) == first["expires_at"]
        assert store.swap(0, second["record"], second["expires_at"])
        assert store.expires_at(session_id) == second["expires_at"]
        assert store.swap(1, second["record"] | {"version": 2}, int(time.time()) + 1)
        deadline = time.monotonic() + 10
        while store.read(session_id) is not None:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        return
    store.insert(first["record"], first["expires_at"])
    assert store.swap(0, second["record"], second["expires_at"])
    store.expire(second["expires_at"] - 1)
    assert store.read(session_id) == second["record"]
    store.expire(second["expires_at"])
    assert store.read(session_id) is None


def test_the_rows_of_a_clock_that_ran_ahead_are_ended_and_no_others(connect, golden_records):
    store = connect()
    record = {name: value for name, value in golden_records[0].items()
              if name not in ("revocation_reason", "revoked_at")}
    now = record["rotated_at"]
    ahead = record | {"id": "BAECAwQFBgcICQoLDA0ODw", "rotated_at": now + 1}
    assert store.insert(record, FAR) and store.insert(ahead, FAR)
    store.end_ahead(now)
    assert store.read(record["id"]) == record
    ended = store.read(ahead["id"])
    if isinstance(store, RedisStore):
        assert ended is None
    else:
        assert ended == ahead | {
            "revocation_reason": "administrator", "revoked_at": now,
            "version": ahead["version"] + 1}
    # A rotation that was decided before loses its swap.
    assert not store.swap(ahead["version"], ahead | {"version": ahead["version"] + 1}, FAR)
