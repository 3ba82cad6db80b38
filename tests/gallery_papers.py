"""Draw the manager's papers of an empty shop, of one member, and of sums as large as there can be.

`python -m tests.gallery_papers [shop ...]` writes them to build/gallery/papers, a PDF and pictures of its
pages each, and names every paper on which a text was cut.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from loyalty_pos.app.board_paper import board_paper
from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.queries import Shop as AskShop
from loyalty_pos.app.queries_reports import Dashboard, TierReport
from loyalty_pos.app.queries_sheets import Shifts, Statement
from loyalty_pos.app.shifts_paper import shifts_paper
from loyalty_pos.app.statement_paper import statement_paper
from loyalty_pos.app.tier_report_paper import tier_report_paper
from loyalty_pos.printing.papers import render_report
from tests.languages import language
from tests.printing import readers
from tests.shop import Shop, goods

OUT = Path("build/gallery/papers")
MONTH = "1405-08"
MOST_MINOR = 10**12
LEVELS = [
    {"key": "bronze", "name": "برنزی", "from": 0},
    {"key": "gold", "name": "طلایی", "from": 2_000_000, "discount_bp": 500},
]
CUT = "…"


def published(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=LEVELS)
    shop.publish("points", "points", step_minor=10_000, points_per_step=1, point_value_minor=500)
    shop.publish("back", "spend_credit", {"expiry": {"months": 3}}, rate_bp=1_000, rounding_minor=10)
    shop.publish("cup", "stamp_card", count="units", needed=5, mode="after_n_paid")


def empty(shop: Shop) -> None:
    """A shop on its first day: nothing published, nobody there."""


def one_member(shop: Shop) -> None:
    published(shop)
    shop.enrol("77001", name="سارا احمدی", phone="09121234567")
    shop.sell(None, goods("tea", 350_000, 2), member="77001")


def huge(shop: Shop) -> None:
    """The dearest sales that can be recorded, with and without a member."""
    published(shop)
    shop.enrol("77001", name="کتایون پورمحمدی‌نژاد اصفهانی", phone="09121234567")
    for _ in range(3):
        shop.sell(None, goods("tea", MOST_MINOR), member="77001")
        shop.sell(MOST_MINOR, member=None)
    shop.refund(shop.sell(MOST_MINOR, member="77001"), MOST_MINOR // 2)


SHOPS: dict[str, Callable[[Shop], None]] = {"empty": empty, "one": one_member, "huge": huge}


def papers(shop: Shop, code: LanguageCode) -> Iterator[tuple[str, bytes]]:
    """Give every paper a manager can ask for, drawn."""
    ask, known = shop.service.ask, shop.service.ask(AskShop())
    said = language(code).with_shop(known)
    yield "tiers", render_report(tier_report_paper(ask(TierReport(month=MONTH, measured=True)), known, said))
    yield "month", render_report(board_paper(ask(Dashboard(month=MONTH)), known, said))
    yield "shifts", render_report(shifts_paper(ask(Shifts()), known, said))
    if shop.identify("77001").kind == "member":
        view = ask(Statement(member="77001"))
        yield "statement", render_report(statement_paper(view, known, said))


def drawn(name: str, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give the papers of one shop in both languages, by the names of their files."""
    shop = Shop(folder / f"{name}.db", name="کافه فیروزه")
    try:
        SHOPS[name](shop)
        for code in ("fa", "en"):
            for what, pdf in papers(shop, "fa" if code == "fa" else "en"):
                yield f"{name}_{what}_{code}", pdf
    finally:
        shop.close()


def main(wanted: list[str]) -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    cut = []
    with TemporaryDirectory() as folder:
        for name in SHOPS:
            if wanted and name not in wanted:
                continue
            for stem, pdf in drawn(name, Path(folder)):
                (OUT / f"{stem}.pdf").write_bytes(pdf)
                picture = ["pdftoppm", "-r", "60", "-png", str(OUT / f"{stem}.pdf"), str(OUT / stem)]
                subprocess.run(picture, check=True)
                cut += [stem] * (CUT in readers.text(pdf))
    for stem in cut:
        print(f"cut: {stem}")
    return 1 if cut else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
