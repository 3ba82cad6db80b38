"""Every cell of the policy of taking back is what the table says, by whatever way the goods come back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest

from loyalty_pos.app import handlers_refunds
from loyalty_pos.domain import keeping, take_back
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.ledger import Book
from tests.app.refund_policy import POLICY, Made, Row
from tests.shop import Shop, T

VALUES = ("points", "credit", "stamps", "reward", "voucher", "gift card", "pledge", "tier", "code")
IN_PARTS = [(1, 2, 1), (2, 1, 1)]
Patch = pytest.MonkeyPatch


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("furnished")
    shop = Shop(folder / "shop.db")
    shop.enrol()
    shop.close()
    return folder


@pytest.fixture
def shops(furnished: Path, tmp_path: Path) -> Iterator[Callable[[], Shop]]:
    """Open as many shops with one member as are asked for; each has to prove in the end."""
    opened: list[Shop] = []

    def another() -> Shop:
        folder = copytree(furnished, tmp_path / str(len(opened)))
        opened.append(Shop(folder / "shop.db", chance=2))
        return opened[-1]

    yield another
    for shop in opened:
        shop.proved()
        shop.close()


class Coming:
    """One sale of a row that comes back, and what that comes to."""

    def __init__(self, shop: Shop, row: Row) -> None:
        self.shop, self.paid_minor = shop, 0
        self.made: Made = row.made(shop)

    def back(self, units: int) -> str:
        """Take units back; a cell told in stars is the refusal and the way on."""
        return self._told(lambda: self.shop.refund(self.made.sale, None, (1, units)).refund_minor)

    def void(self) -> str:
        return self._told(lambda: self.shop.void(self.made.sale).refund_minor)

    def _told(self, take: Callable[[], int]) -> str:
        refused = ""
        try:
            self.paid_minor += take()
        except Rejection as no:
            assert self.made.before is not None and no.facts["number"] == self.made.before.number, no
            self.shop.void(self.made.before)
            refused = f"*{no.code}*; then "
            self.paid_minor += take()
        return f"{refused}{self.paid_minor // T}: {self.made.seen(self.shop)}"


def wrong(row: Row, shops: Callable[[], Shop]) -> list[tuple[str, str, str]]:
    """List the cells of a row that are not what is written down: the way there, what is, what should be."""
    found = []
    whole = Coming(shops(), row)
    found.append(("void", whole.void(), row.full))
    stands = bool(whole.made.sale.sold)
    if not stands:
        found.append(("all at once", Coming(shops(), row).back(4), row.full))
    for first, second, third in IN_PARTS:
        coming = Coming(shops(), row)
        told = coming.back(first)
        if first == 1:
            found.append(("one", told, row.one))
        found.append((f"{first} + {second}", coming.back(second), row.three))
        if stands:  # gift cards sold beside the goods come back with a void alone
            coming.back(third)
            last = coming.void()
        else:
            last = coming.back(third)
        found.append((f"{first} + {second} + {third}", last, row.full))
    return [one for one in found if one[1] != one[2]]


@pytest.mark.parametrize("row", POLICY, ids=lambda row: row.name)
def test_a_row_of_the_policy(row: Row, shops: Callable[[], Shop]) -> None:
    assert wrong(row, shops) == []


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("state", ["unspent", "spent", "expired"])
def test_every_value_has_its_cells_in_every_state(value: str, state: str) -> None:
    states = {row.name.partition(", ")[2] for row in POLICY if row.name.partition(", ")[0] == value}
    # What never ends has a row of its age instead.
    assert state in states or (state == "expired" and "of last year" in states)


def spent_value_is_rounded_up(patch: Patch) -> None:
    real = keeping.share_back
    patch.setattr(take_back, "share_back", lambda sold, kept, whole: min(whole, real(sold, kept, whole) + 1))


def a_part_keeps_all_it_earned(patch: Patch) -> None:
    patch.setattr(take_back, "earned_micros", lambda sold, kept, given: given.micros)


def what_was_spent_by_then_is_forgiven(patch: Patch) -> None:
    real = Book.take_back
    patch.setattr(Book, "take_back", lambda *given: real(*given) * 0)


def a_cause_keeps_its_pledge(patch: Patch) -> None:
    patch.setattr(handlers_refunds, "pledges_back", lambda *_: [])


def a_code_never_comes_back(patch: Patch) -> None:
    patch.setattr(handlers_refunds, "_codes", lambda *_: [])


def the_level_stays(patch: Patch) -> None:
    patch.setattr(handlers_refunds, "standing_without", lambda *_: (None, None))


def a_card_that_paid_gets_nothing_back(patch: Patch) -> None:
    patch.setattr(handlers_refunds, "cards_back", lambda sold, kept: [0] * len(sold.cards))


SEEN = [
    (spent_value_is_rounded_up, "credit, used on it"),
    (a_part_keeps_all_it_earned, "stamps, unspent"),
    (what_was_spent_by_then_is_forgiven, "points, spent"),
    (a_cause_keeps_its_pledge, "pledge, spent"),
    (a_code_never_comes_back, "code, spent"),
    (the_level_stays, "tier, unspent"),
    (a_card_that_paid_gets_nothing_back, "gift card, used on it"),
]


@pytest.mark.parametrize(("bug", "name"), SEEN, ids=lambda one: getattr(one, "__name__", ""))
def test_the_table_sees(
    bug: Callable[[Patch], None], name: str, tmp_path: Path, furnished: Path, monkeypatch: Patch
) -> None:
    opened: list[Shop] = []

    def another() -> Shop:
        folder = copytree(furnished, tmp_path / str(len(opened)))
        opened.append(Shop(folder / "shop.db", chance=2))
        return opened[-1]

    row = next(one for one in POLICY if one.name == name)
    try:
        with monkeypatch.context() as patch:
            bug(patch)
            assert wrong(row, another)
    finally:
        for shop in opened:
            shop.close()
