"""Two tills want the same 60 of 100 points and the same voucher at the same moment: exactly one gets each.

`python -m tests.crash.race --rounds 2000` prints the figures as one line of JSON.
"""

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.crash.kill_loop import Child, born, warm

POINTS, WANTED, POINT_VALUE = 100, 60, 100


@dataclass
class Figures:
    rounds: int = 0
    points_won: int = 0
    vouchers_won: int = 0
    wrong: int = 0
    first: str = ""
    findings: int = 0
    seconds: float = 0

    @property
    def good(self) -> bool:
        return self.rounds == self.points_won == self.vouchers_won and not self.wrong + self.findings


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
    ]


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
        self.tills[0].say(one)
        self.tills[1].say(other)
        return [next(heard) for heard in self._heard]

    def round(self, number: int) -> None:
        phone = f"0912{number:07}"
        self.told({"do": "enrol_member", "phone": phone})
        earn = {"do": "record_sale", "member": phone, "amount_minor": POINTS * 1_000 // 2}
        for half in "ab":
            self.told(earn | {"sale_id": f"earn-{number}-{half}"})
        print_it = {"do": "print_reward_voucher", "posting_id": f"print-{number}", "member": phone}
        code = self.told(print_it | {"programme": "card"})["code"]
        line = {"text": "x", "unit_price_minor": WANTED * POINT_VALUE}
        sale = {"do": "record_sale", "member": phone, "lines": [line]}
        points = sale | {"use": {"points": WANTED, "decline": ["card"]}}
        voucher = sale | {"use": {"vouchers": [code]}}
        self._decide("points_won", number, points, "a", "b")
        self._decide("vouchers_won", number, voucher, "c", "d")
        self.figures.rounds += 1

    def _decide(self, won: str, number: int, sale: dict[str, Any], one: str, other: str) -> None:
        answers = self.both(
            sale | {"sale_id": f"race-{number}-{one}"}, sale | {"sale_id": f"race-{number}-{other}"}
        )
        winners = sum(answer["ok"] for answer in answers)
        setattr(self.figures, won, getattr(self.figures, won) + (winners == 1))
        codes = [answer["code"] for answer in answers if not answer["ok"]]
        if winners != 1 or codes[0] in ("busy_file", "disk_error"):
            self.figures.wrong += 1
            self.figures.first = self.figures.first or f"{won} {number}: {winners} won, {codes}"


def run(rounds: int, folder: Path) -> Figures:
    started = time.monotonic()
    warm(folder)
    shop = folder / "race.shop"
    founder = born(shop)
    founder.say(*founding())
    for _, answer in zip(founding(), founder.heard(), strict=False):
        assert answer["ok"], answer
    founder.end()
    race = Race((born(shop), born(shop)), Figures())
    for number in range(rounds):
        race.round(number)
    race.figures.findings = len(race.told({"ask": "audit"})["findings"])
    for till in reversed(race.tills):  # the later one has the earlier one's pipes open too
        till.end()
    race.figures.seconds = round(time.monotonic() - started, 1)
    return race.figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-race-") as folder:
        figures = run(given.rounds, Path(folder))
    print(json.dumps(vars(figures)))
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
