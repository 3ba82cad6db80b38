"""Whatever two members did, a merge that is undone leaves both as they were; one that stays loses none."""

from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyalty_pos.app import queries as q
from loyalty_pos.app.commands_people import Adjust, MergeMembers, UndoMerge
from loyalty_pos.domain.errors import Rejection
from tests.examples import examples
from tests.shop import Shop, T, item

step = st.tuples(
    st.sampled_from(["tea", "amount", "points", "free", "refund", "void", "adjust", "later"]),
    st.sampled_from("AB"),
    st.integers(1, 9),
)


class Life:
    """Two members and what befalls them; what the shop refuses did not happen."""

    def __init__(self, folder: str) -> None:
        self.shop, self.keys, self.sales = Shop(Path(folder) / "shop.db"), count(1), list[Any]()
        shop = self.shop
        shop.product("tea", 100 * T, "drinks")
        limits = {"limits": {"per_member": 4}}
        shop.publish("points", "points", {"expiry": {"days": 20}}, step_minor=70 * T, point_value_minor=T)
        shop.publish("back", "spend_credit", rate_bp=700)
        shop.publish("card", "stamp_card", count="units", groups=["drinks"], needed=3, mode="after_n_paid")
        shop.publish("off", "percent_off", limits, rate_bp=500, lane="member")
        levels = [{"key": "bronze", "from": 0}, {"key": "silver", "from": 900 * T}]
        shop.publish("club", "tiers", levels=levels)
        for card, consent in (("A", True), ("B", False)):
            shop.enrol(card, phone=f"0912345678{ord(card) - 60}", consent=consent)

    def live(self, what: str, member: str, many: int) -> None:
        try:
            self._live(what, member, many)
        except Rejection:
            return

    def _live(self, what: str, member: str, many: int) -> None:
        shop, key = self.shop, f"k{next(self.keys)}"
        sale = self.sales[many % len(self.sales)] if self.sales else None
        if what == "later":
            shop.clock.on(days=many)
        elif what == "adjust":
            command = Adjust(posting_id=key, member=member, unit="points", amount=many - 4, reason="x")
            shop.service.do(command)
        elif what in ("refund", "void"):
            if sale is not None:
                shop.void(sale) if what == "void" else shop.refund(sale, many * 10 * T)
        elif what == "free":
            self.sales.append(shop.sell(None, item("tea", many), member=member, free_lines={"card": 1}))
        elif what == "tea":
            self.sales.append(shop.sell(None, item("tea", many), member=member))
        else:
            use: dict[str, Any] = {"points": many} if what == "points" else {}
            self.sales.append(shop.sell(many * 45 * T, member=member, **use))

    def both(self) -> list[Any]:
        ask = self.shop.service.ask
        return [(self.shop.member(one), ask(q.MemberRecord(member=one))) for one in "AB"]


@settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(step, max_size=10), st.booleans(), st.lists(step, max_size=4))
def test_merge_and_undo_leave_both_as_they_were_after_any_history(
    history: list[tuple[str, str, int]], swapped: bool, after: list[tuple[str, str, int]]
) -> None:
    with TemporaryDirectory() as folder:
        life = Life(folder)
        for one in history:
            life.live(*one)
        keep, drop = "BA" if swapped else "AB"
        before, totals = life.both(), _totals(life)
        life.shop.service.do(MergeMembers(keep=keep, drop=drop))
        life.shop.proved()
        whole = life.shop.member(keep)
        assert whole.visits == sum(one.visits for one, _ in before)
        # Two rests of less than the smallest unit may come to one.
        assert whole.credit_minor - whole.owed.credit_minor - totals in (0, 1)
        life.shop.service.do(UndoMerge(keep=keep, drop=drop))
        life.shop.proved()
        assert life.both() == before
        life.shop.service.do(MergeMembers(keep=keep, drop=drop))
        for one in after:  # the survivor lives on as one member, refunds of either's sales included
            life.live(*one)
            life.shop.proved()
        life.shop.close()


def _totals(life: Life) -> int:
    held = [one for one, _ in life.both()]
    return sum(one.credit_minor - one.owed.credit_minor for one in held)


_BY_ACCOUNT = """
    SELECT a.unit, ifnull(t.kind, e.kind), sum(e.amount) FROM account a JOIN entry e ON e.account = a.id
    LEFT JOIN entry t ON t.id = e.reverses
    WHERE a.holder = ? AND a.unit IN ('points', 'credit') GROUP BY 1, 2"""


def _every_move_is_found(life: Life) -> None:
    """Fail unless what moved on a member's accounts is found through postings, of which there are indexes."""
    store: Any = life.shop.service._desk.store
    for (number,) in store._execute("SELECT id FROM member", ()).fetchall():
        whole = store._execute(_BY_ACCOUNT, (number,)).fetchall()
        assert sorted(store.lots.moved(number)) == sorted(whole)


@settings(max_examples=examples(10), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(step, max_size=8), st.lists(step, max_size=5), st.lists(step, max_size=5))
def test_what_a_member_was_given_is_found_in_the_postings_of_all_they_ever_were(
    apart: list[tuple[str, str, int]], one: list[tuple[str, str, int]], again: list[tuple[str, str, int]]
) -> None:
    with TemporaryDirectory() as folder:
        life = Life(folder)
        for each in apart:
            life.live(*each)
        _every_move_is_found(life)
        life.shop.service.do(MergeMembers(keep="A", drop="B"))
        for each in one:
            life.live(*each)
        _every_move_is_found(life)
        with suppress(Rejection):  # what was theirs may be spent
            life.shop.service.do(UndoMerge(keep="A", drop="B"))
        for each in again:
            life.live(*each)
        _every_move_is_found(life)
        life.shop.close()
