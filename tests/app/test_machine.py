"""A whole shop against plain arithmetic: any sales, uses and voids in any order leave the same balances."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from loyalty_pos.domain.errors import Rejection
from tests.shop import Shop, goods

STEP, POINT_VALUE, CREDIT_BP, NEEDED = 50, 3, 700, 4
MEMBERS = ("A", "B")


@dataclass
class Reference:
    """One member in plain integers: nothing but totals, of sales that still stand."""

    kept: dict[str, tuple[int, int, int, int, int]] = field(default_factory=dict)

    def add(self, sale_id: str, base: int, units: int, points: int, credit: int, rewards: int) -> None:
        self.kept[sale_id] = (base, units, points, credit, rewards)

    def total(self, at: int) -> int:
        return sum(sale[at] for sale in self.kept.values())

    @property
    def points(self) -> int:
        return self.total(0) // STEP - self.total(2)

    @property
    def credit(self) -> int:
        return self.total(0) * CREDIT_BP // 10_000 - self.total(3)

    @property
    def stamps(self) -> int:
        """Stamps and rewards in one unit; negative is owed."""
        return self.total(1) - NEEDED * self.total(4)


class WholeShop(RuleBasedStateMachine):
    sales = Bundle("sales")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.shop = Shop(Path(self.folder.name) / "shop.db", display_unit=None)
        self.opened = False
        self.reference = {name: Reference() for name in MEMBERS}

    @initialize()
    def open(self) -> None:
        for name in MEMBERS:
            self.shop.enrol(name)
        self.shop.publish("points", "points", step_minor=STEP, point_value_minor=POINT_VALUE)
        self.shop.publish("credit", "spend_credit", rate_bp=CREDIT_BP)
        self.shop.publish("card", "stamp_card", needed=NEEDED)
        self.opened = True

    @rule(
        target=sales,
        member=st.sampled_from(MEMBERS),
        price=st.integers(1, 700),
        quantity=st.integers(1, 6),
        points=st.integers(0, 12),
        credit=st.one_of(st.integers(0, 150), st.just("all")),
        rewarded=st.booleans(),
    )
    def sell(
        self, member: str, price: int, quantity: int, points: int, credit: int | str, rewarded: bool
    ) -> tuple[str, str]:
        reference = self.reference[member]
        before = self.shop.member(member)
        free = min(self.shop.rewards(member), quantity) if rewarded else 0
        due = price * (quantity - free)
        asked = min(before.credit_minor, due) if credit == "all" else int(credit)
        possible = (
            asked <= min(before.credit_minor, due)
            and (not points or points <= before.points)
            and (points * POINT_VALUE <= due - asked)
            and not (points and before.owed.points)
            and not (asked and before.owed.credit_minor)
        )
        decline = () if rewarded else ("card",)
        try:
            sale = self.shop.sell(
                None,
                goods("x", price, quantity),
                member=member,
                points=points,
                credit_minor=credit,
                decline=decline,
            )
        except Rejection:
            assert not possible
            return member, ""
        assert possible
        assert sale.sale_id is not None
        base = due - asked - points * POINT_VALUE
        assert sale.due_minor == base
        units = quantity - free if due else 0
        reference.add(sale.sale_id, base, units, points, asked, free)
        self.shop.clock.on(minutes=1)
        return member, sale.sale_id

    @rule(sale=consumes(sales))
    def void(self, sale: tuple[str, str]) -> None:
        member, sale_id = sale
        if sale_id:
            self.shop.void(sale_id)
            del self.reference[member].kept[sale_id]

    @rule(sale=sales)
    def ask_again(self, sale: tuple[str, str]) -> None:
        if sale[1]:
            stored = self.shop.stored(sale[1])
            assert stored.due_minor == stored.gross_minor - stored.discount_minor - (
                stored.paid_by.credit_minor + stored.paid_by.points_minor
            )

    @invariant()
    def balances_are_plain_arithmetic(self) -> None:
        for name in MEMBERS if self.opened else ():
            view, reference = self.shop.member(name), self.reference[name]
            assert view.points - view.owed.points == reference.points
            assert view.credit_minor - view.owed.credit_minor == reference.credit
            held = self.shop.rewards(name) * NEEDED + view.progress["card"].have
            assert held - view.owed.stamps.get("card", 0) == reference.stamps
            assert not (view.points and view.owed.points)
            assert not (view.credit_minor and view.owed.credit_minor)
            assert not (held and view.owed.stamps)
            assert 0 <= view.progress["card"].have < NEEDED
            assert view.progress["points"].have == reference.total(0) % STEP
            assert view.visits == len(reference.kept)

    @invariant()
    def the_books_prove(self) -> None:
        self.shop.proved()

    def teardown(self) -> None:
        self.shop.close()
        self.folder.cleanup()


TestWholeShop = WholeShop.TestCase
TestWholeShop.settings = settings(max_examples=30, stateful_step_count=20)
