"""Prizes for points and rewards that were earned, handed over without a sale (rules 6, 12, 27)."""

from typing import Any

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.claim_views import ClaimablesView, ClaimableView, ClaimView
from loyalty_pos.app.commands import ClaimReward, UndoClaim
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.handing_over import out_of_stock, promise, waiting_for
from loyalty_pos.app.language import Language, Languages
from loyalty_pos.app.named import called
from loyalty_pos.app.pasts import seen_of
from loyalty_pos.app.people import the_member
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.programme_uses import note_uses, usage_before
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.queries import Claimables
from loyalty_pos.app.records import moved_record, read_record
from loyalty_pos.app.reservations import without_reserved
from loyalty_pos.app.saying import Sentence, both
from loyalty_pos.app.sold import step_of
from loyalty_pos.app.standings import standing_of
from loyalty_pos.app.term_claimables import term_items
from loyalty_pos.app.terms import held_terms
from loyalty_pos.app.trace_words import reason_words
from loyalty_pos.app.wording import posting_key, text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.claiming import claim_refused, points_free, points_missing
from loyalty_pos.domain.conditions import Buyer, Moment
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import PrizeRule
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import POINTS, Account, Book, Lot, reward_account, usable
from loyalty_pos.domain.limits import NOTHING_USED
from loyalty_pos.domain.money import MAX_QUANTITY
from loyalty_pos.domain.take_back import take_all_back
from loyalty_pos.domain.trace import Reason

LOOKED_BACK = 20
"""Postings of a member among which a claim is looked for that may be handed back."""


@dataclass(frozen=True, slots=True)
class Claimant:
    """A member as the counter sees one who wants something: what they hold, and who they are."""

    row: MemberRow
    book: Book
    buyer: Buyer
    moment: Moment


def claim_reward(desk: Desk, command: ClaimReward) -> ClaimView:
    """Spend points, or a reward that was earned, on something handed over now (rules 8, 12)."""
    key = posting_key("posting_id", command.posting_id)
    programme = text_field("programme", command.programme, 64)
    times = checked(command.times, "times", 1, MAX_QUANTITY)
    with desk.store.transaction():
        desk.refresh()  # nobody else can publish or claim from here on
        row = the_member(desk, command.member)
        request = {"claim": programme, "member": row.ref, "times": times}
        stored = desk.store.ledger.posting(key)
        if stored is None:
            known = desk.book.newest_named(programme)
            claimant = claimant_of(desk, row)
            if isinstance(known.revision.rule, PrizeRule):
                spent = _buy(desk, desk.book.live_named(programme), claimant, times)
            else:
                spent = _take_earned(known, claimant, times)
            record = {"programme": programme, "revision": known.revision.id, "times": times, **spent}
            record["points_left"] = claimant.book.balance(POINTS)
            movements = tuple(claimant.book.movements)
            moment = claimant.moment
            posting = desk.posting(key, request, "claim", row.id, moment, record, movements)
            seq = desk.store.ledger.append(posting)
            note_uses(desk, record, row.id, moment.business_day)
            promise(desk, seq, row.id, known, times, moment)
        elif stored.kind != "claim" or not same_request(desk, stored.request_hash, request, row):
            raise Rejection("key_taken", sale_id=key)
        return claim_view(desk, key)


def undo_claim(desk: Desk, command: UndoClaim) -> ClaimView:
    """Take back what was handed out unused; points and rights go back into their own lots (rules 27)."""
    key = posting_key("posting_id", command.posting_id)
    with desk.store.transaction():
        claim = desk.store.ledger.posting(key)
        if claim is None or claim.kind != "claim" or claim.member is None:
            raise Rejection("unknown_claim", posting_id=key)
        row = desk.store.members.get(claim.member)
        if desk.store.ledger.posting(f"undo:{key}") is None:
            moment = desk.now()
            book = Book(desk.store.ledger.holdings(row.id, claim.seq), moment.at_ms, moment.life_day)
            entries = desk.store.ledger.entries(claim.seq)
            touched = {entry.account[1] for entry in entries if entry.account[1]}
            take_all_back(book, entries, (), {}, {one: step_of(desk, one, moment) for one in touched})
            back = {"claim": claim.seq, "moved": moved_record(book)}
            request = {"undo": key}
            posting = desk.posting(
                f"undo:{key}", request, "unclaim", row.id, moment, back, tuple(book.movements)
            )
            desk.store.guests.unclaim(claim.seq, desk.store.ledger.append(posting))
            record = read_record(claim.record)
            for number, times, spent in record.get("uses", ()):
                desk.store.uses.move(number, row.id, claim.business_day, -times, -spent)
        return claim_view(desk, key)


def claimables(desk: Desk, query: Claimables) -> ClaimablesView:
    """List what a member may claim: rewards they hold first, then prizes by price."""
    row = the_member(desk, query.member)
    claimant = claimant_of(desk, row)
    held = [_held(desk, claimant, account) for account in claimant.book.accounts() if account[0] == "reward"]
    prizes = [
        (known.revision.rule.price_points, _prize(desk, claimant, known, known.revision.rule))
        for known in desk.book.live
        if isinstance(known.revision.rule, PrizeRule)
    ]
    return ClaimablesView(
        member=row.ref,
        points=points_free(claimant.book),
        items=(
            *waiting_for(desk, row, claimant.moment.business_day),
            *(one for one in held if one is not None),
            *(view for _, view in sorted(prizes, key=lambda one: (one[0], one[1].programme))),
            *term_items(desk, row, claimant.moment),
        ),
        last=_last_of_today(desk, claimant),
    )


def claim_view(desk: Desk, key: str) -> ClaimView:
    """Describe a claim that is on record, and whether it was handed back."""
    claim = desk.store.ledger.posting(key)
    assert claim is not None and claim.member is not None
    row = desk.store.members.get(claim.member)
    record = read_record(claim.record)
    known = desk.book.revision(record["revision"])
    undone = desk.store.ledger.posting(f"undo:{key}")
    back = read_record(undone.record)["moved"] if undone is not None else []
    waits = desk.store.guests.hand_over(claim.seq)
    return ClaimView(
        posting_id=key,
        member=row.ref,
        member_name=row.name,
        programme=record["programme"],
        programme_name=known.row.name,
        times=record["times"],
        points=record["points"],
        rewards=record["rewards"],
        hand_over=hand_over(called(desk, known), record["times"], desk.languages),
        points_left=record["points_left"],
        at_ms=claim.at_ms,
        business_day=claim.business_day,
        till=claim.till,
        actor=claim.actor,
        undone=undone is not None,
        ready_day=waits.day if waits is not None else "",
        ready_ms=waits.ready_ms if waits is not None else 0,
        handed=waits is None or waits.handed is not None,
        to_points=sum(amount for unit, _, amount in back if unit == "points"),
        to_rewards=sum(amount for unit, _, amount in back if unit == "reward"),
    )


def claim_why(desk: Desk, claim: ClaimView) -> Sentence:
    """Say what was handed over, and what for."""

    def words(say: Language) -> str:
        if claim.points:
            said = say.n(
                "{count} point for: {what}.", "{count} points for: {what}.", claim.points, what=what(say)
            )
        else:
            said = say.t("A reward, handed over: {what}.", what=what(say))
        return said

    def what(say: Language) -> str:
        return claim.hand_over.said(say.code)

    return both(desk.languages, words)


def _last_of_today(desk: Desk, claimant: Claimant) -> ClaimView | None:
    for row in desk.store.ledger.history(claimant.row.id, None, LOOKED_BACK):
        if row.kind == "claim" and row.business_day == claimant.moment.business_day:
            claim = claim_view(desk, row.key)
            if not claim.undone:
                return claim
    return None


def claimant_of(desk: Desk, row: MemberRow) -> Claimant:
    moment = desk.now()
    holdings = desk.store.ledger.balances(row.id, moment.at_ms, moment.life_day)
    seen = seen_of(desk, row, moment, holdings, desk.book.asks)
    standing = standing_of(desk, row, moment)
    terms = held_terms(desk, row, moment)
    buyer = Snapshot(row.id, row.kind, holdings, standing=standing, seen=seen, terms=terms).buyer
    kept = without_reserved(desk, row.id, holdings, moment.at_ms)
    return Claimant(row, Book(kept, moment.at_ms, moment.life_day), buyer, moment)


def _why_not(desk: Desk, known: Known, rule: PrizeRule, claimant: Claimant, times: int) -> Reason | None:
    revision, day = known.revision, claimant.moment.business_day
    usage = usage_before(desk, [revision], claimant.row.id, day).get(revision.programme, NOTHING_USED)
    refused = claim_refused(revision, rule, claimant.buyer, claimant.moment, usage, times)
    return refused or out_of_stock(desk, revision, rule, times)


def _buy(desk: Desk, known: Known, claimant: Claimant, times: int) -> dict[str, Any]:
    """Take the points of a prize out of the book; raises Rejection with the facts."""
    rule, programme = known.revision.rule, known.row.key
    assert isinstance(rule, PrizeRule)
    reason = _why_not(desk, known, rule, claimant, times)
    if reason is not None:
        raise Rejection("claim_refused", **{**reason.facts, "reason": reason.code, "programme": programme})
    price, book = rule.price_points * times, claimant.book
    short = points_missing(book, price)
    if short is not None and short.code == "points_owed":
        raise Rejection("owes", unit="points", owed=int(short.facts["owed"]))
    if short is not None:
        raise Rejection(
            "not_enough_points", asked=price, have=points_free(book), pending=book.pending(POINTS)
        )
    book.spend(POINTS, price)
    use = [known.revision.programme, times, times * (rule.worth_minor or 0)]
    return {"points": price, "rewards": 0, "uses": [use]}


def _take_earned(known: Known, claimant: Claimant, times: int) -> dict[str, Any]:
    """Take rewards that were earned out of the book; raises Rejection with the facts."""
    account, book = reward_account(known.row.key), claimant.book
    if known.kind.reward is None:
        raise Rejection("nothing_to_claim", programme=known.row.key)
    lots = _free_lots(book, account)
    have = sum(free for _, free in lots)
    if have < times:
        raise Rejection("not_enough_rewards", programme=known.row.key, asked=times, have=have)
    left = times
    for lot, free in lots:
        part = min(left, free)
        book.spend(account, part, [lot])
        left -= part
    return {"points": 0, "rewards": times}


def _free_lots(book: Book, account: Account) -> list[tuple[Lot, int]]:
    """List the lots of an account with what no sale on hold has reserved of them."""
    free = [(lot, lot.left - book.reserved_lots.get(lot.id, 0)) for lot in usable(book, account)]
    return [one for one in free if one[1] > 0]


def _held(desk: Desk, claimant: Claimant, account: Account) -> ClaimableView | None:
    lots = _free_lots(claimant.book, account)
    if not lots:
        return None
    known = desk.book.revision(lots[0][0].revision)
    return ClaimableView(
        programme=account[1],
        programme_name=known.row.name,
        what=called(desk, known).reward(desk.languages),
        price_points=0,
        at_most=sum(free for _, free in lots),
    )


def _prize(desk: Desk, claimant: Claimant, known: Known, rule: PrizeRule) -> ClaimableView:
    reason = _why_not(desk, known, rule, claimant, 1) or points_missing(claimant.book, rule.price_points)
    return ClaimableView(
        programme=known.row.key,
        programme_name=known.row.name,
        what=called(desk, known).reward(desk.languages),
        price_points=rule.price_points,
        at_most=_how_often(desk, claimant, known, rule) if reason is None else 0,
        reason=reason_words(known.revision.id, reason, desk.book, desk.languages) if reason else None,
    )


def _how_often(desk: Desk, claimant: Claimant, known: Known, rule: PrizeRule) -> int:
    """Find how many times at once: points are enough, and every limit holds."""
    low, high = 1, min(MAX_QUANTITY, points_free(claimant.book) // rule.price_points)
    while low < high:
        times = (low + high + 1) // 2
        low, high = (low, times - 1) if _why_not(desk, known, rule, claimant, times) else (times, high)
    return low


def hand_over(known: Known, times: int, languages: Languages) -> Sentence:
    """Say what the cashier gives away, and how often."""
    one = known.reward(languages)
    if times == 1:
        return one
    return both(
        languages, lambda say: say.t("{times} × {what}", times=say.number(times), what=one.said(say.code))
    )
