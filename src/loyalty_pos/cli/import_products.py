"""`loyalty-pos import products FILE`: add goods, and change those that differ from the file."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from loyalty_pos.app.commands import PutProduct
from loyalty_pos.app.queries import CheckProduct, Product
from loyalty_pos.cli.products_file import ReadProduct
from loyalty_pos.cli.reading import Imported, RefusedRow
from loyalty_pos.cli.row_import import RowImport
from loyalty_pos.domain.errors import Rejection


class ProductsImport(RowImport[ReadProduct]):
    """Put the goods of a file into a shop; what the file does not speak of stays as it is."""

    def __init__(self, service: Any, *, dry_run: bool) -> None:
        super().__init__(service, dry_run=dry_run)
        self._met: dict[str, tuple[int, Any]] = {}
        self._barcodes: dict[str, str] = {}

    def run(self, rows: Iterable[ReadProduct | RefusedRow], progress: Callable[[int], object]) -> Imported:
        """Put every product that is new or different; a fault lets the batches before it stand."""
        return self.take_rows(rows, progress)

    def _take(self, row: ReadProduct) -> None:
        known = self._known(row.sku)
        before = {} if known is None else asdict(known)
        fields: dict[str, Any] = {**before, "sku": row.sku, **row.said}
        product = self._service.ask(CheckProduct(**fields))
        self._refuse_second(row.line, product)
        if product == known:
            self._done.skipped += 1
            return
        self._service.do(PutProduct(**asdict(product)))
        if known is None:
            self._done.imported += 1
        else:
            self._done.changed += 1
        self._done.show(
            row.line,
            sku=product.sku,
            name=product.name,
            price_minor=product.price_minor,
            group=product.group or "",
            barcode=product.barcode or "",
        )

    def _known(self, sku: str) -> Any:
        if sku in self._met:
            return self._met[sku][1]
        try:
            return self._service.ask(Product(sku=sku))
        except Rejection:
            return None

    def _refuse_second(self, line: int, product: Any) -> None:
        """Refuse a second row that says something else of a product, or gives away its barcode."""
        first, met = self._met.setdefault(product.sku, (line, product))
        if met != product:
            raise Rejection("sku_twice", sku=product.sku, other=first)
        owner = self._barcodes.setdefault(product.barcode, product.sku) if product.barcode else product.sku
        if owner != product.sku:
            del self._met[product.sku]
            raise Rejection("barcode_taken", barcode=product.barcode, sku=owner)
