"""Setting up: the shop, its goods, its programmes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal
from zoneinfo import ZoneInfo

from loyalty_pos.app.asked_segments import refuse_unknown_segments, refuse_wanted_segment
from loyalty_pos.app.commands import CreateShop, PublishProgramme, PutProduct, RetireProgramme
from loyalty_pos.app.desk import Desk, OpenShop
from loyalty_pos.app.games import open_seed
from loyalty_pos.app.months import follow_club
from loyalty_pos.app.named import called
from loyalty_pos.app.ports import ProgrammeRow
from loyalty_pos.app.programme_uses import limits_view
from loyalty_pos.app.programmes import Known, compile_programme
from loyalty_pos.app.queries import CheckProduct, FindProducts, Product
from loyalty_pos.app.reviewing import begin_reviews
from loyalty_pos.app.views import ProductsView, ProductView, ProgrammeView, PublishedView, ShopView
from loyalty_pos.app.wording import number_field, text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.compiling import refuse_idle_expiry
from loyalty_pos.domain.dates import read_day
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import UNLIMITED, EarnRule, TierRule
from loyalty_pos.domain.identifiers import card_key
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.text import latin_digits, search_key, strip_isolates

BP = 10_000
TEXT_AT_MOST = 200
_NO_MATCH = 4


def create_shop(desk: Desk, command: CreateShop) -> ShopView:
    with desk.store.transaction():
        if desk.store.shops.shop() is not None:
            raise Rejection("shop_exists")
        shop = ShopView(
            shop=desk.chance.ref(),
            name=text_field("name", command.name, 80),
            currency=_currency(command.currency),
            display_unit=_display_unit(command),
            calendar=command.calendar,
            time_zone=_time_zone(command.time_zone),
            language=command.language,
            day_ends_hour=checked(command.day_ends_hour, "day_ends_hour", 0, 23),
            prices_include_tax=command.prices_include_tax,
            tax_bp=checked(command.tax_bp, "tax_bp", 0, BP),
            earn_on_tax=command.earn_on_tax,
            till=desk.till,
        )
        desk.store.shops.create(shop)
        moment = OpenShop(shop).moment(desk.clock.now_ms())
        record = shop_record(shop)
        desk.store.ledger.append(desk.posting(f"shop:{shop.shop}", record, "shop", None, moment, record))
    desk.forget()
    return shop


def put_product(desk: Desk, command: PutProduct) -> ProductView:
    with desk.store.transaction():
        product = _product_to_put(desk, command)
        desk.store.shops.put_product(product)
    desk.forget_goods()
    return product_view(product)


def check_product(desk: Desk, query: CheckProduct) -> ProductView:
    return product_view(_product_to_put(desk, query))


def product(desk: Desk, query: Product) -> ProductView:
    found = desk.store.shops.product(text_field("sku", query.sku, 64))
    if found is None:
        raise Rejection("unknown_product", sku=query.sku)
    return product_view(found)


def _product_to_put(desk: Desk, command: PutProduct) -> PutProduct:
    """Clean and measure a product; raises Rejection `barcode_taken` when another one has its barcode."""
    assert desk.shop
    product = PutProduct(
        sku=text_field("sku", command.sku, 64),
        name=text_field("name", command.name, 80),
        price_minor=checked(command.price_minor, "price_minor", 0, MAX_AMOUNT),
        group=None if command.group is None else text_field("group", command.group, 80),
        barcode=None if command.barcode is None else number_field("barcode", command.barcode),
        cost_minor=_optional(command.cost_minor, "cost_minor", MAX_AMOUNT),
        tax_bp=_optional(command.tax_bp, "tax_bp", BP),
        earns=command.earns,
        sale_from=None if command.sale_from is None else _day("sale_from", command.sale_from),
        early_for=tuple(text_field("early_for", one, 80) for one in command.early_for),
    )
    other = desk.store.shops.product_by_barcode(product.barcode) if product.barcode else None
    if other is not None and other.sku != product.sku:
        raise Rejection("barcode_taken", barcode=product.barcode or "", sku=other.sku)
    return product


def products(desk: Desk) -> ProductsView:
    return ProductsView(products=tuple(product_view(product) for product in desk.store.shops.products()))


def find_products(desk: Desk, query: FindProducts) -> ProductsView:
    """Find goods: an exact barcode or sku alone, else names whose words begin so, else that contain it."""
    text = strip_isolates(query.text).strip()[:TEXT_AT_MOST]
    exact = product_by_code(desk, text)
    if exact is not None:
        return ProductsView(products=(product_view(exact),))
    key = search_key(text)
    words = key.split()
    found = (
        [(_rank(name, sku, key, words), name, product) for name, sku, product in desk.goods] if key else []
    )
    best = sorted((one for one in found if one[0] < _NO_MATCH), key=lambda one: (one[0], one[1], one[2].sku))
    return ProductsView(products=tuple(product_view(product) for _, _, product in best[: query.limit]))


def product_by_code(desk: Desk, text: str) -> PutProduct | None:
    """Return the product with this very barcode or sku; a barcode comes first."""
    if not text:
        return None
    shops = desk.store.shops
    return (
        shops.product_by_barcode(card_key(text)) or shops.product(text) or shops.product(latin_digits(text))
    )


def _rank(name: str, sku: str, key: str, words: list[str]) -> int:
    """Order matches: the name begins so, every word begins so, the sku does, the name contains it."""
    if name.startswith(key):
        return 0
    parts = name.split()
    if all(any(part.startswith(word) for part in parts) for word in words):
        return 1
    if sku.startswith(key):
        return 2
    return 3 if key in name else _NO_MATCH


_DAYS = frozenset({"from", "to", "from_day", "day"})


def spelled_out(value: Any) -> Any:
    """Write parameters the way they are kept: wanted goods with their units, days as Gregorian ones."""
    if isinstance(value, Mapping):
        return {name: _spelled_out(name, one) for name, one in value.items()}
    return [spelled_out(one) for one in value] if isinstance(value, list) else value


def _spelled_out(name: str, value: Any) -> Any:
    if name == "all_of":
        return _rows(value)
    if name in _DAYS and isinstance(value, str):
        return read_day(value) or value
    return spelled_out(value)


def _rows(parts: Any) -> Any:
    if not isinstance(parts, list):
        return parts
    return [{"groups": [one], "skus": [one]} if isinstance(one, str) else one for one in parts]


def publish_programme(desk: Desk, command: PublishProgramme) -> PublishedView:
    command = replace(command, params=spelled_out(command.params), when=spelled_out(command.when))
    key = text_field("key", command.key, 64)
    name = text_field("name", command.name, 80)
    moment = desk.now()
    # Compile before anything is written: what cannot run is refused with the field that is wrong.
    draft = ProgrammeRow(0, key, command.kind, 0, 0, name, command.params, command.when, live=False)
    compiled = compile_programme(draft)
    refuse_idle_expiry(compiled.revision.rule, compiled.when)
    refuse_a_second(desk, compiled)
    refuse_unknown_segments(desk, compiled)
    with desk.store.transaction():
        before = desk.store.programmes.latest(key)
        if before is not None and before.kind != command.kind:
            raise Rejection("kind_changed", programme=key, kind=before.kind)
        if before is not None:
            refuse_other_measure(desk.book.revision(before.revision), compiled)
        if before is not None and before.live and _same(before, command, name):
            known = desk.book.revision(before.revision)
            return published(desk, known)
        record = {
            "key": key,
            "kind": command.kind,
            "name": name,
            "params": command.params,
            "when": command.when,
        }
        posting = desk.posting(f"publish:{desk.chance.ref()}", record, "programme", None, moment, record)
        seq = desk.store.ledger.append(posting)
        row = desk.store.programmes.publish(key, command.kind, name, command.params, command.when, seq)
        if before is not None and not before.live:
            begin_reviews(desk, desk.book.revision(row.revision), moment, seq)
        if compiled.revision.limits is UNLIMITED:
            desk.store.uses.stop(row.programme)
        else:
            desk.store.uses.count_anew(row.programme)
        rule = compiled.revision.rule
        if isinstance(rule, EarnRule) and rule.odds and desk.store.games.seed(row.programme) is None:
            open_seed(desk, row.programme, moment)
        follow_club(desk, rule)
    desk.forget()
    return published(desk, desk.book.revision(row.revision))


def retire_programme(desk: Desk, command: RetireProgramme) -> PublishedView:
    known = desk.book.live_named(command.key)
    refuse_wanted_segment(desk, known)
    with desk.store.transaction():
        record = {"key": command.key}
        posting = desk.posting(f"retire:{desk.chance.ref()}", record, "programme", None, desk.now(), record)
        desk.store.ledger.append(posting)
        desk.store.programmes.retire(command.key)
    desk.forget()
    return published(desk, known)


def shop_view(desk: Desk) -> ShopView:
    view = desk.shop.view
    return ShopView(
        shop=view.shop,
        name=view.name,
        currency=view.currency,
        display_unit=view.display_unit,
        calendar=view.calendar,
        time_zone=view.time_zone,
        language=view.language,
        day_ends_hour=view.day_ends_hour,
        prices_include_tax=view.prices_include_tax,
        tax_bp=view.tax_bp,
        earn_on_tax=view.earn_on_tax,
        till=desk.till,
        programmes=tuple(_programme_view(desk, known) for known in desk.book.live),
    )


def _programme_view(desk: Desk, known: Known) -> ProgrammeView:
    limits = limits_view(desk, known.revision)
    return replace(called(desk, known).view(desk.languages), used_up=limits is not None and limits.used_up)


def published(desk: Desk, known: Known) -> PublishedView:
    """Say which revision of a programme stands now."""
    return PublishedView(
        key=known.row.key, revision=known.row.number, sentence=called(desk, known).sentence(desk.languages)
    )


def _same(before: ProgrammeRow, command: PublishProgramme, name: str) -> bool:
    return (before.name, before.params, before.when) == (name, command.params, command.when)


def refuse_a_second(desk: Desk, draft: Known) -> None:
    """Raise Rejection for what a shop can have once: `points_have_a_price`, `second_club`."""
    for known in desk.book.live:
        if known.row.key == draft.row.key:
            continue
        if _prices_points(known) and _prices_points(draft):
            raise Rejection("points_have_a_price", programme=known.row.key)
        if all(isinstance(one.revision.rule, TierRule) for one in (draft, known)):
            raise Rejection("second_club", programme=known.row.key)


def refuse_other_measure(before: Known, draft: Known) -> None:
    """Raise Rejection `measure_changed`: what members gathered of one measure means nothing in another."""
    rules = (before.revision.rule, draft.revision.rule)
    if len({rule.measure == "amount" for rule in rules if isinstance(rule, EarnRule)}) > 1:
        raise Rejection("measure_changed", programme=before.row.key)


def _prices_points(known: Known) -> bool:
    rule = known.revision.rule
    return isinstance(rule, EarnRule) and rule.tender is not None


def shop_record(shop: ShopView) -> dict[str, object]:
    """Say every setting of the shop, as its posting keeps them."""
    return {
        "shop": shop.shop,
        "name": shop.name,
        "currency": shop.currency,
        "display_unit": shop.display_unit,
        "calendar": shop.calendar,
        "time_zone": shop.time_zone,
        "language": shop.language,
        "day_ends_hour": shop.day_ends_hour,
        "prices_include_tax": shop.prices_include_tax,
        "tax_bp": shop.tax_bp,
        "earn_on_tax": shop.earn_on_tax,
    }


def product_view(product: PutProduct) -> ProductView:
    return ProductView(
        sku=product.sku,
        name=product.name,
        price_minor=product.price_minor,
        group=product.group,
        barcode=product.barcode,
        cost_minor=product.cost_minor,
        tax_bp=product.tax_bp,
        earns=product.earns,
        sale_from=product.sale_from,
        early_for=product.early_for,
    )


def _day(field: str, text: str) -> str:
    if (day := read_day(text)) is None:
        raise InvalidRequest(field, "not_a_day")
    return day


def _currency(text: str) -> str:
    if len(text) != 3 or not text.isascii() or not text.isalpha() or text != text.upper():
        raise InvalidRequest("currency", "not_a_currency")
    return text


def _display_unit(command: CreateShop) -> Literal["toman", "rial"] | None:
    if command.display_unit is not None and command.currency != "IRR":
        raise InvalidRequest("display_unit", "only_for_rials")
    return command.display_unit


def _time_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        raise InvalidRequest("time_zone", "not_a_time_zone") from None


def _optional(value: int | None, name: str, high: int) -> int | None:
    return None if value is None else checked(value, name, 0, high)
