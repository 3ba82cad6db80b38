"""The question whether a sale was recorded a moment ago already (rules 21)."""

from loyalty_pos.app.commands import QuoteSale
from loyalty_pos.app.views import SaleView
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui.counter.state import Duplicate

DOUBLE_MS = 120_000


@dataclass(frozen=True, slots=True)
class _Just:
    """A sale recorded here a moment ago."""

    member: str
    gross_minor: int
    at_ms: int
    number: int
    sale_id: str | None


class Doubles:
    """Remember what this till recorded within two minutes, by a clock that only runs forward."""

    def __init__(self) -> None:
        self._just: list[_Just] = []

    def remember(self, sale: SaleView, now_ms: int) -> None:
        """Take note of a recorded sale; one without a member or with a receipt's number is never in doubt."""
        self._just = [one for one in self._just if now_ms - one.at_ms <= DOUBLE_MS]
        if sale.member is not None and sale.receipt_no is None:
            self._just.append(_Just(sale.member, sale.gross_minor, now_ms, sale.number, sale.sale_id))

    def forget(self, sale_id: str) -> None:
        """A sale was taken back: the next one is no double of it."""
        self._just = [one for one in self._just if one.sale_id != sale_id]

    def of(self, request: QuoteSale, quote: SaleView, now_ms: int) -> Duplicate | None:
        """Say which sale a new one may be a double of: same member, same amount, two minutes."""
        for one in self._just:
            same = (one.member, one.gross_minor) == (request.member, quote.gross_minor)
            if same and now_ms - one.at_ms <= DOUBLE_MS:
                return Duplicate(request, one.number, (now_ms - one.at_ms) // 60_000, now_ms)
        return None
