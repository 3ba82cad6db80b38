"""What happens to a member now, and whether its gift was given before (rules 1: events)."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.game_states import game_state
from loyalty_pos.app.ports import MemberRow, PersonRow
from loyalty_pos.app.records import read_record
from loyalty_pos.app.sold import lines_kept, measured_still
from loyalty_pos.domain.basket import Basket, Line
from loyalty_pos.domain.conditions import Goods, Moment
from loyalty_pos.domain.dates import days_between, yearly_near
from loyalty_pos.domain.families import EarnRule, Happening, Revision
from loyalty_pos.domain.trace import Reason

ONCE = 1
YEAR_APART_DAYS = 180
"""Two gifts of one yearly event lie further apart, whatever window, calendar or birthday was changed."""


class Events:
    """One member at one moment; what costs a look at the file is found out only when somebody asks."""

    def __init__(self, desk: Desk, row: MemberRow, moment: Moment, basket: Basket) -> None:
        self._desk, self._row, self._moment, self._basket = desk, row, moment, basket

    def states(self, revisions: Iterable[Revision]) -> dict[int, int | Reason]:
        """Say for every programme that waits for an event whether it happens in this sale."""
        return {
            one.id: self.state(one, one.rule, one.rule.happening)
            for one in revisions
            if isinstance(one.rule, EarnRule) and one.rule.happening and not one.rule.happening.without_sale
        }

    def state(self, revision: Revision, rule: EarnRule, happening: Happening) -> int | Reason:
        """Return what the gift is to be remembered by, or why there is none."""
        if rule.game:
            return game_state(self._desk, self._row, self._moment, revision)
        found = _HAPPENS[happening.event](self, rule, happening)
        if isinstance(found, Reason):
            return found
        given = self.given(revision.key)
        yearly = happening.event in ("birthday", "anniversary")
        if happening.event == "back":  # once for every time they stayed away
            return found
        for day, stamp in given:
            if not yearly or stamp == found or abs(days_between(day, self._day)) < YEAR_APART_DAYS:
                return Reason("event_given")
        return found

    def given(self, key: str) -> Sequence[tuple[str, int]]:
        """List the days on which a programme gave to this member, with what each gift is remembered by."""
        found = []
        for day, text, refunded in self._desk.store.ledger.gave(self._row.id, key):
            if refunded is not None and not self._still(refunded, key):
                continue
            record = read_record(text)
            found += [(day, one.get("event", ONCE)) for one in record["earned"] if one["programme"] == key]
        return found

    def _still(self, sale: int, key: str) -> bool:
        """Say whether a sale of which a part was taken back still gives what it gave."""
        return measured_still(self._desk, self._desk.store.sales.by_posting(sale))[key] > 0

    @property
    def _day(self) -> str:
        return self._moment.business_day

    @property
    def _person(self) -> PersonRow:
        return self._desk.store.members.person(self._row.id)

    @property
    def bought_before(self) -> bool:
        """Whether a kept purchase stands before this one; a sale of the past is a first one only in time."""
        return self._row.visits > 0

    def first_purchase(self, rule: EarnRule, happening: Happening) -> int | Reason:
        return Reason("not_first") if self.bought_before else ONCE

    def first_of_group(self, rule: EarnRule, happening: Happening) -> int | Reason:
        if not any(line in rule.goods for line in self._basket.lines):
            return Reason("no_eligible_goods")
        return Reason("not_first") if self._had(rule.goods) else ONCE

    def newcomer(self, rule: EarnRule, happening: Happening) -> int | Reason:
        if self.bought_before:
            return Reason("not_first")
        return ONCE if referrer_of(self._desk, self._row) is not None else Reason("not_brought")

    def birthday(self, rule: EarnRule, happening: Happening) -> int | Reason:
        born = self._person.birthday
        return Reason("birthday_unknown") if born is None else self._near(born, happening)

    def anniversary(self, rule: EarnRule, happening: Happening) -> int | Reason:
        return self._near(self._row.enrolled_day, happening)

    def profile(self, rule: EarnRule, happening: Happening) -> int | Reason:
        person = self._person
        known: Mapping[str, object] = {
            "name": person.member.name,
            "phone": person.member.phone,
            "birthday": person.birthday,
            "city": person.city,
            "interests": person.interests,
        }
        missing = [name for name in happening.needs if not known[name]]
        return Reason("profile_missing", {"fields": ",".join(missing)}) if missing else ONCE

    def back(self, rule: EarnRule, happening: Happening) -> int | Reason:
        last = self._row.last_visit_day
        if last is None:
            return Reason("never_here")
        away = days_between(last, self._day)
        if away < happening.idle_days:
            return Reason("back_too_soon", {"gap_days": away})
        return ONCE

    def always(self, rule: EarnRule, happening: Happening) -> int | Reason:
        return ONCE

    def _near(self, day: str, happening: Happening) -> int | Reason:
        calendar = self._desk.shop.view.calendar
        year = yearly_near(day, self._day, calendar, happening.days_before, happening.days_after)
        return Reason("event_not_now") if year is None else year

    def _had(self, goods: Goods) -> bool:
        """Whether some of these goods were on an earlier purchase, in the group they are in today."""
        shops, known = self._desk.store.shops, dict[str, bool]()
        for row in self._desk.store.sales.of_member(self._row.id, "0000-00-00", self._day):
            for sku, *_ in lines_kept(row):
                if sku is not None and sku not in known:
                    product = shops.product(sku)
                    group = product.group if product else None
                    known[sku] = Line("", 1, 0, sku=sku, group=group) in goods
                if sku is not None and known[sku]:
                    return True
        return False


def referrer_of(desk: Desk, row: MemberRow) -> MemberRow | None:
    """Return who brought a member, as it was written down when they joined."""
    joined = desk.store.ledger.posting(f"enrol:{row.ref}")
    ref = read_record(joined.record).get("referred_by") if joined is not None else None
    found = desk.store.members.by_ref(ref) if ref else None
    return None if found is None or found.id == row.id else found  # merged with whom they brought


_HAPPENS: Mapping[str, Callable[[Events, EarnRule, Happening], int | Reason]] = {
    "join": Events.always,
    "referrer": Events.always,
    "first_purchase": Events.first_purchase,
    "first_of_group": Events.first_of_group,
    "newcomer": Events.newcomer,
    "birthday": Events.birthday,
    "anniversary": Events.anniversary,
    "profile": Events.profile,
    "back": Events.back,
}
