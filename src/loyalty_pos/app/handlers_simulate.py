"""What a draft would have cost: the shop's own sales, priced again, with nothing posted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from loyalty_pos.app.asked_segments import refuse_unknown_segments
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.drafted import Draft, Goods, Terms
from loyalty_pos.app.following import Following, Gave
from loyalty_pos.app.handlers_shop import spelled_out
from loyalty_pos.app.handlers_tier_report import named, part
from loyalty_pos.app.pasts import Past, segments_of
from loyalty_pos.app.ports import ProgrammeRow
from loyalty_pos.app.programmes import Known, compile_programme
from loyalty_pos.app.queries_reports import Simulate
from loyalty_pos.app.replay_clock import Moments
from loyalty_pos.app.replaying import Replayed, Tally, replay
from loyalty_pos.app.report_views import DraftMemberView, OutcomeView, SimulationView
from loyalty_pos.app.sale_figures import point_value
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.conditions import Goods as Aim
from loyalty_pos.domain.conditions import Moment, Seen
from loyalty_pos.domain.dates import add_days, read_day
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import DiscountRule, EarnRule, Revision, TierRule
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Holdings
from loyalty_pos.domain.limits import step_worth
from loyalty_pos.domain.tiers import Standing
from loyalty_pos.domain.trials import trial_of

DRAFT = "draft"
SHOWN = 5
BP = 10_000


@dataclass(frozen=True, slots=True)
class _Prices:
    """What a unit of a yield is worth: a point, a reward."""

    unit: str
    point_minor: int
    reward_minor: int

    def of(self, got: int) -> int:
        worth = {"points": self.point_minor, "reward": self.reward_minor}
        return got * worth.get(self.unit, 1)


def simulate(desk: Desk, query: Simulate) -> SimulationView:
    first, last = _days(query)
    draft = _drafted(desk, query)
    revision, reports = draft.revision, desk.store.reports
    live = _live_twin(desk, draft)
    if desk.pace.watched:
        passes = 2 if live is not None else 3 if query.with_live else 1
        desk.pace.begin(passes * reports.count_sales(first, last))
    terms = _terms(desk)
    goods = Goods(_reward_goods(revision))
    found = replay(Draft(revision, terms, goods), desk.pace.along(reports.past_sales(first, last)), goods)
    prices = _prices(desk, revision, found)
    outcome = _outcome(found.as_was, prices)
    members: Mapping[int, list[int]] = found.as_was.members
    totals: tuple[int | None, int | None] = (None, None)
    if live is not None:
        with_it = _followed(desk, [known.revision for known in desk.book.live], terms, first, last)
        gave = with_it.get(live.row.key, Gave())
        outcome, members = _outcome_of(gave, prices), gave.members
    elif query.with_live:
        others = [one.revision for one in desk.book.live if not _displaced(one, draft, query.key)]
        now = [known.revision for known in desk.book.live]
        totals = (
            _total(desk, _followed(desk, [*others, revision], terms, first, last), found, revision),
            _total(desk, _followed(desk, now, terms, first, last), found, revision),
        )
    margin = query.margin_bp if query.margin_bp is not None else found.margin_bp
    given = reports.given(first, last, prices.point_minor)
    gains = {
        member: _worth(members.get(member, (0, 0)), prices) - given.get(member, 0)
        for member in {*members, *given}
    }
    basket = part(found.member_sales_minor, found.member_sales)
    visits = -(-outcome.cost_minor * BP // (basket * (margin or BP))) if basket else None
    return SimulationView(
        from_=first,
        to=last,
        sales=found.sales,
        sales_minor=found.sales_minor,
        member_sales_minor=found.member_sales_minor,
        cost_minor=outcome.cost_minor,
        cost_bp=part(outcome.cost_minor * BP, found.sales_minor),
        rewards=outcome.rewards,
        outcome=outcome,
        less_cost_minor=_outcome(found.less, prices).cost_minor,
        more_cost_minor=_outcome(found.more, prices).cost_minor,
        winners=sum([gain > 0 for gain in gains.values()]),
        losers=sum([gain < 0 for gain in gains.values()]),
        top_winners=_best(desk, gains, 1),
        top_losers=_best(desk, gains, -1),
        breakeven_visits=visits,
        breakeven_bp=None if visits is None else part(visits * BP, found.member_sales),
        basket_minor=basket,
        margin_bp=margin,
        margin_known=margin is not None,
        live=live is not None,
        with_live_cost_minor=totals[0],
        live_cost_minor=totals[1],
    )


def _days(query: Simulate) -> tuple[str, str]:
    days = []
    for name, text in (("from", query.from_), ("to", query.to)):
        day = read_day(text_field(name, text, 20))
        if day is None:
            raise InvalidRequest(name, "not_a_day")
        days.append(day)
    if days[0] > days[1]:
        raise InvalidRequest("to", "ends_before_it_starts")
    return days[0], days[1]


def _drafted(desk: Desk, query: Simulate) -> Known:
    """Compile a draft as if it was published, under a number no programme has."""
    key = text_field("key", query.key, 64) if query.key else DRAFT
    params, when = spelled_out(query.params), spelled_out(query.when)
    name = text_field("kind", query.kind, 64)
    last = max([row.programme for row in desk.newest()], default=0)
    numbers = (-1, last + 1)
    known = compile_programme(
        ProgrammeRow(numbers[1], f"{key}:", name, numbers[0], 0, key, params, when, live=False)
    )
    refuse_unknown_segments(desk, known)
    rule = known.revision.rule
    plain = isinstance(rule, TierRule | DiscountRule | EarnRule)
    by_code = isinstance(rule, DiscountRule) and (rule.by_code or rule.price_points > 0)
    if not plain or by_code or (isinstance(rule, EarnRule) and rule.happening is not None):
        raise Rejection("not_simulated", kind=name)
    return _drawn(known, key)


def _drawn(draft: Known, key: str) -> Known:
    """Let the lot leave out of a draft whom it will leave out once it is published."""
    condition = draft.revision.condition
    if condition.trial is None:
        return draft
    condition = replace(condition, trial=trial_of(key, condition.trial.share_bp))
    return replace(draft, revision=replace(draft.revision, condition=condition))


def _live_twin(desk: Desk, draft: Known) -> Known | None:
    """Find the live programme that says exactly what the draft says."""
    for one in desk.book.live:
        same = one.row.kind == draft.row.kind and _terms_of(one.revision) == _terms_of(draft.revision)
        if same:
            return one
    return None


def _terms_of(revision: Revision) -> tuple[object, ...]:
    condition, trial = revision.condition, revision.condition.trial
    share = 0 if trial is None else trial.share_bp  # whom a lot draws is no choice of anybody
    terms = (revision.rule, replace(condition, trial=None), share)
    return (*terms, revision.expiry, revision.stacking, revision.limits)


def _displaced(one: Known, draft: Known, key: str | None) -> bool:
    """Say whether a live programme goes when the draft comes: the one it replaces, or the other club."""
    clubs = isinstance(one.revision.rule, TierRule) and isinstance(draft.revision.rule, TierRule)
    return clubs or one.row.key == key


def _terms(desk: Desk) -> Terms:
    shop, club = desk.shop, desk.book.club
    rule = club.revision.rule if club else None

    @cache
    def level_of(level: str | None) -> Standing | None:
        if not isinstance(rule, TierRule) or club is None:
            return None
        return Standing(rule, club.revision.programme, held=level)

    def past(member: int, day: str) -> tuple[frozenset[str], int, str | None]:
        before, moment = add_days(day, -1), Moment(0, day, "", 0)
        asked = Past(desk, desk.store.members.get(member), moment, Holdings())
        visits, _ = desk.store.standings.tally(member, "0000-00-00", before)
        last = next(iter(desk.store.standings.last_days(member, before, 1)), None)
        return segments_of(desk, asked), visits, last

    def born(member: int, day: str) -> Seen:
        asked = Past(desk, desk.store.members.get(member), Moment(0, day, "", 0), Holdings())
        return Seen(birthday=asked.birthday)

    return Terms(
        money_step_minor=shop.money_step_minor,
        expires=shop.expires,
        earn_on_tax=shop.view.earn_on_tax,
        moment=Moments(shop.zone, shop.view.day_ends_hour).of,
        level_span=shop.level_span,
        level_of=level_of,
        past=past,
        born=born,
    )


def _reward_goods(revision: Revision) -> Aim:
    rule = revision.rule
    item = rule.free_item if isinstance(rule, EarnRule) else None
    return item.goods if item else Aim()


def _prices(desk: Desk, revision: Revision, found: Replayed) -> _Prices:
    """Price what the draft gives: a point as its own terms or the shop's say, a reward as it sold on average,
    never above its cap."""
    rule = revision.rule
    if not isinstance(rule, EarnRule):
        return _Prices("", 0, 0)
    point = rule.tender.value_minor if rule.tender else point_value(desk)
    most = step_worth(rule) if rule.yield_unit == "reward" else None
    cap = None if most is None else most // rule.yield_per_step
    sold = found.unit_minor - found.unit_minor % desk.shop.money_step_minor
    reward = sold if cap is None else min(cap, sold or cap)
    return _Prices(rule.yield_unit, point, reward)


def _outcome(tally: Tally, prices: _Prices) -> OutcomeView:
    unit, got = prices.unit, tally.got
    worth = prices.of(got)
    reward = unit in ("reward", "voucher", "pledge")
    return OutcomeView(
        cost_minor=tally.off_minor + worth,
        discount_minor=tally.off_minor,
        credit_minor=got if unit == "credit" else 0,
        points=got if unit == "points" else 0,
        points_minor=worth if unit == "points" else 0,
        rewards=got + tally.freed if unit == "reward" else 0,
        rewards_minor=worth if reward else 0,
        members=len(tally.members),
        purchases=tally.purchases,
    )


def _outcome_of(gave: Gave, prices: _Prices) -> OutcomeView:
    points, rewards = gave.points * prices.point_minor, gave.rewards * prices.reward_minor
    return OutcomeView(
        cost_minor=gave.off_minor + gave.credit_minor + points + rewards + gave.given_minor,
        discount_minor=gave.off_minor,
        credit_minor=gave.credit_minor,
        points=gave.points,
        points_minor=points,
        rewards=gave.rewards + gave.freed,
        rewards_minor=rewards + gave.given_minor,
        members=len(gave.members),
        purchases=gave.purchases,
    )


def _followed(desk: Desk, revisions: list[Revision], terms: Terms, first: str, last: str) -> dict[str, Gave]:
    following = Following(desk, revisions, terms, first)
    for sale in desk.pace.along(desk.store.reports.followed_sales(first, last)):
        following.sell(sale)
    return following.gave


def _total(desk: Desk, gave: Mapping[str, Gave], found: Replayed, draft: Revision) -> int:
    """Add up what programmes gave together, each reward at what its own goods may cost."""
    whole = 0
    for key, one in gave.items():
        revision = draft if key == draft.key else desk.book.newest_named(key).revision
        whole += _outcome_of(one, _prices(desk, revision, found)).cost_minor
    return whole


def _worth(gain: Sequence[int], prices: _Prices) -> int:
    off, got = gain
    return off + prices.of(got)


def _best(desk: Desk, gains: Mapping[int, int], sign: int) -> tuple[DraftMemberView, ...]:
    """Name whom the draft would have changed most for, in one direction."""
    best = sorted(((sign * gain, -member) for member, gain in gains.items() if sign * gain > 0), reverse=True)
    found = []
    for gain, member in best[:SHOWN]:
        row = desk.store.members.get(-member)
        found.append(DraftMemberView(member=row.ref, name=named(desk, row), gained_minor=sign * gain))
    return tuple(found)
