"""The code blocks of the article that documents the recipes."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "Sources/SessionTokens/SessionTokens.docc/Articles/StoringTheRow.md"


class Block(NamedTuple):
    section: str
    language: str
    text: str


def blocks(article: str) -> list[Block]:
    """The blocks of an article, each with the second-level heading it stands under."""
    found, section = [], ""
    parts = re.finditer(r"^## ([^\n]+)$|^```(\w*)\n(.*?)^```$", article, re.MULTILINE | re.DOTALL)
    for part in parts:
        heading, language, text = part.groups()
        if heading:
            section = heading
        else:
            found.append(Block(section, language, text))
    return found
