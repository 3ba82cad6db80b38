"""What a manager may decide about a member, as a window offers it (rules 6, 22, 24, 27)."""

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.handlers_grace import STAMPS, expired_view
from loyalty_pos.app.handlers_members import member_view
from loyalty_pos.app.lifetime_ports import LostRow
from loyalty_pos.app.lifetime_views import AmountView, DecisionsView, LevelView, LostView
from loyalty_pos.app.people import the_member
from loyalty_pos.app.queries_lifetime import Decisions
from loyalty_pos.app.records import read_record
from loyalty_pos.app.standings import standing_of
from loyalty_pos.app.sweeping import revivable, unit_name
from loyalty_pos.app.views import OwedView

LOST_AT_MOST = 10


def decisions(desk: Desk, query: Decisions) -> DecisionsView:
    desk.refresh()
    row, moment = the_member(desk, query.member), desk.now()
    standing = standing_of(desk, row, moment)
    levels: tuple[LevelView, ...] = ()
    level = until = None
    if standing is not None:
        reached = max(0, standing.reached)
        levels = tuple(LevelView(key=one.key, name=one.name) for one in standing.rule.levels[reached:])
        level = standing.level.key if standing.level else None
        until = desk.store.reviews.shielded_until(row.id, standing.programme, moment.business_day)
    return DecisionsView(
        member=row.ref,
        levels=levels,
        level=level,
        until=until,
        ended=tuple(expired_view(one) for one in revivable(desk, row.id, moment)),
        owed=_owed(member_view(desk, row).owed),
        lost=tuple(_lost(one) for one in desk.store.lots.lost(row.id, LOST_AT_MOST)),
    )


def _owed(owed: OwedView) -> tuple[AmountView, ...]:
    sums = {"points": owed.points, "credit": owed.credit_minor}
    sums |= {f"{STAMPS}{key}": count for key, count in owed.stamps.items()}
    return tuple(AmountView(unit=unit, amount=amount) for unit, amount in sums.items() if amount)


def _lost(one: LostRow) -> LostView:
    record = read_record(one.record)
    return LostView(
        sale_id=one.sale_id,
        refund_id=None if one.key.startswith("void:") else one.key,
        number=one.number,
        day=one.day,
        lost=tuple(
            AmountView(unit=unit_name((unit, programme)), amount=amount)
            for unit, programme, _, amount, *_ in record["lost"]
        ),
    )
