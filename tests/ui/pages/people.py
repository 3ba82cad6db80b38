"""A café with people in it, for the members page: a real shop in a real file."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

from loyalty_pos.app.commands import EditMember, EnrolMember, PrintRewardVoucher, RecordSale, Use, VoidSale
from loyalty_pos.app.queries import Member, MembersList
from loyalty_pos.app.service import Service
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.domain.errors import Fault
from tests.ui.counter import real_shop

SARA, HAMID, LEILA = "4410339108", "4410339207", "4410339306"
MORE = (
    ("رضا کریمی", "09351120478"), ("نرگس مرادی", "09194407712"), ("پریسا حیدری", "09128871234"),
    ("امیر موسوی", "09370045561"), ("هانیه رستمی", "09133349021"), ("محمد توکلی", "09125558812"),
    ("فاطمه نوری", "09901237788"), ("علی صادقی", "09121110022"), ("", "09107654321"),
)  # fmt: skip


def build(path: Path) -> None:
    """Fill the shop of the counter's scenarios with more people, a note, a voucher, a void."""
    real_shop.build(path)
    service = open_shop(path)
    try:
        for number, (name, phone) in enumerate(MORE):
            service.do(EnrolMember(phone=phone, name=name))
            for sale in range(number % 4):
                amount = 850_000 * (sale + 1)
                service.do(RecordSale(sale_id=f"{phone}-{sale}", member=phone, amount_minor=amount))
        service.do(
            EditMember(
                posting_id="note-1", member=SARA,
                note="همیشگی: لاته‌ی دبل با شیر کم‌چرب", birthday="1991-05-12",
                city="رشت", tags=("صبحانه", "شرکت"), interests=("قهوه‌ی تخصصی", "کیک"), consent=True,
            )
        )  # fmt: skip
        use = Use(credit_minor=50_000, decline=("drinks",))
        service.do(RecordSale(sale_id="paid-1", member=SARA, amount_minor=2_140_000, use=use))
        service.do(PrintRewardVoucher(posting_id="voucher-1", member=SARA, programme="drinks"))
        service.do(RecordSale(sale_id="wrong-1", member=SARA, amount_minor=9_900_000))
        service.do(VoidSale(sale_id="wrong-1"))
    finally:
        service.close()


def ask(path: Path, query: Any) -> Any:
    """Ask over a connection of one's own."""
    service = open_shop(path)
    try:
        return service.ask(query)
    finally:
        service.close()


def ref(path: Path, text: str) -> str:
    """Return the id of the member a card or phone names."""
    return str(ask(path, Member(member=text)).member)


class Moody:
    """The real service, that can be let wait (`gate`) or fail (`faulty`) where members are listed."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.gate = Event()
        self.gate.set()
        self.faulty = False
        self.lists: list[MembersList] = []

    def do(self, command: Any) -> Any:
        return self._service.do(command)

    def ask(self, query: Any) -> Any:
        if isinstance(query, MembersList):
            self.gate.wait(60)
            self.lists.append(query)
            if self.faulty:
                raise Fault("busy_file", path="shop.db")
        return self._service.ask(query)

    def close(self) -> None:
        self._service.close()


def moody(path: Path) -> tuple[Callable[[], Moody], list[Moody]]:
    """Return a factory of moody services and where the made one is found."""
    made: list[Moody] = []

    def make() -> Moody:
        made.append(Moody(open_shop(path)))
        return made[-1]

    return make, made
