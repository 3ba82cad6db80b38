"""The real service on a real file, with the people and programmes the scenarios know."""

from pathlib import Path

from loyalty_pos.app.commands import CreateShop, EnrolMember, PublishProgramme, RecordSale
from loyalty_pos.app.queries import Member
from loyalty_pos.app.service import Service
from loyalty_pos.app.views import MemberView
from loyalty_pos.bootstrap import open_shop

PEOPLE = (
    ("سارا احمدی", "09123456789", "4410339108"),
    ("حمید رضایی", "09351116789", "4410339207"),
    ("لیلا کاظمی", "09190006789", "4410339306"),
    ("کاوه شریفی", "09120008090", "4410339405"),
)
PROGRAMMES = (
    ("drinks", "stamp_card", "نوشیدنی", {
        "count": "units", "needed": 5, "mode": "after_n_paid", "amount_mode_default": 1,
        "amount_mode_value_minor": 1_280_000,
    }),
    ("member5", "percent_off", "تخفیف اعضا", {"rate_bp": 500, "lane": "member"}),
    ("points", "points", "امتیاز خرید", {"step_minor": 10_000, "points_per_step": 1}),
    ("back", "spend_credit", "اعتبار خرید", {"rate_bp": 200, "rounding_minor": 10}),
    ("club", "tiers", "باشگاه فیروزه", {"levels": [
        {"key": "bronze", "name": "برنزی", "from": 0},
        {"key": "silver", "name": "نقره‌ای", "from": 3_000_000},
        {"key": "gold", "name": "طلایی", "from": 20_000_000},
    ]}),
)  # fmt: skip


def build(path: Path) -> None:
    """Make the shop: Sara has a free drink waiting and some credit, Leila four stamps."""
    service = open_shop(path)
    try:
        service.do(CreateShop(name="کافه فیروزه", display_unit="toman"))
        for key, kind, name, params in PROGRAMMES:
            service.do(PublishProgramme(key=key, kind=kind, name=name, params=dict(params)))
        for name, phone, card in PEOPLE:
            service.do(EnrolMember(phone=phone, card=card, name=name))
        for card, sales in (("4410339108", 5), ("4410339306", 4)):
            for number in range(sales):
                service.do(RecordSale(sale_id=f"{card}-{number}", member=card, amount_minor=1_000_000))
    finally:
        service.close()


def build_empty(path: Path) -> None:
    """Make a shop as its owner finds it on the first day."""
    service = open_shop(path)
    try:
        service.do(CreateShop(name="کافه فیروزه", display_unit="toman"))
    finally:
        service.close()


def member(path: Path, card: str) -> MemberView:
    """Read a member over a connection of one's own."""
    service: Service = open_shop(path)
    try:
        view: MemberView = service.ask(Member(member=card))
        return view
    finally:
        service.close()
