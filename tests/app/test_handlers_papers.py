"""A second receipt is marked as a copy, and who asked for it stands in the books; no value moves."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from loyalty_pos.app.commands import CreateShop, EnrolMember, QuoteSale, RecordSale, ReprintReceipt, VoidSale
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.queries import Audit, Member, Shop
from loyalty_pos.app.receipts import receipt_paper
from loyalty_pos.app.records import read_record
from loyalty_pos.app.service import Service
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.store.store import SqliteStore
from tests.languages import language


class Noon:
    """A clock that stands still."""

    def now_ms(self) -> int:
        return 1_795_249_800_000


class Dice:
    """Chance that counts."""

    def __init__(self) -> None:
        self.thrown = 0

    def ref(self) -> str:
        self.thrown += 1
        return f"{self.thrown:016x}"

    def code_bits(self) -> int:
        self.thrown += 1
        return self.thrown


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    speaking = {"fa": language("fa"), "en": language("en")}
    store = SqliteStore(tmp_path / "shop.db", create=True)
    with closing(store):
        yield Desk(store, Noon(), Dice(), speaking, actor="maryam")  # type: ignore[arg-type]


@pytest.fixture
def service(desk: Desk) -> Service:
    service = Service(desk)
    service.do(CreateShop(name="Naron", display_unit="toman"))
    service.do(EnrolMember(card="A", name="سارا احمدی"))
    service.do(RecordSale(sale_id="s1", member="A", amount_minor=4_690_000))
    return service


def postings(service: Service) -> int:
    count: int = service.ask(Audit()).figures["postings"]
    return count


def test_a_reprint_records_who_asked_and_for_which_sale(service: Service, desk: Desk, tmp_path: Path) -> None:
    sale = service.do(ReprintReceipt(posting_id="p1", sale_id="s1"))
    assert (sale.sale_id, sale.number) == ("s1", 1)
    known = desk.store.ledger.posting("p1")
    assert known is not None
    assert known.kind == "reprint"
    with closing(sqlite3.connect(tmp_path / "shop.db")) as file:
        who = file.execute("SELECT actor, till, member FROM posting WHERE key = 'p1'").fetchone()
    assert who == ("maryam", "1", None)
    assert read_record(known.record) == {"sale_id": "s1", "number": 1}
    assert service.ask(Audit()).ok


def test_the_same_reprint_again_records_nothing_more_and_another_does(service: Service) -> None:
    before = postings(service)
    for _ in range(3):
        service.do(ReprintReceipt(posting_id="p1", sale_id="s1"))
    assert postings(service) == before + 1
    service.do(ReprintReceipt(posting_id="p2", sale_id="s1"))
    assert postings(service) == before + 2


def test_the_same_reprint_again_is_answered_even_when_the_sale_was_taken_back_meanwhile(
    service: Service,
) -> None:
    service.do(ReprintReceipt(posting_id="p1", sale_id="s1"))
    service.do(VoidSale(sale_id="s1"))
    assert service.do(ReprintReceipt(posting_id="p1", sale_id="s1")).sale_id == "s1"


def test_a_key_of_another_request_is_refused(service: Service) -> None:
    service.do(RecordSale(sale_id="s2", amount_minor=10_000))
    service.do(ReprintReceipt(posting_id="p1", sale_id="s1"))
    for key, sale_id in [("p1", "s2"), ("s2", "s1")]:
        with pytest.raises(Rejection) as caught:
            service.do(ReprintReceipt(posting_id=key, sale_id=sale_id))
        assert caught.value.code == "key_taken"


def test_a_sale_taken_back_is_not_reprinted(service: Service) -> None:
    service.do(VoidSale(sale_id="s1"))
    before = postings(service)
    with pytest.raises(Rejection) as caught:
        service.do(ReprintReceipt(posting_id="p1", sale_id="s1"))
    assert (caught.value.code, dict(caught.value.facts)) == ("sale_voided", {"number": 1})
    assert postings(service) == before


def test_an_unknown_sale_is_refused(service: Service) -> None:
    with pytest.raises(Rejection) as caught:
        service.do(ReprintReceipt(posting_id="p1", sale_id="nothing"))
    assert caught.value.code == "unknown_sale"


@pytest.mark.parametrize("key", ["", " ", "void:s1", "x" * 65])
def test_a_key_that_cannot_be_kept_is_refused(service: Service, key: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        service.do(ReprintReceipt(posting_id=key, sale_id="s1"))
    assert caught.value.facts["field"] == "posting_id"


def test_a_reprint_moves_nothing_and_leaves_an_offer_good(service: Service) -> None:
    before = service.ask(Member(member="A"))
    offer = service.ask(QuoteSale(member="A", amount_minor=50_000))
    service.do(ReprintReceipt(posting_id="p1", sale_id="s1"))
    assert service.ask(Member(member="A")) == before
    sale = service.do(
        RecordSale(sale_id="s2", member="A", amount_minor=50_000, fingerprint=offer.fingerprint)
    )
    assert sale.number == 2


@pytest.mark.parametrize(("code", "mark"), [("fa", "المثنی"), ("en", "Copy")])
def test_a_copy_is_the_same_receipt_with_the_mark(service: Service, code: LanguageCode, mark: str) -> None:
    sale, shop = service.do(ReprintReceipt(posting_id="p1", sale_id="s1")), service.ask(Shop())
    member, said = service.ask(Member(member="A")), language(code, shop)
    first = receipt_paper(sale, shop, member, said)
    copy = receipt_paper(sale, shop, member, said, copy=True, width_dots=384)
    assert (first.copy_text, first.width_dots) == ("", 576)
    assert (copy.copy_text, copy.width_dots) == (mark, 384)
    assert (copy.lines, copy.paid_text, copy.barcode) == (first.lines, first.paid_text, first.barcode)
