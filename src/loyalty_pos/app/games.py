"""Games played with a sale: prizes of challenges and draws, given after it and taken back with it.

A prize is a posting of its own beside its sale, for taking back another sale may take it. A refund
moves it in its own posting and leaves a mark under `undo:` and the prize's key.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.game_port import DrawRow, MarkRow
from loyalty_pos.app.game_states import PLAYED, count_now
from loyalty_pos.app.gifts import NOTHING, Gifts, given_now
from loyalty_pos.app.ports import MemberRow, SaleRow, StoredPosting
from loyalty_pos.app.programme_uses import note_uses
from loyalty_pos.app.records import balances_record, contributions, read_record
from loyalty_pos.domain.conditions import ALWAYS, EVERYTHING, Moment
from loyalty_pos.domain.families import (
    ADDS_UP,
    UNLIMITED,
    Chase,
    DrawPrize,
    EarnRule,
    Happening,
    Odds,
    Revision,
)
from loyalty_pos.domain.games import COUNTED, Mark, commitment, draw, refilled
from loyalty_pos.domain.keeping import Kept, Sold, still_counts
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Book, NewLot
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.take_back import Step, take_all_back
from loyalty_pos.domain.trace import TraceLine

WON, DRAWN = "challenge_won", "draw_now"
PLAYING = frozenset({WON, DRAWN, *COUNTED})


@dataclass(frozen=True, slots=True)
class PlayedSale:
    """A sale that has just been recorded, or given to a member, as games need it."""

    posting: int
    sale_id: str
    day: str
    stands_for: str = ""
    """The sale that was taken back and stands again as this one."""


def play_games(
    desk: Desk, member: MemberRow, trace: Iterable[TraceLine], sale: PlayedSale, moment: Moment
) -> None:
    """Note what counted and give what was won, as the trace of the sale says."""
    for line in trace:
        if line.code not in PLAYING:
            continue
        revision = desk.book.revision(line.revision).revision
        rule = revision.rule
        assert isinstance(rule, EarnRule)
        if rule.chase is not None:
            _chase(desk, member, revision, rule.chase, sale, moment)
        else:
            assert rule.odds is not None
            _draw(desk, member, revision, rule.odds, sale, moment)


def _chase(
    desk: Desk, member: MemberRow, revision: Revision, chase: Chase, sale: PlayedSale, moment: Moment
) -> None:
    found = count_now(desk, member.id, sale.day, revision, chase)
    desk.store.games.add_mark(sale.posting, revision.programme, member.id, sale.day)
    if found.again or found.have < chase.times:
        return
    gift = _gift(desk, member, revision, moment)
    marks = [*found.marks, sale.posting]
    record = {
        "sale": sale.posting,
        "programme": revision.programme,
        "revision": revision.id,
        "marks": marks,
        "earned": [],
        "trace": [],
        **gift.record,
    }
    _post(desk, f"win:{sale.sale_id}:{revision.programme}", "win", member, moment, record, gift)
    for number in marks:
        desk.store.games.set_mark(MarkRow(number, revision.programme, "", True, sale.posting))


def _draw(
    desk: Desk, member: MemberRow, revision: Revision, odds: Odds, sale: PlayedSale, moment: Moment
) -> None:
    """Draw the next number; a sale that drew before keeps what it drew, on the day it did."""
    games, first = desk.store.games, _drew(desk, sale.stands_for, revision.programme)
    stands: dict[str, int] = {}
    if first is None:
        seed = games.seed(revision.programme)
        assert seed is not None, "publishing a draw opens its first seed"
        number = games.next_draw(seed.posting)
    else:
        told = read_record(first.record)
        seed = next(one for one in games.seeds(revision.programme) if one.posting == told["seed"])
        number, stands["stands_for"] = told["number"], told.get("stands_for", first.seq)
        moment = replace(desk.shop.moment(first.at_ms), business_day=first.business_day)
    drawn, prize = draw(odds, seed.seed, number)
    gift = NOTHING if prize is None else _gift(desk, member, _of_prize(revision, prize), moment)
    key = f"draw:{sale.sale_id}:{revision.programme}"
    record = {
        "sale": sale.posting,
        "programme": revision.programme,
        "revision": revision.id,
        "seed": seed.posting,
        "number": number,
        "drawn": drawn,
        "prize": prize.name if prize else "",
        "earned": [],
        "trace": [],
        **gift.record,
        "uses": [[revision.programme, 1, prize.worth_minor if prize else 0]],
        **stands,
    }
    posting = _post(desk, key, "draw", member, moment, record, gift)
    if first is None:
        games.add_draw(DrawRow(posting, sale.posting, revision.programme, seed.posting, number, key))


def _drew(desk: Desk, sale_id: str, programme: int) -> StoredPosting | None:
    """Find what a sale drew, or one before it that it stands for."""
    ledger = desk.store.ledger
    while sale_id:
        posting = ledger.posting(f"draw:{sale_id}:{programme}")
        if posting is not None:
            return posting
        sale = ledger.posting(sale_id)
        assert sale is not None
        record = read_record(sale.record)
        sale_id = record.get("stands_for") or record.get("moved_from", "")
    return None


def open_seed(desk: Desk, programme: int, moment: Moment) -> None:
    """Begin a new seed of a draw: what is published binds the shop, the seed itself stays secret."""
    seed = f"{desk.chance.code_bits():020x}{desk.chance.code_bits():020x}"
    record = {"programme": programme, "commitment": commitment(seed)}
    key = f"draw_seed:{programme}:{len(desk.store.games.seeds(programme)) + 1}"
    posting = desk.posting(key, {"seed": key}, "draw_seed", None, moment, record)
    desk.store.games.add_seed(programme, desk.store.ledger.append(posting), seed)


def _gift(desk: Desk, member: MemberRow, revision: Revision, moment: Moment) -> Gifts:
    bare = bare_gift(revision)
    return given_now(desk, member, moment, [bare], {bare.id: PLAYED})


def bare_gift(revision: Revision) -> Revision:
    """Return what a game gives as a gift of its own, that nothing more is asked of."""
    rule = revision.rule
    assert isinstance(rule, EarnRule)
    limits = UNLIMITED if rule.odds is not None else revision.limits
    rule = replace(rule, goods=EVERYTHING, chase=None, odds=None, happening=Happening("participation"))
    return replace(revision, rule=rule, condition=ALWAYS, stacking=ADDS_UP, limits=limits)


def _of_prize(revision: Revision, prize: DrawPrize) -> Revision:
    rule = revision.rule
    assert isinstance(rule, EarnRule)
    return replace(revision, rule=replace(rule, yield_unit=prize.unit, rate_micro=prize.amount * MICRO))


def _post(
    desk: Desk, key: str, kind: str, member: MemberRow, moment: Moment, record: Mapping[str, Any], gift: Gifts
) -> int:
    if gift.book is not None:
        live = [known.revision for known in desk.book.live]
        record = {**record, "balances": balances_record(gift.book, live)}
    posting = desk.posting(key, {kind: key}, kind, member.id, moment, record, gift.movements)
    seq = desk.store.ledger.append(posting)
    note_uses(desk, record, member.id, moment.business_day)
    return seq


@dataclass(frozen=True, slots=True)
class GamesBack:
    """What taking back some of a sale does to games: marks as they become, and prizes that go."""

    marks: tuple[MarkRow, ...] = ()
    prizes: tuple[StoredPosting, ...] = ()

    @property
    def record(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.marks:
            found["marks"] = [[one.sale, one.programme, int(one.kept), one.win] for one in self.marks]
        if self.prizes:
            found["prizes"] = [one.seq for one in self.prizes]
        return {"games": found} if found else {}


def games_back(desk: Desk, sale: SaleRow, sold: Sold, after: Kept) -> GamesBack:
    """Find what a sale no longer counts for, and which prizes were won with it alone."""
    if sale.member is None:
        return GamesBack()
    found = _Back(desk)
    for mark in desk.store.games.marks_of_sale(sale.posting):
        if mark.kept and not _counts(desk, sale, sold, after, mark.programme):
            found.lose(mark)
    for programme, key in _draws(desk, sale):
        if not _counts(desk, sale, sold, after, programme):
            found.undo(key)
    return GamesBack(tuple(found.marks.values()), tuple(found.prizes))


class _Back:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.marks: dict[tuple[int, int], MarkRow] = {}
        self.prizes: list[StoredPosting] = []

    def lose(self, mark: MarkRow) -> None:
        """Take a mark away; what it had won goes unless others win as much in its place."""
        self._set(mark._replace(kept=False, win=None))
        if mark.win is None:
            return
        games, programme, win = self._desk.store.games, mark.programme, mark.win
        won = [one for one in games.marks_of_win(win, programme) if one.sale != mark.sale]
        others: tuple[int, ...] | None = None
        if mark.sale != win:
            others = self._others(mark, won)
        for one in won:
            if others is None or one.sale not in others:
                self._set(one._replace(win=None))
        if others is not None:
            for number in others:
                self._set(MarkRow(number, programme, "", True, win))
        else:
            of = self._desk.store.sales.by_posting(win)
            self.undo(f"win:{of.sale_id}:{programme}")

    def undo(self, key: str) -> None:
        ledger = self._desk.store.ledger
        posting = ledger.posting(key)
        assert posting is not None
        if ledger.posting(f"undo:{key}") is None:
            self.prizes.append(posting)

    def _others(self, mark: MarkRow, won: Sequence[MarkRow]) -> tuple[int, ...] | None:
        """Find sales that win the same prize without the one taken away."""
        desk = self._desk
        row = desk.store.sales.by_posting(mark.sale)
        assert row.member is not None and mark.win is not None
        posting = desk.store.ledger.posting(
            f"win:{desk.store.sales.by_posting(mark.win).sale_id}:{mark.programme}"
        )
        assert posting is not None
        rule = desk.book.revision(read_record(posting.record)["revision"]).revision.rule
        assert isinstance(rule, EarnRule) and rule.chase is not None
        open_ones = desk.store.games.marks(row.member, mark.programme, "0000-00-00")
        free = [one for one in open_ones if not one.used and one.sale != mark.sale]
        mine = [Mark(one.sale, one.day) for one in won]
        return refilled(rule.chase, [*mine, *free], desk.shop.view.calendar)

    def _set(self, mark: MarkRow) -> None:
        self.marks[mark.sale, mark.programme] = mark


def _counts(desk: Desk, sale: SaleRow, sold: Sold, after: Kept, programme: int) -> bool:
    """Say whether what is kept of a sale still counts in a game, by the revision it counted under."""
    played = (desk.book.revision(number).revision for number in _played(sale))
    revision = next(one for one in played if one.programme == programme)
    assert isinstance(revision.rule, EarnRule)
    return still_counts(sold, after, revision.condition, revision.rule.goods)


def _draws(desk: Desk, sale: SaleRow) -> list[tuple[int, str]]:
    """List the draws of a sale by programme and key."""
    programmes = [desk.book.revision(number).revision.programme for number in _played(sale, {DRAWN})]
    return [(programme, f"draw:{sale.sale_id}:{programme}") for programme in programmes]


def _played(sale: SaleRow, codes: Set[str] = PLAYING) -> list[int]:
    """Name the revisions of the games a sale counted in."""
    texts = [sale.record, sale.attached_record]
    lines = [line for text in texts if text for line in read_record(text)["trace"]]
    return [line[0] for line in lines if line[3] in codes]


def take_prizes(desk: Desk, book: Book, back: GamesBack, moment: Moment) -> None:
    """Move in `book` what prizes that go had given."""
    for posting in back.prizes:
        given = contributions(read_record(posting.record))
        revisions = {one.revision: bare_gift(desk.book.revision(one.revision).revision) for one in given}
        entries = desk.store.ledger.entries(posting.seq)
        steps = {
            one.programme: Step(one.step_micro, one.yield_per_step, NewLot(moment.at_ms, None, one.revision))
            for one in given
        }
        take_all_back(book, entries, given, revisions, steps)


def note_games_back(desk: Desk, sale: SaleRow, back: GamesBack, moment: Moment) -> None:
    """Put on record that prizes went, give back their limits, and keep the marks as they are now."""
    for posting in back.prizes:
        key = f"undo:{posting.key}"
        record = {"sale": sale.posting, "prize": posting.seq, "moved": []}
        desk.store.ledger.append(
            desk.posting(key, {"undo": posting.key}, "prize_back", sale.member, moment, record)
        )
        for number, times, spent in read_record(posting.record).get("uses", ()):
            desk.store.uses.move(number, sale.member, posting.business_day, -times, -spent)
    for mark in back.marks:
        desk.store.games.set_mark(mark)
