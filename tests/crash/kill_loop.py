"""Kill a till with SIGKILL in the middle of its work, again and again, and count what is lost or doubled.

`python -m tests.crash.kill_loop --kills 200` prints the figures as one line of JSON. This process only
forks, kills and counts: every shop file is opened by a child made for it, which answers requests as
`loyalty-pos do` does, one line each.
"""

import argparse
import gc
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from tests.crash.orders import expected, founding, is_refund, look, order, same, stands
from tests.crash.till import serve
from tests.crash.watch import Watch

SALES_AT_ONCE = 40
"""More than any child lives to answer."""

ANSWERS_BEFORE = 6
IN_SALES_SECONDS = 0.01
"""A kill comes some answers after the opening and then at any moment of the next few sales."""

FROM_START_SECONDS = 0.02
"""Every fifth kill is timed from the child's birth, to hit the opening and the recovery of the log."""


@dataclass
class Figures:
    """What happened. `unknown` are sales whose answer never came; `landed` those of them that stood."""

    kills: int = 0
    kills_before_open: int = 0
    acknowledged: int = 0
    refunds: int = 0
    unknown: int = 0
    landed: int = 0
    recognised: int = 0
    lost: int = 0
    doubled: int = 0
    wrong_balances: int = 0
    findings: int = 0
    seconds: float = 0
    ended: str = ""

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.wrong_balances or self.findings)


@dataclass
class Child:
    """A till in a process of its own."""

    pid: int
    requests: BinaryIO
    answers: BinaryIO

    def say(self, *requests: dict[str, Any]) -> None:
        self.requests.write(b"".join(json.dumps(one).encode() + b"\n" for one in requests))
        self.requests.flush()

    def heard(self) -> Iterator[dict[str, Any]]:
        """Give every whole answer; a torn last one is none."""
        for line in self.answers:
            if line.endswith(b"\n"):
                yield json.loads(line)

    def end(self) -> None:
        self.requests.close()
        self.answers.close()
        os.waitpid(self.pid, 0)


def born(shop: Path) -> Child:
    """Fork a till that has everything imported and nothing open."""
    ask, asked = os.pipe()
    answer, answered = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(asked)
        os.close(answer)
        _live(shop, ask, answered)
    os.close(ask)
    os.close(answered)
    return Child(pid, os.fdopen(asked, "wb"), os.fdopen(answer, "rb"))


def _live(shop: Path, ask: int, answered: int) -> NoReturn:
    """Serve until the requests end; whatever happens, never return into the parent's code."""
    status = 1
    try:
        with os.fdopen(ask, "rb") as requests, os.fdopen(answered, "wb") as answers:
            serve(shop, requests, answers)
        status = 0
    finally:
        if status:
            sys.excepthook(*sys.exc_info())
        os._exit(status)


@contextmanager
def living(shop: Path) -> Iterator[Callable[..., list[dict[str, Any]]]]:
    """Give a till that is let live; call it with requests, all at once, for its answers."""
    child = born(shop)

    def ask(*requests: dict[str, Any]) -> list[dict[str, Any]]:
        said = child.heard()
        found = []
        for one in requests:
            child.say(one)
            found.append(next(said))
        return found

    yield ask
    child.end()


@dataclass
class Run:
    """One shop, killed many times over."""

    shop: Path
    chance: random.Random
    figures: Figures = field(default_factory=Figures)
    first_answers: dict[int, dict[str, Any]] = field(default_factory=dict)
    unknown: set[int] = field(default_factory=set)
    next: int = 0

    def kill_once(self) -> None:
        """Let a till work for a moment, kill it, and hear what it had said by then."""
        figures = self.figures
        child = born(self.shop)
        wanted = range(self.next, self.next + SALES_AT_ONCE)
        child.say({"ask": "shop"}, *_asked(wanted, again=self.next in self.unknown))
        said = child.heard()
        early = self.chance.random() < 0.2
        answers = [] if early else list(islice(said, 1 + self.chance.randrange(ANSWERS_BEFORE)))
        time.sleep(self.chance.uniform(0, FROM_START_SECONDS if early else IN_SALES_SECONDS))
        os.kill(child.pid, signal.SIGKILL)
        figures.kills += 1
        answers += said
        child.end()
        figures.kills_before_open += not answers
        self._count(answers[1:], again=self.next in self.unknown)

    def _count(self, answers: list[dict[str, Any]], *, again: bool) -> None:
        figures = self.figures
        if again and answers:
            stood = answers.pop(0)
            landed = stands(self.next, stood)
            assert stood["ok"] or stood["code"] == "unknown_sale", stood
            self.unknown.discard(self.next)
            figures.landed += landed
            if answers and landed:
                figures.recognised += same(self.next, stood["result"], answers[0]["result"])
            if not answers and landed:
                # Seen to stand, but killed before it was sent again: the next till sends it.
                self.unknown.add(self.next)
                figures.landed -= 1
        for answer in answers:
            assert answer["ok"], answer
            self.first_answers[self.next] = answer["result"]
            self.next += 1
        figures.acknowledged = len(self.first_answers)
        if self.next not in self.unknown:
            self.unknown.add(self.next)
            figures.unknown += 1

    def settle(self) -> None:
        """Send the last unknown sale again, then look at everything that was ever acknowledged."""
        figures = self.figures
        with living(self.shop) as ask:
            last = ask(*_asked([self.next], again=True))
            landed = stands(self.next, last[0])
            figures.landed += landed
            if landed:
                figures.recognised += same(self.next, last[0]["result"], last[1]["result"])
            self.first_answers[self.next] = last[1]["result"]
            for number, first in self.first_answers.items():
                (seen,) = ask(look(number))
                figures.lost += not stands(number, seen) or not same(number, seen["result"], first)
            (books,) = ask({"ask": "audit"})
        audit = books["result"]
        figures.findings = len(audit["findings"])
        sales = [answer for number, answer in self.first_answers.items() if not is_refund(number)]
        figures.refunds = len(self.first_answers) - len(sales)
        figures.doubled = audit["figures"]["sales"] - len(sales)
        figures.doubled += audit["figures"]["refunds"] - figures.refunds
        figures.doubled += len(sales) - len({answer["number"] for answer in sales})

    def compare_balances(self) -> None:
        held = expected(self.first_answers)
        with living(self.shop) as ask:
            for member, wanted in held.items():
                (answer,) = ask({"ask": "member", "member": member})
                view = answer["result"]
                rewards = sum(reward["count"] for reward in view["rewards"])
                found = (view["points"], view["credit_minor"], rewards, view["visits"], view["spend_minor"])
                right = (wanted.points, wanted.credit_minor, wanted.rewards)
                self.figures.wrong_balances += found != (*right, wanted.visits, wanted.spend_minor)

    def lie(self, about: str) -> None:
        """Make one thing go wrong on purpose, to see that it is counted."""
        if about == "lost":
            self.first_answers[10**6] = self.first_answers[0]
        if about == "doubled":
            with living(self.shop) as ask:
                (answer,) = ask(order(0) | {"sale_id": "crash-again"})
            assert answer["ok"], answer


def _asked(numbers: Any, *, again: bool) -> list[dict[str, Any]]:
    """Ask for sales in order; before one whose answer never came, ask whether it stands."""
    requests = [order(number) for number in numbers]
    if again:
        requests.insert(0, look(next(iter(numbers))))
    return requests


def warm(folder: Path) -> None:
    """Make a few sales here, so that children find every module loaded; nothing stays open to be forked."""
    requests = [*founding(), *(order(number) for number in range(3)), {"ask": "audit"}]
    lines = io.BytesIO(b"".join(json.dumps(one).encode() + b"\n" for one in requests))
    serve(folder / "warm.shop", lines, io.BytesIO())
    gc.freeze()


def run(kills: int, seed: int, folder: Path, lie: str = "", watch: Watch | None = None) -> Figures:
    started = time.monotonic()
    warm(folder)
    loop = Run(folder / "crash.shop", random.Random(seed))
    with living(loop.shop) as ask:
        for answer in ask(*founding()):
            assert answer["ok"], answer
    for _ in (watch or Watch()).steps(kills, loop.figures):
        loop.kill_once()
    loop.lie(lie)
    loop.settle()
    loop.compare_balances()
    loop.figures.seconds = round(time.monotonic() - started, 1)
    return loop.figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lie", choices=("", "lost", "doubled"), default="", help="go wrong on purpose")
    Watch.arguments(parser)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-crash-") as folder:
        figures = run(given.kills, given.seed, Path(folder), given.lie, Watch.of(given))
    print(json.dumps(vars(figures)))
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
