"""Partners, the shop's own signing key, vouchers issued and honoured."""

from collections.abc import Sequence
from typing import Any

from loyalty_pos.app.partner_port import HonouredRow, IssuedRow, PartnerRow
from loyalty_pos.store.compiled import Execute

_PARTNER = "SELECT id, key, name, shop, public_key, cap_minor, live FROM partner"
_PUT = (
    "INSERT INTO partner (key, name, shop, public_key, cap_minor, live, posting) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (key) DO UPDATE SET name = excluded.name, shop = excluded.shop,"
    " public_key = excluded.public_key, cap_minor = excluded.cap_minor, live = excluded.live,"
    " posting = excluded.posting"
)
_ISSUED = (
    "SELECT v.voucher, v.posting, v.partner, v.value_minor, v.expires_on, v.settled, p.business_day"
    " FROM partner_voucher v JOIN posting p ON p.seq = v.posting WHERE "
)
_HONOURED = "SELECT partner, voucher, posting, value_minor, day FROM partner_honoured WHERE "


class PartnerStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def put(self, row: PartnerRow, posting: int) -> None:
        self._execute(_PUT, (*row[1:6], int(row.live), posting))

    def named(self, key: str) -> PartnerRow | None:
        return self._one("key = ?", key)

    def of_shop(self, shop: str) -> PartnerRow | None:
        return self._one("shop = ?", shop)

    def all(self) -> Sequence[PartnerRow]:
        return [_partner(row) for row in self._execute(f"{_PARTNER} ORDER BY name, id", ())]

    def signing_key(self) -> tuple[str, str] | None:
        row = self._execute("SELECT secret, public_key FROM signing_key", ()).fetchone()
        return None if row is None else (row[0], row[1])

    def keep_key(self, secret: str, public_key: str, posting: int) -> None:
        self._execute("INSERT INTO signing_key VALUES (1, ?, ?, ?)", (secret, public_key, posting))

    def issue(self, row: IssuedRow) -> None:
        self._execute("INSERT INTO partner_voucher VALUES (?, ?, ?, ?, ?, ?)", tuple(row[:6]))

    def issued(self, voucher: str) -> IssuedRow | None:
        row = self._execute(f"{_ISSUED}v.voucher = ?", (voucher,)).fetchone()
        return None if row is None else IssuedRow(*row)

    def issued_in(self, posting: int) -> Sequence[IssuedRow]:
        return self._issued("v.posting = ? ORDER BY v.voucher", posting)

    def issued_for(self, partner: int) -> Sequence[IssuedRow]:
        return self._issued("v.partner = ? ORDER BY v.posting, v.voucher", partner)

    def settle(self, voucher: str, posting: int) -> None:
        self._execute("UPDATE partner_voucher SET settled = ? WHERE voucher = ?", (posting, voucher))

    def honour(self, row: HonouredRow) -> None:
        self._execute("INSERT INTO partner_honoured VALUES (?, ?, ?, ?, ?)", tuple(row))

    def honoured(self, partner: int, voucher: str) -> HonouredRow | None:
        row = self._execute(f"{_HONOURED}partner = ? AND voucher = ?", (partner, voucher)).fetchone()
        return None if row is None else HonouredRow(*row)

    def honoured_of(self, partner: int) -> Sequence[HonouredRow]:
        rows = self._execute(f"{_HONOURED}partner = ? ORDER BY posting", (partner,))
        return [HonouredRow(*row) for row in rows]

    def _one(self, where: str, value: str) -> PartnerRow | None:
        row = self._execute(f"{_PARTNER} WHERE {where}", (value,)).fetchone()
        return None if row is None else _partner(row)

    def _issued(self, where: str, value: Any) -> list[IssuedRow]:
        return [IssuedRow(*row) for row in self._execute(f"{_ISSUED}{where}", (value,))]


def _partner(row: Any) -> PartnerRow:
    values: list[Any] = [*row[:6], bool(row[6])]
    return PartnerRow(*values)
