"""Partners, their vouchers and what is owed between the shops, as the window and the door read them."""

from typing import Literal

from loyalty_pos.domain.lazy import dataclass

LineState = Literal["open", "expired", "settled", "honoured"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerView:
    key: str
    name: str
    shop: str
    public_key: str
    cap_minor: int | None
    live: bool
    issued: int
    honoured: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersView:
    """The partners; `shop` and `public_key` are what each of them has to enter about us."""

    name: str
    shop: str
    public_key: str
    partners: tuple[PartnerView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerVoucherView:
    """A voucher of ours; its token may be shown again, for it is good once, at one shop."""

    partner: str
    partner_name: str
    value_minor: int
    expires_on: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerVouchersView:
    posting_id: str
    member: str | None
    member_name: str
    vouchers: tuple[PartnerVoucherView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenView:
    """A partner's voucher: genuine, and `honoured` once it was taken; `card` is what it pays with then."""

    partner: str
    partner_name: str
    value_minor: int
    expires_on: str
    honoured: bool = False
    card: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedTokenView:
    """A token that was not accepted; `place` counts from 1."""

    place: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledView:
    partner: str
    accepted: int
    value_minor: int
    refused: tuple[RefusedTokenView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementLineView:
    """One voucher on a settlement sheet: `day` is when it was issued by us, or honoured here."""

    voucher: str
    side: Literal["ours", "theirs"]
    day: str
    value_minor: int
    expires_on: str = ""
    state: LineState


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementView:
    """What stands between us and a partner: `we_owe_minor` for ours they presented.

    `they_owe_minor` is for theirs that were honoured here; `open_minor` may still come: ours that are good
    and not presented yet.
    """

    partner: str
    partner_name: str
    from_day: str
    to_day: str
    we_owe_minor: int
    they_owe_minor: int
    open_minor: int
    lines: tuple[SettlementLineView, ...]
