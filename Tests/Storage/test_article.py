"""The article shows the very text that is executed."""

from article import ARTICLE, ROOT, blocks
from recipes import ENGINES, FOLDER


def test_the_blocks_of_each_engine_are_its_recipes():
    shown = blocks(ARTICLE.read_text())
    for engine in ENGINES:
        texts = [block.text for block in shown if block.section == engine]
        recipes = [path.read_text() for path in (FOLDER / engine).iterdir()]
        assert sorted(texts) == sorted(recipes), engine


def test_the_swift_blocks_are_compiled_and_tested():
    servers = [*ROOT.glob("Tests/Adoption/Sources/SignIn/*.swift"), ROOT / "Snippets/SignInServer.swift"]
    compiled = ["\n".join(line.strip() for line in path.read_text().splitlines()) for path in servers]
    shown = [block for block in blocks(ARTICLE.read_text()) if block.language == "swift"]
    assert shown
    for block in shown:
        text = "\n".join(line.strip() for line in block.text.splitlines())
        assert any(text in source for source in compiled), block.text


def test_every_block_is_of_a_known_kind():
    kinds = {(block.section, block.language) for block in blocks(ARTICLE.read_text())}
    assert kinds == {
        ("Overview", "swift"), ("SQLite", "sql"), ("PostgreSQL", "sql"), ("Redis", "lua"),
    }  # fmt: skip
