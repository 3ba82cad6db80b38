"""The worked numbers of the guide's pages about offers, codes, limits and segments, out of the engine."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from loyalty_pos.app.commands import (
    AddToSegment,
    CreateShop,
    EnrolMember,
    IssueCodes,
    PublishProgramme,
    PutProduct,
    QuoteSale,
    RecordSale,
    SaleLine,
    Use,
    VoidSale,
)
from loyalty_pos.app.commands_standing import EndContract, SellMembership, StartContract
from loyalty_pos.app.queries import Member
from loyalty_pos.app.queries_games import Draws
from loyalty_pos.app.service import Service
from loyalty_pos.bootstrap import open_shop
from tests.gallery_guide import Evening

TOMAN = 10
Programme = tuple[str, str, Mapping[str, Any], Mapping[str, Any]]
BIRTHDAY, ANOTHER_DAY = "1990-11-21", "1990-11-25"


@contextmanager
def shop_of(*programmes: Programme, birthday: str = ANOTHER_DAY) -> Iterator[Service]:
    """Open a shop with these programmes and one member."""
    with TemporaryDirectory() as folder:
        service = open_shop(Path(folder) / "shop.db", Evening())
        service.do(CreateShop(name="Corner", display_unit="toman", calendar="gregorian"))
        service.do(EnrolMember(card="A", birthday=birthday))
        for key, kind, params, when in programmes:
            command = PublishProgramme(key=key, kind=kind, name=key, params=dict(params), when=dict(when))
            service.do(command)
        yield service
        service.close()


def due(service: Service, toman: int | None = None, *lines: SaleLine, codes: tuple[str, ...] = ()) -> int:
    """What is to pay of a bill, in Toman."""
    amount = None if toman is None else toman * TOMAN
    asked = QuoteSale(member="A", amount_minor=amount, lines=lines, use=Use(codes=codes))
    whole, rest = divmod(service.ask(asked).due_minor, TOMAN)
    assert not rest
    return int(whole)


def units(toman: int, count: int) -> SaleLine:
    return SaleLine(text="Coffee", unit_price_minor=toman * TOMAN, quantity=count)


def percent(rate_bp: int, when: Mapping[str, Any] | None = None, **params: Any) -> Programme:
    return f"off{rate_bp}", "percent_off", {"rate_bp": rate_bp, **params}, when or {}


def amount(toman: int, when: Mapping[str, Any] | None = None, **params: Any) -> Programme:
    return "amount", "amount_off", {"amount_minor": toman * TOMAN, **params}, when or {}


def offers(_: object = None) -> set[int]:
    return _single_offers() | _together() | _apart() | _in_one_group()


def _single_offers() -> set[int]:
    made = {60_000, 90_000, 150_000, 5_000, 30_000, 200_000, 15_000}
    with shop_of(("set", "set_offer", {"buy": 2, "get": 1}, {})) as service:
        made.add(due(service, None, units(60_000, 3)))
    with shop_of(("set", "set_offer", {"buy": 1, "get": 1, "rate_bp": 5_000}, {})) as service:
        made.add(due(service, None, units(90_000, 2)))
    with shop_of(("set", "set_price", {"units": 3, "price_minor": 150_000 * TOMAN}, {})) as service:
        assert due(service, None, units(60_000, 3)) == 150_000
    with shop_of(amount(5_000, per="unit")) as service:
        made.add(due(service, None, units(30_000, 3)))
    with shop_of(percent(1_000)) as service:
        made.add(due(service, 200_000))
    with shop_of(percent(1_000, max_discount_minor=15_000 * TOMAN)) as service:
        made.add(due(service, 200_000))
    return made


def _together() -> set[int]:
    """A price of its own, then a code, then the bill."""
    one, two, three = percent(3_000), percent(1_000, lane="code"), amount(5_000)
    made = {100_000, 5_000}
    for programmes in ((one,), (one, two), (one, two, three)):
        with shop_of(*programmes) as service:
            if two in programmes:
                service.do(IssueCodes(posting_id="word", programme=two[0], text="nowruz"))
            made.add(due(service, 100_000, codes=("nowruz",) if two in programmes else ()))
    return made


def _apart() -> set[int]:
    """One offer alone against two others, and one that does not go with another."""
    others, alone = (percent(500), amount(5_000)), percent(2_000, {"stacking": {"alone": True}})
    made = {100_000, 20_000, 200_000, 8_000}
    with shop_of(*others) as service:
        made.add(due(service, 100_000))
    with shop_of(alone) as service:
        made.add(due(service, 20_000))
    with shop_of(*others, alone) as service:
        made |= {due(service, 100_000), due(service, 20_000)}
    with shop_of(percent(500), amount(8_000, {"stacking": {"not_with": ["off500"]}})) as service:
        made |= {due(service, 100_000), due(service, 200_000)}
    return made


def _in_one_group() -> set[int]:
    """Tea and cake, with points in one group and apart."""
    made = {60_000, 90_000, 10_000}
    for stacking in ({"group": "points"}, {}):
        step = {"step_minor": 10_000 * TOMAN}
        plain: Programme = ("all", "points", step, {"stacking": stacking})
        of_cake = {"stacking": stacking, "basket": {"groups_in": ["cake"]}}
        more: Programme = ("cake", "points", {**step, "points_per_step": 3}, of_cake)
        with shop_of(plain, more) as service:
            for name, toman in (("cake", 90_000), ("tea", 60_000)):
                service.do(PutProduct(sku=name, name=name, price_minor=toman * TOMAN, group=name))
            lines = (SaleLine(sku="cake"), SaleLine(sku="tea"))
            made.add(service.ask(QuoteSale(member="A", lines=lines)).earned.points)
    return made


def codes(_: object = None) -> set[int]:
    """A public word, a code of money, and two of those."""
    made = {469_000, 50_000, 200_000}
    with shop_of(percent(1_000, lane="code"), amount(50_000, by_code=True)) as service:
        service.do(IssueCodes(posting_id="word", programme="off1000", text="nowruz"))
        issued = service.do(IssueCodes(posting_id="two", programme="amount", count=2)).codes
        one, two = (each.code for each in issued)
        made |= {due(service, 469_000, codes=("nowruz",)), due(service, 469_000, codes=(one,))}
        made.add(due(service, 200_000, codes=(one, two)))
    return made


def limits(_: object = None) -> set[int]:
    """Three bills until a budget is used up; a sale taken back lets it run on."""
    made = {50_000, 300_000, 30_000, 20_000}
    with shop_of(percent(1_000, {"limits": {"budget_minor": 50_000 * TOMAN}})) as service:
        paid = []
        for number in range(3):
            sale = RecordSale(sale_id=str(number), member="A", amount_minor=300_000 * TOMAN)
            paid.append(service.do(sale).due_minor // TOMAN)
        assert (300_000 - paid[0], 300_000 - paid[1]) == (30_000, 20_000)
        service.do(VoidSale(sale_id="0"))
        assert due(service, 300_000) == paid[0]
    return made | set(paid)


def segments(_: object = None) -> set[int]:
    """A newcomer before and after they were put on the list; a birthday and another day."""
    of_segment = {"audience": {"segments": ["good"]}}
    made = {469_000}
    with shop_of(("good", "segment", {"visits_min": 20}, {}), percent(1_000, of_segment)) as service:
        made.add(due(service, 469_000))
        service.do(AddToSegment(segment="good", members=("A",)))
        made.add(due(service, 469_000))
    on_the_day = percent(2_000, {"audience": {"birthday": "day"}})
    for birthday in (BIRTHDAY, ANOTHER_DAY):
        with shop_of(on_the_day, birthday=birthday) as service:
            made.add(due(service, 469_000))
    return made


def standing(_: object = None) -> set[int]:
    """A pledge, a membership that saves something, and a contract ended after seven purchases of twelve."""
    made = {500_000, 10, 469_000, 120_000}
    with shop_of(("good", "charity", {"rate_bp": 1_000, "cause": "school"}, {})) as service:
        sale = service.ask(QuoteSale(amount_minor=500_000 * TOMAN))
        made.add(sale.earned.pledged_minor // TOMAN)
    vip = {"fee_minor": 500_000 * TOMAN, "term_months": 12}
    of_vip = {"audience": {"standings": ["vip"]}}
    with shop_of(("vip", "vip", vip, {}), percent(1_000, of_vip)) as service:
        sold = service.do(SellMembership(posting_id="v", member="A", programme="vip"))
        made |= {12, sold.due_minor // TOMAN}
        paid = service.do(RecordSale(sale_id="s", member="A", amount_minor=469_000 * TOMAN))
        (term,) = service.ask(Member(member="A")).terms
        made |= {paid.due_minor // TOMAN, term.given_minor // TOMAN}
    deal = {"months": 6, "promised_visits": 12, "discount_bp": 1_000}
    with shop_of(("deal", "contract", deal, {})) as service:
        service.do(StartContract(posting_id="c", member="A", programme="deal"))
        for number in range(7):
            service.do(RecordSale(sale_id=str(number), member="A", amount_minor=120_000 * TOMAN))
        ended = service.do(EndContract(posting_id="e", member="A", programme="deal"))
        made |= {ended.term.given_minor // TOMAN, ended.owed_minor // TOMAN}
    return made


def games(_: object = None) -> set[int]:
    """Three purchases win a challenge; the chances of a draw are the published ones."""
    days, prize, numbers, chances = 14, 30, 200, 40
    chase = {"sku": "cup", "times": 3, "within_days": days, "gives": "points", "points": prize}
    lucky = {"name": "x", "chances": chances, "amount": 50, "worth_minor": 1}
    draw = {"out_of": numbers, "prizes": [lucky]}
    with shop_of(("three", "challenge", chase, {}), ("draw", "draw", draw, {})) as service:
        service.do(PutProduct(sku="cup", name="Cup", price_minor=100 * TOMAN))
        won = [
            service.do(RecordSale(sale_id=str(n), member="A", lines=(SaleLine(sku="cup"),))).won
            for n in range(3)
        ]
        challenge = [[one.points for one in each if one.programme == "three"] for each in won]
        assert challenge == [[], [], [prize]]
        told = service.ask(Draws(programme="draw"))
    return {days, prize, told.out_of, told.prizes[0].chances, 50}
