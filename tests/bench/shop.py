"""The shop that is measured: people, three programmes, and regulars with a hundred and two thousand lots."""

from pathlib import Path

from loyalty_pos import bootstrap
from loyalty_pos.app.commands import CreateShop, EnrolMember, PublishProgramme, RecordSale, SaleLine
from loyalty_pos.app.service import Service

NAMES = ("Mina", "Reza", "Sara", "Omid", "Nasrin", "Kaveh", "Leila", "Babak", "Parisa", "Dara")
FEW_LOTS, MANY_LOTS = "LOTS-0000100", "LOTS-0002000"
LOTS = {FEW_LOTS: 100, MANY_LOTS: 2_000}


def phone(member: int) -> str:
    return f"+98912{member:07}"


def card(member: int) -> str:
    return f"CARD-{member:06}"


BUYERS = 40
"""So many members, all over the shop, have bought before and do the measured buying."""


def buyer(number: int, members: int) -> str:
    return card(number % BUYERS * (members // BUYERS))


PATTERNS = {"few": FEW_LOTS, "many": MANY_LOTS}
"""Sales of the regulars, whose rows are written again by hand."""


def found_shop(path: Path, *, again: bool = False) -> Service:
    """Open a shop with three programmes and nobody in it; `again` opens one founded before."""
    service = bootstrap.open_shop(path)
    if again:
        return service
    service.do(CreateShop(name="Bench"))
    points: dict[str, object] = {"step_minor": 10_000, "point_value_minor": 100}
    service.do(PublishProgramme(key="points", kind="points", name="Points", params=points))
    credit: dict[str, object] = {"rate_bp": 300}
    service.do(PublishProgramme(key="credit", kind="spend_credit", name="Credit", params=credit))
    stamps: dict[str, object] = {"needed": 10, "count": "sales", "reward": {"skus": ["tart"]}}
    service.do(PublishProgramme(key="card", kind="stamp_card", name="Card", params=stamps))
    return service


def make_shop(path: Path, members: int) -> Service:
    service = found_shop(path)
    with service.batch():
        for number in range(members):
            name = f"{NAMES[number % 10]} {NAMES[number // 10 % 10]}ian {number}"
            service.do(EnrolMember(phone=phone(number), card=card(number), name=name))
        for regular in LOTS:
            service.do(EnrolMember(card=regular, name=regular))
    for regular, lots in LOTS.items():
        _gather(service, regular, lots)
    for number in range(BUYERS):
        service.do(sale(f"first-{number}", buyer(number, members)))
    for pattern, member in PATTERNS.items():
        service.do(sale(pattern, member))
    service.idle()
    return service


def sale(sale_id: str, member: str) -> RecordSale:
    """Make a sale of three lines that moves all three programmes."""
    lines = tuple(
        SaleLine(text=text, quantity=quantity, unit_price_minor=price)
        for text, quantity, price in (("Latte", 2, 650_000), ("Cake", 1, 900_000), ("Water", 1, 150_000))
    )
    return RecordSale(sale_id=sale_id, member=member, lines=lines)


def _gather(service: Service, regular: str, lots: int) -> None:
    """Open lots: a sale opens one of points and one of credit."""
    with service.batch():
        for number in range(lots // 2):
            service.do(RecordSale(sale_id=f"{regular}-{number}", member=regular, amount_minor=100_000))
