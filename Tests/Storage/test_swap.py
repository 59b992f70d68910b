"""Many writers at once: exactly one wins each version, and no update is lost."""

from functools import partial

from recipes import without_comparison
from writers import EXPIRES_AT, at_will, in_step, lost_updates

WRITERS = 12


def test_of_writers_that_read_the_same_version_exactly_one_wins(connect, writes):
    first = writes[0]["record"]
    assert connect().insert(first, EXPIRES_AT)
    wins = in_step(connect, first["id"], WRITERS, rounds=50)
    last = connect().read(first["id"])
    assert lost_updates(first, wins, last) == []
    assert len(wins) == last["version"] == 50


def test_writers_that_read_and_swap_at_will_lose_no_update(connect, writes):
    first = writes[0]["record"]
    assert connect().insert(first, EXPIRES_AT)
    wins = at_will(connect, first["id"], WRITERS, rounds=10)
    last = connect().read(first["id"])
    assert lost_updates(first, wins, last) == []
    assert len(wins) == last["version"] == WRITERS * 10


def test_a_swap_without_the_comparison_is_noticed(connect, writes):
    """The two tests above can fail: the same writers, and `AND version = …` left out."""
    first = writes[0]["record"]
    store = connect()
    assert store.insert(first, EXPIRES_AT)
    broken = without_comparison(store.swap_text)

    wins = in_step(partial(connect, swap=broken), first["id"], WRITERS, rounds=3)
    problems = lost_updates(first, wins, connect().read(first["id"]))
    assert any("was won" in problem for problem in problems)
