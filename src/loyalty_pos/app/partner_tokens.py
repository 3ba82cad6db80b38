"""Signing vouchers for partners and checking theirs, without asking anybody (product P8, reliability 9)."""

from hashlib import blake2b

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.partner_port import PartnerRow
from loyalty_pos.domain.errors import Fact, Rejection
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.tokens import Token, read_token, written


@dataclass(frozen=True, slots=True)
class Presented:
    """A partner's voucher that is genuine, whether it may be honoured or not."""

    token: Token
    partner: PartnerRow


def new_key(desk: Desk) -> tuple[str, str]:
    """Make a secret key and its public one, in hexadecimal digits."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    bits = b"".join(desk.chance.code_bits().to_bytes(10, "big") for _ in range(4))
    secret = blake2b(bits, digest_size=32).digest()
    public = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    return secret.hex(), public.hex()


def signed(token: Token, secret: str) -> str:
    """Sign a voucher and write it down; the same voucher always reads the same."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    return written(token, key.sign(token.packed()))


def genuine(message: bytes, signature: bytes, public_key: str) -> bool:
    """Say whether a shop signed exactly this."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def presented(desk: Desk, text: str) -> Presented:
    """Check that a partner's voucher is genuine, without asking anybody; raises Rejection with the reason."""
    read = read_token(text)
    if read is None:
        raise Rejection("token_unreadable")
    partner = desk.store.partners.of_shop(read.token.issuer)
    if partner is None or not partner.live:
        raise Rejection("token_unknown_issuer")
    if not genuine(read.message, read.signature, partner.public_key):
        raise Rejection("token_forged", partner=partner.name)
    if read.token.partner != desk.shop.view.shop:
        raise Rejection("token_for_another_shop", partner=partner.name)
    if not 1 <= read.token.value_minor <= MAX_AMOUNT:
        raise Rejection("token_forged", partner=partner.name)
    return Presented(read.token, partner)


def refuse_spent_or_late(desk: Desk, found: Presented) -> None:
    """Raise Rejection for a genuine voucher that is too late, too large or was presented before."""
    token, partner = found.token, found.partner
    before = desk.store.partners.honoured(partner.id, token.voucher)
    if before is not None:
        raise Rejection("token_presented", day=before.day, partner=partner.name)
    if token.expires_on < desk.now().life_day:
        raise Rejection("token_expired", day=token.expires_on, partner=partner.name)
    if partner.cap_minor is not None and token.value_minor > partner.cap_minor:
        facts: dict[str, Fact] = {"cap_minor": partner.cap_minor, "partner": partner.name}
        raise Rejection("token_over_cap", **facts)
