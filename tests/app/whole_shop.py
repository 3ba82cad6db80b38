"""Everything that may happen in a shop, in any order, beside what plain arithmetic says of it.

Members join, buy, pay with credit and points, use rewards, claim prizes, hand back, owe and try to pay
all the same, exchange and think better of it, take sales back in parts by amount or piece and whole;
requests are sent again; names come afterwards; days pass.
"""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from loyalty_pos.app import commands as c
from loyalty_pos.app.commands_people import UndoExchange
from loyalty_pos.domain.errors import Rejection
from tests.app.plain_shop import (
    MEMBERS,
    NEEDED,
    POINT_VALUE,
    PRIZE,
    PlainShop,
    Reference,
    Sold,
    furnish,
    pick,
)
from tests.shop import goods

__all__ = ["WholeShop", "furnish"]

TOO_LATE_MINUTES = 31
WHICH, PRICES = st.integers(0, 10**6), st.integers(1, 700)
TOLD = {"cup": "points", "card": "stamps"}


class WholeShop(PlainShop):
    """What may happen, steered so that members also come to hold much, to owe, and to go on from there."""

    @initialize()
    def somebody_joins(self) -> None:
        self.join()

    @precondition(lambda self: len(self.members) < len(MEMBERS))
    @rule()
    def join(self) -> None:
        card = MEMBERS[len(self.members)]
        self.shop.enrol(card)
        self.members[card] = Reference()

    @rule(
        which=WHICH,
        price=PRICES,
        quantity=st.integers(1, 6),
        points=WHICH,
        credit=st.one_of(st.just(0), WHICH, st.just("all")),
        rewarded=st.booleans(),
    )
    def somebody_buys(
        self, which: int, price: int, quantity: int, points: int, credit: int | str, rewarded: bool
    ) -> None:
        """Pay with anything up to one more than there is."""
        who = self.member_of(which)
        held = self.shop.member(who)
        asked = credit if isinstance(credit, str) else credit % (held.credit_minor + 2)
        self.sell(who, price, quantity, points % (held.points + 2), asked, rewarded)

    @precondition(lambda self: self.holders())
    @rule(which=WHICH, price=PRICES, quantity=st.integers(1, 6))
    def spend_all_and_take_back_what_earned_it(self, which: int, price: int, quantity: int) -> None:
        """Whoever spends what an earlier sale gave, and hands that one back, owes."""
        who = pick(self.holders(), which)
        held = self.shop.member(who)
        worth = price * quantity
        self.sell(who, price, quantity, min(held.points, worth // POINT_VALUE), "all", rewarded=True)
        for sale_id in [key for key, sale in self.sold.items() if sale.member == who][:-1]:
            if not self.sold[sale_id].gone:
                self.void(sale_id)
                return

    @precondition(lambda self: self.debtors())
    @rule(which=WHICH, price=PRICES, points=st.integers(1, 12), credit=st.integers(1, 150))
    def pay_while_owing(self, which: int, price: int, points: int, credit: int) -> None:
        """What is held beside a debt in another unit may be used, what is owed never."""
        who = pick(self.debtors(), which)
        before = self.shop.member(who)
        self.sell(who, price, 1, points if before.owed.points else 0, 0, rewarded=False)
        self.sell(who, price, 1, 0, credit if before.owed.credit_minor else 0, rewarded=False)
        self.claim(who, "cup", 1)

    @rule(
        which=WHICH,
        price=PRICES,
        quantity=st.integers(1, 6),
        minutes=st.sampled_from((0, 29, 30, TOO_LATE_MINUTES)),
    )
    def sell_and_name_afterwards(self, which: int, price: int, quantity: int, minutes: int) -> None:
        who, sale_id = self.member_of(which), self.key()
        self.do(c.RecordSale(sale_id=sale_id, lines=(goods("x", price, quantity),)))
        self.shop.clock.on(minutes=minutes)
        try:
            self.do(c.AttachMember(sale_id=sale_id, member=who))
        except Rejection as no:
            assert (no.code, minutes) == ("attach_too_late", TOO_LATE_MINUTES)
            return
        assert minutes < TOO_LATE_MINUTES
        self.sold[sale_id] = Sold(who, price, quantity)
        self.members[who].sales.append(self.sold[sale_id])

    @precondition(lambda self: self.sold)
    @rule(which=WHICH, amount=st.integers(1, 2_000))
    def refund_an_amount(self, which: int, amount: int) -> None:
        sale_id, sale = self.sale_of(which, "amount")
        if sale is not None:
            possible = amount <= sale.value and not sale.gone
            self.refund(sale_id, sale, possible, amount, amount_minor=amount)

    @precondition(lambda self: self.sold)
    @rule(which=WHICH, units=st.integers(1, 6))
    def refund_pieces(self, which: int, units: int) -> None:
        sale_id, sale = self.sale_of(which, "pieces")
        if sale is not None:
            back = (c.RefundLine(line=1, quantity=units),)
            self.refund(sale_id, sale, units <= sale.units, units, lines=back)

    @precondition(lambda self: self.sold)
    @rule(which=WHICH)
    def void_a_sale(self, which: int) -> None:
        self.void(pick(list(self.sold), which))

    @precondition(lambda self: self.sold)
    @rule(which=WHICH, programme=st.sampled_from(("cup", "card")), times=st.integers(1, 2))
    def somebody_claims(self, which: int, programme: str, times: int) -> None:
        """Claim for somebody who can, where there is one: most would only be refused."""
        have = PRIZE if programme == "cup" else NEEDED
        able = [who for who, one in self.members.items() if getattr(one, TOLD[programme]) >= have]
        self.claim(pick(able or list(self.members), which), programme, times)

    @precondition(lambda self: self.open_claims)
    @rule(which=WHICH)
    def hand_back(self, which: int) -> None:
        key = pick(self.open_claims, which)
        self.open_claims.remove(key)
        self.do(c.UndoClaim(posting_id=key))
        for member in self.members.values():
            member.claims.pop(key, None)

    @precondition(lambda self: self.last)
    @rule()
    def send_again(self) -> None:
        assert self.last is not None
        command, answer = self.last
        assert self.shop.service.do(command) == answer

    @precondition(lambda self: self.sold)
    @rule(which=WHICH)
    def send_something_else_under_a_key_of_before(self, which: int) -> None:
        sale_id = pick(list(self.sold), which)
        sale = self.sold[sale_id]
        other = goods("x", sale.price + 1, sale.quantity)
        try:
            self.shop.service.do(c.RecordSale(sale_id=sale_id, member=sale.member, lines=(other,)))
        except Rejection as no:
            assert no.code == "key_taken"
        else:
            raise AssertionError("two requests under one key")

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.shop.clock.on(days=days)

    @precondition(lambda self: self.whole())
    @rule(which=WHICH, price=PRICES, units=st.integers(1, 6))
    def exchange_and_think_better_of_it(self, which: int, price: int, units: int) -> None:
        """An exchange undone leaves what was before, or all of it stands."""
        old = pick(self.whole(), which)
        sale, back, key = self.sold[old], self.key(), self.key()
        units = min(units, sale.quantity)
        lines = (c.RefundLine(line=1, quantity=units),)
        use = c.Use(decline=("card",))
        new = c.RecordSale(sale_id=key, member=sale.member, lines=(goods("y", price),), use=use)
        self.do(c.Exchange(back=c.RefundSale(refund_id=back, sale_id=old, lines=lines), sale=new))
        try:
            view = self.do(UndoExchange(sale_id=key))
        except Rejection as no:
            assert no.code == "exchange_spent" and (sale.points or sale.credit or sale.free)
            sale.way, sale.back_units = "pieces", units
            self.sold[key] = Sold(sale.member, price, 1)
            self.members[sale.member].sales.append(self.sold[key])
            return
        assert not (sale.points or sale.credit or sale.free)
        self.sold[view.sale.sale_id] = self.sold.pop(old)

    def whole(self) -> list[str]:
        return [sale_id for sale_id, sale in self.sold.items() if not sale.way]
