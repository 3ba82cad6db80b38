"""`loyalty-pos import sales FILE`: bring a shop's past sales in, each at its own time, each only once."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import Any

from loyalty_pos.app.commands import EnrolMember, ImportSale, SaleLine
from loyalty_pos.app.queries import Identify, Sale
from loyalty_pos.cli.reading import Imported
from loyalty_pos.cli.row_import import RowImport
from loyalty_pos.cli.sales_file import ReadSale, SalesFile
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.identifiers import card_key
from loyalty_pos.domain.text import search_key

_NO_NAME = "-"


class SalesImport(RowImport[ReadSale]):
    """Post the sales of a file into a shop through the same engine as the counter's."""

    def __init__(
        self, service: Any, products: Sequence[Any], zone: tzinfo, *, enrol: bool, dry_run: bool
    ) -> None:
        super().__init__(service, dry_run=dry_run)
        self._zone = zone
        self._skus = {search_key(product.name): product.sku for product in products}
        self._skus |= {search_key(product.sku): product.sku for product in products}
        self._enrol = enrol
        self._members: dict[str, str | None] = {}
        self._new: set[str] = set()
        self._posted: set[str] = set()

    def run(self, found: SalesFile, progress: Callable[[int], object]) -> Imported:
        """Post every sale that is not there yet, in the order of time; `progress` hears of each batch.

        A fault lets the batches before it stand.
        """
        self._done.refused.extend(found.refused)
        in_time = sorted(found.sales, key=lambda sale: sale.at_ms)
        self.take_rows(in_time, progress)
        self._done.refused.sort(key=lambda row: row.line)
        return self._done

    def _take(self, sale: ReadSale) -> None:
        if self._is_there(sale.key):
            self._done.skipped += 1
            return
        member = self._member_of(sale)
        self._service.do(self._command(sale, member))
        self._show(sale)
        self._posted.add(sale.key)
        self._done.imported += 1

    def _show(self, sale: ReadSale) -> None:
        if not self._done.dry_run:
            return
        at = datetime.fromtimestamp(sale.at_ms / 1000, self._zone)
        self._done.show(
            sale.line,
            when=f"{at:%Y-%m-%d %H:%M:%S}",
            amount_minor=sale.amount_minor,
            card=sale.card,
            phone=sale.phone,
            item=sale.item,
            quantity=sale.quantity,
            receipt=sale.receipt_no or "",
        )

    def _forget_batch(self) -> None:
        self._members.clear()

    def _is_there(self, key: str) -> bool:
        if key in self._posted:
            return True
        try:
            self._service.ask(Sale(sale_id=key))
        except Rejection:
            return False
        return True

    def _command(self, sale: ReadSale, member: str | None) -> ImportSale:
        plain = not sale.item and sale.quantity == 1
        return ImportSale(
            sale_id=sale.key,
            at_ms=sale.at_ms,
            member=member,
            receipt_no=sale.receipt_no,
            amount_minor=sale.amount_minor if plain else None,
            lines=() if plain else self._lines(sale),
        )

    def _lines(self, sale: ReadSale) -> tuple[SaleLine, ...]:
        """Make lines that add up to what was paid, the pieces' prices at most one unit apart."""
        sku = self._skus.get(search_key(sale.item)) if sale.item else None
        each, dearer = divmod(sale.amount_minor, sale.quantity)
        text = None if sku else sale.item or _NO_NAME
        return tuple(
            SaleLine(sku=sku, text=text, quantity=pieces, unit_price_minor=price)
            for pieces, price in ((sale.quantity - dearer, each), (dearer, each + 1))
            if pieces
        )

    def _member_of(self, sale: ReadSale) -> str | None:
        """Find the row's member by card, else by phone; a row with neither is nobody's."""
        if not (sale.card or sale.phone):
            return None
        texts = [text for text in (sale.card, sale.phone) if text]
        member = next((known for text in texts if (known := self._known(text))), None)
        if member is None:
            if not self._enrol:
                raise Rejection("unknown_card", value=texts[0])
            member = self._enrolled(sale)
        for text in texts:
            self._members[card_key(text)] = member
        return member

    def _known(self, text: str) -> str | None:
        key = card_key(text)
        if key not in self._members:
            self._members[key] = self._exactly(text)
        return self._members[key]

    def _exactly(self, text: str) -> str | None:
        """Ask who owns this card or phone; the last digits of somebody's phone are not that.

        Whatever has the form of a phone is matched by number, anything else letter for letter.
        """
        answer = self._service.ask(Identify(text=text))
        if answer.kind != "member":
            return None
        if answer.looks_like == "phone" or card_key(text) in map(card_key, answer.member.cards):
            return str(answer.member.member)
        return None

    def _enrolled(self, sale: ReadSale) -> str:
        new = str(self._service.do(EnrolMember(card=sale.card or None, phone=sale.phone or None)).member)
        known_as = {card_key(text) for text in (sale.card, sale.phone) if text}
        self._done.members_new += not known_as & self._new
        self._new |= known_as
        return new
