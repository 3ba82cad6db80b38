"""Stored things put on paper: read from the shop, put into words, drawn, handed to whoever prints."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from loyalty_pos.printing import DRAW

if TYPE_CHECKING:
    from loyalty_pos.app.cause_views import SettlementView
    from loyalty_pos.app.code_views import CodesView
    from loyalty_pos.app.front import Service
    from loyalty_pos.app.gift_card_views import GiftCardsView
    from loyalty_pos.app.language import Language, LanguageCode
    from loyalty_pos.app.lifetime_views import DayView
    from loyalty_pos.app.list_views import MemberRecordView
    from loyalty_pos.app.papers import CardPaper, Paper, VoucherPaper
    from loyalty_pos.app.papersink import PaperSink
    from loyalty_pos.app.partner_views import PartnerVouchersView
    from loyalty_pos.app.partner_views import SettlementView as PartnerSheet
    from loyalty_pos.app.queries import MemberChoice
    from loyalty_pos.app.views import MemberView, SaleView, ShopView, TakenBackView, VoucherView
    from loyalty_pos.cli.game_lists import Listed

    SheetPaper = VoucherPaper | CardPaper

_P = TypeVar("_P", bound="Paper")


class Press:
    """Put stored things on paper; called on the paper thread, each job over a connection of its own.

    `service` opens the shop for an actor; with `training` every paper says that nothing of it is real.
    What a first paint does not need is imported by the job that does.
    """

    def __init__(
        self,
        service: Callable[[str], AbstractContextManager[Service]],
        languages: Callable[[], dict[LanguageCode, Language]],
        folder: Path,
        sink: PaperSink,
        width_dots: Callable[[], int],
        sheets: Callable[[], PaperSink] | None = None,
        *,
        training: bool = False,
    ) -> None:
        self._training = training
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
        paper = trial_paper(shop, language, width_dots=self._width_dots())
        return sink.put("test-page", render(self._marked(paper, language)))

    def print_voucher(self, voucher: VoucherView) -> str:
        """Print a reward's voucher; what was kept of an older paper of the same right is dead and goes."""
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.app.receipts import voucher_paper

        with self._service("printing") as service:
            shop = service.ask(Shop())
        language = self._languages()[shop.language].with_shop(shop)
        paper = voucher_paper(voucher, shop, language, width_dots=self._width_dots())
        return self._put(f"voucher-{voucher.right or voucher.barcode[-6:]}", paper, language)

    def print_refund(self, view: TakenBackView) -> str:
        """Print what a refund paid back and what else it moved."""
        from loyalty_pos.app.queries import Sale
        from loyalty_pos.app.refund_paper import refund_paper

        with self._service("printing") as service:
            sale, shop, member = _facts(service, service.ask(Sale(sale_id=view.sale_id)))
        language = self._languages()[shop.language].with_shop(shop)
        paper = refund_paper(view, sale, shop, member, language, width_dots=self._width_dots())
        return self._put(f"refund-{sale.number}-{view.refund_id}", paper, language)

    def print_day(self, day: DayView) -> str:
        """Print the loyalty summary of a closed day."""
        from loyalty_pos.app.day_paper import day_paper
        from loyalty_pos.app.queries import Shop

        with self._service("printing") as service:
            shop = service.ask(Shop())
        language = self._languages()[shop.language].with_shop(shop)
        paper = day_paper(day, shop, language, width_dots=self._width_dots())
        return self._put(f"day-{day.day}-{day.number}", paper, language)

    def print_settlement(self, view: SettlementView) -> str:
        """Print that money was handed over to a cause."""
        from loyalty_pos.app.cause_papers import settlement_paper
        from loyalty_pos.app.queries import Shop

        with self._service("printing") as service:
            shop = service.ask(Shop())
        language = self._languages()[shop.language].with_shop(shop)
        paper = settlement_paper(view, shop, language, width_dots=self._width_dots())
        return self._put(f"settlement-{view.posting_id}", paper, language)

    def print_partner_sheet(self, sheet: PartnerSheet, path: Path | None = None) -> str:
        """Print what a partner and the shop owe each other, or save it as a PDF where a `path` is given."""
        from loyalty_pos.app.partner_papers import settlement_paper
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.app.queries_lifetime import Day
        from loyalty_pos.printing.papers import render

        with self._service("printing") as service:
            shop, today = service.ask(Shop()), service.ask(Day()).day
        language = self._languages()[shop.language].with_shop(shop)
        pdf = render(settlement_paper(sheet, shop, today, language, width_dots=self._width_dots()))
        if path is None:
            return self._sink.put(f"partner-{_plain(sheet.partner)}-{today}", pdf)
        return _saved(path, pdf)

    def print_partner_vouchers(self, bundle: PartnerVouchersView) -> str:
        """Print a bundle of vouchers for partners, a page each."""
        from loyalty_pos.app.partner_papers import partner_voucher_papers
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.printing.papers import render_vouchers

        with self._service("printing") as service:
            shop = service.ask(Shop())
        language = self._languages()[shop.language].with_shop(shop)
        papers = partner_voucher_papers(bundle, shop, language, width_dots=self._width_dots())
        return self._sink.put(f"partner-vouchers-{_plain(bundle.posting_id)}", render_vouchers(papers))

    def save_list(self, query: Listed, path: Path) -> int:
        """Write a list of people, answers, draws or vouchers into a table, and return its rows."""
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.cli.game_lists import write_game_list

        with self._service("printing") as service:
            shop = service.ask(Shop())
            language = self._languages()[shop.language].with_shop(shop)
            return write_game_list(path, query, service, language)

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
        marked = [self._marked(one, language) for one in papers]
        return self._sink.put(f"codes-{mark}", render_vouchers(marked))

    def print_gift_cards(self, cards: GiftCardsView) -> str:
        """Print gift cards just made as slips, a page each, in one piece: they are on no other paper yet."""
        from loyalty_pos.app.code_papers import gift_card_papers
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.printing.papers import render_vouchers

        with self._service("printing") as service:
            shop = service.ask(Shop())
        language = self._languages()[shop.language].with_shop(shop)
        papers = gift_card_papers(cards, shop, language, width_dots=self._width_dots())
        marked = [self._marked(one, language) for one in papers]
        return self._sink.put(f"gift-cards-{cards.codes[0].card}", render_vouchers(marked))

    def save_codes(self, codes: CodesView, path: Path) -> int:
        """Write codes just issued into a table, or draw them on A4 where a .pdf is wanted."""
        from loyalty_pos.app.queries import Programmes, Shop
        from loyalty_pos.cli.codes_file import write_codes

        with self._service("printing") as service:
            shop, found = service.ask(Shop()), service.ask(Programmes()).programmes
        if path.suffix.casefold() == ".pdf":
            from loyalty_pos.app.code_papers import code_papers

            language = self._languages()[shop.language].with_shop(shop)
            programme = next(each for each in found if each.key == codes.programme)
            papers = [self._marked(one, language) for one in code_papers(codes, programme, shop, language)]
            return draw_sheets(papers, path, language)
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
        language = self._languages()[shop.language].with_shop(shop)
        paper = self._marked(card_paper(view, shop, language), language)
        return PdfFolder(self._folder).put(f"card-{paper.barcode}", render(paper))

    def save_cards(self, only: MemberChoice, path: Path, kind: SheetKind) -> int:
        """Draw the cards or labels of all members of a choice on A4; raises Rejection when there are none."""
        from loyalty_pos.app.member_cards import card_papers
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.domain.errors import Rejection

        with self._service("printing") as service:
            shop = service.ask(Shop())
            language = self._languages()[shop.language].with_shop(shop)
            papers = [
                self._marked(one, language) for one in card_papers(_records(service, only), shop, language)
            ]
        if not papers:
            raise Rejection("no_card_to_print")
        return draw_sheets(papers, path, language, kind)

    def _put(self, name: str, paper: Paper, language: Language) -> str:
        from loyalty_pos.printing.papers import render

        return self._sink.put(name, render(self._marked(paper, language)))

    def _marked(self, paper: _P, language: Language) -> _P:
        """Say on a paper of the training shop that it is one; its barcode means nothing at a real till."""
        from dataclasses import replace

        from loyalty_pos.app.papers import CardPaper, ReceiptPaper

        if not self._training:
            return paper
        said = language.t("Training")
        if isinstance(paper, CardPaper):
            changes = {"under_text": said}
        else:
            changes = {"copy_text": f"{said} · {paper.copy_text}" if paper.copy_text else said}
        if isinstance(paper, ReceiptPaper) and paper.barcode:
            changes |= {"barcode": "", "barcode_text": ""}
        return cast("_P", replace(cast("Any", paper), **changes))

    def _receipt(self, sale: SaleView, shop: ShopView, member: MemberView | None, *, copy: bool) -> str:
        from loyalty_pos.app.receipts import receipt_paper

        language = self._languages()[shop.language].with_shop(shop)
        paper = receipt_paper(sale, shop, member, language, copy=copy, width_dots=self._width_dots())
        return self._put(f"receipt-{sale.number}{'-copy' if copy else ''}", paper, language)


def _records(service: Service, only: MemberChoice) -> Iterator[MemberRecordView]:
    """Give what is written down about all members of a choice, in the order they are listed."""
    from loyalty_pos.app.queries import MemberRecord, MembersList

    after: str | None = None
    while True:
        page = service.ask(MembersList(only=only, after=after, limit=200))
        for member in page.members:
            yield service.ask(MemberRecord(member=member.member))
        after = page.next
        if after is None:
            return


def _plain(text: str) -> str:
    """Keep of a name what every system takes in a file's name."""
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in text)


def _saved(path: Path, pdf: bytes) -> str:
    """Write a PDF, whole or not at all; raises Fault."""
    from loyalty_pos.cli.sheets import write_whole

    def write(part: Path) -> int:
        return part.write_bytes(pdf)

    write_whole(path, write)
    return str(path)


def _facts(service: Service, sale: SaleView) -> tuple[SaleView, ShopView, MemberView | None]:
    from loyalty_pos.app.queries import Member, Shop

    return sale, service.ask(Shop()), service.ask(Member(member=sale.member)) if sale.member else None


SheetKind = Literal["vouchers", "cards", "labels"]


def draw_sheets(
    papers: Sequence[SheetPaper], path: Path, language: Language, kind: SheetKind = "vouchers"
) -> int:
    """Draw vouchers, cards or labels on A4 in a process of its own, so that no tick waits; raises Fault."""
    import subprocess
    from tempfile import TemporaryDirectory

    from loyalty_pos.domain.errors import Fault

    page = language.t("Page {page} of {pages}", page="{page}", pages="{pages}")
    try:
        with TemporaryDirectory(prefix="vouchers-") as folder:
            source = Path(folder) / "request.jsonl"
            write_sheet_request(source, papers, page, language.digits("0123456789"), kind)
            done = subprocess.run(sheet_command(source, path), check=False)  # noqa: S603 - this very program
    except OSError as trouble:
        raise Fault("not_written", path=str(path)) from trouble
    if done.returncode:
        raise Fault("not_written", path=str(path))
    return len(papers)


def write_sheet_request(
    source: Path,
    papers: Sequence[SheetPaper],
    page_text: str,
    numerals: str = "0123456789",
    kind: SheetKind = "vouchers",
) -> None:
    """Write down what a child is to draw: the first paper whole, of the others what differs from it."""
    from dataclasses import asdict

    first = asdict(papers[0]) if papers else {}
    source.touch(mode=0o600)  # codes in it are good for whoever reads them
    with source.open("w", encoding="utf-8") as file:
        about = {"kind": kind, "page": page_text, "numerals": numerals}
        head = {**about, "count": len(papers), "first": first}
        file.write(json.dumps(head, ensure_ascii=False) + "\n")
        for paper in papers:
            differs = {name: value for name, value in asdict(paper).items() if value != first[name]}
            file.write(json.dumps(differs, ensure_ascii=False) + "\n")


def sheet_command(source: Path, target: Path) -> list[str]:
    """Say how this program is started once more, to draw."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "loyalty_pos"]
    return [*program, DRAW, str(source), str(target)]


def draw_request(source: Path, target: Path) -> int:
    """Draw what was written down, beside the file that it becomes; return the exit status."""
    from loyalty_pos.app.papers import CardPaper, VoucherPaper
    from loyalty_pos.printing.card_sheet import card_sheets, label_sheets
    from loyalty_pos.printing.voucher_sheet import voucher_sheets

    beside = target.with_name(f".{target.name}.part")
    if hasattr(os, "nice"):
        os.nice(19)  # the till comes first
    try:
        with source.open(encoding="utf-8") as file:
            head = json.loads(file.readline())
            rows = ({**head["first"], **json.loads(line)} for line in file)
            if head["kind"] == "vouchers":
                papers = (VoucherPaper(**row) for row in rows)
                voucher_sheets(papers, beside, head["page"], head["count"], head["numerals"])
            else:
                draw = card_sheets if head["kind"] == "cards" else label_sheets
                draw((CardPaper(**row) for row in rows), beside)
        beside.replace(target)
    except OSError:
        beside.unlink(missing_ok=True)
        return 1
    return 0
