"""What the shop owes on a day, and what of it will probably never be asked for."""

from collections.abc import Sequence
from dataclasses import field

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.queries_reports import Promises
from loyalty_pos.app.report_port import Ended, Held, Stored
from loyalty_pos.app.report_views import (
    BreakageView,
    BudgetView,
    ExpiringView,
    OwedByMembersView,
    PledgeView,
    PromisedMonthView,
    PromisesView,
    StampsOwedView,
    StoredValueView,
)
from loyalty_pos.app.sale_figures import point_value
from loyalty_pos.domain.basket import Line
from loyalty_pos.domain.dates import add_days, month_key
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.limits import step_worth
from loyalty_pos.domain.money import MICRO

SOON_DAYS = 30
BP = 10_000
BREAKAGE_METHOD = "unused_part_of_ended_lots"


@dataclass(slots=True)
class _Month:
    credit_minor: int = 0
    points: int = 0
    free_items: int = 0
    vouchers_minor: int = 0
    gift_cards_minor: int = 0


@dataclass(slots=True)
class _Owed:
    """What is held, as it is read."""

    stamps: dict[str, int] = field(default_factory=dict)
    rewards: dict[str, int] = field(default_factory=dict)
    owed: dict[str, int] = field(default_factory=dict)
    owed_stamps: dict[str, int] = field(default_factory=dict)
    months: dict[str, _Month] = field(default_factory=dict)

    def month(self, key: str) -> _Month:
        return self.months.setdefault(key, _Month())

    def sum(self, name: str) -> int:
        return sum([getattr(month, name) for month in self.months.values()])


def promises(desk: Desk, query: Promises) -> PromisesView:
    day, reports = desk.now().business_day, desk.store.reports
    held = reports.held(day)
    vouchers, cards = reports.vouchers(day), reports.gift_cards(day)
    owed = _read(desk, held, vouchers, cards)
    value = point_value(desk)
    points, credit = owed.sum("points"), owed.sum("credit_minor")
    stamps = _stamps(desk, owed)
    worth = sum([one.worth_minor or 0 for one in stamps.values()])
    voucher_sum, card_sum, pledges = _stored(vouchers), _stored(cards), pledges_owed(desk)
    pledged = sum([one.minor for one in pledges])
    return PromisesView(
        day=day,
        credit_minor=credit,
        points=points,
        points_minor=points * value,
        stamps=stamps,
        free_items=owed.sum("free_items"),
        vouchers=voucher_sum,
        gift_cards=card_sum,
        pledges=pledges,
        by_month=_by_month(owed, value),
        budgets=_budgets(desk),
        owed_by_members=OwedByMembersView(
            points=owed.owed.get("owed_points", 0),
            points_minor=owed.owed.get("owed_points", 0) * value,
            credit_minor=owed.owed.get("owed_credit", 0),
            stamps=owed.owed_stamps,
        ),
        expiring_soon=_soon(held, day, value),
        breakage=_breakage(reports.ended(day), credit, points * value, worth),
        total_minor=credit + points * value + worth + voucher_sum.minor + card_sum.minor + pledged,
        point_value_minor=value,
    )


def pledges_owed(desk: Desk) -> tuple[PledgeView, ...]:
    """Return what each cause is still to be handed, in whole units; nothing of one that has all of it."""
    rows = desk.store.causes.all()
    left = [(row.name, row.pledged_micro // MICRO - row.settled_minor) for row in rows]
    return tuple(PledgeView(cause=name, minor=minor) for name, minor in left if minor > 0)


def _read(desk: Desk, held: Sequence[Held], vouchers: Sequence[Stored], cards: Sequence[Stored]) -> _Owed:
    owed = _Owed()
    for one in held:
        if one.unit == "progress":
            _add_stamps(desk, owed.stamps, one)
        elif one.unit == "owed_progress":
            _add_stamps(desk, owed.owed_stamps, one)
        elif one.unit.startswith("owed_"):
            owed.owed[one.unit] = owed.owed.get(one.unit, 0) + one.amount
        else:
            month = owed.month(_month(desk, one.expires_on))
            name = _FIELDS[one.unit]
            setattr(month, name, getattr(month, name) + one.amount)
            if one.unit == "reward":
                owed.rewards[one.programme] = owed.rewards.get(one.programme, 0) + one.amount
    for stored, name in ((vouchers, "vouchers_minor"), (cards, "gift_cards_minor")):
        for lot in stored:
            month = owed.month(_month(desk, lot.expires_on))
            setattr(month, name, getattr(month, name) + lot.minor)
    return owed


_FIELDS = {"credit": "credit_minor", "points": "points", "reward": "free_items"}


def _month(desk: Desk, expires_on: str | None) -> str:
    return "" if expires_on is None else month_key(expires_on, desk.shop.view.calendar)


def _add_stamps(desk: Desk, stamps: dict[str, int], held: Held) -> None:
    """Count whole stamps of a card; what is left over towards points and credit is not promised yet."""
    if desk.book.yields_rewards(held.programme):
        count = held.amount // desk.book.unit_micro(held.programme)
        stamps[held.programme] = stamps.get(held.programme, 0) + count


def _stamps(desk: Desk, owed: _Owed) -> dict[str, StampsOwedView]:
    found = {}
    for key in sorted({*owed.stamps, *owed.rewards}):
        known, rewards = desk.book.newest_named(key), owed.rewards.get(key, 0)
        rule = known.revision.rule
        assert isinstance(rule, EarnRule)
        worth = step_worth(rule) or _dearest(desk, rule) * rule.yield_per_step or None
        found[key] = StampsOwedView(
            name=known.row.name,
            have=owed.stamps.get(key, 0),
            owed=rewards,
            worth_minor=None if worth is None else worth * rewards // rule.yield_per_step,
        )
    return found


def _dearest(desk: Desk, rule: EarnRule) -> int:
    """Return what the dearest goods cost that a free item without a cap may be."""
    item = rule.free_item
    assert item is not None, "only cards hold stamps"
    goods = [Line("", 1, one.price_minor, sku=one.sku, group=one.group) for _, _, one in desk.goods]
    return max([line.unit_price_minor for line in goods if line in item.goods], default=0)


def _stored(stored: Sequence[Stored]) -> StoredValueView:
    return StoredValueView(
        count=sum([one.pieces for one in stored]), minor=sum([one.minor for one in stored])
    )


def _by_month(owed: _Owed, value: int) -> tuple[PromisedMonthView, ...]:
    """List months as they come; what never ends stands last."""
    return tuple(
        PromisedMonthView(
            month=key or None,
            credit_minor=month.credit_minor,
            points=month.points,
            points_minor=month.points * value,
            free_items=month.free_items,
            vouchers_minor=month.vouchers_minor,
            gift_cards_minor=month.gift_cards_minor,
        )
        for key, month in sorted(owed.months.items(), key=lambda one: (not one[0], one[0]))
    )


def _budgets(desk: Desk) -> tuple[BudgetView, ...]:
    found = []
    for known in desk.book.live:
        budget = known.revision.limits.budget_minor
        if budget is not None:
            spent = desk.store.uses.of(known.revision.programme, None, "").spent_minor
            found.append(
                BudgetView(
                    key=known.row.key,
                    name=known.row.name,
                    budget_minor=budget,
                    spent_minor=spent,
                    left_minor=max(0, budget - spent),
                )
            )
    return tuple(found)


def _soon(held: Sequence[Held], day: str, value: int) -> ExpiringView:
    last = add_days(day, SOON_DAYS - 1)
    sums = dict.fromkeys(_FIELDS, 0)
    for one in held:
        if one.expires_on is not None and one.expires_on <= last:
            sums[one.unit] += one.amount
    return ExpiringView(
        days=SOON_DAYS,
        credit_minor=sums["credit"],
        points=sums["points"],
        points_minor=sums["points"] * value,
        free_items=sums["reward"],
    )


def _breakage(ended: Sequence[Ended], credit: int, points_minor: int, worth: int) -> BreakageView:
    rates = {one.unit: one.unused * BP // one.amount for one in ended}
    rate = {unit: rates.get(unit, 0) for unit in _FIELDS}
    lost = credit * rate["credit"] + points_minor * rate["points"] + worth * rate["reward"]
    return BreakageView(
        method=BREAKAGE_METHOD,
        credit_bp=rate["credit"],
        points_bp=rate["points"],
        free_items_bp=rate["reward"],
        minor=lost // BP,
    )
