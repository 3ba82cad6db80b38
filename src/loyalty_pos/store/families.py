"""Merged members in queries: who stands for whom (rules 32)."""

from typing import Any

from peewee import fn

from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import slot


def of_family(field: Any) -> Any:
    """Ask that a field is the member that comes at run time, or one merged into them."""
    return field.in_(m.Family.select(m.Family.member).where(m.Family.survivor == slot()))


def survivor_of(field: Any) -> Any:
    """Return whoever stands now for the member a field names."""
    return fn.IFNULL(m.Alias.select(m.Alias.survivor).where(m.Alias.member == field), field)
