"""The recipes as they are documented, and their defective twins."""

import re
from pathlib import Path

FOLDER = Path(__file__).parent
ENGINES = ("SQLite", "PostgreSQL", "Redis")


def recipe(engine: str, name: str) -> str:
    """The text of one recipe."""
    return (FOLDER / engine / name).read_text()


def without_comparison(swap: str) -> str:
    """The text of a swap that writes whatever the stored version is."""
    broken = re.sub(r"\n  AND version = [^\n;]+;", ";", swap)
    broken = re.sub(r"if redis.call\('HGET'.*?\nend\n", "", broken, flags=re.DOTALL)
    assert broken != swap, "there was no comparison to drop"
    return broken
