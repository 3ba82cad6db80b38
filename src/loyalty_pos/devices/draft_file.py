"""The draft of a sale in a small file beside the shop's."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from loyalty_pos.app.drafts import Draft, Returned
from loyalty_pos.devices.printer import write_whole
from loyalty_pos.domain.errors import Fault

_VERSION = 1
_T = TypeVar("_T")


class DraftFile:
    """Keep one draft; the file is replaced as a whole and survives a power cut as the old or the new."""

    def __init__(self, shop_file: Path) -> None:
        self._path = shop_file.with_name(shop_file.name + ".draft")

    def load(self) -> Draft | None:
        """Read the file; one that another version wrote, or nobody can read, is no draft."""
        try:
            read = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return _draft(read) if isinstance(read, dict) and read.get("version") == _VERSION else None

    def save(self, draft: Draft) -> None:
        """Write beside the file, bring it to the disk, put it in its place."""
        text = json.dumps({"version": _VERSION, **asdict(draft)}, separators=(",", ":"))
        try:
            write_whole(self._path, text.encode())
        except OSError as trouble:
            raise Fault("draft_not_kept", path=str(self._path)) from trouble

    def clear(self) -> None:
        """Remove the file."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as trouble:
            raise Fault("draft_not_kept", path=str(self._path)) from trouble


def _draft(read: dict[str, Any]) -> Draft | None:
    """Make a draft of what was read; a field of the wrong type makes it none."""
    try:
        return Draft(
            shop=_is(str, read["shop"]),
            at_ms=_is(int, read["at_ms"]),
            sale_id=_is(str, read["sale_id"]),
            member=None if read["member"] is None else _is(str, read["member"]),
            mode="items" if read["mode"] == "items" else "amount",
            amount_minor=_is(int, read["amount_minor"]),
            lines=tuple((_is(str, sku), _is(int, quantity)) for sku, quantity in read["lines"]),
            counts={_is(str, key): _is(int, count) for key, count in read["counts"].items()},
            declined=tuple(_is(str, key) for key in read["declined"]),
            accepted=tuple(_is(str, key) for key in read.get("accepted", ())),
            credit_on=read["credit_on"] is True,
            credit_part_minor=_number(read["credit_part_minor"]),
            points=_number(read["points"]),
            free_skus={_is(str, key): _is(str, sku) for key, sku in read["free_skus"].items()},
            on_account=read.get("on_account") is True,
            cards_sold=_pairs(read.get("cards_sold", ())),
            exchange=None if read.get("exchange") is None else _returned(read["exchange"]),
            contact=read.get("contact") is True,
            vouchers=_is(int, read["vouchers"]),
            due_minor=_is(int, read["due_minor"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _returned(read: dict[str, Any]) -> Returned:
    return Returned(
        sale_id=_is(str, read["sale_id"]),
        refund_id=_is(str, read["refund_id"]),
        way="amount" if read["way"] == "amount" else "lines",
        units=_pairs(read["units"]),
        amount_minor=_is(int, read["amount_minor"]),
    )


def _pairs(read: Any) -> tuple[tuple[int, int], ...]:
    return tuple((_is(int, one), _is(int, other)) for one, other in read)


def _number(value: object) -> int | None:
    return None if value is None else _is(int, value)


def _is(kind: type[_T], value: object) -> _T:
    if type(value) is not kind:
        raise TypeError(type(value))
    return value
