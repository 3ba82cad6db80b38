"""Two members become one, and two again (rules 32)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from loyalty_pos.app.commands_people import Duplicates, MergeMembers, Merges, QuoteMerge, UndoMerge
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.handlers_members import candidate
from loyalty_pos.app.merge_port import MergeRow
from loyalty_pos.app.merge_views import merge_view, view_of_merge
from loyalty_pos.app.months import recount_members
from loyalty_pos.app.people import find_exactly, the_member
from loyalty_pos.app.people_views import DuplicatesView, MergesView, MergeView, PairView
from loyalty_pos.app.ports import MemberRow, PersonRow
from loyalty_pos.app.records import balances_record, moved_of, moved_record, read_record, tier_record
from loyalty_pos.app.sold import step_of
from loyalty_pos.app.standings import note_change, standing_of
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.counting import Counted, Counts
from loyalty_pos.domain.dates import add_days
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.identifiers import card_key
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Account, Book, Holdings, reward_account
from loyalty_pos.domain.merging import can_be_undone, hand_over, take_over, undone
from loyalty_pos.domain.take_back import Step
from loyalty_pos.domain.text import search_key
from loyalty_pos.domain.tiers import Standing

_OF_ROW = ("name", "phone", "note")


@dataclass(frozen=True, slots=True)
class _Merge:
    """A merge worked out and not yet posted."""

    keep: MemberRow
    drop: MemberRow
    moment: Moment
    given: Book
    book: Book
    person: PersonRow
    changed: Mapping[str, Sequence[object]]
    lists: Sequence[str]
    record: dict[str, Any]
    stood: Standing | None
    stands: Standing | None


def merge_members(desk: Desk, command: MergeMembers) -> MergeView:
    """Make two members one; asked again it answers the same."""
    with desk.store.transaction():
        desk.refresh()
        keep = the_member(desk, command.keep)
        drop = the_member(desk, command.drop)
        if drop.id == keep.id:
            return _merged_before(desk, keep, command)
        posting = _post(desk, _work_out(desk, keep, drop))
        row = desk.store.merges.last(keep.id, drop.id)
        assert row is not None and row.posting == posting
    return merge_view(desk, row)


def quote_merge(desk: Desk, query: QuoteMerge) -> MergeView:
    keep, drop = the_member(desk, query.keep), the_member(desk, query.drop)
    if keep.id == drop.id:
        return _merged_before(desk, keep, query)
    return view_of_merge(
        desk, _work_out(desk, keep, drop).record, keep_name=keep.name or drop.name, drop_name=drop.name
    )


def undo_merge(desk: Desk, command: UndoMerge) -> MergeView:
    """Take a merge back until the survivor's next sale; asked again it answers the same."""
    with desk.store.transaction():
        keep, row = _merge_of(desk, command)
        if row.undone is None:
            _undo(desk, keep, row)
            again = desk.store.merges.last(row.keep, row.dropped)
            assert again is not None
            row = again
    return merge_view(desk, row)


def merges(desk: Desk, query: Merges) -> MergesView:
    keep = the_member(desk, query.member)
    return MergesView(merges=tuple(merge_view(desk, row) for row in desk.store.merges.into(keep.id)))


def duplicates(desk: Desk, query: Duplicates) -> DuplicatesView:
    member = None if query.member is None else the_member(desk, query.member).id
    assert desk.shop
    pairs = []
    for one, other, why in desk.store.merges.alike(member, query.limit):
        rows = [desk.store.members.get(number) for number in (one, other)]
        if member is None:  # who came more often stays
            rows.sort(key=lambda row: (-row.visits, row.id))
        pairs.append(PairView(keep=candidate(rows[0]), drop=candidate(rows[1]), why=why))
    return DuplicatesView(pairs=tuple(pairs))


def _merged_before(desk: Desk, keep: MemberRow, asked: MergeMembers | QuoteMerge) -> MergeView:
    row = _standing_merge(desk, keep, asked)
    if row is None:
        raise Rejection("same_member", member=keep.ref)
    return merge_view(desk, row)


def _standing_merge(
    desk: Desk, keep: MemberRow, asked: MergeMembers | QuoteMerge | UndoMerge
) -> MergeRow | None:
    """Find the merge that the names of both mean; who was dropped may stand for others dropped before."""
    merges, number = desk.store.merges, _merged_away(desk, asked.drop)
    row = None if number is None else merges.standing(number)
    if row is not None and row.keep != keep.id:
        into = _merged_away(desk, asked.keep) or keep.id
        while row is not None and row.keep != into:
            row = merges.standing(row.keep)
    return row


def _merged_away(desk: Desk, text: str) -> int | None:
    key = card_key(text)
    found = desk.store.merges.named(key, key.lower(), desk.shop.phone(text))
    return None if found is None else found[0]


def _merge_of(desk: Desk, command: UndoMerge) -> tuple[MemberRow, MergeRow]:
    keep, drop = the_member(desk, command.keep), find_exactly(desk, command.drop)
    row = _standing_merge(desk, keep, command)
    if row is None and drop is not None:
        row = desk.store.merges.last(keep.id, drop.id)
    if row is None or row.keep != keep.id:
        raise Rejection("not_merged")
    return keep, row


def _work_out(desk: Desk, keep: MemberRow, drop: MemberRow) -> _Merge:
    if keep.kind != drop.kind:
        raise Rejection("other_kind")
    moment, ledger = desk.now(), desk.store.ledger
    mine, theirs = ledger.holdings(keep.id), ledger.holdings(drop.id)
    given = Book(theirs, moment.at_ms, moment.life_day)
    before = balances_record(given, [one.revision for one in desk.book.live])
    counted = hand_over(given)
    whole = Holdings((*mine.lots, *theirs.lots), mine.plain)
    book = Book(whole, moment.at_ms, moment.life_day)
    take_over(book, counted, _steps(desk, counted, moment))
    person, changed = _written(desk, keep, drop)
    stood, stands = _standing(desk, keep, drop, moment)
    lists = [row.key for row in desk.newest() if row.programme in desk.store.segments.of_member(drop.id)]
    record = {
        "keep": keep.ref,
        "drop": drop.ref,
        "members": list(desk.store.merges.family(drop.id)),
        "moved": moved_record(book),
        "brings": {
            "balances": before,
            "lots": len([lot for lot in theirs.lots if lot.live(moment.life_day)]),
            "visits": drop.visits,
            "spend_minor": drop.spend_minor,
            "cards": len(desk.store.members.cards(drop.id)),
            "phone": drop.phone is not None,
            "vouchers": len([one for one in desk.store.codes.of_member(drop.id) if _unused(desk, one.id)]),
            "gift_cards": desk.store.merges.gift_cards(drop.id),
            "segments": lists,
        },
        "visits": keep.visits + drop.visits,
        "spend_minor": keep.spend_minor + drop.spend_minor,
        "last_visit_day": keep.last_visit_day,
        "tier": tier_record(stood, stands),
        "held": stood.held if stood else None,
        "consent": person.consent,
        "filled": sorted(changed),
        "balances": balances_record(book, [one.revision for one in desk.book.live]),
    }
    return _Merge(keep, drop, moment, given, book, person, changed, lists, record, stood, stands)


def _unused(desk: Desk, code: int) -> bool:
    return not desk.store.codes.used(code, None)


def _steps(desk: Desk, counted: Mapping[Account, int], moment: Moment) -> dict[str, tuple[Step, Account]]:
    """Say of every programme that progress comes over from how it converts now, and into what."""
    found = {}
    for programme in sorted({key for unit, key in counted if unit in ("progress", "owed_progress")}):
        rule = desk.book.newest_named(programme).revision.rule
        assert isinstance(rule, EarnRule)
        unit = rule.yield_unit
        yields = reward_account(programme) if unit == "reward" else (unit, "")
        found[programme] = (step_of(desk, programme, moment), yields)
    return found


def _standing(
    desk: Desk, keep: MemberRow, drop: MemberRow, moment: Moment
) -> tuple[Standing | None, Standing | None]:
    """Work the level out anew: both spends together, and no lower than either of them stood."""
    before, other = standing_of(desk, keep, moment), standing_of(desk, drop, moment)
    if before is None or other is None:
        return None, None
    higher = before if before.position >= other.position else other
    held = higher.level.key if higher.level else None
    counted, earlier = _together(desk, (keep, before), (drop, other), moment.business_day)
    both = replace(before, counted=counted, earlier=earlier, held=held)
    return before, replace(both, held=both.level.key if both.level else None)


def _together(
    desk: Desk, one: tuple[MemberRow, Standing], two: tuple[MemberRow, Standing], day: str
) -> Counted:
    """Sum what two members count; a day both of them came is one day."""
    span = desk.shop.level_span(one[1].rule, day)
    mine, theirs = (Counted(standing.counted, standing.earlier) for _, standing in (one, two))
    now, earlier = (
        Counts(visit_days=desk.store.standings.shared_days(one[0].id, two[0].id, *days))
        for days in ((span.first, day), (span.earlier, add_days(span.first, -1)))
    )
    both = mine.plus(theirs)
    return Counted(both.now.less(now), both.earlier.less(earlier))


def _written(
    desk: Desk, keep: MemberRow, drop: MemberRow
) -> tuple[PersonRow, dict[str, tuple[object, object]]]:
    """Fill what the survivor has not written down; consent takes the stricter."""
    mine, theirs = desk.store.members.person(keep.id), desk.store.members.person(drop.id)
    after: dict[str, Any] = {
        "name": keep.name or drop.name,
        "phone": keep.phone or drop.phone,
        "note": keep.note or drop.note,
        "birthday": mine.birthday or theirs.birthday,
        "city": mine.city or theirs.city,
        "tags": list(dict.fromkeys([*mine.tags, *theirs.tags])),
        "interests": list(dict.fromkeys([*mine.interests, *theirs.interests])),
        "consent": mine.consent and theirs.consent,
        "gender": mine.gender if mine.gender != "unknown" else theirs.gender,
    }
    changed = {
        name: (_said(mine, name), value) for name, value in after.items() if _said(mine, name) != value
    }
    return _with(mine, {name: value for name, (_, value) in changed.items()}), changed


def _said(person: PersonRow, name: str) -> Any:
    value = getattr(person.member if name in _OF_ROW else person, name)
    return list(value) if name in ("tags", "interests") else value


def _with(person: PersonRow, values: Mapping[str, Any]) -> PersonRow:
    of_row = {name: value for name, value in values.items() if name in _OF_ROW}
    rest = {name: value for name, value in values.items() if name not in _OF_ROW}
    return replace(person, member=person.member._replace(**of_row), **rest)


def _post(desk: Desk, merge: _Merge) -> int:
    """Append what was worked out: what goes, under the name of who goes, then what comes."""
    keep, drop, moment, merges = merge.keep, merge.drop, merge.moment, desk.store.merges
    key = f"merge:{drop.ref}:{merges.count(drop.id) + 1}"
    request = {"merge": keep.ref, "drop": drop.ref}
    said = {"into": keep.ref, "moved": moved_record(merge.given)}
    out = desk.posting(f"{key}:out", request, "merged", drop.id, moment, said, tuple(merge.given.movements))
    desk.store.ledger.append(out)
    added = _move_lists(desk, drop, keep, merge.lists, moment)
    merges.merge(keep.id, drop.id)
    movements = tuple(merge.book.movements)
    record = {**merge.record, "added": added}
    seq = desk.store.ledger.append(desk.posting(key, request, "merge", keep.id, moment, record, movements))
    merges.note(keep.id, drop.id, seq)
    merges.remember(drop.id, merge.changed)
    if merge.changed:
        desk.store.members.edit(merge.person, search_key(merge.person.member.name))
    desk.store.uses.count_members_anew([keep.id, *merge.record["members"]])
    if merge.stood is not None and merge.stands is not None:
        note_change(desk, keep.id, merge.stood, merge.stands, seq)
    recount_members(desk, keep.id, drop.id)
    return seq


def _move_lists(
    desk: Desk, from_: MemberRow, to: MemberRow, keys: Sequence[str], moment: Moment
) -> list[str]:
    """Take a member off hand-made lists and put another one there; returns where that one was not yet."""
    _list(desk, from_, keys, moment, listed=False)
    return _list(desk, to, keys, moment, listed=True)


def _list(desk: Desk, row: MemberRow, keys: Sequence[str], moment: Moment, *, listed: bool) -> list[str]:
    """Put a member on lists or take them off; returns the lists this changed."""
    segments, changed = desk.store.segments, []
    for key in keys:
        programme = desk.book.newest_named(key).row.programme
        if (programme in segments.of_member(row.id)) == listed:
            continue
        record = {"segment": key, "member": row.ref, "listed": int(listed)}
        name = f"segment:{desk.chance.ref()}"
        seq = desk.store.ledger.append(desk.posting(name, record, "segment", row.id, moment, record))
        if listed:
            segments.add(programme, row.id, seq)
        else:
            segments.remove(programme, row.id)
        changed.append(key)
    return changed


def _undo(desk: Desk, keep: MemberRow, row: MergeRow) -> None:
    merges, ledger, moment = desk.store.merges, desk.store.ledger, desk.now()
    posted, out = ledger.posting(row.key), ledger.posting(f"{row.key}:out")
    assert posted is not None and out is not None
    record = read_record(posted.record)
    movements = undone(ledger.entries(row.posting))
    book = Book(ledger.holdings(keep.id, row.posting), moment.at_ms, moment.life_day)
    if merges.moved_since(merges.family(keep.id), row.posting) or not can_be_undone(book, movements):
        raise Rejection("merge_settled")
    _write_back(desk, keep, row)
    key, request = f"undo:{row.key}", {"undo": row.key}
    said: dict[str, Any] = {"merge": row.posting, "moved": moved_of(movements)}
    stood, programme = _stood(desk, keep, record)
    if stood != record["held"]:
        said["tier"] = [stood, record["held"], programme]
    seq = ledger.append(desk.posting(key, request, "unmerge", keep.id, moment, said, movements))
    merges.undo(row, record["members"], record["last_visit_day"])
    merges.note_undone(row, seq)
    back = undone(ledger.entries(out.seq))
    said = {"from": keep.ref, "moved": moved_of(back)}
    ledger.append(desk.posting(f"{key}:out", request, "unmerged", row.dropped, moment, said, back))
    drop = desk.store.members.get(row.dropped)
    _list(desk, keep, record["added"], moment, listed=False)
    _list(desk, drop, record["brings"]["segments"], moment, listed=True)
    desk.store.uses.count_members_anew([keep.id, *record["members"]])
    if stood != record["held"]:
        desk.store.standings.stand(keep.id, programme, stood, record["held"], seq)
    recount_members(desk, keep.id, row.dropped)


def _stood(desk: Desk, keep: MemberRow, record: Mapping[str, Any]) -> tuple[str | None, int]:
    """Return the level a merge being undone leaves its survivor on; one given by hand since then stays."""
    _, after, programme = record["tier"]
    if programme is None or record["held"] == after:
        return record["held"], 0
    level, _, kind = next(desk.store.standings.moves(keep.id, programme))
    return (record["held"] if kind == "set_tier" else level), programme


def _write_back(desk: Desk, keep: MemberRow, row: MergeRow) -> None:
    """Take out of the survivor's person row what the merge wrote there and nobody has changed since."""
    members = desk.store.members
    mine = members.person(keep.id)
    changed = desk.store.merges.changed(row.dropped)
    values = {name: before for name, (before, after) in changed.items() if _said(mine, name) == after}
    person = _with(mine, values)
    phone = desk.store.merges.phone(row.dropped)
    if phone is not None and person.member.phone == phone:  # nobody else can have taken it meanwhile
        raise Rejection("phone_taken", member=keep.ref, name=keep.name)
    if values:
        members.edit(person, search_key(person.member.name))
