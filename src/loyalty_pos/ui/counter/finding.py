"""Who stands at the counter: scans, typed digits and names, several, nobody, a new member."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from loyalty_pos.app.code_views import CodeView
from loyalty_pos.app.commands import EnrolMember
from loyalty_pos.app.gift_card_views import GiftCardView
from loyalty_pos.app.queries import Identify, Member
from loyalty_pos.app.views import CandidateView, IdentifyView, MemberView, ProductView
from loyalty_pos.domain.identifiers import LAST_DIGITS
from loyalty_pos.domain.text import latin_digits
from loyalty_pos.domain.tokens import token_text
from loyalty_pos.ui.counter.desk import CourierLike, Desk
from loyalty_pos.ui.counter.of_one_sale import FOR_MEMBER, LOOKED_FOR
from loyalty_pos.ui.counter.state import Candidates, CounterState, JoinForm, Lookup, Nobody, Place, blank
from loyalty_pos.ui.worker import Problem

FEWEST_LETTERS = 2


class Finding:
    """Turn what identifies somebody into a member on the counter.

    `found` is called when a member was put on or taken off, `lost` when a text turned out to be nobody,
    `product` when it is goods, `code` when it is a discount code, `card` when it is a gift card, `voucher`
    when it has the form of a partner's. `diverted` says that a member was looked for to something else's end.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.found: Callable[[], None] = lambda: None
        self.lost: Callable[[], None] = lambda: None
        self.diverted: Callable[[MemberView], bool] = lambda member: False
        self.product: Callable[[ProductView], None] = lambda product: None
        self.code: Callable[[str, CodeView], None] = lambda text, code: None
        self.card: Callable[[str, GiftCardView], None] = lambda text, card: None
        self.voucher: Callable[[str], None] = lambda text: None

    def look_up(self, text: str, *, scanned: bool = False) -> None:
        """Find out who a finished text means; the keyboard goes on to the amount meanwhile."""
        text = text.strip()
        if not text:
            return
        if token_text(text) is not None:
            self.voucher(text)
            return
        if len(text) < FEWEST_LETTERS and text.isalpha():  # one letter means half the shop
            self._desk.say(Place.MEMBER, code="one_more_letter")
            return
        lookup = Lookup(text, scanned=scanned)
        self._desk.change(
            lookup=lookup,
            candidates=None,
            nobody=None,
            receipt=None,
            said=None,
            join=None,
            confirm_wanted=False,
            focus=self._desk.focus(Place.AMOUNT),
        )
        self._ask(lookup)

    def edited(self, text: str) -> None:
        """Follow the member box key by key: names are looked up while typed, a digit narrows the list."""
        candidates, letters = self._desk.state.candidates, _letters(text)
        narrows = candidates is not None and not letters
        lookup = Lookup(text.strip(), live=True) if _is_name(text) else None
        follows: dict[str, Any] = {"lookup": lookup} if lookup else {"candidates": None, "lookup": None}
        self._desk.change(
            search=text, nobody=None, receipt=None, said=None, confirm_wanted=False,
            **({} if narrows else follows),
        )  # fmt: skip
        if candidates is not None and narrows:
            self._narrow(candidates, text)
        elif lookup:
            self._ask(lookup)

    def move(self, rows: int) -> None:
        """Move the highlight in the list; a very large step goes to an end."""
        candidates = self._desk.state.candidates
        if candidates and candidates.people:
            chosen = max(0, min(len(candidates.people) - 1, candidates.chosen + rows))
            self._desk.change(candidates=replace(candidates, chosen=chosen))

    def pick(self, member: str | None = None) -> None:
        """Take a person of the list: the highlighted one, or the one named."""
        candidates = self._desk.state.candidates
        if member is None and candidates and candidates.people:
            member = candidates.people[candidates.chosen].member
        if member is None:
            return
        lookup = Lookup(member)
        self._desk.change(lookup=lookup, candidates=None, focus=self._desk.focus(Place.AMOUNT))
        self._desk.courier.ask_latest(
            "identify",
            Member(member=member),
            lambda view: self._seat(lookup, view),
            lambda problem: self._refused(lookup, problem),
        )

    def release(self) -> None:
        """Let the member go, and everything that was chosen for them."""
        self._desk.change(
            **blank(LOOKED_FOR), **blank(FOR_MEMBER), member=None, pay=None, said=None, confirm_wanted=False,
            focus=self._desk.focus(Place.SEARCH),
        )  # fmt: skip
        self.found()

    def dismiss(self) -> None:
        """Close what was found or begun besides the member on the counter."""
        self._desk.change(**blank(LOOKED_FOR), confirm_wanted=False, focus=self._desk.focus(Place.SEARCH))

    def open_join(self) -> None:
        """Start a new member with what was typed or scanned (F3)."""
        state = self._desk.state
        if state.join or state.recording:
            return
        text = state.nobody.text if state.nobody else latin_digits(state.search.strip())
        looks_like = state.nobody.looks_like if state.nobody else _looks_like(text)
        form = JoinForm(
            phone=text if looks_like in ("phone", "digits") else "",
            name=text if looks_like == "name" else "",
            card=text if looks_like == "card" else "",
            brought_by="" if _gives_for_events(state) else None,
        )
        self._desk.change(
            join=form, member=None, nobody=None, candidates=None, lookup=None, receipt=None, said=None,
            focus=self._desk.focus(Place.JOIN),
        )  # fmt: skip
        self.found()

    def edit_join(self, phone: str, name: str, brought_by: str = "") -> None:
        """Follow the new member's form."""
        join = self._desk.state.join
        if join:
            asked = None if join.brought_by is None else brought_by
            self._desk.change(join=replace(join, phone=phone, name=name, brought_by=asked), said=None)

    def submit_join(self) -> None:
        """Enrol the new member; an empty name can wait for the next visit."""
        join = self._desk.state.join
        if not join or join.saving:
            return
        if not join.phone.strip() and not join.card:
            self._desk.say(Place.JOIN, code="phone_missing")
            return
        form = replace(join, saving=True)
        self._desk.change(join=form, said=None, focus=self._desk.focus(Place.AMOUNT))
        command = EnrolMember(
            phone=latin_digits(join.phone.strip()) or None,
            card=join.card or None,
            name=join.name.strip() or None,
            referred_by=(join.brought_by or "").strip() or None,
        )
        self._desk.courier.do(
            command, lambda view: self._joined(form, view), lambda problem: self._not_joined(form, problem)
        )

    def refresh(self) -> None:
        """Read the member on the counter again."""

        def came(view: MemberView) -> None:
            now = self._desk.state.member
            if now and now.member == view.member:
                self._desk.change(member=view)

        member = self._desk.state.member
        if member:
            self._desk.courier.ask(Member(member=member.member), came, lambda problem: None)

    def _ask(self, lookup: Lookup) -> None:
        self._desk.courier.ask_latest(
            "identify",
            Identify(text=lookup.text),
            lambda view: self._answered(lookup, view),
            lambda problem: self._refused(lookup, problem),
        )

    def _answered(self, lookup: Lookup, view: IdentifyView) -> None:
        if self._desk.state.lookup is not lookup:
            return
        if lookup.scanned and view.kind in ("member", "voucher", "product", "code", "gift_card"):
            self._desk.sound("found")
        if lookup.live:
            people = (_as_candidate(view.member),) if view.member else view.candidates
            listed = Candidates(lookup.text, people, everybody=people) if people else None
            self._desk.change(candidates=listed, lookup=None)
            self.lost()
        elif view.kind == "voucher":
            if view.member:
                self._seat(lookup, view.member, voucher=lookup.text)
            else:
                self._desk.change(vouchers=_vouchers(self._desk.state, lookup.text), lookup=None, search="")
                self.found()
        elif view.member:
            self._seat(lookup, view.member)
        elif view.product:
            self._desk.change(lookup=None, search="")
            self.product(view.product)
        elif view.code:
            self._desk.change(lookup=None, search="")
            self.code(lookup.text, view.code)
        elif view.gift_card:
            self._desk.change(lookup=None, search="")
            self.card(lookup.text, view.gift_card)
        else:
            self._unclear(lookup, view)

    def _unclear(self, lookup: Lookup, view: IdentifyView) -> None:
        state = self._desk.state
        # Somebody who types the amount already is not pulled away from it.
        focus = state.focus if state.sells else self._desk.focus(Place.SEARCH)
        listed = (
            Candidates(lookup.text, view.candidates, everybody=view.candidates) if view.candidates else None
        )
        # Nobody scans a phone number: an unknown code of digits is a card not linked yet.
        is_card = lookup.scanned and view.looks_like in ("phone", "digits")
        looks_like = "card" if is_card else view.looks_like
        nobody = None if listed or view.sale else Nobody(lookup.text, looks_like, view.spent, view.spent_on)
        if nobody:
            self._desk.sound("not_found")
        self._desk.change(
            lookup=None, candidates=listed, nobody=nobody, receipt=view.sale, search=lookup.text, focus=focus
        )
        self.lost()

    def _seat(self, lookup: Lookup, member: MemberView, voucher: str = "") -> None:
        state = self._desk.state
        if state.lookup is not lookup:
            return
        if self.diverted(member):
            self._desk.change(
                lookup=None, candidates=None, nobody=None, search="", focus=self._desk.focus(Place.SEARCH)
            )
            return
        self.seat(member, voucher)

    def seat(self, member: MemberView, voucher: str = "") -> None:
        """Put a member on the counter, with a voucher of theirs; what was chosen for another one goes."""
        state = self._desk.state
        seated = {"member": member, "lookup": None, "candidates": None, "nobody": None, "search": ""}
        if state.member is None or state.member.member == member.member:
            self._desk.change(**seated, vouchers=_vouchers(state, voucher))
        else:
            with self._desk.step("member"):
                self._desk.change(**seated | blank(FOR_MEMBER) | {"vouchers": (voucher,) if voucher else ()})
        self.found()

    def _refused(self, lookup: Lookup, problem: Problem) -> None:
        if self._desk.state.lookup is lookup:
            self._desk.change(lookup=None, focus=self._desk.focus(Place.SEARCH))
            self._desk.say(Place.MEMBER, problem)
            self._desk.sound("not_found")
            self.lost()

    def _joined(self, form: JoinForm, view: MemberView) -> None:
        if self._desk.state.join is form:
            self._desk.change(member=view, join=None, search="", said=None)
            self.found()

    def _not_joined(self, form: JoinForm, problem: Problem) -> None:
        if self._desk.state.join is form:
            self._desk.say(Place.JOIN, problem)
            self._desk.change(join=replace(form, saving=False), focus=self._desk.focus(Place.JOIN))
            self.lost()

    def _narrow(self, candidates: Candidates, text: str) -> None:
        digits, base = latin_digits(text), latin_digits(candidates.text)
        if not digits or not digits.startswith(base):
            self._desk.change(candidates=None)
            return
        more = digits[len(base) :]
        everybody = candidates.everybody
        fits = tuple(p for p in everybody if _fits(p, base, more)) or everybody
        self._desk.change(candidates=replace(candidates, people=fits, chosen=0))


def _vouchers(state: CounterState, more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*state.vouchers, *([more] if more else ()))))


def _gives_for_events(state: CounterState) -> bool:
    """Whether the shop has gifts, of which one may be for bringing somebody."""
    return state.shop is not None and any(one.kind == "event_gift" for one in state.shop.programmes)


def _fits(person: CandidateView, base: str, more: str) -> bool:
    """Whether one more digit, said before or after the known ones, still means this person."""
    phone = person.phone or ""
    return base + more in phone or more + base in phone


def look_ahead(courier: CourierLike, text: str) -> None:
    """Ask ahead for whom the member box will mean when it says this: a name at once, digits with Enter."""
    said = text.strip()
    if _is_name(said) or (said.isdecimal() and len(said) >= LAST_DIGITS):
        courier.ask_ahead(Identify(text=said))


def _is_name(text: str) -> bool:
    """Whether a text is looked up while it is typed."""
    return _letters(text) >= FEWEST_LETTERS


def _letters(text: str) -> int:
    return sum(1 for character in text if character.isalpha())


def _looks_like(text: str) -> str:
    if not text:
        return "empty"
    return "name" if _letters(text) else "phone"


def _as_candidate(member: MemberView) -> CandidateView:
    return CandidateView(
        member=member.member, name=member.name, phone=member.phone, last_visit_day=member.last_visit_day
    )
