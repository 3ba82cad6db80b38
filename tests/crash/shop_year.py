"""A year of a shop from one seed, lived twice: both end under the identical head of the chain.

`python -m tests.crash.shop_year --operations 100000` prints the figures as one line of JSON.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from loyalty_pos.app import commands as c
from loyalty_pos.domain.errors import Rejection
from tests.crash.journal_loss import head_of
from tests.crash.watch import Watch, memory_folder
from tests.shop import HeldClock, Shop, goods

YEAR_MINUTES = 365 * 24 * 60
AT_ONCE = 200
"""Operations in one transaction, as an import does: the disk is not what is asked about here."""


@dataclass
class Figures:
    operations: int = 0
    done: int = 0
    refused: int = 0
    heads: tuple[str, ...] = ()
    findings: int = 0
    seconds: float = 0
    ended: str = ""

    @property
    def good(self) -> bool:
        return len(set(self.heads)) == 1 and len(self.heads) == 2 and not self.findings


class Year:
    """What happens is decided by the seed alone; the key of the chain is given too."""

    def __init__(self, path: Path, seed: int, operations: int) -> None:
        path.with_name(path.name + ".key").write_text(f"1 {'5a' * 32}\n", "ascii")
        self.shop = Shop(path, HeldClock("2025-01-01T08:00"), chance=seed)
        self.chance = Random(seed)
        self.operations = operations
        self.sales: list[str] = []
        self.claims: list[str] = []
        self.members = 0
        self.figures = Figures()
        self.shop.publish("points", "points", step_minor=1_000, point_value_minor=20)
        self.shop.publish("credit", "spend_credit", rate_bp=500)
        self.shop.publish("card", "stamp_card", needed=8)
        self.shop.publish("cup", "prize", what="cup", price_points=30)
        levels = [{"key": "one", "from": 0}, {"key": "two", "from": 500_000}]
        self.shop.publish("club", "tiers", levels=levels)

    def live(self, steps: Iterable[int]) -> Figures:
        """Let it happen, step by step, and prove the books."""
        rest = iter(steps)
        while some := list(islice(rest, AT_ONCE)):
            with self.shop.service.batch():
                for number in some:
                    self._happen(number)
                    self.shop.clock.on(minutes=YEAR_MINUTES / self.operations)
            self.figures.operations += len(some)
        self.figures.findings = len(self.shop.audit().findings)
        self.shop.close()
        return self.figures

    def _happen(self, number: int) -> None:
        happenings: list[tuple[int, Callable[[str], c.Command]]] = [
            (70, self._sale), (6, self._join), (6, self._refund), (4, self._void),
            (8, self._claim), (3, self._hand_back), (3, self._walk_in),
        ]  # fmt: skip
        if not self.members:
            happenings = [(1, self._join)]
        (make,) = self.chance.choices([one for _, one in happenings], [weight for weight, _ in happenings])
        command = make(f"year-{number:08}")
        try:
            self.shop.service.do(command)
        except Rejection:
            self.figures.refused += 1
        else:
            self.figures.done += 1

    def _member(self) -> str:
        return f"card{self.chance.randrange(self.members)}"

    def _join(self, key: str) -> c.Command:
        self.members += 1
        return c.EnrolMember(card=f"card{self.members - 1}")

    def _lines(self) -> tuple[c.SaleLine, ...]:
        return (goods("x", 10 * self.chance.randint(1, 3_000), self.chance.randint(1, 4)),)

    def _sale(self, key: str) -> c.Command:
        self.sales.append(key)
        credit: Any = self.chance.choice((None, None, None, "all"))
        points = self.chance.choice((None, None, None, 5))
        use = c.Use(credit_minor=credit, points=points, lenient=self.chance.random() < 0.5)
        return c.RecordSale(sale_id=key, member=self._member(), lines=self._lines(), use=use)

    def _walk_in(self, key: str) -> c.Command:
        self.sales.append(key)
        return c.RecordSale(sale_id=key, lines=self._lines())

    def _some_sale(self) -> str:
        return self.chance.choice(self.sales[-100:]) if self.sales else "none"

    def _refund(self, key: str) -> c.Command:
        amount = self.chance.randint(1, 20_000)
        return c.RefundSale(refund_id=key, sale_id=self._some_sale(), amount_minor=amount)

    def _void(self, key: str) -> c.Command:
        return c.VoidSale(sale_id=self._some_sale())

    def _claim(self, key: str) -> c.Command:
        self.claims.append(key)
        return c.ClaimReward(
            posting_id=key, member=self._member(), programme=self.chance.choice(("cup", "card"))
        )

    def _hand_back(self, key: str) -> c.Command:
        return c.UndoClaim(posting_id=self.chance.choice(self.claims[-50:]) if self.claims else "none")


def run(operations: int, seed: int, folder: Path, watch: Watch | None = None) -> Figures:
    """Live a year, or as much of it as the watch allows, and live the same again."""
    started = time.monotonic()
    years = []
    for name in ("first", "again"):
        (folder / name).mkdir()
        years.append(Year(folder / name / "shop.db", seed, operations))
    first, again = years
    figures = first.live((watch or Watch()).steps(operations, first.figures))
    repeated = again.live(Watch(progress=bool(watch)).steps(figures.operations, again.figures))
    figures.heads = tuple(head_of(folder / name / "shop.db") for name in ("first", "again"))
    figures.findings += repeated.findings
    figures.seconds = round(time.monotonic() - started, 1)
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1404)
    Watch.arguments(parser)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-year-", dir=memory_folder()) as folder:
        figures = run(given.operations, given.seed, Path(folder), Watch.of(given))
    print(json.dumps(asdict(figures)))
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
