"""Discount codes: issued in batches or as one word, looked at, taken out of use (rules 34, 35)."""

from collections.abc import Mapping, Sequence

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.code_ports import CodeRow, NewCode
from loyalty_pos.app.code_views import CodeState, CodesView, CodeView, IssuedCode
from loyalty_pos.app.codes import (
    by_code,
    code_key,
    find_code,
    hash_discount_code,
    live_of,
    newest_of,
    why_not,
)
from loyalty_pos.app.commands import IssueCodes, IssueVoucher, VoidCode
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.people import find_exactly, the_member
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.dates import read_day
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.identifiers import code_from_bits, discount_barcode, looks_like
from loyalty_pos.domain.money import MAX_QUANTITY

CODES_AT_MOST = 1_000
WORD_AT_MOST = 64
_SHORTEST_WORD = 3
_STATES: Mapping[str, CodeState] = {
    "code_void": "void",
    "code_programme_retired": "retired",
    "code_used": "used",
    "code_expired": "expired",
    "code_not_yet": "waiting",
    "code_reserved": "reserved",
}


def issue_codes(desk: Desk, command: IssueCodes) -> CodesView:
    """Issue codes; the same request again under its key answers the same, but never shows a secret twice."""
    key = posting_key(command.posting_id)
    checked(command.count, "count", 1, CODES_AT_MOST)
    with desk.store.transaction():
        known, member = desk.book.live_named(command.programme), _whose(desk, command)
        if not by_code(known):
            raise Rejection("no_programme_of_codes", programme=known.row.name)
        word, expires = _word(desk, command), last_day(desk, command.expires)
        request = {
            "issue": command.programme,
            "count": command.count,
            "word": word,
            "member": member.ref if member else None,
            "expires_on": expires,
            "per_member": command.per_member,
        }
        posted = desk.store.ledger.posting(key)
        if posted is not None:
            if not same_request(desk, posted.request_hash, request, member):
                raise Rejection("key_taken", sale_id=key)
            if word is None:
                raise Rejection("codes_shown_once", posting_id=key)
            return _issued(known, member, command, expires, (IssuedCode(code=word),))
        if word is not None:
            _refuse_taken(desk, word)
            issued: tuple[IssuedCode, ...] = (IssuedCode(code=word),)
            hashes = [code_key(word)]
        else:
            bits = [desk.chance.code_bits() for _ in range(command.count)]
            issued = tuple(IssuedCode(code=code_from_bits(n), barcode=discount_barcode(n)) for n in bits)
            hashes = [hash_discount_code(n) for n in bits]
        owner = member.id if member else None
        terms = NewCode(0, b"", word, known.row.programme, owner, command.per_member, expires)
        _append(desk, key, request, command.programme, terms, hashes)
    return _issued(known, member, command, expires, issued)


def issue_voucher(desk: Desk, command: IssueVoucher) -> CodesView:
    """Issue one code to a member; without one only where the owner said `bearer` (rules 35)."""
    if command.bearer == (command.member is not None):
        raise InvalidRequest("member", "not_here" if command.bearer else "missing")
    return issue_codes(
        desk,
        IssueCodes(
            posting_id=command.posting_id,
            programme=command.programme,
            member=command.member,
            expires=command.expires,
        ),
    )


def void_code(desk: Desk, command: VoidCode, number: int) -> CodeView:
    """Take a code out of use; asked again, or for one that already is, it answers the same."""
    key = posting_key(command.posting_id)
    with desk.store.transaction():
        code = desk.store.codes.get(number)
        request = {"void_code": code.id}
        posted = desk.store.ledger.posting(key)
        if posted is not None and posted.request_hash != request_hash(request):
            raise Rejection("key_taken", sale_id=key)
        if posted is None and not code.voided:
            record = {"code": code.id}
            posting = desk.posting(key, request, "code_void", code.member, desk.now(), record)
            desk.store.codes.void(code.id, desk.store.ledger.append(posting))
            code = code._replace(voided=True)
        return code_view(desk, code)


def code_view(desk: Desk, code: CodeRow) -> CodeView:
    """Describe a code as of now."""
    live = live_of(desk, code)
    reason = why_not(desk, code, live, desk.now())
    known = live or newest_of(desk, code)
    member = desk.store.members.get(code.member) if code.member is not None else None
    day = reason.facts.get("day") if reason else None
    return CodeView(
        programme=known.row.key,
        programme_name=known.row.name,
        state=_STATES[reason.code] if reason else "issued",
        text=code.word or "",
        worth_minor=code.worth.worth_minor if code.worth else 0,
        from_day=code.worth.from_day if code.worth else None,
        member=member.ref if member else None,
        member_name=member.name if member else "",
        per_member=code.per_member,
        expires_on=code.expires_on,
        day=None if day is None else str(day),
    )


def could_be_word(text: str, looks: str) -> bool:
    """Whether a text may be a public word: it has letters, and no form of a number of ours."""
    return looks in ("name", "card") and any(char.isalpha() for char in text)


def posting_key(text: str) -> str:
    """Return the key a request posts under; raises InvalidRequest."""
    key = text_field("posting_id", text, 64)
    if ":" in key:
        raise InvalidRequest("posting_id", "not_valid")
    return key


def _whose(desk: Desk, command: IssueCodes) -> MemberRow | None:
    return None if command.member is None else the_member(desk, command.member)


def _word(desk: Desk, command: IssueCodes) -> str | None:
    """Return the public word asked for; raises InvalidRequest for one that would be taken for a number."""
    if command.text is None:
        if command.per_member is not None:
            raise InvalidRequest("per_member", "not_here")
        return None
    if command.count != 1:
        raise InvalidRequest("count", "not_here")
    if command.per_member is not None:
        checked(command.per_member, "per_member", 1, MAX_QUANTITY)
    word = text_field("text", command.text, WORD_AT_MOST)
    looks = looks_like(word, lambda typed: desk.shop.phone(typed) is not None)
    if len(word) < _SHORTEST_WORD or not could_be_word(word, looks):
        raise InvalidRequest("text", "not_valid")
    return word


def last_day(desk: Desk, text: str | None) -> str | None:
    """Read the last day something issued today is good for; raises InvalidRequest."""
    if text is None:
        return None
    if (day := read_day(text)) is None:
        raise InvalidRequest("expires", "not_a_day")
    if day < desk.now().business_day:
        raise InvalidRequest("expires", "out_of_range")
    return day


def _refuse_taken(desk: Desk, word: str) -> None:
    if find_code(desk, word) is not None or find_exactly(desk, word) is not None:
        raise Rejection("code_taken", text=word)


def _append(
    desk: Desk, key: str, request: object, programme: str, terms: NewCode, hashes: Sequence[bytes]
) -> None:
    first = desk.store.codes.next_id()
    codes = [terms._replace(id=number, code_hash=said) for number, said in enumerate(hashes, first)]
    record = {
        "programme": programme,
        "word": terms.word,
        "per_member": terms.per_member,
        "expires_on": terms.expires_on,
        "codes": [[code.id, code.code_hash.hex()] for code in codes],
    }
    seq = desk.store.ledger.append(desk.posting(key, request, "codes", terms.member, desk.now(), record))
    desk.store.codes.add(codes, seq)


def _issued(
    known: Known,
    member: MemberRow | None,
    command: IssueCodes,
    expires: str | None,
    codes: tuple[IssuedCode, ...],
) -> CodesView:
    return CodesView(
        programme=known.row.key,
        programme_name=known.row.name,
        codes=codes,
        member=member.ref if member else None,
        member_name=member.name if member else "",
        per_member=command.per_member,
        expires_on=expires,
    )
