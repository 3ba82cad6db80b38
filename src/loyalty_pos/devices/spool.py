"""A queue of papers on disk: each is one PDF file whose name says where it stands.

A job goes from state to state by renaming its file, so a power cut leaves it in one state or the other.
"""

import logging
import re
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Literal, get_args

from loyalty_pos.app.papersink import PaperJob, PaperSink
from loyalty_pos.devices.printer import safe_stem, sync_folder, write_whole
from loyalty_pos.domain.errors import Fault
from loyalty_pos.domain.lazy import dataclass

log = logging.getLogger(__name__)

_State = Literal["waiting", "printing", "maybe_printed", "unprintable"]
_FILE = re.compile(rf"(\d{{8,}})\.([A-Za-z0-9_-]+)\.({'|'.join(get_args(_State))})\.pdf")


@dataclass(frozen=True, slots=True)
class _Job:
    serial: int
    name: str
    state: _State

    @property
    def key(self) -> str:
        return f"{self.serial:08d}.{self.name}"

    @property
    def file(self) -> str:
        return f"{self.key}.{self.state}.pdf"

    def moved(self, state: _State) -> "_Job":
        return _Job(self.serial, self.name, state)


class Spool:
    """Keep papers in a folder until `open_sink` has taken them; a new sink is asked for every paper.

    A job is marked before its sink sees it. Whatever is found marked when the folder is opened was cut
    short, or is in the hands of another program: it may be on paper, and waits for somebody's word.
    """

    def __init__(self, folder: Path, open_sink: Callable[[], PaperSink]) -> None:
        self._folder = folder
        self._open_sink = open_sink
        self._one_at_a_time = Lock()
        self._last_serial = 0
        self._recover()

    def put(self, name: str, pdf: bytes) -> str:
        """Keep a paper, print what waited before it, then it; raises the Fault that stopped the queue."""
        with self._one_at_a_time:
            try:
                kept = self._keep(safe_stem(name), pdf)
            except OSError as trouble:
                log.info("paper goes to the printer without being kept: %s", trouble.strerror)
                return self._open_sink().put(name, pdf)
            went, fault = self._work()
            if fault and kept.key not in went:
                raise fault
            return went.get(kept.key, "")

    def work(self) -> None:
        """Print what waits, in order; raises the first Fault met."""
        with self._one_at_a_time:
            _, fault = self._work()
            if fault:
                raise fault

    def jobs(self) -> list[PaperJob]:
        """List what is kept, oldest first; it never waits for a printer."""
        return [PaperJob(job=job.key, name=job.name, state=job.state) for job in self._jobs()]

    def retry(self, job: str) -> None:
        """Let a job that needed somebody's word wait for printing again."""
        for known in self._jobs():
            if known.key == job and known.state in ("maybe_printed", "unprintable"):
                try:
                    self._move(known, "waiting")
                except OSError as trouble:
                    raise self._fault(trouble) from trouble

    def drop(self, job: str) -> None:
        """Forget a job, unless it is being printed."""
        for known in self._jobs():
            if known.key == job and known.state != "printing":
                self._forget(known)

    def _recover(self) -> None:
        for job in self._jobs():
            if job.state == "printing":
                self._move(job, "maybe_printed")
        for rest in self._folder.glob(".*.part"):
            rest.unlink(missing_ok=True)

    def _keep(self, name: str, pdf: bytes) -> _Job:
        older = [job for job in self._jobs() if job.name == name and job.state != "printing"]
        for surplus in older[1:]:
            self._forget(surplus)
        if older:
            write_whole(self._folder / older[0].file, pdf)
            if moved := self._move(older[0], "waiting"):
                return moved
        job = _Job(self._next_serial(), name, "waiting")
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(self._folder / job.file, pdf)
        return job

    def _work(self) -> tuple[dict[str, str], Fault | None]:
        """Print the waiting jobs; say where each went and what went wrong first.

        A printer that takes nothing stops the queue; a paper with trouble of its own is set aside.
        """
        went: dict[str, str] = {}
        first: Fault | None = None
        for job in self._jobs():
            if job.state != "waiting":
                continue
            try:
                if marked := self._move(job, "printing"):
                    went[job.key] = self._print(marked)
            except OSError as trouble:
                first = first or self._fault(trouble)
            except Fault as fault:
                first = first or fault
                if _state_after(fault) == "waiting":
                    break
        return went, first

    def _print(self, job: _Job) -> str:
        after: _State | None = "maybe_printed"  # holds for every way out that nobody thought of
        try:
            pdf = (self._folder / job.file).read_bytes()
            where = self._open_sink().put(job.name, pdf)
            after = None
        except Fault as fault:
            after = _state_after(fault)
            raise
        finally:
            if after:
                self._move(job, after)
            else:
                self._forget(job)
        return where

    def _jobs(self) -> list[_Job]:
        try:
            names = [path.name for path in self._folder.iterdir()]
        except OSError:  # no paper ever waited, or the folder is out of reach
            return []
        found = [match for name in names if (match := _FILE.fullmatch(name))]
        jobs = [_Job(int(one[1]), one[2], _state(one[3])) for one in found]
        return sorted(jobs, key=lambda job: (job.serial, job.name))

    def _next_serial(self) -> int:
        known = max((job.serial for job in self._jobs()), default=0)
        self._last_serial = max(known, self._last_serial) + 1
        return self._last_serial

    def _move(self, job: _Job, state: _State) -> _Job | None:
        """Rename a job into a state; None when it is gone, taken by another program or dropped."""
        moved = job.moved(state)
        if moved == job:
            return job
        try:
            (self._folder / job.file).rename(self._folder / moved.file)
        except FileNotFoundError:
            return None
        sync_folder(self._folder)
        return moved

    def _fault(self, trouble: OSError) -> Fault:
        problem = trouble.strerror or type(trouble).__name__
        return Fault("printer_failed", where=str(self._folder), problem=problem)

    def _forget(self, job: _Job) -> None:
        try:
            (self._folder / job.file).unlink(missing_ok=True)
            sync_folder(self._folder)
        except OSError as trouble:
            log.info("a paper that is done could not be taken out of the queue: %s", trouble.strerror)


def _state_after(fault: Fault) -> _State:
    if fault.facts.get("maybe_printed"):
        return "maybe_printed"
    return "unprintable" if fault.facts.get("problem") == "unreadable_pdf" else "waiting"


def _state(word: str) -> _State:
    for state in get_args(_State):
        if state == word:
            found: _State = state
            return found
    raise ValueError(word)
