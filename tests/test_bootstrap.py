"""What the window prints goes through the queue of its shop, in the width of its paper."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos import bootstrap
from loyalty_pos.app.code_views import CodesView
from loyalty_pos.app.commands import (
    CreateShop,
    EnrolMember,
    IssueCodes,
    IssueGiftCard,
    PrintRewardVoucher,
    PublishProgramme,
    RecordSale,
)
from loyalty_pos.app.commands_games import IssuePartnerVouchers, PartnerVoucher, PutPartner
from loyalty_pos.app.papersink import PaperSink
from loyalty_pos.app.queries import Audit
from loyalty_pos.app.queries_games import Settlement
from loyalty_pos.app.queries_sheets import Shifts, Statement
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.bootstrap import open_shop, printing_for
from loyalty_pos.cli.tables import open_table
from loyalty_pos.devices.settings_file import SettingsFile
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.domain.identifiers import card_text
from tests.languages import language
from tests.printing import readers


class Tray:
    """A sink that remembers, or is in trouble."""

    def __init__(self) -> None:
        self.came: dict[str, bytes] = {}
        self.trouble: Fault | None = None

    def put(self, name: str, pdf: bytes) -> str:
        if self.trouble:
            raise self.trouble
        self.came[name] = pdf
        return name


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> Tray:
    tray = Tray()

    def choose(folder: Path, choices: object = None) -> PaperSink:
        return tray

    monkeypatch.setattr(bootstrap, "paper_sink", choose)
    monkeypatch.setattr(bootstrap, "languages", lambda: {"fa": language("fa"), "en": language("en")})
    return tray


@pytest.fixture
def shop_file(tmp_path: Path, tray: Tray) -> Path:
    path = tmp_path / "shop.db"
    with closing(open_shop(path)) as service:
        service.do(CreateShop(name="نارون", display_unit="toman"))
        service.do(EnrolMember(card=card_text(1), name="سارا احمدی"))
        service.do(RecordSale(sale_id="s1", member=card_text(1), amount_minor=4_690_000))
    return path


def postings(shop_file: Path) -> int:
    with closing(open_shop(shop_file)) as service:
        count: int = service.ask(Audit()).figures["postings"]
        return count


def test_a_receipt_that_could_not_be_printed_is_kept_and_comes_later(
    shop_file: Path, tray: Tray, tmp_path: Path
) -> None:
    tray.trouble = Fault("printer_failed", problem="out_of_paper")
    with pytest.raises(Fault):
        printing_for(shop_file, tmp_path / "paper").print_sale("s1")
    before = postings(shop_file)
    tray.trouble = None
    queue = printing_for(shop_file, tmp_path / "paper").queue
    assert queue is not None
    assert [job.name for job in queue.jobs()] == ["receipt-1"]
    queue.work()
    assert list(tray.came) == ["receipt-1"]
    assert postings(shop_file) == before


def test_two_shops_never_share_a_queue(shop_file: Path, tray: Tray, tmp_path: Path) -> None:
    tray.trouble = Fault("printer_failed", problem="out_of_paper")
    with pytest.raises(Fault):
        printing_for(shop_file, tmp_path / "paper").print_sale("s1")
    other = printing_for(tmp_path / "other.db", tmp_path / "paper").queue
    assert other is not None
    assert other.jobs() == []


@pytest.mark.parametrize("dots", [384, 576])
def test_paper_is_as_wide_as_the_printer(shop_file: Path, tray: Tray, tmp_path: Path, dots: int) -> None:
    printing_for(shop_file, tmp_path / "paper", width_dots=lambda: dots).print_sale("s1")
    assert readers.picture(tray.came["receipt-1"]).width == dots


def test_a_reprint_is_marked_and_recorded_once(shop_file: Path, tray: Tray, tmp_path: Path) -> None:
    printing = printing_for(shop_file, tmp_path / "paper")
    assert printing.reprint_sale is not None
    printing.print_sale("s1")
    before = postings(shop_file)
    for _ in range(2):
        printing.reprint_sale("s1", "p1")
    assert postings(shop_file) == before + 1
    assert "المثنی" in readers.text(tray.came["receipt-1-copy"])
    assert "المثنی" not in readers.text(tray.came["receipt-1"])


def test_a_voucher_that_waits_goes_when_its_code_dies(shop_file: Path, tray: Tray, tmp_path: Path) -> None:
    tray.trouble = Fault("printer_failed", problem="out_of_paper")
    printing = printing_for(shop_file, tmp_path / "paper", width_dots=lambda: 384)
    codes = []
    with closing(open_shop(shop_file)) as service:
        service.do(
            PublishProgramme(
                key="drinks", kind="stamp_card", name="نوشیدنی", params={"count": "sales", "needed": 2}
            )
        )
        for sale_id in ("s2", "s3"):
            service.do(RecordSale(sale_id=sale_id, member=card_text(1), amount_minor=1_000_000))
        for key in ("v1", "v2"):
            command = PrintRewardVoucher(posting_id=key, member=card_text(1), programme="drinks")
            codes.append(service.do(command))
            with pytest.raises(Fault):
                printing.print_voucher(codes[-1])
    assert codes[0].right == codes[1].right
    tray.trouble = None
    assert printing.queue is not None
    printing.queue.work()
    (only,) = tray.came.values()
    assert readers.scan_as("qrcode", readers.picture(only)) == codes[1].barcode
    assert "المثنی" in readers.text(only)


def issue(shop_file: Path, **more: Any) -> CodesView:
    with closing(open_shop(shop_file)) as service:
        params = {"rate_bp": 1000, "lane": "code"}
        service.do(PublishProgramme(key="spring", kind="percent_off", name="بهار", params=params))
        codes: CodesView = service.do(IssueCodes(posting_id="batch", programme="spring", **more))
        return codes


def test_slips_of_codes_wait_as_one_paper_until_the_printer_is_back(
    shop_file: Path, tray: Tray, tmp_path: Path
) -> None:
    codes = issue(shop_file, count=3)
    tray.trouble = Fault("printer_failed", problem="out_of_paper")
    printing = printing_for(shop_file, tmp_path / "paper", width_dots=lambda: 384)
    assert printing.print_codes is not None and printing.queue is not None
    with pytest.raises(Fault):
        printing.print_codes(codes)
    assert len(printing.queue.jobs()) == 1
    tray.trouble = None
    printing.queue.work()
    (only,) = tray.came.values()
    scanned = [readers.scan_as("qrcode", readers.picture(only, page=page)) for page in (1, 2, 3)]
    assert scanned == [code.barcode for code in codes.codes]


def test_gift_cards_just_sold_are_scanned_from_their_slips(
    shop_file: Path, tray: Tray, tmp_path: Path
) -> None:
    with closing(open_shop(shop_file)) as service:
        cards = service.do(IssueGiftCard(posting_id="cards", face_minor=500_000, count=2))
    printing = printing_for(shop_file, tmp_path / "paper", width_dots=lambda: 384)
    assert printing.print_gift_cards is not None
    printing.print_gift_cards(cards)
    (only,) = tray.came.values()
    scanned = [readers.scan_as("qrcode", readers.picture(only, page=page)) for page in (1, 2)]
    assert scanned == [card.barcode for card in cards.codes]


def test_a_settlement_with_a_partner_is_printed_saved_and_listed_and_its_vouchers_are_scanned(
    shop_file: Path, tray: Tray, tmp_path: Path
) -> None:
    given = PartnerVoucher(partner="photo", value_minor=500_000, expires="2099-01-01")
    with closing(open_shop(shop_file)) as service:
        service.do(PutPartner(key="photo", name="عکاسی", shop="0a" * 8, public_key="b1" * 32))
        bundle = service.do(IssuePartnerVouchers(posting_id="v/1", vouchers=(given, given)))
        sheet = service.ask(Settlement(partner="photo"))
    printing = printing_for(shop_file, tmp_path / "paper", width_dots=lambda: 576)
    assert printing.print_partner_vouchers and printing.print_partner_sheet and printing.save_list
    printing.print_partner_vouchers(bundle)
    (name,) = tray.came
    assert name.startswith("partner-vouchers-v-1")
    scanned = [readers.scan_as("qrcode", readers.picture(tray.came[name], page=page)) for page in (1, 2)]
    assert scanned == [one.token for one in bundle.vouchers]
    printing.print_partner_sheet(sheet, None)
    assert any(name.startswith("partner-photo-") for name in tray.came)
    printing.print_partner_sheet(sheet, tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert printing.save_list(Settlement(partner="photo"), tmp_path / "sheet.csv") == 2
    with pytest.raises(Fault):
        printing.print_partner_sheet(sheet, tmp_path / "nowhere" / "sheet.pdf")


def test_no_code_stands_in_the_name_of_a_waiting_paper(shop_file: Path, tray: Tray, tmp_path: Path) -> None:
    codes = issue(shop_file)
    printing = printing_for(shop_file, tmp_path / "paper")
    assert printing.print_codes is not None
    printing.print_codes(codes)
    (name,) = tray.came
    assert name.startswith("codes-") and not any(part in codes.codes[0].barcode for part in name.split("-"))


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_codes_become_a_table_that_reads_back_letter_for_letter(
    shop_file: Path, tray: Tray, tmp_path: Path, ending: str
) -> None:
    codes = issue(shop_file, count=2, member=card_text(1), expires="2030-01-01")
    printing = printing_for(shop_file, tmp_path / "paper")
    assert printing.save_codes is not None
    path = tmp_path / f"codes{ending}"
    assert printing.save_codes(codes, path) == 2
    with open_table(path) as table:
        rows = [row.fields for row in table.rows()]
    assert table.heading == ("کد", "بارکد", "برنامه", "عضو", "اعتبار تا", "اعتبار تا، شمسی")
    days = ("2030-01-01", "1408/10/12")
    assert rows == [(code.code, code.barcode, "بهار", "سارا احمدی", *days) for code in codes.codes]


def test_codes_become_sheets_of_vouchers_where_paper_is_wanted(
    shop_file: Path, tray: Tray, tmp_path: Path
) -> None:
    codes = issue(shop_file, count=2, member=card_text(1), expires="2030-01-01")
    save = printing_for(shop_file, tmp_path / "paper").save_codes
    assert save is not None and save(codes, tmp_path / "codes.pdf") == 2
    text = readers.text((tmp_path / "codes.pdf").read_bytes())
    assert all(code.code in text for code in codes.codes)
    with pytest.raises(Fault) as caught:
        save(codes, tmp_path / "none" / "codes.pdf")
    assert caught.value.code == "not_written"


def test_a_public_word_is_a_table_of_one_without_bars(shop_file: Path, tray: Tray, tmp_path: Path) -> None:
    printing = printing_for(shop_file, tmp_path / "paper")
    assert printing.save_codes is not None
    printing.save_codes(issue(shop_file, text="نوروز"), tmp_path / "word.csv")
    with open_table(tmp_path / "word.csv") as table:
        assert [row.fields for row in table.rows()] == [("نوروز", "بهار")]


def test_a_card_becomes_a_file_of_two_pages(shop_file: Path, tray: Tray, tmp_path: Path) -> None:
    printing = printing_for(shop_file, tmp_path / "paper")
    assert printing.print_card is not None
    where = Path(str(printing.print_card(card_text(1))))
    assert where.parent == tmp_path / "paper"
    assert len(readers.boxes(where.read_bytes())) == 2
    assert readers.scan(readers.picture(where.read_bytes(), 300, 2)) == card_text(1)
    assert tray.came == {}


def test_the_cards_of_all_members_become_sheets_in_pages_of_the_list(
    shop_file: Path, tray: Tray, tmp_path: Path
) -> None:
    save = printing_for(shop_file, tmp_path / "paper").save_cards
    assert save is not None
    count = save("all", tmp_path / "cards.pdf", "cards")
    assert isinstance(count, int) and count > 0
    text = readers.text((tmp_path / "cards.pdf").read_bytes())
    assert (
        card_text(1) in text.replace(" ", "")
        and len(readers.boxes((tmp_path / "cards.pdf").read_bytes())) > 1
    )
    empty = tmp_path / "empty.db"
    open_shop(empty).close()
    with closing(open_shop(empty)) as service:
        service.do(CreateShop(name="New"))
    none = printing_for(empty, tmp_path / "paper").save_cards
    with pytest.raises(Rejection) as caught:
        assert none is not None and none("all", tmp_path / "none.pdf", "labels")
    assert caught.value.code == "no_card_to_print"


def test_a_statement_and_the_cashiers_summary_are_printed_and_saved(
    shop_file: Path, tray: Tray, tmp_path: Path
) -> None:
    make = printing_for(shop_file, tmp_path / "paper", tray).make_sheet
    assert make is not None
    make(Statement(member=card_text(1)), None)
    (name,) = tray.came
    assert name.startswith("statement-") and "سارا" in readers.text(tray.came[name])
    assert make(Shifts(), tmp_path / "c.xlsx") == str(tmp_path / "c.xlsx")
    assert (tmp_path / "c.xlsx").exists()


def test_the_width_of_the_paper_is_kept_between_two_starts(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "window.json")
    assert settings.load().paper_mm == 80
    settings.save(UiSettings(paper_mm=58))
    assert SettingsFile(tmp_path / "window.json").load().paper_mm == 58
    (tmp_path / "window.json").write_text('{"paper_mm": 57}')
    assert settings.load().paper_mm == 80
