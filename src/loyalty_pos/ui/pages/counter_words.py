"""The counter's state put into words, numbers and rows; no widget is touched here."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from loyalty_pos.app.language import Language
from loyalty_pos.app.people_views import ExchangedView, UnexchangedView
from loyalty_pos.app.views import (
    CandidateView,
    MemberView,
    ProgrammeView,
    SaleView,
    TraceView,
    WhyView,
)
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.trials import HELD_OUT
from loyalty_pos.ui.counter.state import Attached, Begun, Claimed, CounterState, Recorded, Undone, Unexchanged
from loyalty_pos.ui.keymap import numbered
from loyalty_pos.ui.pages import list_words, term_words
from loyalty_pos.ui.pages.hint_words import won_words
from loyalty_pos.ui.widgets.benefit_row import BenefitState
from loyalty_pos.ui.widgets.candidate_list import Candidate
from loyalty_pos.ui.widgets.earn_strip import EarnItem
from loyalty_pos.ui.widgets.why_panel import WhyRow, WhySection

MOST_NOT_USED = 2
SOON_DAYS = 30
SHORT_DAYS = 7
_ICONS = {
    "points": "star",
    "spend_credit": "wallet",
    "stamp_card": "cup",
    "percent_off": "tag",
    "next_visit_voucher": "ticket",
}


@dataclass(frozen=True, slots=True)
class BenefitWords:
    """One row of what applies; `switch` is its Alt number, 0 for the credit row, None for no switch."""

    title: str
    reason: str
    amount: str
    state: BenefitState
    keycap: str
    switch: int | None


@dataclass(frozen=True, slots=True)
class StampWords:
    """One stamp card of the member."""

    title: str
    have: int
    pending: int
    needed: int
    symbol: str
    note: str


def called(name: str, phone: str | None, language: Language) -> str:
    """What to call somebody whose name may still be missing."""
    if name:
        return language.name(name)
    return language.phone(phone) if phone else language.t("New member")


def initial(name: str) -> str:
    """The letter in a person's ring."""
    return name.strip()[:1]


def candidate(person: CandidateView, today: str, language: Language) -> Candidate:
    """A person in a list: name, last visit, masked phone."""
    parts = []
    if person.last_visit_day:
        parts.append(ago(person.last_visit_day, today, language))
    if person.phone:
        parts.append(language.phone(person.phone, masked=True))
    return Candidate(
        key=person.member,
        name=called(person.name, person.phone, language),
        initial=initial(person.name),
        detail=" · ".join(parts),
    )


def recent_customer(sale: SaleView, language: Language) -> Candidate:
    """One of the last customers: name, time and what was paid."""
    return Candidate(
        key=sale.member or "",
        name=called(sale.member_name, None, language),
        initial=initial(sale.member_name),
        detail=f"{language.clock(sale.at_ms)} · {language.money(sale.due_minor)}",
    )


def spent_voucher(spent: str, day: str | None, language: Language) -> str:
    """Why a scanned voucher gives nothing."""
    t = language.t
    if spent == "used" and day:
        return t("This voucher was used on {day}", day=language.day(day))
    if spent == "ended" and day:
        return t("This voucher was good until {day}", day=language.day(day))
    if spent == "reprinted":
        return t("A newer paper stands for this voucher")
    if spent:
        return t("This voucher holds nothing any more")
    return t("This voucher isn't known here")


def member_line(member: MemberView, language: Language) -> str:
    """Phone and since when."""
    parts = [language.phone(member.phone)] if member.phone and member.name else []
    if member.enrolled_day:
        parts.append(language.t("member since {day}", day=language.day_short(member.enrolled_day)))
    return " · ".join(parts)


def points_line(member: MemberView, today: str, language: Language) -> str:
    """What stands under the points: owed, the part that ends soon, their worth, what is on its way."""
    if member.owed.points:
        return language.t("{points} owed", points=language.number(member.owed.points))
    amount, days = ending_points(member, today)
    if amount and (days <= SHORT_DAYS or not member.points_value_minor):
        points = language.number(amount)
        return language.n(
            "{points} for {count} day", "{points} for {count} days", max(1, days), points=points
        )
    if member.points_value_minor:
        return language.t("= {money}", money=language.money(member.points_value_minor))
    if member.points_pending:
        return language.t("{points} on the way", points=language.number(member.points_pending))
    return ""


def credit_line(member: MemberView, today: str, language: Language) -> str:
    """What stands under the credit: owed, the part that ends within a month, or what is on its way."""
    if member.owed.credit_minor:
        return language.t("{money} owed", money=language.money(member.owed.credit_minor))
    if (ending := ending_credit(member, today)) is not None:
        minor, days = ending
        left = language.money(minor, unit=False)
        return language.n("{money} for {count} day", "{money} for {count} days", max(1, days), money=left)
    if member.credit_pending_minor:
        return language.t("{money} on the way", money=language.money(member.credit_pending_minor, unit=False))
    return ""


def visit_line(member: MemberView, today: str, language: Language) -> str:
    """What stands under the visits: when the last one was."""
    if not member.last_visit_day:
        return language.t("first visit")
    return ago(member.last_visit_day, today, language)


def days_ago(day: str, today: str) -> int:
    """Count the days from a past day to today."""
    return (date.fromisoformat(today) - date.fromisoformat(day)).days


def ago(day: str, today: str, language: Language) -> str:
    """A past day as people say it; beyond a month, as a date."""
    days = days_ago(day, today)
    if days <= 0:
        return language.t("today")
    if days == 1:
        return language.t("yesterday")
    if days <= 30:
        return language.n("{count} day ago", "{count} days ago", days)
    return language.day_short(day)


def business_day(now_ms: int, language: Language) -> str:
    """The shop's business day at an instant, as an ISO date."""
    ends = timedelta(hours=language.shop.day_ends_hour if language.shop else 0)
    return (_local(now_ms, language) - ends).date().isoformat()


def stamp_cards(state: CounterState, language: Language) -> tuple[StampWords, ...]:
    """The member's stamp cards, with what this sale would add."""
    member, programmes = state.member, state.shop.programmes if state.shop else ()
    if member is None:
        return ()
    earned = state.quote.earned.stamps if state.quote and state.fresh else {}
    return tuple(
        _stamp_words(p, member, earned.get(p.key, 0), language)
        for p in programmes
        if p.kind == "stamp_card" and p.key in member.progress
    )


def no_rewards(state: CounterState, language: Language) -> str:
    """What stands where rewards would: how far the first one is."""
    member, cards = state.member, stamp_cards(state, language)
    if member is None or member.rewards or not cards:
        return ""
    missing = min(max(0, card.needed - card.have) for card in cards)
    if not missing:
        return ""
    return language.n(
        "No vouchers yet. {count} stamp to the first one",
        "No vouchers yet. {count} stamps to the first one",
        missing,
    )


def benefits(state: CounterState, today: str, language: Language) -> tuple[BenefitWords, ...]:
    """What applies and could apply, in the order of the screen: benefits, credit, not used."""
    rows: list[BenefitWords] = []
    trace = state.quote.trace if state.quote else ()
    switches = [t.programme for t in state.switches]
    for line in trace:
        if line.family == "discount" and (line.applied or line.programme in switches):
            left_out = line.code == "declined" or (not line.applied and line.programme in state.declined)
            rows.append(_benefit(line, switches, language, left_out=left_out))
    if (credit := _credit(state, today, language)) is not None:
        rows.append(credit)
    if (points := _points(state, language)) is not None:
        rows.append(points)
    unused = state.not_used
    # Whoever types an amount alone knows that no goods were named: that is counted, not said again and again.
    named = [line for line in unused if line.code != "needs_goods"][:MOST_NOT_USED]
    for line in named:
        title = f"{language.name(line.programme_name)}: {line.short.said(language.code)}"
        rows.append(BenefitWords(title, "", "", "not_used", "", None))
    if len(unused) > len(named):
        more = language.n("{count} more not used", "{count} more not used", len(unused) - len(named))
        rows.append(BenefitWords(more, "", "", "not_used", "F7", None))
    return tuple(rows)


def earnings(state: CounterState, language: Language) -> tuple[EarnItem, ...]:
    """What the member gets with this sale."""
    sale = state.quote
    if sale is None:
        return ()
    covered = [
        EarnItem("check", language.t("Warranty"), line.short.said(language.code))
        for line in sale.trace
        if line.family == "warranty" and line.applied
    ]
    covered += [
        EarnItem("gift", line.short.said(language.code), language.name(line.programme_name))
        for line in sale.trace
        if line.family == "cause" and line.applied
    ]
    if sale.member is None:
        return tuple(covered)
    lines = {t.programme: t for t in sale.trace if t.family == "earn"}
    by_kind = {t.kind: t for t in lines.values() if t.applied}
    items: list[EarnItem] = []
    if sale.earned.points:
        amount = language.t("+{points} points", points=language.number(sale.earned.points))
        items.append(EarnItem("star", signed(amount, language), _short(by_kind.get("points"), language)))
    if sale.earned.credit_minor:
        amount = language.t("+{money} credit", money=language.money(sale.earned.credit_minor, unit=False))
        credit = by_kind.get("spend_credit") or by_kind.get("company_credit")
        items.append(EarnItem("wallet", signed(amount, language), _short(credit, language)))
    if stamps := {key: count for key, count in sale.earned.stamps.items() if count}:
        amount = language.n("+{count} stamp", "+{count} stamps", sum(stamps.values()))
        names = " · ".join(_programme_name(state, key, language) for key in stamps)
        items.append(EarnItem("cup", signed(amount, language), names))
    if worth := sum(reward.worth_minor for reward in sale.earned.rewards):
        amount = language.t("+{money} voucher", money=language.money(worth, unit=False))
        items.append(
            EarnItem("ticket", signed(amount, language), _short(by_kind.get("next_visit_voucher"), language))
        )
    if (climbed := _climbed(sale)) is not None:
        items.append(EarnItem("crown", climbed.programme_name, climbed.short.said(language.code)))
    return (*items, *covered)


def _climbed(sale: SaleView) -> TraceView | None:
    """The line that says the sale reaches a higher level."""
    return next((line for line in sale.trace if line.code == "tier_up"), None)


def why_sections(sale: SaleView | WhyView, language: Language) -> tuple[WhySection, ...]:
    """The arithmetic of every programme, those that took part first."""
    ordered = sorted(sale.trace, key=lambda line: not line.applied)
    return tuple(_why_section(line, language) for line in ordered)


def counter_why(sale: SaleView, language: Language) -> tuple[WhySection, ...]:
    """The same for whoever stands at the counter: that a lot left a member out is the manager's to know."""
    return why_sections(
        replace(sale, trace=tuple(one for one in sale.trace if one.code != HELD_OUT)), language
    )


def toast_words(
    toast: Recorded | Undone | Unexchanged | Attached | Claimed | Begun, language: Language, *, paper: str
) -> tuple[str, str]:
    """What has just happened, and one line more."""
    if isinstance(toast, Undone):
        back, number = toast.taken_back, language.digits(str(toast.taken_back.number))
        if back.refund_id is not None:
            said = language.t("Refunded: {money}", money=language.money(back.refund_minor))
            return said, language.t("sale {number}", number=number)
        stays = language.t("What came back for it stays returned") if toast.alone else ""
        return language.t("Reversed: sale {number} and its rewards", number=number), stays
    if isinstance(toast, Unexchanged):
        return _unexchanged(toast.view, language)
    if isinstance(toast, Claimed):
        return list_words.claimed(toast.claim, language)
    if isinstance(toast, Begun):
        return term_words.toast(toast.view, language)
    sale = toast.sale
    if isinstance(toast, Attached):
        number = language.digits(str(sale.number))
        name = called(sale.member_name, None, language)
        said = language.t("Sale {number} now belongs to {name}", number=number, name=name)
        points = language.t("+{points} points", points=language.number(sale.earned.points))
        return said, signed(points, language) if sale.earned.points else ""
    parts = [language.name(sale.member_name)] if sale.member_name else []
    if toast.ask is None:  # what is asked needs the room
        parts.append(language.t("sale {number}", number=language.digits(str(sale.number))))
    if (climbed := _climbed(sale)) is not None:
        parts.append(climbed.short.said(language.code))
    if sale.vouchers:
        worth = sum(reward.worth_minor for reward in sale.earned.rewards)
        parts.append(language.t("voucher of {worth}", worth=language.money(worth)))
    parts += won_words(sale, language)
    if toast.ask is not None:
        parts.append(language.t("rating: {first} to {last}", first="Alt 1", last="Alt 5"))
    if toast.exchanged is not None:
        parts.insert(0, _difference(toast.exchanged, language))
    if paper and (toast.ask is None or toast.sale.won == ()):
        parts.append(paper)
    return language.t("Recorded: {money}", money=language.money(sale.due_minor)), " · ".join(parts)


def _difference(both: ExchangedView | UnexchangedView, language: Language) -> str:
    paid = language.t("{money} to pay", money=language.money(both.to_pay_minor))
    owed = language.t("{money} to pay back", money=language.money(both.to_return_minor))
    return owed if both.to_return_minor else paid


def _unexchanged(view: UnexchangedView, language: Language) -> tuple[str, str]:
    gone, again = (language.digits(str(one.number)) for one in (view.taken_back, view.sale))
    stands = language.t("now sale {number}", number=again)
    said = language.t("Exchange undone: sale {number}", number=gone)
    return said, f"{_difference(view, language)} · {stands}"


def day_and_time(now_ms: int, language: Language) -> str:
    """Weekday, day and time of the shop."""
    at = _local(now_ms, language)
    key = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[at.weekday()]
    return f"{language.weekday(key)} {language.day(at.date().isoformat())} · {language.clock(now_ms)}"


def _local(now_ms: int, language: Language) -> datetime:
    zone = ZoneInfo(language.shop.time_zone if language.shop else "Asia/Tehran")
    return datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(zone)


def ending_points(member: MemberView, today: str) -> tuple[int, int]:
    """The points that end first within a month: how many, and in how many days; none is 0."""
    first = next((one for one in member.ending if one.unit == "points"), None)
    if first is None:
        return 0, 0
    return first.amount, (date.fromisoformat(first.on) - date.fromisoformat(today)).days


def ending_credit(member: MemberView, today: str) -> tuple[int, int] | None:
    """The credit that ends first, when that is within a month: how much, and in how many days."""
    lots = [lot for lot in member.lots if lot.unit == "credit" and lot.expires_on and lot.left > 0]
    first = min((lot.expires_on for lot in lots if lot.expires_on), default=None)
    if first is None:
        return None
    days = (date.fromisoformat(first) - date.fromisoformat(today)).days
    left = sum(lot.left for lot in lots if lot.expires_on == first)
    return (left, days) if days <= SOON_DAYS else None


def _stamp_words(
    programme: ProgrammeView, member: MemberView, pending: int, language: Language
) -> StampWords:
    progress = member.progress[programme.key]
    missing = progress.step - progress.have - pending
    if missing > 0:
        note = language.n("{count} more to the free one", "{count} more to the free one", missing)
    elif pending:
        note = language.t("Full with this sale: the next one is free")
    else:
        note = language.t("Full: the next one is free")
    return StampWords(language.name(programme.name), progress.have, pending, progress.step, "cup", note)


def _benefit(line: TraceView, switches: list[str], language: Language, *, left_out: bool) -> BenefitWords:
    number = switches.index(line.programme) + 1 if line.programme in switches else None
    amount = language.money(-line.benefit_minor, unit=False) if line.benefit_minor else ""
    return BenefitWords(
        title=language.name(line.programme_name),
        reason=language.t("left out for this sale") if left_out else line.short.said(language.code),
        amount=amount,
        state="on" if line.applied else "available",
        keycap=numbered(number or 0),
        switch=number,
    )


def _credit(state: CounterState, today: str, language: Language) -> BenefitWords | None:
    member, sale = state.member, state.quote
    wanted = state.credit_on or state.credit_part_minor is not None
    if member is None or sale is None or (member.credit_minor <= 0 and not wanted):
        return None
    used = sale.paid_by.credit_minor
    if wanted and used:
        stays = language.money(sale.balances.credit_minor)
        reason = language.t("{money} of credit after this sale", money=stays)
        return BenefitWords(
            language.t("Store credit used"), reason, language.money(-used, unit=False), "on", "F6", 0
        )
    reason = credit_line(member, today, language) or language.t("off until the customer asks for it")
    amount = language.money(member.credit_minor, unit=False)
    return BenefitWords(language.t("Use store credit"), reason, amount, "available", "F6", 0)


def _points(state: CounterState, language: Language) -> BenefitWords | None:
    member, sale, price = state.member, state.quote, state.points_price
    if member is None or sale is None or price is None or (member.points <= 0 and state.points is None):
        return None
    if sale.paid_by.points_minor and state.points is not None:
        reason = language.n("{count} point pays", "{count} points pay", state.points)
        amount = language.money(-sale.paid_by.points_minor, unit=False)
        return BenefitWords(language.t("Points used"), reason, amount, "on", "Ctrl F6", -1)
    most = language.t("at most {points} here", points=language.number(sale.points_at_most))
    return BenefitWords(language.t("Pay with points"), most, "", "available", "Ctrl F6", -1)


def _why_section(line: TraceView, language: Language) -> WhySection:
    rows = [WhyRow(line.sentence.said(language.code), kind="plain")]
    if line.benefit_minor:
        rows.append(WhyRow(language.t("Saved"), language.money(line.benefit_minor), "total"))
    return WhySection(
        title=language.name(line.programme_name),
        icon=_ICONS.get(line.kind, "question"),
        rows=rows,
        muted=not line.applied,
    )


def _programme_name(state: CounterState, key: str, language: Language) -> str:
    programmes = state.shop.programmes if state.shop else ()
    name = next((p.name for p in programmes if p.key == key), "")
    return language.name(name) if name else ""


def _short(line: TraceView | None, language: Language) -> str:
    return line.short.said(language.code) if line else ""


def signed(text: str, language: Language) -> str:
    """Keep a leading plus on the number's own side: «+۹۷۱» stays together, left to right."""
    sign, rest = text[:1], text[1:]
    number, space, word = rest.partition(" ")
    return f"{language.isolate(sign + number)}{space}{word}"
