"""A shop in memory with the service's two methods, for trying the window without a database."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app import views as v
from loyalty_pos.app.cause_views import PublicCausesView
from loyalty_pos.app.commands_lifetime import CatchUp
from loyalty_pos.app.form_views import PresetsView, ProgrammesView
from loyalty_pos.app.lifetime_views import CaughtUpView, SweptView
from loyalty_pos.app.queries_standing import PublicCauses
from loyalty_pos.app.saying import Sentence
from loyalty_pos.app.standing_views import LackView, StandingView
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.text import latin_digits, search_key

DRINKS, BREAKFAST, SILVER, POINTS, CASHBACK, BIRTHDAY = (
    "drinks",
    "breakfast",
    "member5",
    "points",
    "back",
    "bday",
)
FREE_DRINK_MINOR = 1_280_000


def said(fa: str, en: str) -> Sentence:
    return Sentence(fa=fa, en=en)


PROGRAMMES = (
    v.ProgrammeView(
        key=DRINKS,
        kind="stamp_card",
        name="نوشیدنی",
        revision=1,
        counts_in_amount_mode=1,
        sentence=said("پس از هر ۵ نوشیدنی، بعدی رایگان است.", "After every 5 drinks the next one is free."),
    ),
    v.ProgrammeView(
        key=BREAKFAST,
        kind="stamp_card",
        name="صبحانه",
        revision=1,
        counts_in_amount_mode=0,
        sentence=said(
            "پس از هر ۸ صبحانه، بعدی رایگان است.", "After every 8 breakfasts the next one is free."
        ),
    ),
    v.ProgrammeView(
        key=SILVER,
        kind="percent_off",
        name="تخفیف اعضا، ۵٪",
        revision=1,
        sentence=said("اعضا ۵٪ تخفیف دارند.", "Members get 5 % off."),
    ),
    v.ProgrammeView(
        key=POINTS,
        kind="points",
        name="امتیاز خرید",
        revision=1,
        sentence=said("هر ۱٬۰۰۰ تومان، ۱ امتیاز.", "1 point per 1,000 T."),
    ),
    v.ProgrammeView(
        key=CASHBACK,
        kind="spend_credit",
        name="اعتبار خرید",
        revision=1,
        sentence=said("۲٪ هر خرید برای خرید بعدی.", "2 % of every sale for the next."),
    ),
)
SHOP = v.ShopView(
    shop="s1",
    name="کافه فیروزه",
    currency="IRR",
    display_unit="toman",
    calendar="jalali",
    time_zone="Asia/Tehran",
    language="fa",
    day_ends_hour=0,
    prices_include_tax=True,
    programmes=PROGRAMMES,
)

_STEPS = {DRINKS: 5, BREAKFAST: 8}


def member(
    key: str, name: str, phone: str, card: str, *, drinks: int = 0, rewards: int = 0, **more: Any
) -> v.MemberView:
    reward = v.RewardView(
        programme=DRINKS,
        programme_name="نوشیدنی",
        count=rewards,
        sentence=said("یک نوشیدنی رایگان، تا ۱۲۸٬۰۰۰ تومان", "A free drink, up to 128,000 T"),
    )
    return v.MemberView(
        member=key,
        name=name,
        phone=phone,
        cards=(card,),
        enrolled_day="2024-05-01",
        last_visit_day="2026-11-20",
        progress={DRINKS: v.ProgressView(have=drinks, step=5), BREAKFAST: v.ProgressView(have=2, step=8)},
        rewards=(reward,) if rewards else (),
        **more,
    )


SARAS_LEVEL = StandingView(
    tier="gold",
    tier_name="طلایی",
    position=3,
    levels=4,
    spend_minor=42_600_000,
    window_months=12,
    share_milli=740,
    next="vip",
    next_name="پلاتین",
    missing_minor=7_400_000,
    missing=7_400_000,
    lacks=(LackView(metric="spend", amount=7_400_000),),
)
PEOPLE = (
    member(
        "m1",
        "سارا احمدی",
        "+989123456789",
        "4410339108",
        drinks=4,
        rewards=1,
        points=1240,
        points_value_minor=620_000,
        credit_minor=860_000,
        visits=41,
        visits_this_month=6,
        note="همیشگی: لاته‌ی دبل با شیر کم‌چرب",
        tier="gold",
        standing=SARAS_LEVEL,
    ),
    member(
        "m2", "حمید رضایی", "+989351116789", "4410339207", drinks=2, points=530, visits=9, visits_this_month=1
    ),
    member("m3", "لیلا کاظمی", "+989190006789", "4410339306", drinks=4, credit_minor=200_000, visits=12),
    member("m4", "کاوه شریفی", "+989120008090", "4410339405", drinks=0, visits=3),
)


class FakeService:
    """Answer like the shop: members, quotes, sales, voids; `gate` holds every answer while it is clear."""

    def __init__(self, shop: v.ShopView | None = SHOP) -> None:
        self.shop = shop
        self.members = {person.member: person for person in PEOPLE}
        self.sales: dict[str, v.SaleView] = {}
        self.requests: dict[str, c.RecordSale] = {}
        self.log: list[object] = []
        self.gate = threading.Event()
        self.gate.set()
        self.trouble: dict[type, Exception] = {}
        self.thread_names: set[str] = set()
        self.closed = False

    def do(self, command: c.Command) -> Any:
        return self._run(command)

    def ask(self, query: q.Query) -> Any:
        return self._run(query)

    def close(self) -> None:
        self.closed = True

    def _run(self, request: object) -> Any:
        if isinstance(request, CatchUp):  # comes by itself, at a time of its own
            return CaughtUpView(day="2026-11-21", swept=SweptView())
        self.thread_names.add(threading.current_thread().name)
        self.gate.wait(60)
        self.log.append(request)
        if (trouble := self.trouble.pop(type(request), None)) is not None:
            raise trouble
        handlers: dict[type, Callable[[Any], Any]] = {
            c.CreateShop: self._create,
            c.EnrolMember: self._enrol,
            c.RecordSale: self._record,
            c.VoidSale: self._void,
            c.PrintRewardVoucher: self._voucher,
            q.Identify: self._identify,
            q.Member: lambda r: self._known(r.member),
            c.QuoteSale: self._quote,
            q.RecentSales: self._recent,
            q.Holds: lambda r: v.HoldsView(holds=()),
            q.FindProducts: lambda r: v.ProductsView(products=()),
            q.Shop: lambda r: self._shop(),
            q.Presets: lambda r: PresetsView(presets=()),
            q.Programmes: lambda r: ProgrammesView(programmes=()),
            PublicCauses: lambda r: PublicCausesView(causes=()),
        }
        return handlers[type(request)](request)

    def _shop(self) -> v.ShopView:
        if self.shop is None:
            raise Rejection("no_shop")
        return self.shop

    def _create(self, r: c.CreateShop) -> v.ShopView:
        self.shop = replace(
            SHOP, name=r.name, currency=r.currency, display_unit=r.display_unit, programmes=()
        )
        return self.shop

    def _known(self, key: str) -> v.MemberView:
        if key not in self.members:
            raise Rejection("unknown_member", text=key)
        return self.members[key]

    def _enrol(self, r: c.EnrolMember) -> v.MemberView:
        phone = "+98" + (r.phone or "").lstrip("0") if r.phone else None
        if any(phone and m.phone == phone for m in self.members.values()):
            raise Rejection("phone_taken")
        key = f"m{len(self.members) + 1}"
        fresh = member(key, r.name or "", phone or "", r.card or "")
        self.members[key] = replace(fresh, phone=phone, enrolled_day="2026-11-21", last_visit_day=None)
        return self.members[key]

    def _identify(self, r: q.Identify) -> v.IdentifyView:
        text = latin_digits(r.text.strip())
        for person in self.members.values():
            if text in person.cards or text == "0" + (person.phone or "").removeprefix("+98"):
                return v.IdentifyView(kind="member", member=person, looks_like="card")
        if text.isdigit():
            found = [m for m in self.members.values() if (m.phone or "").endswith(text)]
            looks = "phone" if text.startswith("09") else "card" if len(text) >= 10 else "digits"
        else:
            found = [m for m in self.members.values() if search_key(text) in search_key(m.name)]
            looks = "name"
        if not found:
            return v.IdentifyView(kind="nothing", looks_like=looks)  # type: ignore[arg-type]
        if len(found) == 1:
            return v.IdentifyView(kind="member", member=found[0], looks_like=looks)  # type: ignore[arg-type]
        people = tuple(
            v.CandidateView(member=m.member, name=m.name, phone=m.phone, last_visit_day=m.last_visit_day)
            for m in found
        )
        return v.IdentifyView(kind="candidates", candidates=people, looks_like=looks)  # type: ignore[arg-type]

    def _recent(self, r: q.RecentSales) -> v.RecentSalesView:
        newest = sorted(self.sales.values(), key=lambda sale: -sale.number)
        return v.RecentSalesView(sales=tuple(newest[: r.limit]))

    def _quote(self, r: c.QuoteSale) -> v.SaleView:
        gross = r.amount_minor or 0
        if gross > 10**11:
            raise InvalidRequest("amount_minor", "out_of_range")
        if r.member is None:
            return v.SaleView(
                sale_id=None,
                gross_minor=gross,
                discount_minor=0,
                due_minor=gross,
                amount_mode=True,
                fingerprint=f"f{gross}",
            )
        person = self._known(r.member)
        trace, rest = _discounts(person, gross, r.use.decline)
        credit = min(person.credit_minor, rest) if r.use.credit_minor == "all" else 0
        due = rest - credit
        counts = {DRINKS: r.counts.get(DRINKS, 1), BREAKFAST: r.counts.get(BREAKFAST, 0)}
        earned = v.Earned(
            points=due // 10_000, credit_minor=due // 50, stamps={k: n for k, n in counts.items() if n}
        )
        return v.SaleView(
            sale_id=None,
            member=person.member,
            member_name=person.name,
            amount_mode=True,
            gross_minor=gross,
            discount_minor=gross - rest,
            due_minor=due,
            paid_by=v.PaidBy(credit_minor=credit),
            earned=earned,
            trace=(*trace, *_earnings(due, counts)),
            fingerprint=f"f{gross}-{person.visits}",
        )

    def _record(self, r: c.RecordSale) -> v.SaleView:
        if r.sale_id in self.sales:
            if replace(self.requests[r.sale_id], fingerprint=None) != replace(r, fingerprint=None):
                raise Rejection("key_taken", sale_id=r.sale_id)
            return self.sales[r.sale_id]
        quote = self._quote(r)
        if r.fingerprint is not None and r.fingerprint != quote.fingerprint:
            raise Rejection("stale_quote", due_minor=quote.due_minor)
        sale = replace(
            quote,
            sale_id=r.sale_id,
            number=1894 + len(self.sales),
            at_ms=1_795_280_000_000,
            business_day="2026-11-21",
        )
        self.sales[r.sale_id], self.requests[r.sale_id] = sale, r
        if r.member is not None:
            person = self.members[r.member]
            self.members[r.member] = replace(
                person,
                visits=person.visits + 1,
                points=person.points + quote.earned.points,
                credit_minor=person.credit_minor + quote.earned.credit_minor - quote.paid_by.credit_minor,
            )
        return sale

    def _void(self, r: c.VoidSale) -> v.TakenBackView:
        if r.sale_id not in self.sales:
            raise Rejection("unknown_sale", sale_id=r.sale_id)
        sale = self.sales[r.sale_id] = replace(self.sales[r.sale_id], voided=True)
        return v.TakenBackView(sale_id=r.sale_id, number=sale.number, refund_minor=sale.due_minor)

    def _voucher(self, r: c.PrintRewardVoucher) -> v.VoucherView:
        person = self._known(r.member)
        reward = person.rewards[0]
        self.members[r.member] = replace(person, rewards=(replace(reward, voucher_printed=True),))
        return v.VoucherView(
            member=r.member,
            member_name=person.name,
            programme=r.programme,
            programme_name=reward.programme_name,
            sentence=reward.sentence,
            code="AAAAAA-BBBBBB-CCCCCC",
            barcode="2100000000000000000000",
        )


def _discounts(person: v.MemberView, gross: int, decline: tuple[str, ...]) -> tuple[list[v.TraceView], int]:
    rest, trace = gross, []
    if person.rewards:
        free = 0 if DRINKS in decline else min(rest, FREE_DRINK_MINOR)
        rest -= free
        trace.append(
            _line(
                DRINKS,
                "نوشیدنی رایگان",
                "stamp_card",
                bool(free),
                free,
                said("۵ مهر داشت؛ این نوشیدنی رایگان است", "had 5 stamps; this drink is free"),
                declinable=True,
            )
        )
    off = 0 if SILVER in decline else rest * 5 // 100
    trace.append(
        _line(
            SILVER,
            "تخفیف اعضا، ۵٪",
            "percent_off",
            bool(off),
            off,
            said("روی باقی فاکتور", "on what is left of the bill"),
            declinable=True,
        )
    )
    trace.append(
        _line(
            BIRTHDAY,
            "هدیه‌ی تولد",
            "percent_off",
            False,
            0,
            said("تخفیف اعضا بیشتر به نفع مشتری است", "the member discount saves more"),
        )
    )
    return trace, rest - off


def _line(
    key: str,
    name: str,
    kind: str,
    applied: bool,
    benefit: int,
    short: Sentence,
    *,
    declinable: bool = False,
) -> v.TraceView:
    return v.TraceView(
        programme=key,
        programme_name=name,
        kind=kind,
        family="discount",
        applied=applied,
        code="applied" if applied else "declined" if declinable else "better_won",
        facts={},
        sentence=short,
        short=short,
        benefit_minor=benefit,
        declinable=declinable,
    )


def _earnings(due: int, counts: dict[str, int]) -> list[v.TraceView]:
    lines = [
        (POINTS, "امتیاز خرید", "points", said("هر ۱٬۰۰۰ تومان، ۱ امتیاز", "1 point per 1,000 T")),
        (CASHBACK, "اعتبار خرید", "spend_credit", said("۲٪ برای خرید بعدی", "2 % for the next sale")),
    ]
    lines += [
        (key, "مهر", "stamp_card", said(f"{'۰۱۲۳۴۵۶۷۸۹'[count]} مهر", f"{count} stamps"))
        for key, count in counts.items()
        if count
    ]
    return [
        v.TraceView(
            programme=key,
            programme_name=name,
            kind=kind,
            family="earn",
            applied=due > 0,
            code="applied",
            facts={"base_minor": due},
            sentence=sentence,
            short=sentence,
        )
        for key, name, kind, sentence in lines
    ]
