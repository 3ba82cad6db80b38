"""Every text of the program is said in Persian, whole and well spelt."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message

from tests import catalogues

_SOURCES = sorted((catalogues.ROOT / "src").rglob("*.py"))
_PERSIAN = "\u0620-\u06d3"
_MISSPELT = {
    "a verb's «می» is tied with ZWNJ": rf"(?<![{_PERSIAN}])ن?می [{_PERSIAN}]",
    "a plural's «ها» is tied with ZWNJ": rf"[{_PERSIAN}] ها(ی|یی|یش|یشان)?(?![{_PERSIAN}\u200c])",
    "ZWNJ only between letters": rf"\u200c(?![{_PERSIAN}])|(?<![{_PERSIAN}])\u200c",
    "Persian ی and ک": "[\u064a\u0649\u0643]",
    "Persian digits": "(?<![A-Za-z])[0-9\u0660-\u0669]",
    "Persian punctuation": rf"[{_PERSIAN}] ?[,;?%]",
    "no direction controls": "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]",
}


def _forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text) if isinstance(text, (list, tuple)) else ()


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def misspellings(persian: str) -> list[str]:
    bare = re.sub(r"\{[a-z_]*\}", " ", persian)
    return [rule for rule, pattern in _MISSPELT.items() if re.search(pattern, bare)]


def _entries() -> list[Message]:
    return list(catalogues.entries(catalogues.merged()))


def test_every_text_has_a_finished_persian_translation() -> None:
    catalogue = catalogues.merged()
    lacking = []
    for msgid, places in catalogues.extracted().items():
        message = catalogue.get(msgid)
        same = message is not None and _forms(message.id)[: len(_forms(msgid))] == _forms(msgid)
        whole = message is not None and all(_forms(message.string)) and bool(_forms(message.string))
        if message is None or not same or not whole or message.fuzzy:
            lacking.append(f"{places[0]}: {msgid!r}")
    assert lacking == []


def test_no_translation_outlives_its_text() -> None:
    used = {_forms(msgid)[0] for msgid in catalogues.extracted()}
    assert [message.id for message in _entries() if _forms(message.id)[0] not in used] == []


def test_a_translation_keeps_the_places_of_its_text() -> None:
    wrong = []
    for message in _entries():
        wanted = set().union(*(_places(text) for text in _forms(message.id)))
        wrong += [text for text in _forms(message.string) if _places(text) != wanted]
    assert wrong == []


def test_persian_texts_are_spelt_as_persian_is() -> None:
    wrong = {text: misspellings(text) for message in _entries() for text in _forms(message.string)}
    assert {text: rules for text, rules in wrong.items() if rules} == {}


@pytest.mark.parametrize(
    "slip",
    [
        *("ثبت می شود", "نمی شود", "کارت ها", "کارت های تازه", "كارت", "علي", "5 مهر", "٥ مهر"),
        *("خوب, بد", "بد\u200c ", "\u2066الف\u2069"),
    ],
)
def test_the_spelling_rules_see_a_slip(slip: str) -> None:
    assert misspellings(slip) != []


@pytest.mark.parametrize(
    "right", ["ثبت می‌شود", "کارت‌های تازه", "{count} مهر، F3 یا ۱۲٪", "قدیمی شد", "هر سه‌شنبه؟", "فایل PDF"]
)
def test_the_spelling_rules_let_good_persian_pass(right: str) -> None:
    assert misspellings(right) == []


def _speaking_calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in catalogues.KEYWORDS and node.args:
                yield name, node


def unreadable_marks(source: str) -> list[int]:
    """Find the lines whose text the extraction can't see, or whose values don't fit its places."""
    lines = []
    speaks = re.search(rf"\b(?:{'|'.join(catalogues.KEYWORDS)})\(", source)
    for name, call in _speaking_calls(ast.parse(source)) if speaks else ():
        texts = call.args[: 2 if name == "n" else 1]
        literal = [
            text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str)
        ]
        built = any(isinstance(text, (ast.JoinedStr, ast.BinOp)) for text in texts)
        if built or (name == "N_" and not literal):
            lines.append(call.lineno)
        elif literal and name != "N_" and all(keyword.arg for keyword in call.keywords):
            given = {str(keyword.arg) for keyword in call.keywords} | ({"count"} if name == "n" else set())
            wanted = set().union(*(_places(text) for text in literal))
            if wanted - given or given - wanted - {"count"}:
                lines.append(call.lineno)
    return lines


@pytest.mark.parametrize("path", _SOURCES, ids=lambda path: str(path.relative_to(catalogues.ROOT)))
def test_texts_are_marked_where_the_extraction_sees_them(path: Path) -> None:
    assert unreadable_marks(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    ['x.t(f"a {b}")', 'x.t("a " + b)', "N_(b)", 'x.t("a {b}")', 'x.t("a", b="c")', 'x.n("{b} a", "as", 2)'],
)
def test_a_badly_marked_text_is_seen(source: str) -> None:
    assert unreadable_marks(source) == [1]


_UNSAID = "{count} text that no part of the program says"
_PART = f"""
msgid "{_UNSAID}"
msgid_plural "{_UNSAID}!"
msgstr[0] "{{count}} مهر"

msgid "Toman"
msgstr "TOMAN"
"""


@pytest.fixture
def part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A part without header beside a copy of the catalogue."""
    whole, parts = tmp_path / "loyalty_pos.po", tmp_path / "fa.d"
    whole.write_bytes(catalogues.PERSIAN.read_bytes())
    parts.mkdir()
    monkeypatch.setattr(catalogues, "PERSIAN", whole)
    monkeypatch.setattr(catalogues, "PARTS", parts)
    return parts / "counter.po"


def test_a_part_joins_the_catalogue_and_goes(part: Path) -> None:
    part.write_text(_PART.replace("TOMAN", "تومان"), encoding="utf-8")
    before = len(_entries())
    catalogues.merge()
    assert not part.exists()
    assert len(_entries()) == before
    stamps = catalogues.merged().get(_UNSAID)
    assert stamps is not None and stamps.string == ("{count} مهر", "{count} مهر")


def test_two_translations_of_one_text_are_refused(part: Path) -> None:
    part.write_text(_PART, encoding="utf-8")
    with pytest.raises(catalogues.TranslationsDifferError, match="Toman"):
        catalogues.merge()
    assert part.exists()


def test_pruning_drops_what_nobody_says_and_only_that(part: Path, capsys: pytest.CaptureFixture[str]) -> None:
    part.write_text(_PART.replace("TOMAN", "تومان"), encoding="utf-8")
    before = {message.id for message in _entries()} - {(_UNSAID, f"{_UNSAID}!")}
    catalogues.merge()
    catalogues.prune()
    assert {message.id for message in _entries()} == before
    assert _UNSAID in capsys.readouterr().out


def test_the_tool_tells_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main(["nonsense"]) == 2
    assert "extract|merge|prune|compile" in capsys.readouterr().err
    assert catalogues.main(["extract"]) == 0
    assert "'Toman'" in capsys.readouterr().out
