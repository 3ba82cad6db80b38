"""Discount codes on a sale: what a text stands for, and why it may not be used (rules 12, 31, 34, 35)."""

from collections.abc import Sequence
from hashlib import blake2b

from loyalty_pos.app.code_ports import CodeRow
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.held_codes import CODE, handed_again, hashed_texts, reserved_codes
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.programmes import Known
from loyalty_pos.domain.basket import HandedIn
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import DiscountRule
from loyalty_pos.domain.identifiers import code_from_bits, read_discount_code
from loyalty_pos.domain.keyboards import in_either_layout
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.quote import Quote
from loyalty_pos.domain.text import search_key
from loyalty_pos.domain.trace import Reason, TraceLine

_NEVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Handed:
    """The codes of a sale that may bring their benefit, and those left out where nobody insisted."""

    codes: tuple[HandedIn, ...] = ()
    left_out: tuple[TraceLine, ...] = ()
    once: frozenset[int] = frozenset()
    """Those of them that are good for one sale."""

    def untold(self, quote: Quote) -> tuple[TraceLine, ...]:
        """Tell of every code that the price itself does not speak of (rules 15)."""
        if not self.codes:
            return self.left_out
        told = {line.revision for line in quote.trace}
        spoken = {line.revision for line in quote.trace if line.family == "discount"}
        kept = dict.fromkeys(
            one.revision
            for one in self.codes
            if one.code not in quote.used_codes and one.revision not in (spoken if one.worth_minor else told)
        )
        saves_nothing = (TraceLine(revision, "discount", False, "code_saves_nothing") for revision in kept)
        return (*self.left_out, *saves_nothing)


_NO_CODES = Handed()


def hash_discount_code(value: int) -> bytes:
    """Hash a code of a batch: only this is kept."""
    return _hash(code_from_bits(value), b"code-v1")


def code_key(text: str) -> bytes:
    """Hash what a text says, in whatever spelling: a code of a batch, else a public word."""
    value = read_discount_code(text)
    return _hash(search_key(text), b"word-v1") if value is None else hash_discount_code(value)


def find_code(desk: Desk, text: str) -> CodeRow | None:
    """Find the code a text is, also when the other keyboard layout was on."""
    held = handed_again(desk, text, CODE)
    if held is not None:
        return desk.store.codes.get(held)
    return in_either_layout(text, lambda typed: desk.store.codes.find(code_key(typed)))


def by_code(known: Known) -> bool:
    """Whether a programme gives its benefit to codes only."""
    rule = known.revision.rule
    return isinstance(rule, DiscountRule) and rule.by_code


def live_of(desk: Desk, code: CodeRow) -> Known | None:
    """Return the revision a code brings: its programme's newest, while that is live and works by code.

    A voucher that a sale made keeps the revision that made it, whatever became of its programme.
    """
    if code.worth is not None:
        return desk.book.revision(code.worth.revision)
    return next((one for one in desk.book.live if one.row.programme == code.programme and by_code(one)), None)


def newest_of(desk: Desk, code: CodeRow) -> Known:
    """Return the newest revision of a code's programme, live or retired."""
    return desk.book.revision(next(one.revision for one in desk.newest() if one.programme == code.programme))


def hand_in(
    desk: Desk, texts: Sequence[str], member: MemberRow | None, moment: Moment, *, lenient: bool
) -> Handed:
    """Read the codes of a sale, soonest expiry first (rules 10); raises Rejection for one that cannot count.

    With `lenient` a code that is known but cannot be used is left out and told of instead (rules 12).
    """
    if not texts:
        return _NO_CODES
    found: dict[int, CodeRow] = {}
    for text in texts:
        code = find_code(desk, text)
        if code is None:
            raise Rejection("unknown_code")
        found[code.id] = code
    usable, left_out = [], []
    for code in found.values():
        live = live_of(desk, code)
        reason = why_not(desk, code, live, moment) or _not_theirs(desk, code, member)
        if reason is None and live is not None:
            last = None if code.worth else live.revision.condition.to_day
            ends = min(code.expires_on or _NEVER, last or _NEVER)
            worth = code.worth.worth_minor if code.worth else 0
            usable.append((ends, HandedIn(code.id, live.revision.id, worth)))
            continue
        assert reason is not None
        known = live or newest_of(desk, code)
        if not lenient:
            raise Rejection(reason.code, **{**reason.facts, "programme": known.row.name})
        left_out.append(TraceLine(known.revision.id, "discount", False, reason.code, reason.facts))
    once = frozenset(code.id for code in found.values() if code.word is None)
    return Handed(tuple(one for _, one in sorted(usable)), tuple(left_out), once)


def why_not(desk: Desk, code: CodeRow, live: Known | None, moment: Moment) -> Reason | None:
    """Say why nobody can use a code now; None when somebody can."""
    if code.voided:
        return Reason("code_void")
    if live is None:
        return Reason("code_programme_retired")
    if code.word is None and (used := desk.store.codes.used(code.id, None)):
        return Reason("code_used", {"day": used[0]})
    if code.expires_on is not None and code.expires_on < moment.life_day:
        return Reason("code_expired", {"day": code.expires_on})
    if code.word is None and code.id in reserved_codes(desk, moment.at_ms):
        return Reason("code_reserved")
    if code.worth is not None and moment.business_day < code.worth.from_day:
        return Reason("code_not_yet", {"day": code.worth.from_day})
    return None


def checked_codes(desk: Desk, texts: Sequence[str]) -> list[str]:
    """Return the codes of a request as they are hashed with it: by what they say, whatever the spelling."""
    return hashed_texts(desk, texts, CODE, code_key, desk.store.codes.hash_of)


def use_up(desk: Desk, quote: Quote, handed: Handed, sale: int, member: int | None) -> None:
    """Note which codes a sale used up."""
    for code in quote.used_codes:
        desk.store.codes.use(code, sale, member, once=code in handed.once)


def _not_theirs(desk: Desk, code: CodeRow, member: MemberRow | None) -> Reason | None:
    if member is None:
        return Reason("code_needs_member") if code.member or code.per_member else None
    if code.member is not None and code.member != member.id:
        return Reason("code_of_another_member")
    if code.per_member is None:
        return None
    used = desk.store.codes.used(code.id, member.id)
    if len(used) < code.per_member:
        return None
    return Reason("once_per_member", {"day": used[0], "times": len(used)})


def _hash(said: str, person: bytes) -> bytes:
    return blake2b(said.encode(), digest_size=32, person=person).digest()
