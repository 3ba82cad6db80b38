"""How a member stands in the live games before a sale (product P9)."""

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.families import Chase, EarnRule, Revision
from loyalty_pos.domain.games import Counted, counted, since
from loyalty_pos.domain.trace import Facts, Reason

PLAYED = 1


def game_state(desk: Desk, row: MemberRow, moment: Moment, revision: Revision) -> int | Reason:
    """Say whether a purchase of now wins: a draw always takes place, a challenge counts first."""
    rule = revision.rule
    assert isinstance(rule, EarnRule)
    if rule.chase is None:
        return PLAYED
    found = count_now(desk, row.id, moment.business_day, revision, rule.chase)
    if found.again:
        return Reason("challenge_again", facts_of(rule.chase, found.have, found.until_day))
    if found.have < rule.chase.times:
        return Reason("challenge_counted", facts_of(rule.chase, found.have, found.until_day))
    return PLAYED


def count_now(desk: Desk, member: int, day: str, revision: Revision, chase: Chase) -> Counted:
    """Count a purchase of a day in a challenge."""
    marks = desk.store.games.marks(member, revision.programme, since(chase, day))
    return counted(chase, marks, day, desk.shop.view.calendar)


def facts_of(chase: Chase, have: int, until_day: str) -> Facts:
    return {"have": have, "times": chase.times, "missing": chase.times - have, "until_day": until_day}
