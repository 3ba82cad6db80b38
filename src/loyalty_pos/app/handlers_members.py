"""Members: enrolling, looking at one, and finding out what a text means."""

from collections.abc import Mapping, Sequence

from loyalty_pos.app.codes import find_code
from loyalty_pos.app.commands import EnrolMember, LinkCard
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.game_views import PlayingView
from loyalty_pos.app.gift_cards import find_gift_card
from loyalty_pos.app.gifts import gifts_of
from loyalty_pos.app.handlers_codes import code_view, could_be_word
from loyalty_pos.app.handlers_gift_cards import gift_card_view
from loyalty_pos.app.handlers_shop import product_view
from loyalty_pos.app.named import called
from loyalty_pos.app.pasts import Past, segments_of
from loyalty_pos.app.people import TEXT_AT_MOST, find_exactly, hash_code, the_member
from loyalty_pos.app.playing import playing_of
from loyalty_pos.app.ports import LotEnd, LotOrigin, MemberRow, NewMember, SaleRow
from loyalty_pos.app.programme_uses import note_uses
from loyalty_pos.app.queries import Identify, Member
from loyalty_pos.app.reservations import reserved_of
from loyalty_pos.app.sale_views import sale_view
from loyalty_pos.app.standings import standing_of, standing_view
from loyalty_pos.app.sweeping import ending_views, unit_name
from loyalty_pos.app.term_state import term_views
from loyalty_pos.app.views import (
    CandidateView,
    IdentifyView,
    LotView,
    MemberView,
    OwedView,
    ProgressView,
    RewardView,
)
from loyalty_pos.app.wording import number_field, text_field
from loyalty_pos.domain.dates import read_day
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.identifiers import (
    LAST_DIGITS,
    Kind,
    card_key,
    looks_like,
    read_receipt_barcode,
    read_value_code,
)
from loyalty_pos.domain.ledger import CREDIT, POINTS, Account, Book, Lot
from loyalty_pos.domain.text import clean, latin_digits, search_key, strip_isolates

CANDIDATES_SHOWN = 20


def enrol_member(desk: Desk, command: EnrolMember) -> MemberView:
    moment = desk.now()
    member = new_member(desk, command, moment.business_day, moment.at_ms)
    with desk.store.transaction():
        desk.refresh()  # a gift for joining is what is live now
        _refuse_known(desk, member)
        brought_by = referred_by(desk, command)
        number = desk.store.members.add(member)
        said = {"member": member.ref, "kind": member.kind}
        if brought_by is not None:
            said["referred_by"] = brought_by
        gifts = gifts_of(desk, desk.store.members.get(number), moment, "join", "profile")
        record = {**said, **gifts.record}
        posting = desk.posting(
            f"enrol:{member.ref}", said, "enrolment", number, moment, record, gifts.movements
        )
        desk.store.ledger.append(posting)
        note_uses(desk, record, number, moment.business_day)
    return member_view(desk, desk.store.members.get(number))


def referred_by(desk: Desk, command: EnrolMember) -> str | None:
    """Name the member who brought a new one; raises Rejection for nobody, and for oneself."""
    text = command.referred_by
    if text is None or not text.strip():
        return None
    known = find_exactly(desk, text[:TEXT_AT_MOST])
    if known is not None:
        return known.ref
    card = card_key(command.card or "")
    own_phone = desk.shop.phone(command.phone) if command.phone else None
    if card_key(text) == card or (own_phone is not None and desk.shop.phone(text) == own_phone):
        raise Rejection("self_referral")
    raise Rejection("unknown_referrer", member=text)


def link_card(desk: Desk, command: LinkCard) -> MemberView:
    """Give a member one more card; asked again, or for a card they have, it answers the same."""
    number = number_field("card", command.card)
    with desk.store.transaction():
        row = the_member(desk, command.member)
        known = desk.store.members.by_card(number)
        if known is not None and known.id != row.id:
            raise Rejection("card_taken", member=known.ref, name=known.name)
        if known is None:
            moment = desk.now()
            record = {"member": row.ref, "cards": len(desk.store.members.cards(row.id)) + 1}
            key = f"card:{desk.chance.ref()}"
            desk.store.ledger.append(desk.posting(key, record, "card", row.id, moment, record))
            desk.store.members.add_card(number, row.id)
    return member_view(desk, row)


def member(desk: Desk, query: Member) -> MemberView:
    return member_view(desk, the_member(desk, query.member))


def identify(desk: Desk, query: Identify) -> IdentifyView:
    """Tell what a scan or a few characters mean; a card's exact text always comes first."""
    text = strip_isolates(query.text)
    looks = looks_like(text, lambda typed: desk.shop.phone(typed) is not None)
    if looks == "empty" or len(text) > 200:
        return IdentifyView(kind="nothing", looks_like=looks)
    found = find_exactly(desk, text)
    if found is not None:
        return IdentifyView(kind="member", member=member_view(desk, found), looks_like=looks)
    if looks in ("voucher", "receipt") and (product := _product(desk, text)) is not None:
        return product
    if (looks == "voucher" or could_be_word(text, looks)) and (code := find_code(desk, text)) is not None:
        return IdentifyView(kind="code", code=code_view(desk, code), looks_like=looks)
    if looks == "voucher" and (card := find_gift_card(desk, text)) is not None:
        return IdentifyView(kind="gift_card", gift_card=gift_card_view(desk, card), looks_like=looks)
    if looks == "voucher":
        return _voucher(desk, text)
    if looks == "receipt":
        number = read_receipt_barcode(latin_digits(text).strip())
        sale = desk.store.sales.by_number(number) if number is not None else None
        return _receipt(desk, sale, looks)
    return _people(desk, text, looks)


def member_view(desk: Desk, row: MemberRow) -> MemberView:
    """Describe one member with everything the counter shows, as of now."""
    store, moment = desk.store, desk.now()
    holdings = store.ledger.holdings(row.id)
    book = Book(holdings, moment.at_ms, moment.life_day)
    segments = segments_of(desk, Past(desk, row, moment, holdings))
    origins = store.ledger.origins(row.id)
    price = desk.book.lineup.tender
    reserved = reserved_of(desk, row.id, moment.at_ms).accounts
    month = store.sales.count_of_member(row.id, desk.shop.month_start(moment.business_day))
    standing = standing_view(desk, row, standing_of(desk, row, moment), moment)
    playing = playing_of(desk, row, moment)
    return MemberView(
        member=row.ref,
        name=row.name,
        phone=row.phone,
        cards=tuple(store.members.cards(row.id)),
        member_kind=row.kind,
        enrolled_day=row.enrolled_day,
        note=row.note,
        tier=standing.tier if standing else None,
        standing=standing,
        points=book.balance(POINTS),
        points_pending=book.pending(POINTS),
        points_reserved=reserved.get(POINTS, 0),
        credit_reserved_minor=reserved.get(CREDIT, 0),
        points_value_minor=book.balance(POINTS) * price.value_minor if price else 0,
        credit_minor=book.balance(CREDIT),
        credit_pending_minor=book.pending(CREDIT),
        owed=_owed(desk, book),
        progress=progress_views(desk, row.id, holdings.plain) | _chased(playing),
        playing=playing,
        rewards=_rewards(desk, book, origins),
        lots=tuple(_lot(lot, origins) for account in book.accounts() for lot in book.lots(account)),
        ending=ending_views(book),
        visits=row.visits,
        visits_this_month=month,
        spend_minor=row.spend_minor,
        last_visit_day=row.last_visit_day,
        on_account_minor=store.accounts.left_of_member(row.id),
        terms=term_views(desk, row, moment),
        segments={one.row.key: one.row.name for one in desk.book.live if one.row.key in segments},
    )


def _people(desk: Desk, text: str, looks: Kind) -> IdentifyView:
    digits = latin_digits(clean(text))
    members: Sequence[MemberRow] = ()
    if digits.isdecimal() and len(digits) >= LAST_DIGITS:
        members = desk.store.members.by_last_digits(digits, CANDIDATES_SHOWN)
    elif looks == "name":
        key = search_key(text)
        members = desk.store.members.by_name(key, CANDIDATES_SHOWN) if len(key) >= 2 else ()
    if len(members) == 1:
        view = member_view(desk, members[0])
        return IdentifyView(kind="member", member=view, looks_like=looks)
    if members:
        candidates = tuple(candidate(row) for row in members)
        return IdentifyView(kind="candidates", candidates=candidates, looks_like=looks)
    product = _product(desk, text)
    if product is not None:
        return product
    sales = list(desk.store.sales.by_receipt(digits))
    number = desk.store.sales.by_number(int(digits)) if digits.isdecimal() and len(digits) <= 8 else None
    sales += [number] if number is not None else []
    return _receipt(desk, sales[0] if sales else None, looks)


def _product(desk: Desk, text: str) -> IdentifyView | None:
    """Tell that a text is the barcode of one of the shop's goods."""
    product = desk.store.shops.product_by_barcode(card_key(text))
    if product is None:
        return None
    return IdentifyView(kind="product", product=product_view(product), looks_like="product")


def _receipt(desk: Desk, sale: SaleRow | None, looks: Kind) -> IdentifyView:
    if sale is None:
        return IdentifyView(kind="nothing", looks_like=looks)
    return IdentifyView(kind="receipt", sale=sale_view(desk, sale), looks_like="receipt")


def _voucher(desk: Desk, text: str) -> IdentifyView:
    value = read_value_code(text)
    found = desk.store.ledger.voucher(hash_code(value)) if value is not None else None
    if found is None:
        return IdentifyView(kind="nothing", looks_like="voucher")
    owner, lot, live = found
    end = desk.store.ledger.lot_end(lot)
    ended = end.expires_on is not None and end.expires_on < desk.now().life_day
    if ended or not live:
        return _spent_voucher(end, ended=ended)
    row = desk.store.members.get(owner)
    lots = desk.store.ledger.holdings(owner).lots
    programme = next(held.account[1] for held in lots if held.id == lot)
    return IdentifyView(
        kind="voucher", member=member_view(desk, row), programme=programme, looks_like="voucher"
    )


def _spent_voucher(end: LotEnd, *, ended: bool) -> IdentifyView:
    """Say why a paper that is known stands for nothing any more."""
    if end.used_on is not None:
        return IdentifyView(kind="nothing", looks_like="voucher", spent="used", spent_on=end.used_on)
    if ended:
        return IdentifyView(kind="nothing", looks_like="voucher", spent="ended", spent_on=end.expires_on)
    return IdentifyView(kind="nothing", looks_like="voucher", spent="reprinted" if end.left else "gone")


def candidate(row: MemberRow) -> CandidateView:
    """Describe somebody a text may mean."""
    return CandidateView(member=row.ref, name=row.name, phone=row.phone, last_visit_day=row.last_visit_day)


def new_member(desk: Desk, command: EnrolMember, day: str, at_ms: int) -> NewMember:
    """Make the record of a member to be; raises InvalidRequest for a field that cannot be kept."""
    phone = None
    if command.phone is not None and command.phone.strip():
        phone = desk.shop.phone(command.phone)
        if phone is None:
            raise InvalidRequest("phone", "not_a_phone")
    card = number_field("card", command.card) if command.card is not None else None
    if phone is None and not card:
        raise InvalidRequest("phone", "phone_or_card_needed")
    name = text_field("name", command.name or "", 80, empty=True)
    return NewMember(
        ref=desk.chance.ref(),
        kind=command.member_kind,
        enrolled_day=day,
        name=name,
        name_key=search_key(name),
        phone=phone,
        card=card or None,
        birthday=birthday(command.birthday, day),
        city=text_field("city", command.city or "", 80, empty=True),
        tags=[text_field("tags", tag, 80) for tag in command.tags],
        interests=[text_field("interests", interest, 80) for interest in command.interests],
        consent=command.consent,
        at_ms=at_ms,
        gender=command.gender,
    )


def _refuse_known(desk: Desk, member: NewMember) -> None:
    if member.phone is not None:
        known = desk.store.members.by_phone(member.phone)
        if known is not None:
            raise Rejection("phone_taken", member=known.ref, name=known.name)
    if member.card is not None:
        known = desk.store.members.by_card(member.card)
        if known is not None:
            raise Rejection("card_taken", member=known.ref, name=known.name)


def birthday(text: str | None, today: str) -> str | None:
    """Read a day in any digits, a Jalali year as what it is, today at the latest; raises InvalidRequest."""
    if text is None:
        return None
    if (day := read_day(text)) is None:
        raise InvalidRequest("birthday", "not_a_day")
    if day > today:
        raise InvalidRequest("birthday", "still_to_come")
    return day


def _owed(desk: Desk, book: Book) -> OwedView:
    stamps = {
        # Part of a stamp that is owed is a stamp: nothing of the next one is free of debt.
        account[1]: -(-book.plain(account) // desk.book.unit_micro(account[1]))
        for account in book.accounts()
        if account[0] == "owed_progress" and book.plain(account)
    }
    return OwedView(points=book.owed(POINTS), credit_minor=book.owed(CREDIT), stamps=stamps)


def progress_views(desk: Desk, member: int, plain: Mapping[Account, int]) -> dict[str, ProgressView]:
    """Say how far a member is on the way of every live programme that is for them, or that they began."""
    found = {}
    for way in desk.book.ways:
        have = plain.get(way.account, 0) // way.unit_micro
        if have or way.trial is None or not way.trial.holds_out(member):
            found[way.key] = ProgressView(have=have, step=way.step)
    return found


def _chased(playing: PlayingView) -> dict[str, ProgressView]:
    return {one.programme: ProgressView(have=one.have, step=one.times) for one in playing.challenges}


def _rewards(desk: Desk, book: Book, origins: Mapping[int, LotOrigin]) -> tuple[RewardView, ...]:
    found = []
    for account in book.accounts():
        if account[0] != "reward":
            continue
        lots = book.lots(account)
        spoken = {
            number: called(desk, desk.book.revision(number)) for number in {lot.revision for lot in lots}
        }
        for lot in lots:
            known = spoken[lot.revision]
            found.append(
                RewardView(
                    programme=account[1],
                    programme_name=known.row.name,
                    count=lot.left,
                    sentence=known.reward(desk.languages),
                    available_from=lot.available_from_ms,
                    expires_on=lot.expires_on,
                    voucher_printed=lot.id in origins and origins[lot.id].printed,
                )
            )
    return tuple(found)


def _lot(lot: Lot, origins: Mapping[int, LotOrigin]) -> LotView:
    origin = origins.get(lot.id)
    return LotView(
        unit=unit_name(lot.account),
        left=lot.left,
        available_from=lot.available_from_ms,
        expires_on=lot.expires_on,
        sale_id=origin.sale_id if origin else None,
        lot=lot.id,
    )
