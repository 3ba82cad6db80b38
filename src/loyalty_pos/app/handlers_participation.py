"""Taking part: each answer is counted once and thanked for (product P7)."""

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.commands_games import RecordParticipation
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.events import ONCE
from loyalty_pos.app.game_views import AskView
from loyalty_pos.app.games import bare_gift
from loyalty_pos.app.gifts import given_now
from loyalty_pos.app.guest_views import AnswerView, ParticipationsView, ParticipationView
from loyalty_pos.app.handlers_claims import Claimant, claimant_of
from loyalty_pos.app.people import the_member
from loyalty_pos.app.ports import MemberRow, StoredPosting
from loyalty_pos.app.programme_uses import note_uses, usage_before
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.queries_games import Participations
from loyalty_pos.app.records import read_record
from loyalty_pos.app.sale_views import earned_of, gift_why
from loyalty_pos.app.wording import posting_key, text_field
from loyalty_pos.domain.claiming import NO_GOODS
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import UNLIMITED
from loyalty_pos.domain.limits import NOTHING_USED, allowance_of
from loyalty_pos.domain.text import clean, latin_digits
from loyalty_pos.domain.trace import Reason

ANSWER_AT_MOST = 300
RATINGS = ("1", "2", "3", "4", "5")
_LAST = 2**62


def record_participation(desk: Desk, command: RecordParticipation) -> ParticipationView:
    """Count an answer; the same request again under its key changes nothing (rules 8)."""
    key = posting_key("posting_id", command.posting_id)
    with desk.store.transaction():
        desk.refresh()  # nobody else can publish from here on
        row = the_member(desk, command.member)
        known = _question(desk, command.programme)
        answer = _answer(known, str(command.answer))
        request = {"participation": known.row.key, "member": row.ref, "answer": answer}
        stored = desk.store.ledger.posting(key)
        if stored is None:
            _post(desk, key, request, desk.book.live_named(known.row.key), row, answer)
            stored = desk.store.ledger.posting(key)
        elif stored.kind != "participation" or not same_request(desk, stored.request_hash, request, row):
            raise Rejection("key_taken", sale_id=key)
        assert stored is not None
        return _view(desk, stored, row, known, answer)


def participations(desk: Desk, query: Participations) -> ParticipationsView:
    """Count the answers to a question, live or retired."""
    known = _question(desk, query.programme)
    guests, number = desk.store.guests, known.row.programme
    counts = dict(guests.answers(number))
    rows = guests.last_answers(number, query.before or _LAST, query.limit)
    ratings = [(int(text), count) for text, count in counts.items() if text in RATINGS]
    rated = sum(count for _, count in ratings) if known.params.what == "feedback" else 0
    members = {row.member: desk.store.members.get(row.member) for row in rows}
    return ParticipationsView(
        programme=known.row.key,
        programme_name=known.row.name,
        question=known.params.question or "",
        count=guests.count_answers(number),
        by_answer=counts,
        average_milli=sum(text * count for text, count in ratings) * 1000 // rated if rated else 0,
        last=tuple(
            AnswerView(
                member=members[row.member].ref,
                member_name=members[row.member].name,
                day=row.day,
                answer=row.answer,
            )
            for row in rows
        ),
        next=rows[-1].posting if len(rows) == query.limit else None,
    )


def asks_of_member(desk: Desk, row: MemberRow) -> tuple[AskView, ...]:
    """List the questions a member may answer now."""
    live = [known for known in desk.book.live if known.row.kind == "participation"]
    if not live:
        return ()
    claimant = claimant_of(desk, row)
    return tuple(
        AskView(
            programme=known.row.key,
            programme_name=known.row.name,
            what=known.params.what,
            question=known.params.question or "",
            choices=tuple(known.params.choices),
            points=known.params.points or 0,
            credit_minor=known.params.credit_minor or 0,
        )
        for known in live
        if _why_not(desk, known, claimant) is None
    )


def _post(desk: Desk, key: str, request: dict[str, str], known: Known, row: MemberRow, answer: str) -> None:
    claimant = claimant_of(desk, row)
    moment, number = claimant.moment, known.row.programme
    reason = _why_not(desk, known, claimant)
    if reason is not None:
        facts = {**reason.facts, "reason": reason.code, "programme": known.row.key}
        raise Rejection("answered_already" if reason.code == "answered" else "claim_refused", **facts)
    gift = given_now(desk, row, moment, [bare_gift(known.revision)], {known.revision.id: ONCE})
    # Ideas and answers in words may say anything about anybody: they can be forgotten, the record cannot.
    said = {"answer": answer} if known.params.what in ("feedback", "vote") else {}
    record = {
        "programme": known.row.key,
        "revision": known.revision.id,
        **said,
        "earned": [],
        "trace": [],
        **gift.record,
    }
    posting = desk.posting(key, request, "participation", row.id, moment, record, gift.movements)
    seq = desk.store.ledger.append(posting)
    note_uses(desk, record, row.id, moment.business_day)
    desk.store.guests.add_answer(seq, number, row.id, moment.business_day, answer)


def _question(desk: Desk, programme: str) -> Known:
    known = desk.book.newest_named(text_field("programme", programme, 64))
    if known.row.kind != "participation":
        raise Rejection("no_question", programme=known.row.key)
    return known


def _answer(known: Known, text: str) -> str:
    answer = text_field("answer", text, ANSWER_AT_MOST)
    if known.params.what == "feedback":
        answer = latin_digits(answer)
        if answer not in RATINGS:
            raise InvalidRequest("answer", "out_of_range", low=1, high=5)
    if known.params.what == "vote":
        answer = clean(answer)
        if answer not in known.params.choices:
            raise InvalidRequest("answer", "not_a_choice", expected=", ".join(known.params.choices))
    return answer


def _why_not(desk: Desk, known: Known, claimant: Claimant) -> Reason | None:
    revision, day = known.revision, claimant.moment.business_day
    reason = revision.condition.why_not(claimant.buyer, claimant.moment, NO_GOODS)
    if reason is not None:
        return reason
    first = day if known.params.each == "day" else ""
    if desk.store.guests.answered(revision.programme, claimant.row.id, first):
        return Reason("answered")
    if revision.limits is UNLIMITED:
        return None
    usage = usage_before(desk, [revision], claimant.row.id, day).get(revision.programme, NOTHING_USED)
    left = allowance_of(revision, usage, NOTHING_USED, desk.shop.money_step_minor)
    return left if isinstance(left, Reason) else None


def _view(desk: Desk, stored: StoredPosting, row: MemberRow, known: Known, answer: str) -> ParticipationView:
    record = read_record(stored.record)
    earned = earned_of(record)
    return ParticipationView(
        posting_id=stored.key,
        member=row.ref,
        programme=known.row.key,
        programme_name=known.row.name,
        answer=answer,
        points=earned.points,
        credit_minor=earned.credit_minor,
        why=gift_why(desk, record),
    )
