"""Paper waits until it is printed: over faults, crashes and restarts, and never comes out twice unasked."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from loyalty_pos.app.papersink import PaperJob, PaperQueue
from loyalty_pos.devices import spool as spool_module
from loyalty_pos.devices.spool import Spool
from loyalty_pos.domain.errors import Fault

OUT_OF_PAPER = Fault("printer_failed", problem="out_of_paper")
STOPPED = Fault("printer_failed", problem="printer_stopped", maybe_printed=True)
UNREADABLE = Fault("printer_failed", problem="unreadable_pdf")


class Printer:
    """A printer that remembers what came out; `trouble` stops it, for one name or for all."""

    def __init__(self) -> None:
        self.came: list[tuple[str, bytes]] = []
        self.trouble: dict[str, BaseException] = {}

    def put(self, name: str, pdf: bytes) -> str:
        if stop := self.trouble.get(name) or self.trouble.get("*"):
            raise stop
        self.came.append((name, pdf))
        return "printer"

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.came]


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
def spool(tmp_path: Path, printer: Printer) -> Spool:
    return Spool(tmp_path / "queue", lambda: printer)


def states(spool: Spool) -> list[tuple[str, str]]:
    return [(job.name, job.state) for job in spool.jobs()]


def files(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "queue").iterdir())


def failed(spool: Spool, name: str, pdf: bytes = b"pdf") -> Fault:
    with pytest.raises(Fault) as caught:
        spool.put(name, pdf)
    return caught.value


def test_a_paper_goes_straight_through_and_leaves_nothing(
    spool: Spool, printer: Printer, tmp_path: Path
) -> None:
    queue: PaperQueue = spool
    assert queue.put("receipt-1", b"pdf") == "printer"
    assert printer.came == [("receipt-1", b"pdf")]
    assert queue.jobs() == []
    assert files(tmp_path) == []


def test_nothing_is_written_before_there_is_a_paper(spool: Spool, tmp_path: Path) -> None:
    assert spool.jobs() == []
    spool.work()
    assert not (tmp_path / "queue").exists()


def test_out_of_paper_keeps_the_job_and_says_so(spool: Spool, printer: Printer) -> None:
    printer.trouble["*"] = OUT_OF_PAPER
    assert failed(spool, "receipt-1") is OUT_OF_PAPER
    assert states(spool) == [("receipt-1", "waiting")]
    with pytest.raises(Fault):
        spool.work()
    assert states(spool) == [("receipt-1", "waiting")]


def test_what_waited_comes_out_first_and_in_order(spool: Spool, printer: Printer) -> None:
    printer.trouble["*"] = OUT_OF_PAPER
    for name in ("receipt-9", "voucher-1", "receipt-10"):
        failed(spool, name)
    printer.trouble.clear()
    assert spool.put("receipt-11", b"pdf") == "printer"
    assert printer.names == ["receipt-9", "voucher-1", "receipt-10", "receipt-11"]
    assert spool.jobs() == []


def test_what_waited_comes_out_after_a_restart(spool: Spool, printer: Printer, tmp_path: Path) -> None:
    printer.trouble["*"] = OUT_OF_PAPER
    failed(spool, "receipt-1", b"one")
    failed(spool, "receipt-2", b"two")
    printer.trouble.clear()
    Spool(tmp_path / "queue", lambda: printer).work()
    assert printer.came == [("receipt-1", b"one"), ("receipt-2", b"two")]


def test_the_same_paper_again_takes_the_place_of_the_one_that_waits(spool: Spool, printer: Printer) -> None:
    printer.trouble["*"] = OUT_OF_PAPER
    failed(spool, "receipt-1", b"old")
    failed(spool, "receipt-2")
    failed(spool, "receipt-1", b"new")
    assert states(spool) == [("receipt-1", "waiting"), ("receipt-2", "waiting")]
    printer.trouble.clear()
    spool.work()
    assert printer.came == [("receipt-1", b"new"), ("receipt-2", b"pdf")]


def test_a_half_printed_paper_waits_for_somebodys_word_and_holds_nobody_up(
    spool: Spool, printer: Printer
) -> None:
    printer.trouble["receipt-1"] = STOPPED
    assert failed(spool, "receipt-1") is STOPPED
    printer.trouble.clear()
    assert spool.put("receipt-2", b"pdf") == "printer"
    spool.work()
    assert printer.names == ["receipt-2"]
    assert states(spool) == [("receipt-1", "maybe_printed")]


def test_somebodys_word_prints_it_again_or_drops_it(spool: Spool, printer: Printer) -> None:
    printer.trouble["*"] = STOPPED
    failed(spool, "receipt-1")
    failed(spool, "receipt-2")
    printer.trouble.clear()
    again, gone = spool.jobs()
    spool.retry(again.job)
    spool.drop(gone.job)
    assert states(spool) == [("receipt-1", "waiting")]
    spool.work()
    assert printer.names == ["receipt-1"]
    assert spool.jobs() == []


def test_a_word_about_a_job_that_is_gone_changes_nothing(spool: Spool, printer: Printer) -> None:
    printer.trouble["*"] = STOPPED
    failed(spool, "receipt-1")
    kept = spool.jobs()
    spool.drop(kept[0].job)
    printer.trouble["*"] = OUT_OF_PAPER
    failed(spool, "receipt-2")
    spool.retry(kept[0].job)
    spool.drop(kept[0].job)
    assert states(spool) == [("receipt-2", "waiting")]


def test_asking_for_a_paper_that_may_be_out_is_the_word_to_print_it(spool: Spool, printer: Printer) -> None:
    printer.trouble["*"] = STOPPED
    failed(spool, "receipt-1", b"old")
    printer.trouble.clear()
    assert spool.put("receipt-1", b"new") == "printer"
    assert printer.came == [("receipt-1", b"new")]
    assert spool.jobs() == []


def test_a_paper_that_cannot_be_drawn_is_set_aside_and_the_others_come(
    spool: Spool, printer: Printer
) -> None:
    printer.trouble["*"] = OUT_OF_PAPER
    failed(spool, "broken")
    failed(spool, "receipt-2")
    printer.trouble = {"broken": UNREADABLE}
    assert spool.put("receipt-3", b"pdf") == "printer"  # its own paper came, so nothing is wrong with it
    assert printer.names == ["receipt-2", "receipt-3"]
    assert states(spool) == [("broken", "unprintable")]


def test_our_own_mistake_in_the_middle_leaves_the_paper_in_doubt(spool: Spool, printer: Printer) -> None:
    printer.trouble["*"] = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        spool.put("receipt-1", b"pdf")
    assert states(spool) == [("receipt-1", "maybe_printed")]


def test_a_printer_that_hangs_does_not_keep_the_list_from_being_read(
    tmp_path: Path, printer: Printer
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow(Printer):
        def put(self, name: str, pdf: bytes) -> str:
            begun.set()
            assert go_on.wait(60)
            return super().put(name, pdf)

    spool = Spool(tmp_path / "queue", Slow)
    thread = threading.Thread(target=spool.put, args=("receipt-1", b"pdf"))
    thread.start()
    assert begun.wait(60)
    try:
        (job,) = spool.jobs()
        assert job == PaperJob(job=job.job, name="receipt-1", state="printing")
        spool.drop(job.job)
        assert [one.state for one in spool.jobs()] == ["printing"]
    finally:
        go_on.set()
        thread.join()
    assert spool.jobs() == []


def test_a_paper_in_another_programs_hands_is_not_taken_from_it(tmp_path: Path, printer: Printer) -> None:
    """A second program finds the paper of the first one marked: it asks, and prints nothing itself."""
    seen: list[str] = []

    class Other(Printer):
        def put(self, name: str, pdf: bytes) -> str:
            second = Spool(tmp_path / "queue", lambda: printer)
            second.work()
            seen.extend(job.state for job in second.jobs())
            return super().put(name, pdf)

    first = Spool(tmp_path / "queue", Other)
    assert first.put("receipt-1", b"pdf") == "printer"
    assert seen == ["maybe_printed"]
    assert states(first) == [("receipt-1", "maybe_printed")]
    assert printer.came == []


def test_a_full_disk_prints_without_keeping(
    spool: Spool, printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(target: Path, pdf: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(spool_module, "write_whole", full)
    assert spool.put("receipt-1", b"pdf") == "printer"
    assert printer.names == ["receipt-1"]


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_kept_papers_are_for_their_owner_only(spool: Spool, printer: Printer, tmp_path: Path) -> None:
    printer.trouble["*"] = OUT_OF_PAPER
    failed(spool, "voucher-1")
    (kept,) = (tmp_path / "queue").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "queue").stat().st_mode & 0o077 == 0


def test_files_of_others_in_the_folder_are_left_alone(tmp_path: Path, printer: Printer) -> None:
    folder = tmp_path / "queue"
    folder.mkdir()
    strangers = {"notes.pdf", "x.receipt.waiting.pdf", "00000001.receipt.lost.pdf", ".DS_Store"}
    for name in strangers:
        (folder / name).write_bytes(b"x")
    spool = Spool(folder, lambda: printer)
    spool.work()
    assert spool.jobs() == []
    assert set(files(tmp_path)) == strangers


CHILD = """
import os, signal, sys
from pathlib import Path
from loyalty_pos.devices.spool import Spool

folder, paper, fatal = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
steps = 0
WATCHED = {"os.rename", "os.remove", "os.mkdir", "open"}

def step(event, arguments):
    global steps
    if event in WATCHED and any(str(folder) in str(one) for one in arguments):
        steps += 1
        if steps == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

class Tray:
    def put(self, name, pdf):
        step("open", [folder])
        with paper.open("ab") as out:
            out.write(pdf[:2])
        step("open", [folder])
        with paper.open("ab") as out:
            out.write(pdf[2:])
        step("open", [folder])
        return "tray"

sys.addaudithook(step)
spool = Spool(folder, Tray)
for number in (1, 2):
    spool.put(f"receipt-{number}", b"<%d>" % number)
"""


def killed_at(step: int, folder: Path, tray: Path) -> bool:
    """Print two papers in a child that is killed before its n-th step; say whether it was."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), str(tray), str(step)], capture_output=True, check=False
    )
    assert done.returncode in (0, -9), done.stderr.decode()
    return done.returncode != 0


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills with SIGKILL")
def test_a_kill_at_any_step_prints_nothing_twice_and_forgets_nothing_half_done(tmp_path: Path) -> None:
    asked = 0
    for step in range(1, 200):
        folder, tray = tmp_path / f"queue-{step}", tmp_path / f"tray-{step}"
        tray.touch()
        killed = killed_at(step, folder, tray)
        before = tray.read_bytes()
        kept = {path.name.split(".")[1] for path in folder.glob("0*.pdf")}
        printer = Printer()
        spool = Spool(folder, lambda printer=printer: printer)  # type: ignore[misc]
        spool.work()
        for number in (1, 2):
            name, whole = f"receipt-{number}", b"<%d>" % number
            begun = before.count(whole[:2])
            doubtful = (name, "maybe_printed") in states(spool)
            assert begun + printer.names.count(name) <= 1, step
            assert not (before.count(whole) < begun) or doubtful, step  # torn off: somebody is asked
            if name in kept:
                assert doubtful or begun + printer.names.count(name) == 1, step  # nothing is lost
            asked += doubtful
        assert all(state == "maybe_printed" for _, state in states(spool)), step
        assert not list(folder.glob(".*")), step
        if not killed:
            assert before == b"<1><2>"
            assert asked >= 4
            return
    pytest.fail("the child never came to its end")
