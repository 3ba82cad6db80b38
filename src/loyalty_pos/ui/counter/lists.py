"""Lists of sales over the member side; recent ones can be named, printed again, taken back."""

from collections.abc import Callable
from dataclasses import replace

from loyalty_pos.app.claim_views import ClaimableView
from loyalty_pos.app.commands import AttachMember
from loyalty_pos.app.queries import RecentSales
from loyalty_pos.app.views import HeldView, MemberView, RecentSalesView, SaleView
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import Attached, ClaimList, HeldList, Listing, Place, RecentList
from loyalty_pos.ui.worker import Problem

RECENT_SHOWN = 12


class Lists:
    """What stands behind Shift F10, and the list that Shift F8 fills.

    `reprint` starts a paper job, `void` takes a sale back, `refund` asks what of it, `moved` tells that
    balances did, `resume` takes a sale off hold, `claim` hands over what is highlighted.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.reprint: Callable[[SaleView], None] = lambda sale: None
        self.void: Callable[[SaleView], None] = lambda sale: None
        self.moved: Callable[[], None] = lambda: None
        self.resume: Callable[[HeldView], None] = lambda hold: None
        self.refund: Callable[[SaleView], None] = lambda sale: None
        self.claim: Callable[[ClaimList], None] = lambda listing: None

    def open_recent(self) -> None:
        """Show the last sales of this till (Shift F10); again closes them."""
        if isinstance(self._desk.state.listing, RecentList):
            self.close()
            return
        self.show(RecentList((), loading=True))
        self._desk.courier.ask(RecentSales(limit=RECENT_SHOWN), self._recent_came, self._failed)

    def close(self) -> None:
        """Put the list away."""
        self._desk.change(listing=None, said=None, search="", focus=self._desk.focus(Place.SEARCH))

    def move(self, rows: int) -> None:
        """Move the highlight; a very large step goes to an end."""
        listing = self._desk.state.listing
        if listing is not None and listing.rows:
            chosen = max(0, min(len(listing.rows) - 1, listing.chosen + rows))
            self._desk.change(listing=replace(listing, chosen=chosen), said=None)

    def pick(self, key: str) -> None:
        """Take a row that was tapped: a sale on hold is taken up, a recent one highlighted."""
        listing = self._desk.state.listing
        if listing is None:
            return
        keys = [key_of(row) for row in listing.rows]
        if key in keys:
            self._desk.change(listing=replace(listing, chosen=keys.index(key)))
            self.enter()

    def enter(self) -> None:
        """Take up a sale on hold, refund a part of another, or hand over a prize: what is highlighted."""
        listing = self._desk.state.listing
        if isinstance(listing, HeldList | ClaimList) and listing.loading:
            self._desk.change(listing=replace(listing, enter_wanted=True))
        elif isinstance(listing, ClaimList):
            self.claim(listing)
        elif isinstance(listing, HeldList) and listing.rows:
            self.resume(listing.rows[listing.chosen])
        elif (sale := self._chosen_sale()) is not None:
            if sale.voided:
                self._desk.say(Place.MEMBER, code="already_undone", number=sale.number)
            else:
                self.close()
                self.refund(sale)

    def undo(self) -> bool:
        """Take back the highlighted recent sale; False when no list of them is open."""
        sale = self._chosen_sale()
        if sale is None:
            return False
        if sale.voided:
            self._desk.say(Place.MEMBER, code="already_undone", number=sale.number)
        else:
            self.void(sale)
            self.close()
        return True

    def print_again(self) -> None:
        """Print the highlighted sale's receipt once more, else the last one's (F10)."""
        sale = self._chosen_sale()
        if sale is not None:
            self._reprint(sale)
        else:
            self._desk.courier.ask(RecentSales(limit=1), self._last_came, self._failed)

    def takes(self, member: MemberView) -> bool:
        """Give the highlighted sale to a member who was just found; False when no such list is open."""
        if not isinstance(self._desk.state.listing, RecentList):
            return False
        sale = self._chosen_sale()
        if sale is not None and sale.sale_id is not None:
            command = AttachMember(sale_id=sale.sale_id, member=member.member)
            self._desk.courier.do(command, self._attached, self._failed)
        return True

    @property
    def sale(self) -> SaleView | None:
        """The recent sale that is highlighted, while their list is open."""
        return self._chosen_sale()

    def _chosen_sale(self) -> SaleView | None:
        listing = self._desk.state.listing
        if isinstance(listing, RecentList) and listing.rows:
            return listing.rows[listing.chosen]
        return None

    def _recent_came(self, view: RecentSalesView) -> None:
        unnamed = (i for i, sale in enumerate(view.sales) if sale.member is None and not sale.voided)
        self.fill(RecentList(view.sales, next(unnamed, 0)))

    def fill(self, listing: Listing) -> None:
        """Put the rows in, unless the list was closed meanwhile; Enter may have been pressed already."""
        waiting = self._desk.state.listing
        if type(waiting) is type(listing):
            self._desk.change(listing=listing)
            if waiting is not None and waiting.enter_wanted:
                self.enter()

    def show(self, listing: Listing) -> None:
        """Open a list in place of what stands open."""
        self._desk.change(
            listing=listing, candidates=None, nobody=None, receipt=None, join=None, said=None, search="",
            why_open=False, focus=self._desk.focus(Place.SEARCH),
        )  # fmt: skip

    def _last_came(self, view: RecentSalesView) -> None:
        if view.sales:
            self._reprint(view.sales[0])
        else:
            self._desk.say(Place.TOAST, code="nothing_to_print")

    def _reprint(self, sale: SaleView) -> None:
        self._desk.say(Place.MEMBER, code="printing_again", number=sale.number)
        self.reprint(sale)

    def _attached(self, sale: SaleView) -> None:
        self._desk.change(toast=Attached(sale), listing=None, focus=self._desk.focus(Place.SEARCH))
        self.moved()

    def _failed(self, problem: Problem) -> None:
        self._desk.say(Place.MEMBER, problem)


def key_of(row: SaleView | HeldView | ClaimableView) -> str | None:
    """Tell by what a row of a list is known."""
    if isinstance(row, SaleView):
        return row.sale_id
    return row.hold if isinstance(row, HeldView) else row.programme
