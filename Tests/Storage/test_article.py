"""The article shows the very text that is executed."""

from article import ARTICLE, ROOT, blocks
from recipes import ENGINES, FOLDER


def test_the_blocks_of_each_engine_are_its_recipes():
    shown = blocks(ARTICLE.read_text())
    for engine in ENGINES:
        texts = [block.text for block in shown if block.section == engine]
        recipes = [path.read_text() for path in (FOLDER / engine).iterdir()]
        assert sorted(texts) == sorted(recipes), engine


def test_the_swift_blocks_are_functions_of_the_adoption_server():
    source = (ROOT / "Tests/Adoption/Sources/SignIn/Sessions.swift").read_text()
    compiled = "\n".join(line.removeprefix("  ") for line in source.splitlines())
    shown = [block for block in blocks(ARTICLE.read_text()) if block.language == "swift"]
    assert len(shown) == 4
    for block in shown:
        assert block.text in compiled


def test_every_block_is_of_a_known_kind():
    kinds = {(block.section, block.language) for block in blocks(ARTICLE.read_text())}
    assert kinds == {
        ("Overview", "swift"), ("SQLite", "sql"), ("PostgreSQL", "sql"), ("Redis", "lua"),
    }  # fmt: skip
