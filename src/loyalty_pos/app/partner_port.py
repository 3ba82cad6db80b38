"""What the shop needs to remember of the firms it shares vouchers with."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class PartnerRow(NamedTuple):
    """A firm we issue vouchers for and whose own we honour; `shop` is its identity, 16 hexadecimal digits."""

    id: int
    key: str
    name: str
    shop: str
    public_key: str
    cap_minor: int | None
    live: bool


class IssuedRow(NamedTuple):
    """A voucher we issued for a partner; `settled` is the posting that paid the partner for it."""

    voucher: str
    posting: int
    partner: int
    value_minor: int
    expires_on: str
    settled: int | None
    day: str


class HonouredRow(NamedTuple):
    """A partner's voucher we took."""

    partner: int
    voucher: str
    posting: int
    value_minor: int
    day: str


class Partners(Protocol):
    """Partners, the shop's own signing key, vouchers issued and honoured."""

    def put(self, row: PartnerRow, posting: int) -> None: ...
    def named(self, key: str) -> PartnerRow | None: ...
    def of_shop(self, shop: str) -> PartnerRow | None: ...
    def all(self) -> Sequence[PartnerRow]: ...
    def signing_key(self) -> tuple[str, str] | None:
        """Return the shop's secret and public key in hexadecimal digits."""

    def keep_key(self, secret: str, public_key: str, posting: int) -> None: ...
    def issue(self, row: IssuedRow) -> None: ...
    def issued(self, voucher: str) -> IssuedRow | None: ...
    def issued_in(self, posting: int) -> Sequence[IssuedRow]: ...
    def issued_for(self, partner: int) -> Sequence[IssuedRow]: ...
    def settle(self, voucher: str, posting: int) -> None: ...
    def honour(self, row: HonouredRow) -> None: ...
    def honoured(self, partner: int, voucher: str) -> HonouredRow | None: ...
    def honoured_of(self, partner: int) -> Sequence[HonouredRow]: ...
