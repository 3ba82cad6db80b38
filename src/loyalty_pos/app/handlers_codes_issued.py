"""What a programme's codes came to: counted, listed by what was issued together, taken back together."""

from typing import Literal

from loyalty_pos.app.code_ports import CodeCounts, CodeIssue
from loyalty_pos.app.code_views import CodeCountsView, CodeIssueView, ProgrammeCodesView
from loyalty_pos.app.commands import VoidCodes
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.handlers_codes import posting_key
from loyalty_pos.app.queries import Codes
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.money import MAX_AMOUNT


def codes(desk: Desk, query: Codes) -> ProgrammeCodesView:
    """Count a programme's codes and list what was issued together, newest first."""
    known = desk.book.newest_named(query.programme)
    before = MAX_AMOUNT if query.before is None else checked(query.before, "before", 0, MAX_AMOUNT)
    number, today = known.row.programme, desk.now().business_day
    found = desk.store.codes.issues(number, today, before, query.limit)
    return ProgrammeCodesView(
        programme=known.row.key,
        programme_name=known.row.name,
        counts=_counts(desk.store.codes.counts(number, today)),
        issues=tuple(_issue(desk, each) for each in found),
        next=found[-1].posting if len(found) == query.limit else None,
    )


def void_codes(desk: Desk, command: VoidCodes) -> CodeIssueView:
    """Take out of use what is still open of one issue; with nothing open it answers the same."""
    key = posting_key(command.posting_id)
    with desk.store.transaction():
        issued = desk.store.ledger.posting(text_field("issue", command.issue, 64))
        if issued is None or issued.kind != "codes":
            raise Rejection("unknown_issue")
        request = {"void_codes": issued.seq}
        posted = desk.store.ledger.posting(key)
        if posted is not None and posted.request_hash != request_hash(request):
            raise Rejection("key_taken", sale_id=key)
        before = desk.store.codes.issue(issued.seq, desk.now().business_day)
        for code in desk.store.codes.open_of(issued.seq) if posted is None else ():
            posting = desk.posting(key, request, "code_void", before.member, desk.now(), {"code": code})
            desk.store.codes.void(code, desk.store.ledger.append(posting))
            key = f"void_codes:{command.posting_id.strip()}:{code}"
        return _issue(desk, desk.store.codes.issue(issued.seq, desk.now().business_day))


def _issue(desk: Desk, issue: CodeIssue) -> CodeIssueView:
    member = None if issue.member is None else desk.store.members.get(issue.member)
    return CodeIssueView(
        issue=issue.key,
        day=issue.day,
        state=_state(issue, desk.now().life_day),
        counts=_counts(issue.counts),
        word=issue.word or "",
        member=member.ref if member else None,
        member_name=member.name if member else "",
        per_member=issue.per_member,
        expires_on=issue.expires_on,
    )


def _state(issue: CodeIssue, today: str) -> Literal["open", "done", "void", "expired"]:
    """Say whether anything of an issue may still be used, else why not."""
    counts = _counts(issue.counts)
    if issue.word is not None:
        late = issue.expires_on is not None and issue.expires_on < today
        return "void" if issue.word_void else "expired" if late else "open"
    if counts.open:
        return "open"
    return "expired" if counts.expired else "void" if counts.void else "done"


def _counts(counts: CodeCounts) -> CodeCountsView:
    return CodeCountsView(
        issued=counts.issued,
        used=counts.used,
        void=counts.void,
        expired=counts.expired,
        uses=counts.uses,
    )
