"""Stored things put on paper: read from the shop, put into words, drawn, handed to whoever prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_pos.app.cause_views import SettlementView
    from loyalty_pos.app.code_views import CodesView
    from loyalty_pos.app.gift_card_views import GiftCardsView
    from loyalty_pos.app.language import Language, LanguageCode
    from loyalty_pos.app.lifetime_views import DayView
    from loyalty_pos.app.papersink import PaperSink
    from loyalty_pos.app.service import Service
    from loyalty_pos.app.views import MemberView, SaleView, ShopView, TakenBackView, VoucherView


class Press:
    """Put stored things on paper; called on the paper thread, each job over a connection of its own.

    `service` opens the shop for an actor. What a first paint does not need is imported by the job that does.
    """

    def __init__(
        self,
        service: Callable[[str], AbstractContextManager[Service]],
        languages: Callable[[], dict[LanguageCode, Language]],
        folder: Path,
        sink: PaperSink,
        width_dots: Callable[[], int],
        sheets: Callable[[], PaperSink] | None = None,
    ) -> None:
        self._service = service
        self._languages = languages
        self._folder = folder
        self._sink = sink
        self._width_dots = width_dots
        self._sheets = sheets or (lambda: sink)  # where A4 goes: not to a printer of receipts

    def print_sale(self, sale_id: str) -> str:
        """Print a recorded sale's receipt."""
        from loyalty_pos.app.queries import Sale

        with self._service("printing") as service:
            facts = _facts(service, service.ask(Sale(sale_id=sale_id)))
        return self._receipt(*facts, copy=False)

    def reprint_sale(self, sale_id: str, posting_id: str) -> str:
        """Record that a receipt is printed again, then print it marked as a copy."""
        from loyalty_pos.app.commands import ReprintReceipt

        with self._service("counter") as service:
            facts = _facts(service, service.do(ReprintReceipt(posting_id=posting_id, sale_id=sale_id)))
        return self._receipt(*facts, copy=True)

    def print_test(self, sink: PaperSink) -> str:
        """Print a page that shows whether a printer does its work."""
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.app.receipts import trial_paper
        from loyalty_pos.printing.papers import render

        with self._service("printing") as service:
            shop = service.ask(Shop())
        language = self._languages()[shop.language].with_shop(shop)
        return sink.put("test-page", render(trial_paper(shop, language, width_dots=self._width_dots())))

    def print_voucher(self, voucher: VoucherView) -> str:
        """Print a reward's voucher; what was kept of an older paper of the same right is dead and goes."""
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.app.receipts import voucher_paper
        from loyalty_pos.printing.papers import render

        with self._service("printing") as service:
            shop = service.ask(Shop())
        language = self._languages()[shop.language].with_shop(shop)
        paper = voucher_paper(voucher, shop, language, width_dots=self._width_dots())
        return self._sink.put(f"voucher-{voucher.right or voucher.barcode[-6:]}", render(paper))

    def print_refund(self, view: TakenBackView) -> str:
        """Print what a refund paid back and what else it moved."""
        from loyalty_pos.app.queries import Sale
        from loyalty_pos.app.refund_paper import refund_paper
        from loyalty_pos.printing.papers import render

        with self._service("printing") as service:
            sale, shop, member = _facts(service, service.ask(Sale(sale_id=view.sale_id)))
        language = self._languages()[shop.language].with_shop(shop)
        paper = refund_paper(view, sale, shop, member, language, width_dots=self._width_dots())
        return self._sink.put(f"refund-{sale.number}-{view.refund_id}", render(paper))

    def print_day(self, day: DayView) -> str:
        """Print the loyalty summary of a closed day."""
        from loyalty_pos.app.day_paper import day_paper
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.printing.papers import render

        with self._service("printing") as service:
            shop = service.ask(Shop())
        language = self._languages()[shop.language].with_shop(shop)
        paper = day_paper(day, shop, language, width_dots=self._width_dots())
        return self._sink.put(f"day-{day.day}-{day.number}", render(paper))

    def print_settlement(self, view: SettlementView) -> str:
        """Print that money was handed over to a cause."""
        from loyalty_pos.app.cause_papers import settlement_paper
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.printing.papers import render

        with self._service("printing") as service:
            shop = service.ask(Shop())
        language = self._languages()[shop.language].with_shop(shop)
        paper = settlement_paper(view, shop, language, width_dots=self._width_dots())
        return self._sink.put(f"settlement-{view.posting_id}", render(paper))

    def print_codes(self, codes: CodesView) -> str:
        """Print codes just issued as slips, a page each, in one piece: they are on no other paper yet."""
        from hashlib import blake2b

        from loyalty_pos.app.code_papers import code_papers
        from loyalty_pos.app.queries import Programmes, Shop
        from loyalty_pos.printing.papers import render_vouchers

        with self._service("printing") as service:
            shop, found = service.ask(Shop()), service.ask(Programmes()).programmes
        programme = next(each for each in found if each.key == codes.programme)
        language = self._languages()[shop.language].with_shop(shop)
        papers = code_papers(codes, programme, shop, language, width_dots=self._width_dots())
        mark = blake2b(papers[0].barcode.encode(), digest_size=4).hexdigest()  # no code in a file's name
        return self._sink.put(f"codes-{mark}", render_vouchers(papers))

    def print_gift_cards(self, cards: GiftCardsView) -> str:
        """Print gift cards just made as slips, a page each, in one piece: they are on no other paper yet."""
        from loyalty_pos.app.code_papers import gift_card_papers
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.printing.papers import render_vouchers

        with self._service("printing") as service:
            shop = service.ask(Shop())
        language = self._languages()[shop.language].with_shop(shop)
        papers = gift_card_papers(cards, shop, language, width_dots=self._width_dots())
        return self._sink.put(f"gift-cards-{cards.codes[0].card}", render_vouchers(papers))

    def save_codes(self, codes: CodesView, path: Path) -> int:
        """Write codes just issued into a table."""
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.cli.codes_file import write_codes

        with self._service("printing") as service:
            shop = service.ask(Shop())
        return write_codes(path, codes, shop, self._languages()[shop.language].with_shop(shop))

    def print_terms(self, asks: Sequence[str], day: str) -> str:
        """Print the club's terms as they stand on a day, on one sheet of A4."""
        from loyalty_pos.app.queries import Programmes, Shop
        from loyalty_pos.app.terms_paper import terms_paper
        from loyalty_pos.printing.papers import render_terms

        with self._service("printing") as service:
            shop, found = service.ask(Shop()), service.ask(Programmes())
            language = self._languages()[shop.language].with_shop(shop)
            paper = terms_paper(found, shop, language, asks=asks, day=day)
        return self._sheets().put(f"terms-{day}", render_terms(paper))

    def print_card(self, member: str) -> str:
        """Save a member's card, both sides, as a file: a receipt printer cannot print it."""
        from loyalty_pos.app.member_cards import card_paper
        from loyalty_pos.app.queries import Member, Shop
        from loyalty_pos.devices.printer import PdfFolder
        from loyalty_pos.printing.papers import render

        with self._service("printing") as service:
            shop, view = service.ask(Shop()), service.ask(Member(member=member))
        paper = card_paper(view, shop, self._languages()[shop.language].with_shop(shop))
        return PdfFolder(self._folder).put(f"card-{paper.barcode}", render(paper))

    def _receipt(self, sale: SaleView, shop: ShopView, member: MemberView | None, *, copy: bool) -> str:
        from loyalty_pos.app.receipts import receipt_paper
        from loyalty_pos.printing.papers import render

        language = self._languages()[shop.language].with_shop(shop)
        paper = receipt_paper(sale, shop, member, language, copy=copy, width_dots=self._width_dots())
        return self._sink.put(f"receipt-{sale.number}{'-copy' if copy else ''}", render(paper))


def _facts(service: Service, sale: SaleView) -> tuple[SaleView, ShopView, MemberView | None]:
    from loyalty_pos.app.queries import Member, Shop

    return sale, service.ask(Shop()), service.ask(Member(member=sale.member)) if sale.member else None
