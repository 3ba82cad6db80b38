"""Programmes as they are spoken of: what they keep by key is called by the names people gave it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.programmes import Known
from loyalty_pos.domain.families import TierRule
from loyalty_pos.domain.params import Params

Call = Callable[[str], str]


def called(desk: Desk, known: Known) -> Known:
    """Return a programme for its words alone: goods, levels, segments and memberships by name.

    A key that nobody gave a name stays. Names are read now, for words may be spoken on any thread.
    """
    call: dict[str, Call] = {
        "skus": lambda sku: _product(desk, sku),
        "tiers": lambda key: _level(desk, key),
        "segments": lambda key: _programme(desk, key),
        "standings": lambda key: _programme(desk, key),
    }
    for name in ("sku", "get_skus", "bought_skus", "count_skus", "skus_in", "skus_out"):
        call[name] = call["skus"]
    return replace(known, params=_called(known.params, "", call), when=_called(known.when, "", call))


def _called(value: Any, name: str, call: dict[str, Call]) -> Any:
    if isinstance(value, Params):
        return type(value)(**{each: _called(getattr(value, each), each, call) for each in type(value).fields})
    if isinstance(value, list):
        return [_called(one, name, call) for one in value]
    return call[name](value) if name in call and isinstance(value, str) else value


def _product(desk: Desk, sku: str) -> str:
    product = desk.store.shops.product(sku)
    return product.name if product else sku


def _level(desk: Desk, key: str) -> str:
    rule = desk.book.club.revision.rule if desk.book.club else None
    levels = rule.levels if isinstance(rule, TierRule) else ()
    return next((level.name for level in levels if level.key == key), key)


def _programme(desk: Desk, key: str) -> str:
    return next((known.row.name for known in desk.book.live if known.row.key == key), key)
