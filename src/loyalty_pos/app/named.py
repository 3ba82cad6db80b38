"""Programmes as they are spoken of: what they keep by key is called by the names people gave it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.programmes import Known
from loyalty_pos.domain.families import TierRule
from loyalty_pos.domain.params import Params, given_of


def called(desk: Desk, known: Known) -> Known:
    """Return a programme for its words alone: goods, levels, segments and memberships by name.

    A key that nobody gave a name stays. Names are read now, for words may be spoken on any thread.
    """
    params, when = _called(desk, known.params, ""), _called(desk, known.when, "")
    same = params is known.params and when is known.when
    return known if same else replace(known, params=params, when=when)


def level_name(desk: Desk, key: str) -> str:
    """Name a level as the club calls it now."""
    rule = desk.book.club.revision.rule if desk.book.club else None
    levels = rule.levels if isinstance(rule, TierRule) else ()
    return next((level.name for level in levels if level.key == key), key)


def _product(desk: Desk, sku: str) -> str:
    product = desk.store.shops.product(sku)
    return product.name if product else sku


def _programme(desk: Desk, key: str) -> str:
    return next((known.row.name for known in desk.book.live if known.row.key == key), key)


_GOODS = ("sku", "skus", "get_skus", "bought_skus", "count_skus", "skus_in", "skus_out")
_NAMES: Mapping[str, Callable[[Desk, str], str]] = {
    **dict.fromkeys(_GOODS, _product),
    **dict.fromkeys(("segments", "standings", "not_with"), _programme),
    "tiers": level_name,
}


def _called(desk: Desk, value: Any, field: str) -> Any:
    """Return a value with names for keys; itself where it has none, as most have."""
    if isinstance(value, str):
        return _NAMES[field](desk, value) if field in _NAMES else value
    if isinstance(value, list):
        found = [_called(desk, one, field) for one in value]
        return found if any(one is not other for one, other in zip(found, value, strict=True)) else value
    if not isinstance(value, Params):
        return value
    given = given_of(value)
    changed = {each: new for each, one in given.items() if (new := _called(desk, one, each)) is not one}
    return type(value)(**given | changed) if changed else value
