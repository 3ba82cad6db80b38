"""Two tills want the same thing at the same moment: exactly one gets it, and a budget is never overshot.

`python -m tests.crash.race --rounds 2000` prints the figures as one line of JSON. Both tills are processes
that live through hundreds of rounds. In every round they stand at one gate and then ask for the same 60
of 100 points, for the same voucher, for the same code, and for what is left of one programme's budget.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from loyalty_pos import bootstrap
from loyalty_pos.cli.door import Door
from loyalty_pos.store import store
from tests.crash.kill_loop import Child, warm
from tests.crash.watch import Watch, memory_folder

POINTS, WANTED, POINT_VALUE = 100, 60, 100
PRICE_MINOR, OFF_MINOR, BUDGET_MINOR = 10_000, 1_000, 1_500
"""Both sales would take off 1,000 each; the programme may give 1,500."""

GATE_SECONDS = 120.0
ROUNDS_OF_A_SHOP = 250
"""Every round leaves a retired programme behind; no shop has thousands."""


@dataclass
class Figures:
    """What happened; `won_by` counts for each till how often it was the one."""

    rounds: int = 0
    points_won: int = 0
    vouchers_won: int = 0
    codes_won: int = 0
    budgets_kept: int = 0
    won_by: list[int] = field(default_factory=lambda: [0, 0])
    wrong: int = 0
    first: str = ""
    findings: int = 0
    seconds: float = 0
    ended: str = ""

    @property
    def good(self) -> bool:
        won = {self.points_won, self.vouchers_won, self.codes_won, self.budgets_kept}
        return won == {self.rounds} and not self.wrong + self.findings


def founding() -> list[dict[str, Any]]:
    points = {"step_minor": 1_000, "point_value_minor": POINT_VALUE}
    return [
        {"do": "create_shop", "name": "Race"},
        {"do": "publish_programme", "key": "points", "kind": "points", "name": "p", "params": points},
        {
            "do": "publish_programme",
            "key": "card",
            "kind": "stamp_card",
            "name": "c",
            "params": {"needed": 2, "count": "sales"},
        },
        {
            "do": "publish_programme",
            "key": "word",
            "kind": "percent_off",
            "name": "w",
            "params": {"rate_bp": 1_000, "lane": "code"},
        },
    ]


def till_at(shop: Path, gate: Barrier, others: tuple[Child, ...] = ()) -> Child:
    """Fork a till; a request with `at_the_gate` waits until the other till stands there too."""
    ask, asked = os.pipe()
    answer, answered = os.pipe()
    pid = os.fork()
    if pid == 0:
        for other in others:  # else the earlier till would never see its requests end
            os.close(other.requests.fileno())
            os.close(other.answers.fileno())
        os.close(asked)
        os.close(answer)
        _live(shop, gate, os.fdopen(ask, "rb"), os.fdopen(answered, "wb"))
    os.close(ask)
    os.close(answered)
    return Child(pid, os.fdopen(asked, "wb"), os.fdopen(answer, "rb"))


def _live(shop: Path, gate: Barrier, requests: BinaryIO, answers: BinaryIO) -> NoReturn:
    status = 1
    try:
        door = Door(shop, bootstrap.open_shop, bootstrap.languages())
        for line in requests:
            asked = json.loads(line)
            if asked.pop("at_the_gate", False):
                gate.wait(GATE_SECONDS)
            answers.write(json.dumps(door.answer(json.dumps(asked).encode())).encode() + b"\n")
            answers.flush()
        door.close()
        status = 0
    finally:
        if status:
            sys.excepthook(*sys.exc_info())
        os._exit(status)


@dataclass
class Race:
    tills: tuple[Child, Child]
    figures: Figures

    def __post_init__(self) -> None:
        self._heard = tuple(till.heard() for till in self.tills)

    def ask(self, till: int, request: dict[str, Any]) -> dict[str, Any]:
        self.tills[till].say(request)
        return next(self._heard[till])

    def told(self, request: dict[str, Any]) -> dict[str, Any]:
        answer = self.ask(0, request)
        assert answer["ok"], answer
        result: dict[str, Any] = answer["result"]
        return result

    def both(self, one: dict[str, Any], other: dict[str, Any]) -> list[dict[str, Any]]:
        """Let each till carry out its request, both from the same moment on."""
        for till, request in zip(self.tills, (one, other), strict=True):
            till.say({**request, "at_the_gate": True})
        return [next(heard) for heard in self._heard]

    def round(self, number: int) -> None:
        phone = f"0912{number:07}"
        self.told({"do": "enrol_member", "phone": phone})
        earn = {"do": "record_sale", "member": phone, "amount_minor": POINTS * 1_000 // 2}
        for half in "ab":
            self.told(earn | {"sale_id": f"earn-{number}-{half}"})
        print_it = {"do": "print_reward_voucher", "posting_id": f"print-{number}", "member": phone}
        voucher = self.told(print_it | {"programme": "card"})["code"]
        issue = {"do": "issue_codes", "posting_id": f"issue-{number}", "programme": "word"}
        code = self.told(issue)["codes"][0]["code"]
        line = {"text": "x", "unit_price_minor": WANTED * POINT_VALUE}
        sale = {"do": "record_sale", "member": phone, "lines": [line]}
        self._decide("points_won", number, sale | {"use": {"points": WANTED, "decline": ["card"]}})
        self._decide("vouchers_won", number, sale | {"use": {"vouchers": [voucher]}})
        self._decide("codes_won", number, sale | {"use": {"codes": [code], "decline": ["card"]}})
        self._share(number, {"do": "record_sale", "member": phone, "amount_minor": PRICE_MINOR})
        self.figures.rounds += 1

    def _decide(self, won: str, number: int, sale: dict[str, Any]) -> None:
        """Let both want what is there once."""
        answers = self._race(won, number, sale)
        winners = [at for at, answer in enumerate(answers) if answer["ok"]]
        setattr(self.figures, won, getattr(self.figures, won) + (len(winners) == 1))
        for at in winners:
            self.figures.won_by[at] += 1
        codes = [answer["code"] for answer in answers if not answer["ok"]]
        if len(winners) != 1 or codes[0] in ("busy_file", "disk_error"):
            self._wrong(f"{won} {number}: {len(winners)} won, {codes}")

    def _share(self, number: int, sale: dict[str, Any]) -> None:
        """Let both want more than is left of a budget: together they get all of it, and no more."""
        key = f"budget{number}"
        publish = {"do": "publish_programme", "key": key, "kind": "percent_off", "name": "b"}
        limits = {"limits": {"budget_minor": BUDGET_MINOR}}
        self.told(publish | {"params": {"rate_bp": OFF_MINOR * 10_000 // PRICE_MINOR}, "when": limits})
        answers = self._race("budgets_kept", number, sale)
        self.told({"do": "retire_programme", "key": key})
        off = [PRICE_MINOR - answer["result"]["due_minor"] if answer["ok"] else -1 for answer in answers]
        kept = sorted(off) == [BUDGET_MINOR - OFF_MINOR, OFF_MINOR]
        self.figures.budgets_kept += kept
        if kept:
            self.figures.won_by[off.index(OFF_MINOR)] += 1
        else:
            self._wrong(f"budget {number}: {off}")

    def _race(self, what: str, number: int, sale: dict[str, Any]) -> list[dict[str, Any]]:
        return self.both(*(sale | {"sale_id": f"race-{what}-{number}-{till}"} for till in "ab"))

    def end(self) -> None:
        """Prove the books and let both tills go."""
        self.figures.findings += len(self.told({"ask": "audit"})["findings"])
        for till in self.tills:
            till.end()

    def _wrong(self, about: str) -> None:
        self.figures.wrong += 1
        self.figures.first = self.figures.first or about


def _founded(shop: Path, gate: Barrier) -> None:
    founder = till_at(shop, gate)
    heard: Iterator[dict[str, Any]] = founder.heard()
    for request in founding():
        founder.say(request)
        answer = next(heard)
        assert answer["ok"], answer
    founder.end()


def run(rounds: int, folder: Path, watch: Watch | None = None) -> Figures:
    warm(folder)
    figures, race = Figures(), None
    for number in (watch or Watch()).steps(rounds, figures):
        if number % ROUNDS_OF_A_SHOP == 0:
            if race is not None:
                race.end()
            race = _opened(folder / f"race{number}.shop", figures)
        assert race is not None
        race.round(number)
    if race is not None:
        race.end()
    return figures


def _opened(shop: Path, figures: Figures) -> Race:
    gate = get_context("fork").Barrier(2)
    _founded(shop, gate)
    one = till_at(shop, gate)
    return Race((one, till_at(shop, gate, (one,))), figures)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--weak", action="store_true", help="go wrong on purpose: look before taking")
    Watch.arguments(parser)
    given = parser.parse_args()
    if given.weak:
        store._TRANSACTION = ("BEGIN", *store._TRANSACTION[1:])
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-race-", dir=memory_folder()) as folder:
        figures = run(given.rounds, Path(folder), Watch.of(given))
    print(json.dumps(vars(figures)))
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
