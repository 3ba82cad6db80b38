"""What the customer reads, made from the counter's state: first names only, never a phone number."""

from dataclasses import replace

from loyalty_pos.app.cause_views import PublicCausesView
from loyalty_pos.app.language import Language
from loyalty_pos.app.level_words import lacks_words
from loyalty_pos.app.views import MemberView, SaleView
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui.counter.state import CounterState, Recorded
from loyalty_pos.ui.pages import counter_words as words
from loyalty_pos.ui.pages.counter_words import StampWords
from loyalty_pos.ui.pages.gift_card_words import with_gift_cards

MOST_CAUSES = 6
MOST_LINES = 9
"""More goods than that would not be read; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the bill; `gift` is something given or taken off."""

    text: str
    amount: str
    gift: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A number of the member's, and what the sale does to it."""

    title: str
    number: str
    change: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a cause was given so far, and the line that says what of it was handed over."""

    cause: str
    amount: str
    unit: str
    handed: str


@dataclass(frozen=True, slots=True)
class Face:
    """Everything the screen shows; what is empty is not drawn."""

    title: str
    line: str
    shop: str
    now: str
    rows: tuple[Row, ...] = ()
    card: StampWords | None = None
    tiles: tuple[Tile, ...] = ()
    level: tuple[str, str, int] | None = None
    """To which level, what is missing, thousandths of the way."""
    pay: tuple[str, str, str, str] | None = None
    """The words for it, the amount, its unit, what is saved."""
    given: tuple[Given, ...] = ()
    given_title: str = ""
    given_more: str = ""


def face_of(
    state: CounterState, now_ms: int, language: Language, causes: PublicCausesView | None = None
) -> Face:
    """Put the state into the customer's words; causes are told while nothing is sold."""
    t, shop = language.t, language.name(state.shop.name) if state.shop else ""
    at = words.day_and_time(now_ms, language)
    done = state.toast.sale if isinstance(state.toast, Recorded) else None
    if not state.selling and done is not None:
        thanks = Face(_thanks(done.member_name, language), _earned(done, language), shop, at)
        return _with_causes(thanks, causes, language)
    if not state.selling:
        welcome = Face(t("Welcome"), t("Your card or your phone number, please"), shop, at)
        return _with_causes(welcome, causes, language)
    member = state.member
    rows = _rows(state, now_ms, language)
    if member is None:
        return Face(t("Welcome"), shop, shop, at, rows, pay=_pay(state, language))
    cards = words.stamp_cards(state, language)
    return Face(
        _greeting(member, language),
        _standing(member, shop, language),
        shop,
        at,
        rows,
        card=cards[0] if cards else None,
        tiles=_tiles(state, member, language),
        level=_level(member, language),
        pay=_pay(state, language),
    )


def _with_causes(face: Face, causes: PublicCausesView | None, language: Language) -> Face:
    if causes is None or not causes.causes:
        return face
    t, more = language.t, len(causes.causes) - MOST_CAUSES
    given = tuple(
        Given(
            language.name(one.cause),
            language.money(_whole(one.given_minor, language), unit=False),
            language.money_unit(),
            t("{money} of it handed over", money=language.money(one.handed_over_minor))
            if one.handed_over_minor
            else "",
        )
        for one in causes.causes[:MOST_CAUSES]
    )
    return replace(
        face,
        given=given,
        given_title=t("Given with your purchases so far"),
        given_more=language.n("and {count} more cause", "and {count} more causes", more) if more > 0 else "",
    )


def _whole(minor: int, language: Language) -> int:
    """Leave out what is less than a unit where prices have no decimals."""
    return minor if language.decimals else minor - minor % language.minor_per_unit


def first_name(name: str, language: Language) -> str:
    """Name somebody as others may hear it."""
    return language.name(name.strip().split(" ")[0]) if name.strip() else ""


def _greeting(member: MemberView, language: Language) -> str:
    name = first_name(member.name, language)
    return language.t("{name}, welcome", name=name) if name else language.t("Welcome")


def _thanks(name: str, language: Language) -> str:
    first = first_name(name, language)
    return language.t("Thank you, {name}", name=first) if first else language.t("Thank you")


def _earned(sale: SaleView, language: Language) -> str:
    parts = []
    if sale.earned.points:
        parts.append(language.n("{count} point earned", "{count} points earned", sale.earned.points))
    if sale.earned.credit_minor:
        parts.append(language.t("{money} of credit earned", money=language.money(sale.earned.credit_minor)))
    return " · ".join(parts)


def _standing(member: MemberView, shop: str, language: Language) -> str:
    standing = member.standing
    if standing is None or not standing.tier_name:
        return language.t("Member of {shop}", shop=shop)
    return language.t("{level} member of {shop}", level=language.name(standing.tier_name), shop=shop)


def _rows(state: CounterState, now_ms: int, language: Language) -> tuple[Row, ...]:
    sale = state.quote if state.fresh else None
    rows = []
    if state.mode == "items":
        for item in state.items[:MOST_LINES]:
            count = language.number(item.quantity)
            name = language.name(item.product.name)
            said = language.t("{name} · {count}", name=name, count=count) if item.quantity > 1 else name
            rows.append(Row(said, language.money(item.product.price_minor * item.quantity, unit=False)))
        more = len(state.items) - MOST_LINES
        if more > 0:
            rows.append(Row(language.n("and {count} more", "and {count} more", more), ""))
    elif state.amount_minor:
        rows.append(Row(language.t("Purchase"), language.money(state.amount_minor, unit=False)))
    if sale is None:
        return tuple(rows)
    today = words.business_day(now_ms, language)
    applied = with_gift_cards(words.benefits(state, today, language), state, language)
    gifts = [Row(row.title, row.amount, gift=True) for row in applied if row.state == "on" and row.amount]
    return (*rows, *gifts[:MOST_LINES])


def _tiles(state: CounterState, member: MemberView, language: Language) -> tuple[Tile, ...]:
    t, sale = language.t, state.quote if state.fresh else None
    points = credit = ""
    if sale is not None and sale.earned.points:
        points = words.signed(t("+{points} today", points=language.number(sale.earned.points)), language)
    if sale is not None and sale.earned.credit_minor:
        money = language.money(sale.earned.credit_minor, unit=False)
        credit = words.signed(t("+{money} today", money=money), language)
    return (
        Tile(t("Points"), language.number(member.points), points),
        Tile(t("Credit"), language.money(member.credit_minor, unit=False), credit),
    )


def _level(member: MemberView, language: Language) -> tuple[str, str, int] | None:
    standing = member.standing
    if standing is None or standing.next is None:
        return None
    return (
        language.t("To {level}", level=language.name(standing.next_name)),
        language.t("{money} more", money=lacks_words(standing.lacks, standing.either, language)),
        standing.share_milli,
    )


def _pay(state: CounterState, language: Language) -> tuple[str, str, str, str] | None:
    sale = state.quote if state.fresh else None
    if sale is None:
        return None
    saved, due, label = sale.discount_minor, sale.due_minor, language.t("To pay")
    if (both := state.difference) is not None:
        due = both.to_return_minor or both.to_pay_minor
        label = language.t("To pay back") if both.to_return_minor else label
    return (
        label,
        language.money(due, unit=False),
        language.money_unit(),
        language.t("{money} less", money=language.money(saved)) if saved else "",
    )
