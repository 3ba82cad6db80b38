"""The sales journal on a second medium: with the last backup it brings back the identical shop."""

import json
import shutil
from pathlib import Path
from typing import Any

import apsw
import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.backup_views import BackupsView, RestoredView
from loyalty_pos.app.commands_journal import KeepJournal
from loyalty_pos.app.journal_views import JournalView
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.store import journal, places
from loyalty_pos.store.roll_forward import read_line
from tests.crash.journal_loss import head_of, rows_of
from tests.crash.journal_loss import run as lose
from tests.shop import raw
from tests.store.till import PHONE, Till


@pytest.fixture
def second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that counts as another disk."""
    folder = tmp_path / "second"
    folder.mkdir()
    monkeypatch.setattr(places, "same_disk", lambda one, other: one == other)
    return folder


@pytest.fixture
def kept(till: Till, second: Path) -> Till:
    """The till with a journal, which began with a copy of it."""
    view: JournalView = till.service.do(KeepJournal(folder=str(second)))
    assert (view.folder, view.waiting, view.warnings) == (str(second), 0, ())
    return till


def view_of(till: Till) -> JournalView:
    view: BackupsView = till.service.ask(q.Backups())
    assert view.journal is not None
    return view.journal


def numbers(second: Path) -> list[int]:
    """The numbers of the lines that are whole, file by file."""
    found = []
    for path in sorted(second.glob("*.journal"), key=lambda one: one.stat().st_mtime_ns):
        lines = [read_line(line) for line in path.read_bytes().splitlines()]
        found += [line.n for line in lines if line is not None]
    return found


def copy_in(second: Path) -> Path:
    return min(second.glob("*.db"), key=lambda path: path.stat().st_mtime_ns)


def lose_and_bring_back(till: Till, second: Path, **how: Any) -> RestoredView:
    """Lose everything on the first disk, then restore on a new one."""
    till.close()
    shutil.rmtree(till.path.parent)
    till.path.parent.mkdir()
    till.__init__(till.path)  # type: ignore[misc]
    done: RestoredView = till.service.do(c.Restore(path=str(copy_in(second)), **how))
    return done


@pytest.mark.slow
def test_thirty_lost_disks_come_back_row_by_row_under_the_identical_head(tmp_path: Path) -> None:
    figures = lose(4, 3, tmp_path)
    assert figures.good, figures
    assert figures.rolled_forward > 4


def test_every_sale_is_a_line_as_soon_as_its_answer_is_out(kept: Till, second: Path) -> None:
    for number in range(3):
        kept.sell(f"sale-{number}")
        kept.service.settle()
        assert numbers(second) == list(range(1, number + 2))
        assert view_of(kept).waiting == 0


def test_what_changes_nothing_is_no_line(kept: Till, second: Path) -> None:
    kept.service.ask(q.Member(member=PHONE))
    kept.sell("s1")  # known already
    with pytest.raises(Rejection):
        kept.service.do(c.VoidSale(sale_id="unknown"))
    kept.service.settle()
    assert numbers(second) == []


def test_without_a_journal_nothing_waits_and_nothing_is_asked(till: Till) -> None:
    till.sell("s2")
    till.service.settle()
    view: BackupsView = till.service.ask(q.Backups())
    assert view.journal is None
    assert till.store._execute("SELECT count(*) FROM journal_line", ()).fetchall() == [(0,)]


def test_a_page_of_other_rows_in_the_journals_place_is_damage_and_never_a_folder(kept: Till) -> None:
    kept.close()
    connection = raw(kept.path, unguarded=True)
    connection.execute("PRAGMA writable_schema = 1")
    connection.execute(
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'member_state')"
        " WHERE name = 'journal'"
    )
    connection.close()
    till = Till(kept.path)
    with pytest.raises(Fault) as caught:
        till.service.ask(q.Backups())
    assert caught.value.code == "damaged_file"
    till.close()


def test_a_medium_that_is_away_is_said_and_gets_its_lines_when_it_is_back(kept: Till, second: Path) -> None:
    kept.sell("s2")
    kept.service.settle()
    away = second.with_name("unplugged")
    second.rename(away)
    for number in range(3):
        kept.sell(f"away-{number}")
        kept.service.settle()
    assert (view_of(kept).waiting, view_of(kept).warnings) == (3, ("journal_away",))
    away.rename(second)
    kept.service.settle()
    assert (view_of(kept).waiting, view_of(kept).warnings) == (0, ())
    assert numbers(second) == [1, 2, 3, 4]


def test_lines_wait_in_the_file_over_a_restart(kept: Till, second: Path) -> None:
    second.rename(second.with_name("unplugged"))
    kept.sell("s2")
    kept.close()
    second.with_name("unplugged").rename(second)
    kept.__init__(kept.path)  # type: ignore[misc]
    kept.service.settle()
    assert numbers(second) == [1]


def test_another_medium_in_the_same_place_shows_its_gap_until_the_journal_begins_anew(
    kept: Till, second: Path
) -> None:
    kept.sell("s2")
    kept.service.settle()
    kept.sell("s3")
    kept.service.settle()
    shutil.rmtree(second)
    second.mkdir()
    kept.sell("s4")
    kept.service.settle()
    kept.service.settle()
    assert view_of(kept).warnings == ("journal_gap",)
    kept.service.do(KeepJournal(folder=str(second)))
    assert view_of(kept).warnings == ()
    kept.sell("s5")
    points = kept.points
    lose_and_bring_back(kept, second)
    assert kept.points == points


def test_a_full_medium_is_said(kept: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "_append", full)
        kept.sell("s2")
        kept.service.settle()
        assert view_of(kept).warnings == ("journal_full",)
    assert view_of(kept).warnings == ()


def test_a_folder_that_takes_no_journal_keeps_none(till: Till, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="journal_not_begun"):
        till.service.do(KeepJournal(folder=str(tmp_path / "nowhere")))
    view: BackupsView = till.service.ask(q.Backups())
    assert view.journal is None


def test_a_journal_on_the_shops_own_disk_is_kept_and_said(till: Till, tmp_path: Path) -> None:
    folder = tmp_path / "same"
    folder.mkdir()
    view: JournalView = till.service.do(KeepJournal(folder=str(folder)))
    assert view.warnings == ("journal_same_disk",)


def test_a_journal_can_be_ended(kept: Till, second: Path) -> None:
    assert kept.service.do(KeepJournal()) is None
    kept.sell("s2")
    kept.service.settle()
    assert numbers(second) == []


def test_a_torn_last_line_costs_nothing(kept: Till, second: Path) -> None:
    kept.sell("s2")
    kept.close()
    (path,) = second.glob("*.journal")
    path.write_bytes(path.read_bytes()[:-40])
    kept.__init__(kept.path)  # type: ignore[misc]
    kept.sell("s3")
    kept.service.settle()
    assert numbers(second) == [1, 2]
    rows = rows_of(kept.path)
    lose_and_bring_back(kept, second)
    assert rows_of(kept.path, restored=True) == rows


def test_after_a_restore_the_story_goes_on_in_a_file_of_its_own(kept: Till, second: Path) -> None:
    kept.sell("s2")
    lose_and_bring_back(kept, second)
    kept.sell("s3")
    lose_and_bring_back(kept, second)
    kept.sell("s4")
    kept.service.settle()
    assert len(list(second.glob("*.journal"))) == 3
    head, points = head_of(kept.path), kept.points
    assert lose_and_bring_back(kept, second).head == head
    assert kept.points == points and kept.proof.ok


def test_going_back_on_purpose_is_another_story_and_comes_back_too(kept: Till, second: Path) -> None:
    kept.sell("regretted")
    kept.service.settle()
    done: RestoredView = kept.service.do(c.Restore(path=str(copy_in(second)), without_journal=True))
    assert (done.journal_lines, done.postings_lost) == (0, 1)
    kept.sell("kept")
    rows = rows_of(kept.path)
    lose_and_bring_back(kept, second)
    assert rows_of(kept.path, restored=True) == rows
    with pytest.raises(Rejection):
        kept.service.ask(q.Sale(sale_id="regretted"))


def test_a_restore_never_revives_a_spent_voucher(kept: Till, second: Path) -> None:
    kept.service.do(
        c.PublishProgramme(key="card", kind="stamp_card", name="c", params={"needed": 2, "count": "sales"})
    )
    kept.sell("s2")
    kept.sell("s3")
    voucher = kept.service.do(c.PrintRewardVoucher(posting_id="print", member=PHONE, programme="card"))
    copy = kept.backup(second)
    line = c.SaleLine(text="x", unit_price_minor=5_000)
    use = c.Use(vouchers=(voucher.code,))
    kept.service.do(c.RecordSale(sale_id="spent", member=PHONE, lines=(line,), use=use))
    kept.close()
    shutil.rmtree(kept.path.parent)
    kept.path.parent.mkdir()
    kept.__init__(kept.path)  # type: ignore[misc]
    kept.service.do(c.Restore(path=copy.path))
    with pytest.raises(Rejection):
        kept.service.do(c.RecordSale(sale_id="again", member=PHONE, lines=(line,), use=use))


def test_a_journal_that_is_not_there_has_to_be_given_up_on_purpose(kept: Till, second: Path) -> None:
    kept.sell("s2")
    kept.service.settle()
    copy = shutil.copytree(second, second.with_name("elsewhere"))
    shutil.rmtree(second)
    path = str(copy_in(copy))
    with pytest.raises(Rejection, match="journal_missing"):
        kept.service.do(c.Restore(path=path))
    done: RestoredView = kept.service.do(c.Restore(path=path, journal=str(copy)))
    assert (done.journal_lines, done.postings_lost) == (1, 0)


def test_a_line_that_does_not_fit_puts_nothing_in_place(kept: Till, second: Path) -> None:
    kept.sell("s2")
    kept.service.settle()
    (path,) = second.glob("*.journal")
    lines = path.read_bytes().splitlines()
    line = read_line(lines[1])
    assert line is not None
    path.write_bytes(b"\n".join([lines[0], lines[1], journal.as_line(2, line.version, line.changes)]))
    head = head_of(kept.path)
    with pytest.raises(Fault, match="journal_broken") as caught:
        kept.service.do(c.Restore(path=str(copy_in(second))))
    assert caught.value.facts["number"] == 2
    assert head_of(kept.path) == head


def test_files_that_are_no_journal_are_left_out(kept: Till, second: Path) -> None:
    kept.sell("s2")
    kept.service.settle()
    (path,) = second.glob("*.journal")
    stem = path.name[:8]
    (second / f"{stem}-note.journal").write_text("hello\n")
    (second / f"{stem}-list.journal").write_text("[1]\n")
    other = {"journal": 1, "shop": "another", "mark": "x", "after": [None, 0]}
    (second / f"{stem}-other.journal").write_text(json.dumps(other) + "\n")
    assert lose_and_bring_back(kept, second).journal_lines == 1


def test_a_backup_from_before_the_journal_comes_back_as_it_is(till: Till, second: Path) -> None:
    copy = till.backup(second)
    till.service.do(KeepJournal(folder=str(second)))
    till.sell("s2")
    done = till.restore(copy.path)
    assert (done.journal_lines, done.postings_lost) == (0, 1)


def test_every_table_but_the_search_can_be_told_in_lines(till: Till) -> None:
    """A table without a key of its own would be passed over without a word."""
    connection: apsw.Connection = till.store._connection
    for name, sql in connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"):
        if not name.startswith(("sqlite_", "person_words", "person_parts")):
            keys = [row[5] for row in connection.execute(f"PRAGMA table_info({name})")]
            assert any(keys), (name, sql)
