"""Recent sales, sales on hold and ways to pay, put into words."""

from loyalty_pos.app.claim_views import ClaimableView, ClaimView
from loyalty_pos.app.language import Language
from loyalty_pos.app.views import HeldView, SaleView
from loyalty_pos.ui.counter.state import (
    ClaimList,
    CounterState,
    Duplicate,
    HeldList,
    Listing,
    RecentList,
)
from loyalty_pos.ui.pages import term_words
from loyalty_pos.ui.widgets.candidate_list import Candidate
from loyalty_pos.ui.widgets.surfaces import ChipKind


def listed(listing: Listing, language: Language) -> tuple[Candidate, ...]:
    """The rows of an open list."""
    if isinstance(listing, RecentList):
        return tuple(_recent(sale, language) for sale in listing.rows)
    if isinstance(listing, ClaimList):
        return tuple(_claimable(one, language) for one in listing.rows)
    return tuple(_held(hold, language) for hold in listing.rows)


def claimed(claim: ClaimView, language: Language) -> tuple[str, str]:
    """Say what is handed over, and what it took."""
    t, what = language.t, claim.hand_over.said(language.code)
    if claim.undone:
        back = language.n("{count} point is back", "{count} points are back", claim.to_points)
        return t("Handed back: {what}", what=what), back if claim.to_points else ""
    if not claim.handed:
        return t("Promised for {day}: {what}", day=language.day(claim.ready_day), what=what), ""
    if not claim.points:
        return t("Hand over: {what}", what=what), language.name(claim.programme_name)
    took = language.n("{count} point taken", "{count} points taken", claim.points)
    left = t("{points} left", points=language.number(claim.points_left))
    return t("Hand over: {what}", what=what), f"{took} · {left}"


def _claimable(one: ClaimableView, language: Language) -> Candidate:
    t = language.t
    if one.does != "claim":
        detail = term_words.price(one, language)
    elif one.price_points:
        detail = language.n("{count} point", "{count} points", one.price_points)
    else:
        detail = t("now") if one.waits or one.event else t("earned")
    if one.reason is not None:
        detail = f"{detail} · {one.reason.said(language.code)}"
    ready = one.at_most and one.does == "claim"
    chip = t("{count} ready", count=language.number(one.at_most)) if ready else ""
    return Candidate(
        key=one.waits or one.event or one.programme,
        name=one.what.said(language.code),
        initial=one.programme_name.strip()[:1],
        detail=detail,
        chip=chip,
        chip_kind="reward",
    )


def _recent(sale: SaleView, language: Language) -> Candidate:
    t = language.t
    number = t("sale {number}", number=language.digits(str(sale.number)))
    chip, kind = "", "plain"
    if sale.voided:
        chip, kind = t("taken back"), "danger"
    elif sale.refunded_minor:
        chip, kind = t("{money} refunded", money=language.money(sale.refunded_minor, unit=False)), "info"
    elif sale.on_account and sale.on_account.left_minor:
        chip = t("{money} on account", money=language.money(sale.on_account.left_minor, unit=False))
        kind = "reward"
    elif sale.member is None:
        chip, kind = t("no member"), "reward"
    money = language.money(sale.due_minor)
    return _row(
        sale.sale_id or "",
        sale.member_name,
        money,
        (number, language.clock(sale.at_ms)),
        chip,
        kind,
        language,
    )


def _held(hold: HeldView, language: Language) -> Candidate:
    t = language.t
    parts = [language.clock(hold.at_ms)]
    if hold.reserved_credit_minor:
        parts.append(t("{money} reserved", money=language.money(hold.reserved_credit_minor)))
    if hold.reserved_points:
        parts.append(t("{points} points reserved", points=language.number(hold.reserved_points)))
    if hold.reserved_gift_card_minor:
        money = language.money(hold.reserved_gift_card_minor)
        parts.append(t("{money} of gift cards reserved", money=money))
    keeps = (
        hold.reserved_credit_minor
        or hold.reserved_points
        or hold.reserved_rewards
        or hold.reserved_codes
        or hold.reserved_gift_card_minor
    )
    chip = t("until {time}", time=language.clock(hold.until_ms)) if hold.reserving and keeps else ""
    money = language.money(hold.due_minor)
    return _row(hold.hold, hold.member_name, money, tuple(parts), chip, "info", language)


def _row(
    key: str, name: str, money: str, parts: tuple[str, ...], chip: str, kind: str, language: Language
) -> Candidate:
    chip_kind: ChipKind = "danger" if kind == "danger" else "reward" if kind == "reward" else "info"
    title = f"{money} · {language.name(name)}" if name else money  # a long name is cut, never the money
    return Candidate(
        key=key,
        name=title,
        initial=name.strip()[:1] if name else "–",
        detail=" · ".join(parts),
        chip=chip,
        chip_kind=chip_kind,
    )


def list_title(listing: Listing, language: Language) -> tuple[str, str]:
    """A list's title and what may be done there."""
    t = language.t
    if listing.loading:
        return t("Reading…"), ""
    if isinstance(listing, HeldList):
        if not listing.rows:
            return t("Nothing is on hold"), t("F8 puts the sale of now on hold.")
        return t("Sales on hold"), t("Nothing is earned or used yet.")
    if isinstance(listing, ClaimList):
        if not listing.rows:
            return t("Nothing to hand over"), t("Prizes for points are made on the programmes' page.")
        points = language.n("{count} point to spend", "{count} points to spend", listing.points)
        if listing.last is not None:
            last = listing.last.hand_over.said(language.code)
            today = t("handed over today: {what}", what=last)
            points = f"{points} · {today}"
        return t("Prizes and rewards"), points
    if not listing.rows:
        return t("No sales yet"), ""
    return t("Recent sales"), t("Scan a card or type a phone: the marked sale gets this member.")


def list_keys(listing: Listing, language: Language) -> list[tuple[str, str]]:
    """The keys of a list."""
    t = language.t
    if isinstance(listing, HeldList):
        keys = [("↑ ↓", t("choose")), ("Enter", t("take up")), ("Esc", t("close"))]
    elif isinstance(listing, ClaimList):
        back = [("Ctrl Z", t("take back"))] if listing.last is not None else []
        keys = [("↑ ↓", t("choose")), ("Enter", _enter(listing, language)), *back, ("Esc", t("close"))]
    else:
        keys = [("↑ ↓", t("choose")), ("Enter", t("refund")), ("F10", t("print")), ("Ctrl Z", t("take back"))]
        if any(one.on_account and one.on_account.left_minor for one in _sales(listing)):
            keys.append(("Shift F9", t("payment")))
        keys.append(("Esc", t("close")))
    return keys if listing.rows else keys[-1:]


def _sales(listing: Listing) -> tuple[SaleView, ...]:
    return listing.rows if isinstance(listing, RecentList) else ()


def _account_words(sale: SaleView, language: Language) -> tuple[str, str]:
    left = sale.on_account.left_minor if sale.on_account else 0
    title = language.t("Payment for sale {number}", number=language.digits(str(sale.number)))
    said = language.t("{money} left to pay", money=language.money(left))
    return title, f"{language.name(sale.member_name)} · {said}" if sale.member_name else said


def _enter(listing: ClaimList, language: Language) -> str:
    """What Enter does with the row that is highlighted."""
    does = listing.rows[listing.chosen].does if listing.rows else "claim"
    t = language.t
    return {"claim": t("hand over"), "sell": t("sell"), "start": t("begin"), "end": t("end")}[does]


def pay_words(state: CounterState, language: Language) -> tuple[str, str]:
    """The title of the form for paying, and the limits that hold there."""
    t, member = language.t, state.member
    if state.pay is not None and state.pay.sale is not None:
        return _account_words(state.pay.sale, language)
    if state.pay is not None and state.pay.what == "gift":
        return t("How much on the gift card?"), t("It is paid like money and earns when it is spent.")
    if state.pay is not None and state.pay.what == "contact":
        return t("Whose warranty is it?"), t("A phone or a name, to find it without the receipt.")
    if state.pay is None or member is None:
        return "", ""
    if state.pay.what == "credit":
        parts = [t("{money} of credit", money=language.money(member.credit_minor))]
        if member.credit_reserved_minor:
            parts.append(t("{money} reserved", money=language.money(member.credit_reserved_minor)))
        if state.quote:
            parts.append(t("{money} to pay", money=language.money(state.quote.due_minor)))
        return t("How much of the credit?"), " · ".join(parts)
    price = state.points_price
    parts = [t("{points} points there", points=language.number(member.points))]
    if state.quote:
        parts.append(t("at most {points} here", points=language.number(state.quote.points_at_most)))
    if price is not None:
        parts.append(t("one pays {money}", money=language.money(price.value_minor)))
        if price.minimum:
            parts.append(t("from {points}", points=language.number(price.minimum)))
        if price.step > 1:
            parts.append(t("in steps of {points}", points=language.number(price.step)))
    return t("How many points pay?"), " · ".join(parts)


def duplicate_words(doubt: Duplicate, name: str, language: Language) -> tuple[str, str]:
    """The question whether a sale was recorded already."""
    who = language.name(name)
    if doubt.minutes:
        title = language.n(
            "The same amount for {name} was recorded {count} minute ago",
            "The same amount for {name} was recorded {count} minutes ago",
            doubt.minutes,
            name=who,
        )
    else:
        title = language.t("The same amount for {name} was recorded just now", name=who)
    return title, language.t("sale {number}", number=language.digits(str(doubt.number)))
