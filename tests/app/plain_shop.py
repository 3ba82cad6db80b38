"""A shop and, beside it, what plain arithmetic says it must hold: whatever is done is done to both."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant

from loyalty_pos.app import commands as c
from loyalty_pos.domain.errors import Rejection
from tests.shop import HeldClock, Shop, goods

STEP, POINT_VALUE, CREDIT_BP, NEEDED, PRIZE = 50, 3, 700, 4, 5
MEMBERS = ("A", "B", "C")
REFUSALS = ("already_refunded", "more_than_left", "more_than_bought", "refund_voided")
SELDOM = 8
"""The books are proved after every so many steps, and at the end."""


def pick(some: Sequence[str], which: int) -> str:
    return some[which % len(some)]


@dataclass
class Sold:
    """A sale in plain integers, and what is kept of it."""

    member: str
    price: int
    quantity: int
    free: int = 0
    points: int = 0
    credit: int = 0
    back_minor: int = 0
    back_units: int = 0
    way: str = ""

    @property
    def net(self) -> int:
        return self.price * (self.quantity - self.free)

    @property
    def units(self) -> int:
        return self.quantity - self.back_units

    @property
    def paid_units(self) -> int:
        """Free units are kept longest."""
        return max(0, self.units - self.free)

    @property
    def value(self) -> int:
        return self.price * self.paid_units - self.back_minor

    @property
    def gone(self) -> bool:
        return not self.units or (self.way == "amount" and not self.value)

    def _back(self, whole: int) -> int:
        if self.gone:
            return whole
        return whole * (self.net - self.value) // self.net if self.net else 0

    @property
    def points_used(self) -> int:
        return self.points - self._back(self.points)

    @property
    def credit_used(self) -> int:
        return self.credit - self._back(self.credit)

    @property
    def rewards_used(self) -> int:
        return 0 if self.gone else min(self.free, self.units)

    @property
    def base(self) -> int:
        """What was paid with money that nobody had given."""
        given = self.credit + self.points * POINT_VALUE
        return self.value - (given - self._back(given))

    @property
    def money_back(self) -> int:
        given = self.credit + self.points * POINT_VALUE
        return self.net - self.value - self._back(given)

    @property
    def stamps(self) -> int:
        """What credit or points paid is paid for, and stamps (rules 12, 19)."""
        return 0 if self.gone else self.paid_units


@dataclass
class Reference:
    """One member: nothing but totals of what still stands."""

    sales: list[Sold] = field(default_factory=list)
    claims: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def base(self) -> int:
        return sum(sale.base for sale in self.sales)

    def _claimed(self, what: str) -> int:
        return sum(times for programme, times in self.claims.values() if programme == what)

    @property
    def points(self) -> int:
        used = sum(sale.points_used for sale in self.sales)
        return self.base // STEP - used - PRIZE * self._claimed("cup")

    @property
    def credit(self) -> int:
        return self.base * CREDIT_BP // 10_000 - sum(sale.credit_used for sale in self.sales)

    @property
    def stamps(self) -> int:
        """Stamps and rewards in one unit; negative is owed."""
        used = sum(sale.rewards_used for sale in self.sales) + self._claimed("card")
        return sum(sale.stamps for sale in self.sales) - NEEDED * used

    @property
    def visits(self) -> int:
        return sum(not sale.gone for sale in self.sales)

    @property
    def spend(self) -> int:
        return sum(sale.value for sale in self.sales)


def furnish(path: Path) -> None:
    """Make the shop every run starts from."""
    shop = Shop(path, display_unit=None)
    shop.publish("points", "points", step_minor=STEP, point_value_minor=POINT_VALUE)
    shop.publish("credit", "spend_credit", rate_bp=CREDIT_BP)
    shop.publish("card", "stamp_card", needed=NEEDED)
    shop.publish("cup", "prize", what="cup", price_points=PRIZE)
    shop.close()


class PlainShop(RuleBasedStateMachine):
    """Set `start` to a folder with a furnished shop before running it; what happens is another's to say."""

    start: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        place = Path(self.folder.name) / "shop"
        shutil.copytree(self.start, place)
        self.shop = Shop(place / "shop.db", HeldClock())
        self.members: dict[str, Reference] = {}
        self.sold: dict[str, Sold] = {}
        self.open_claims: list[str] = []
        self.last: tuple[c.Command, object] | None = None
        self.steps = self.proved_at = 0

    def do(self, command: c.Command) -> Any:
        answer: Any = self.shop.service.do(command)
        self.last = (command, answer)
        return answer

    def key(self) -> str:
        self.steps += 1
        return f"step-{self.steps:012}"

    def member_of(self, which: int) -> str:
        return pick(list(self.members), which)

    def holders(self) -> list[str]:
        """Say who could come to owe: with value from a sale that can still be handed back."""
        earned = {sale.member for sale in self.sold.values() if not sale.gone}
        return [who for who in self.members if who in earned and self.members[who].credit > 0]

    def debtors(self) -> list[str]:
        return [who for who, one in self.members.items() if one.points < 0 or one.credit < 0]

    def sell(
        self, who: str, price: int, quantity: int, points: int, credit: int | str, rewarded: bool
    ) -> None:
        before = self.shop.member(who)
        free = min(sum(reward.count for reward in before.rewards), quantity) if rewarded else 0
        due = price * (quantity - free)
        asked = min(before.credit_minor, due) if credit == "all" else int(credit)
        possible = (
            asked <= min(before.credit_minor, due)
            and points <= before.points
            and points * POINT_VALUE <= due - asked
            and not (points and before.owed.points)
            and not (asked and before.owed.credit_minor)
        )
        use = c.Use(
            points=points,
            credit_minor="all" if credit == "all" else asked,
            decline=() if rewarded else ("card",),
        )
        sale_id = self.key()
        command = c.RecordSale(sale_id=sale_id, member=who, lines=(goods("x", price, quantity),), use=use)
        try:
            self.do(command)
        except Rejection as no:
            assert not possible, no.code
            return
        assert possible
        self.sold[sale_id] = Sold(who, price, quantity, free, points, asked)
        self.members[who].sales.append(self.sold[sale_id])
        assert self.shop.stored(sale_id).due_minor == due - asked - points * POINT_VALUE

    def sale_of(self, which: int, way: str) -> tuple[str, Sold | None]:
        """Choose a sale that was taken back in no other way so far."""
        sale_id = pick(list(self.sold), which)
        sale = self.sold[sale_id]
        return sale_id, sale if sale.way in ("", way) else None

    def refund(self, sale_id: str, sale: Sold, possible: bool, back: int, **how: Any) -> None:
        earlier = sale.money_back
        try:
            answer = self.do(c.RefundSale(refund_id=self.key(), sale_id=sale_id, **how))
        except Rejection as no:
            assert not possible and no.code in REFUSALS
            return
        assert possible
        if "amount_minor" in how:
            sale.way = "amount"
            sale.back_minor += back
        else:
            sale.way = "pieces"
            sale.back_units += back
        assert answer.refund_minor == sale.money_back - earlier

    def void(self, sale_id: str) -> None:
        sale = self.sold[sale_id]
        try:
            self.do(c.VoidSale(sale_id=sale_id))
        except Rejection as no:
            assert sale.gone and no.code in ("already_voided", "already_refunded"), no.code
            return
        sale.way, sale.back_units, sale.back_minor = "pieces", sale.quantity, 0

    def claim(self, who: str, programme: str, times: int) -> None:
        before, key = self.shop.member(who), self.key()
        if programme == "cup":
            possible = before.points >= PRIZE * times and not before.owed.points
        else:
            possible = self.shop.rewards(who) >= times
        try:
            self.do(c.ClaimReward(posting_id=key, member=who, programme=programme, times=times))
        except Rejection as no:
            assert not possible, no.code
            return
        assert possible
        self.members[who].claims[key] = (programme, times)
        self.open_claims.append(key)

    @invariant()
    def balances_are_plain_arithmetic(self) -> None:
        for name, reference in self.members.items():
            view = self.shop.member(name)
            assert view.points - view.owed.points == reference.points
            assert view.credit_minor - view.owed.credit_minor == reference.credit
            held = sum(reward.count for reward in view.rewards) * NEEDED + view.progress["card"].have
            assert held - view.owed.stamps.get("card", 0) == reference.stamps
            assert not (view.points and view.owed.points)
            assert not (view.credit_minor and view.owed.credit_minor)
            assert not (held and view.owed.stamps)
            assert 0 <= view.progress["card"].have < NEEDED
            assert view.progress["points"].have == reference.base % STEP
            assert (view.visits, view.spend_minor) == (reference.visits, reference.spend)
        if self.steps >= self.proved_at + SELDOM:
            self.proved_at = self.steps
            self.shop.proved()

    def teardown(self) -> None:
        try:
            self.shop.proved()
        finally:
            self.shop.close()
            self.folder.cleanup()
