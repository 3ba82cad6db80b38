"""The tables as peewee sees them. No behaviour; nothing of this leaves the store.

The models belong to no connection: several files may be open at once, and each repository runs the
text that peewee compiled from them.
"""

from peewee import BlobField, CompositeKey, IntegerField, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class Shop(Table):
    id = IntegerField(primary_key=True)
    ref = TextField()
    name = TextField()
    currency = TextField()
    display_unit = TextField(null=True)
    calendar = TextField()
    time_zone = TextField()
    language = TextField()
    day_ends_hour = IntegerField()
    prices_include_tax = IntegerField()
    tax_bp = IntegerField()
    earn_on_tax = IntegerField()


class Product(Table):
    sku = TextField(primary_key=True)
    name = TextField()
    price_minor = IntegerField()
    product_group = TextField(null=True)
    barcode = TextField(null=True)
    cost_minor = IntegerField(null=True)
    tax_bp = IntegerField(null=True)
    earns = IntegerField()
    sale_from = TextField(null=True)
    early_for = TextField()


class Programme(Table):
    id = IntegerField(primary_key=True)
    key = TextField()
    kind = TextField()
    live = IntegerField(null=True)


class Revision(Table):
    id = IntegerField(primary_key=True)
    programme = IntegerField()
    number = IntegerField()
    name = TextField()
    params = TextField()
    conditions = TextField()
    posting = IntegerField()


class Member(Table):
    id = IntegerField(primary_key=True)
    ref = TextField()
    kind = TextField()
    enrolled_day = TextField()


class Person(Table):
    member = IntegerField(primary_key=True)
    name = TextField()
    name_key = TextField()
    phone = TextField(null=True)
    last4 = TextField(null=True)
    birthday = TextField(null=True)
    city = TextField()
    tags = TextField()
    interests = TextField()
    note = TextField()
    consent = IntegerField()
    last_seen_ms = IntegerField()
    gender = TextField(default="unknown")


class Card(Table):
    number = TextField(primary_key=True)
    member = IntegerField()


class MemberState(Table):
    member = IntegerField(primary_key=True)
    visits = IntegerField()
    spend_minor = IntegerField()
    last_visit_day = TextField(null=True)


class Posting(Table):
    seq = IntegerField(primary_key=True)
    key = TextField()
    request_hash = BlobField()
    kind = TextField()
    member = IntegerField(null=True)
    actor = TextField()
    till = TextField()
    epoch = IntegerField()
    at_ms = IntegerField()
    business_day = TextField()
    record = TextField()
    prev = BlobField()
    hash = BlobField()


class Account(Table):
    id = IntegerField(primary_key=True)
    member = IntegerField()
    unit = TextField()
    programme = TextField()
    balance = IntegerField()
    holder = IntegerField()


class Lot(Table):
    id = IntegerField(primary_key=True)
    account = IntegerField()
    posting = IntegerField()
    amount = IntegerField()
    left = IntegerField()
    available_from_ms = IntegerField()
    expires_on = TextField(null=True)
    revision = IntegerField()


class Entry(Table):
    id = IntegerField(primary_key=True)
    posting = IntegerField()
    account = IntegerField()
    lot = IntegerField(null=True)
    amount = IntegerField()
    kind = TextField()
    reverses = IntegerField(null=True)


class Sale(Table):
    posting = IntegerField(primary_key=True)
    sale_id = TextField()
    number = IntegerField()
    member = IntegerField(null=True)
    receipt_no = TextField(null=True)
    till = TextField()
    business_day = TextField()
    net_minor = IntegerField()


class Voided(Table):
    sale = IntegerField(primary_key=True)
    posting = IntegerField()


class Refund(Table):
    posting = IntegerField(primary_key=True)
    sale = IntegerField()
    net_minor = IntegerField()


class Voucher(Table):
    code_hash = BlobField(primary_key=True)
    lot = IntegerField()
    posting = IntegerField()


class Attached(Table):
    sale = IntegerField(primary_key=True)
    member = IntegerField()
    posting = IntegerField()


class MemberDay(Table):
    member = IntegerField()
    day = TextField()
    sales = IntegerField()
    spend_minor = IntegerField()
    points = IntegerField()

    class Meta:
        primary_key = CompositeKey("member", "day")


class Standing(Table):
    member = IntegerField()
    programme = IntegerField()
    level = TextField(null=True)
    posting = IntegerField()

    class Meta:
        primary_key = CompositeKey("member", "programme")


class TierEvent(Table):
    posting = IntegerField(primary_key=True)
    member = IntegerField()
    programme = IntegerField()
    before = TextField(null=True)
    after = TextField(null=True)


class TierShield(Table):
    member = IntegerField()
    programme = IntegerField()
    level = TextField()
    until_day = TextField()
    posting = IntegerField()

    class Meta:
        primary_key = CompositeKey("member", "programme")


class TierWarning(Table):
    member = IntegerField()
    programme = IntegerField()
    level = TextField()
    day = TextField()
    times = IntegerField()
    posting = IntegerField()

    class Meta:
        primary_key = CompositeKey("member", "programme")


class Reviewed(Table):
    programme = IntegerField(primary_key=True)
    day = TextField()
    posting = IntegerField(null=True)


class SegmentMember(Table):
    programme = IntegerField()
    member = IntegerField()
    posting = IntegerField()

    class Meta:
        primary_key = CompositeKey("programme", "member")


class Held(Table):
    id = IntegerField(primary_key=True)
    key = TextField()
    request_hash = BlobField()
    member = IntegerField(null=True)
    request = TextField()
    reserved = TextField()
    due_minor = IntegerField()
    till = TextField()
    actor = TextField()
    at_ms = IntegerField()
    until_ms = IntegerField()


class Released(Table):
    hold = IntegerField(primary_key=True)
    key = TextField()
    at_ms = IntegerField()


class ProgrammeUse(Table):
    programme = IntegerField(primary_key=True)
    times = IntegerField()
    spent_minor = IntegerField()


class MemberUse(Table):
    programme = IntegerField()
    member = IntegerField()
    day = TextField()
    times = IntegerField()

    class Meta:
        primary_key = CompositeKey("programme", "member", "day")


class Warranty(Table):
    sale = IntegerField(primary_key=True)
    contact = TextField()
    contact_key = TextField()


class Code(Table):
    id = IntegerField(primary_key=True)
    code_hash = BlobField()
    word = TextField(null=True)
    programme = IntegerField()
    member = IntegerField(null=True)
    per_member = IntegerField(null=True)
    expires_on = TextField(null=True)
    posting = IntegerField()


class CodeUse(Table):
    sale = IntegerField()
    code = IntegerField()
    member = IntegerField(null=True)
    once = IntegerField()
    given_back = IntegerField(null=True)

    class Meta:
        primary_key = CompositeKey("sale", "code")


class CodeVoid(Table):
    code = IntegerField(primary_key=True)
    posting = IntegerField()


class GiftCard(Table):
    id = IntegerField(primary_key=True)
    face_minor = IntegerField()
    left_minor = IntegerField()
    sale = IntegerField(null=True)
    member = IntegerField(null=True)
    expires_on = TextField(null=True)
    posting = IntegerField()


class GiftCardCode(Table):
    code_hash = BlobField(primary_key=True)
    card = IntegerField()
    posting = IntegerField()


class GiftCardEntry(Table):
    id = IntegerField(primary_key=True)
    posting = IntegerField()
    card = IntegerField()
    amount_minor = IntegerField()
    kind = TextField()
    reverses = IntegerField(null=True)


class GiftCardVoid(Table):
    card = IntegerField(primary_key=True)
    posting = IntegerField()


class CodeWorth(Table):
    code = IntegerField(primary_key=True)
    worth_minor = IntegerField()
    from_day = TextField()
    sale = IntegerField()
    revision = IntegerField()


class Merge(Table):
    posting = IntegerField(primary_key=True)
    keep = IntegerField()
    dropped = IntegerField()
    undone = IntegerField(null=True)


class Alias(Table):
    member = IntegerField(primary_key=True)
    survivor = IntegerField()


class Family(Table):
    """A member with themselves and with every member merged into them."""

    survivor = IntegerField()
    member = IntegerField()

    class Meta:
        primary_key = False


class MergedPerson(Table):
    member = IntegerField(primary_key=True)
    phone = TextField(null=True)
    last4 = TextField(null=True)
    changed = TextField()


class OnAccount(Table):
    sale = IntegerField(primary_key=True)
    member = IntegerField()
    due_minor = IntegerField()
    left_minor = IntegerField()


class Settlement(Table):
    posting = IntegerField(primary_key=True)
    sale = IntegerField()
    amount_minor = IntegerField()


class Cause(Table):
    id = IntegerField(primary_key=True)
    name = TextField()
    pledged_micro = IntegerField()
    settled_minor = IntegerField()


class CauseEntry(Table):
    id = IntegerField(primary_key=True)
    posting = IntegerField()
    cause = IntegerField()
    amount_micro = IntegerField()
    kind = TextField()
    reverses = IntegerField(null=True)


class Term(Table):
    posting = IntegerField(primary_key=True)
    member = IntegerField()
    programme = IntegerField()
    revision = IntegerField()
    fee_minor = IntegerField()
    from_day = TextField()
    until_day = TextField()
    good_until = TextField()
    ended = IntegerField(null=True)
    visits = IntegerField()
    spend_minor = IntegerField()
    given_minor = IntegerField()
    extra_minor = IntegerField()


class TermEntry(Table):
    posting = IntegerField()
    term = IntegerField()
    visits = IntegerField()
    spend_minor = IntegerField()
    given_minor = IntegerField()
    extra_minor = IntegerField()

    class Meta:
        primary_key = CompositeKey("posting", "term")
