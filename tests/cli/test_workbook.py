"""A workbook is read cell by cell as somebody would type it; a hostile one is refused, never obeyed."""

import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyalty_pos.cli import sniffing
from loyalty_pos.cli.tables import open_table
from loyalty_pos.cli.workbook import MOST_COLUMNS
from loyalty_pos.domain.errors import Fault
from tests.cli.xlsx import number, text, workbook
from tests.examples import examples

HEAD = f'<row r="1">{text("A1", "phone")}{text("B1", "name")}</row>'


def rows(path: Path) -> list[tuple[int, tuple[str, ...], str | None]]:
    with open_table(path) as table:
        assert list(table.rows()) == list(table.rows())
        return [(row.line, row.fields, row.problem) for row in table.rows()]


def only(path: Path, cell: str, **parts: str | bool) -> str:
    workbook(path, f'{HEAD}<row r="2">{cell}</row>', **parts)  # type: ignore[arg-type]
    ((line, fields, problem),) = rows(path)
    assert (line, problem) == (2, None)
    return fields[0]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.xlsx"


@pytest.mark.parametrize(
    ("cell", "typed"),
    [
        (number("A2", "9123456789"), "9123456789"),
        (number("A2", "9.123456789E9"), "9123456789"),
        (number("A2", "38.7"), "38.7"),
        (number("A2", "0.30000000000000004"), "0.3"),
        (number("A2", "-3"), "-3"),
        (number("A2", "1E+300"), "1e+300"),
        (number("A2", "what"), "what"),
        (text("A2", "0912"), "0912"),
        (text("A2", "_x0041__x005F_x0041_"), "A_x0041_"),
        ('<c r="A2" t="b"><v>1</v></c>', "1"),
        ('<c r="A2" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A2" t="str"><f>1+1</f><v>two</v></c>', "two"),
        ('<c r="A2" t="d"><v>2024-03-01</v></c>', "2024-03-01"),
        ('<c t="inlineStr"><is><r><t>Sa</t></r><r><t>ra</t></r><rPh><t>no</t></rPh></is></c>', "Sara"),
    ],
)
def test_a_cell_is_what_somebody_would_type(file: Path, cell: str, typed: str) -> None:
    assert only(file, cell) == typed


STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="[$-fa-IR,16]yyyy/mm/dd"/>'
    '<numFmt numFmtId="165" formatCode="[Red]0.00&quot;day&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    '<cellStyles><xf numFmtId="14"/></cellStyles>'
)


@pytest.mark.parametrize(
    ("value", "style", "typed"),
    [
        ("45352", 1, "2024-03-01"),
        ("45352.427083333336", 2, "2024-03-01 10:15:00"),
        ("0.4270833333", 1, "10:15:00"),
        ("59", 1, "1900-02-28"),
        ("61", 1, "1900-03-01"),
        ("45352", 0, "45352"),
        ("45352", 3, "45352"),
        ("1E+20", 1, "1E+20"),
        ("nan", 1, "nan"),
    ],
)
def test_days_and_times_are_known_by_their_format(file: Path, value: str, style: int, typed: str) -> None:
    assert only(file, number("A2", value, style), styles=STYLES) == typed


def test_a_workbook_of_an_old_mac_counts_from_1904(file: Path) -> None:
    assert only(file, number("A2", "43890", 1), styles=STYLES, since_1904=True) == "2024-03-01"


def test_rows_keep_their_numbers_and_gaps_are_empty(file: Path) -> None:
    last = (
        f'<row r="7">{text("B7", "b")}</row><row>{text("C8", "over")}</row><row r="9"><c r="A9" s="1"/></row>'
    )
    shared = "<si><t>first</t></si><si><r><t>sec</t></r><r><t>ond</t></r></si>"
    workbook(file, f'{HEAD}<row r="5"><c r="A5" t="s"><v>1</v></c></row>{last}', shared=shared)
    assert rows(file) == [
        (5, ("second", ""), None), (7, ("", "b"), None), (8, ("", "", "over"), None),
    ]  # fmt: skip


def test_a_stray_cell_in_the_last_corner_costs_one_row(file: Path) -> None:
    workbook(
        file, f'{HEAD}<row r="2">{text("A2", "x")}</row><row r="1048576">{text("XFD1048576", "!")}</row>'
    )
    tracemalloc.start()
    found = rows(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [(2, ("x", ""), None), (1048576, (), "too_wide")]
    assert peak < 2_000_000
    assert MOST_COLUMNS < 16_384


def test_one_long_text_shared_by_many_cells_is_not_kept_long(file: Path) -> None:
    cells = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(2, 2000))
    workbook(file, HEAD + cells, shared=f"<si><t>{'x' * 5_000_000}</t></si>")
    tracemalloc.start()
    found = rows(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {problem for _, _, problem in found} == {"too_long"}
    assert peak < 5_000_000


def _bomb(file: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 10}">' for n in range(12))
    workbook(file, HEAD + f'<row r="2">{text("A2", "&e11;")}</row>', before=f"<!DOCTYPE w [{entities}]>")


def _foreign(file: Path) -> None:
    with ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<office/>")


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "entities": (_bomb, "broken_workbook"),
    "another kind of zip": (_foreign, "broken_workbook"),
    "cut": (lambda file: workbook(file, HEAD).write_bytes(file.read_bytes()[:700]), "broken_workbook"),
    "no such shared text": (
        lambda file: workbook(file, '<row r="1"><c r="A1" t="s"><v>5</v></c></row>'), "broken_workbook",
    ),
    "no such column": (
        lambda file: workbook(file, f'<row r="1">{text("ABCD1", "x")}</row>'), "broken_workbook",
    ),
    "no number of a row": (
        lambda file: workbook(file, f'<row r="x">{text("A1", "x")}</row>'), "broken_workbook",
    ),
    "a tag without end": (
        lambda file: workbook(file, f'<row r="1{" " * 3_000_000}">{text("A1", "x")}</row>'),
        "broken_workbook",
    ),
    "a text before the first": (
        lambda file: workbook(
            file, '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', shared="<si><t>500</t></si>"
        ),
        "broken_workbook",
    ),
    "unclosed": (lambda file: workbook(file, "<row><c>"), "broken_workbook"),
    "too many texts": (
        lambda file: workbook(file, HEAD, shared="<si><t/></si>" * 16_000), "file_too_large",
    ),
    "old": (lambda file: file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "old_workbook"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_in_a_sentence(
    file: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loyalty_pos.cli.workbook._MOST_SHARED", 240_000)  # a hundredth, and so the texts
    make, code = HOSTILE[name]
    make(file)
    with pytest.raises(Fault) as no:
        rows(file)
    assert no.value.code == code


def test_a_part_that_unpacks_without_end_is_refused_before_it_does(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loyalty_pos.cli.workbook.LARGEST_PART", 10_000)
    workbook(file, HEAD + f'<row r="2">{text("A2", "x" * 20_000)}</row>')
    with pytest.raises(Fault) as no:
        rows(file)
    assert no.value.code == "file_too_large"


def test_files_and_rows_have_limits(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook(file, HEAD + "".join(f'<row r="{at}">{text(f"A{at}", "x")}</row>' for at in range(2, 7)))
    assert len(rows(file)) == 5
    monkeypatch.setattr(sniffing, "MOST_ROWS", 4)
    with pytest.raises(Fault, match="too_many_rows"):
        rows(file)
    monkeypatch.setattr(sniffing, "LARGEST_FILE", 100)
    with pytest.raises(Fault, match="file_too_large"):
        rows(file)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "sound.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    page.append(["phone", "name"])
    page.append(["09123456789", "Sara"])
    book.save(path)
    return path


@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_any_damage_is_read_or_refused(sound: Path, tmp_path: Path, seed: int) -> None:
    """Half the damage is done to the packed file, half to the texts inside it."""
    chance = random.Random(seed)
    path = tmp_path / "damaged.xlsx"
    if seed % 2:
        raw = bytearray(sound.read_bytes())
        _damage(raw, chance)
        path.write_bytes(raw)
    else:
        with ZipFile(sound) as whole, ZipFile(path, "w", ZIP_DEFLATED) as damaged:
            for name in whole.namelist():
                part = bytearray(whole.read(name))
                if chance.random() < 0.5:
                    _damage(part, chance)
                damaged.writestr(name, bytes(part))
    try:
        rows(path)
    except Fault as no:
        assert no.code in ("broken_workbook", "file_too_large", "too_many_rows", "not_text")


def _damage(raw: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(raw) or 1)
        kind = chance.randrange(3)
        if kind == 0:
            raw[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del raw[at : at + chance.randrange(1, 20)]
        else:
            raw[at:at] = chance.choice([b"<c", b"99999999999", b'"', b"\0", b"</row>", b"<v>1e999</v>"])
