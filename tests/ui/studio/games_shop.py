"""Games, guests, prizes, partners and readers: what the desks beside the programmes have to show."""

from pathlib import Path
from typing import Any

from loyalty_pos.app import commands_games as g
from loyalty_pos.app.commands import (
    ClaimReward,
    EnrolMember,
    PublishProgramme,
    PutProduct,
    RecordSale,
    SaleLine,
)
from loyalty_pos.app.commands_standing import SellMembership
from loyalty_pos.app.service import Service
from loyalty_pos.bootstrap import open_shop
from tests.shop import HeldClock, SeededChance
from tests.ui.counter.rig import NOW_MS

SARA, HAMID, LEILA, KAVEH = "4410339108", "4410339207", "4410339306", "4410339405"
TODAY = "2026-11-21"
PROGRAMMES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("cake3", "challenge", "سه کیک در دو هفته", {
        "sku": "cake", "times": 3, "within_days": 14, "badge": "کیک‌دوست", "gives": "points", "points": 30,
    }),
    ("wheel", "draw", "گردونه‌ی پنج‌شنبه", {"out_of": 40, "prizes": [
        {"name": "فنجان", "chances": 1, "gives": "free_item", "worth_minor": 900_000},
        {"name": "پنجاه امتیاز", "chances": 9, "gives": "points", "amount": 50, "worth_minor": 50_000},
    ]}),
    ("tasting", "invitation", "شب مزه", {"title": "شب مزه", "day": TODAY, "places": 12, "points": 20}),
    ("stars", "participation", "نظر شما", {
        "what": "feedback", "question": "چطور بود؟", "points": 1, "each": "day",
    }),
    ("idea", "participation", "ایده‌ی شما", {"what": "idea", "points": 5, "each": "day"}),
    ("mug", "prize", "ماگ فیروزه", {
        "what": "ماگ فیروزه", "price_points": 5, "stock": 12, "a_day": 2, "ready_minutes": 90,
    }),
    ("vip", "vip", "ویژه", {"fee_minor": 5_000_000, "term_months": 1, "grace_days": 3}),
)  # fmt: skip


class Now(HeldClock):
    """The clock of the window, held."""

    def __init__(self, ms: int = NOW_MS) -> None:
        super().__init__()
        self.ms = ms


def opened(path: Path, clock: Now | None = None, chance: SeededChance | None = None) -> Service:
    """Open the shop at the window's time."""
    return open_shop(path, clock or Now(), chance=chance)


def add(path: Path) -> None:
    """Bring a shop of the counter's scenarios to where every desk has something to show."""
    clock = Now(NOW_MS - 60 * 86_400_000)
    service = opened(path, clock, SeededChance(1))  # who wins is the same on every run
    try:
        _publish(service)
        service.do(SellMembership(posting_id="vip-1", member=LEILA, programme="vip"))
        service.do(SellMembership(posting_id="vip-2", member=KAVEH, programme="vip"))
        clock.ms = NOW_MS - 3 * 86_400_000
        _play(service)
        clock.ms = NOW_MS
        _people(service)
    finally:
        service.close()
    _partners(path)


def _publish(service: Service) -> None:
    service.do(PutProduct(sku="cake", name="کیک هویج", price_minor=950_000, group="کیک"))
    for key, kind, name, params in PROGRAMMES:
        service.do(PublishProgramme(key=key, kind=kind, name=name, params=dict(params)))


def _play(service: Service) -> None:
    cake = (SaleLine(sku="cake"),)
    for number, card in enumerate((SARA, SARA, HAMID, LEILA, LEILA, LEILA, KAVEH)):
        service.do(RecordSale(sale_id=f"cake-{number}", member=card, lines=cake))
    service.do(g.RevealDraw(posting_id="told", programme="wheel"))
    for number, card in enumerate((HAMID, KAVEH)):
        service.do(RecordSale(sale_id=f"later-{number}", member=card, amount_minor=900_000))


def _people(service: Service) -> None:
    service.do(g.Invite(posting_id="i", programme="tasting", members=(SARA, HAMID, LEILA)))
    service.do(g.CheckIn(posting_id="c", programme="tasting", member=HAMID))
    for number, (card, stars) in enumerate(((SARA, 5), (HAMID, 4), (LEILA, 5), (KAVEH, 2))):
        rated = g.RecordParticipation(posting_id=f"r{number}", member=card, programme="stars", answer=stars)
        service.do(rated)
    for number, (card, idea) in enumerate(
        ((SARA, "شیر بادام هم داشته باشید"), (KAVEH, "میز کار کنار پنجره"))
    ):
        given = g.RecordParticipation(posting_id=f"d{number}", member=card, programme="idea", answer=idea)
        service.do(given)
    for number, card in enumerate((SARA, LEILA)):
        service.do(ClaimReward(posting_id=f"mug-{number}", member=card, programme="mug", times=1))
    for name, phone in (("نگار موسوی", "09121112468"), ("آرش نوری", "09121113579")):
        service.do(EnrolMember(name=name, phone=phone, interests=("چای", "دسر"), consent=True))


def _partners(path: Path) -> None:
    """Let two neighbours be partners: vouchers for both of them, one of theirs honoured here."""
    service = opened(path)
    ours = service.do(g.MakePartnerCard(posting_id="card"))
    tokens = []
    for number, name in enumerate(("گل‌فروشی نسترن", "عکاسی مهتاب")):
        firm = path.with_name(f"firm{number}.db")
        other = opened(firm)
        try:
            from loyalty_pos.app.commands import CreateShop

            other.do(CreateShop(name=name, display_unit="toman"))
            theirs = other.do(g.MakePartnerCard(posting_id="card"))
            other.do(g.PutPartner(key="us", name="فیروزه", shop=ours.shop, public_key=ours.public_key))
            given = g.PartnerVoucher(partner="us", value_minor=800_000, expires="2027-12-31")
            bundle = other.do(g.IssuePartnerVouchers(posting_id="v", vouchers=(given, given)))
            tokens.append([one.token for one in bundle.vouchers])
        finally:
            other.close()
        cap = 2_000_000 if number else None
        service.do(
            g.PutPartner(
                key=f"firm{number}", name=name, shop=theirs.shop, public_key=theirs.public_key, cap_minor=cap
            )
        )
    vouchers = tuple(
        g.PartnerVoucher(partner=f"firm{n}", value_minor=1_500_000, expires="2027-09-30") for n in (0, 1)
    )
    service.do(g.IssuePartnerVouchers(posting_id="wedding", vouchers=vouchers, member=SARA))
    service.do(g.HonourVoucher(posting_id="in", token=tokens[0][0]))
    service.close()


def our_tokens(path: Path) -> list[str]:
    """Read our own vouchers of the bundle again: the same request shows the same tokens."""
    service = opened(path)
    try:
        vouchers = tuple(
            g.PartnerVoucher(partner=f"firm{n}", value_minor=1_500_000, expires="2027-09-30") for n in (0, 1)
        )
        view = service.do(g.IssuePartnerVouchers(posting_id="wedding", vouchers=vouchers, member=SARA))
        return [one.token for one in view.vouchers]
    finally:
        service.close()


def a_token_of_theirs(path: Path) -> str:
    """Give a voucher of the first partner that nobody has brought yet."""
    other = opened(path.with_name("firm0.db"))
    try:
        given = g.PartnerVoucher(partner="us", value_minor=800_000, expires="2027-12-31")
        view = other.do(g.IssuePartnerVouchers(posting_id="v", vouchers=(given, given)))
        return str(view.vouchers[1].token)
    finally:
        other.close()
