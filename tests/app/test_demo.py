"""The demo café is plausible, the same every time, and has the people its tour needs."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from loyalty_pos.app.commands import ImportSale, QuoteSale
from loyalty_pos.app.demo import MOST_SALES, Demo, build_demo, load_cafe
from loyalty_pos.app.queries import Audit, Identify, Member, MembersPage, Shop
from loyalty_pos.app.queries_standing import Causes
from loyalty_pos.app.service import Service
from tests.cli.real_shop import open_real

NOW_MS = 1_790_000_000_000  # an autumn evening of 1405


class Still:
    def now_ms(self) -> int:
        return NOW_MS


class Listening:
    """Passes everything on and remembers the sales."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.sales: list[ImportSale] = []
        self.ask, self.batch, self.then = service.ask, service.batch, service.then

    def do(self, command: Any) -> Any:
        if isinstance(command, ImportSale):
            self.sales.append(command)
        return self.service.do(command)


def built(path: Path, cafe: Any = None) -> tuple[Listening, Demo]:
    shop = Listening(open_real(path, Still()))
    return shop, build_demo(shop, NOW_MS, 7, cafe)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Any:
    shop, demo = built(tmp_path_factory.mktemp("demo") / "demo.db")
    yield shop, demo
    shop.service.close()


def test_the_café_is_open_with_its_programmes_and_past(demo: tuple[Listening, Demo]) -> None:
    shop, made = demo
    view = shop.ask(Shop())
    assert view.name == "کافه نارون"
    assert {programme.kind for programme in view.programmes} == {
        "points", "spend_credit", "stamp_card", "percent_off", "tiers", "charity", "vip", "challenge", "draw",
        "participation", "prize", "contract", "segment", "set_offer",
    }  # fmt: skip
    assert len(view.programmes) >= 15
    (cause,) = shop.ask(Causes()).causes
    assert (cause.programmes, cause.purchases > 1_000) == (("همراه مدرسه",), True)
    audit = shop.ask(Audit())
    assert audit.ok, audit.findings
    assert audit.figures["members"] == made.members == 180
    assert audit.figures["sales"] == made.sales == len(shop.sales) <= MOST_SALES


def test_the_hero_lacks_one_stamp_and_her_next_drink_fills_her_card(demo: tuple[Listening, Demo]) -> None:
    shop, made = demo
    hero = shop.ask(Identify(text=made.hero_card)).member
    assert (hero.member, hero.name) == (made.hero, "سارا احمدی")
    assert hero.progress["drink"].have == 4
    assert hero.credit_minor > 0
    assert hero.points > 0
    assert not hero.rewards
    quote = shop.ask(QuoteSale(member=made.hero, amount_minor=4_690_000))
    assert [reward.programme for reward in quote.earned.rewards] == ["drink"]


def test_somebody_has_a_reward_waiting(demo: tuple[Listening, Demo]) -> None:
    shop, made = demo
    waiting = shop.ask(Member(member=made.waiting))
    assert [reward.programme for reward in waiting.rewards] == ["drink"]


def test_nobody_bought_before_they_became_a_member(demo: tuple[Listening, Demo]) -> None:
    shop, _ = demo
    zone = ZoneInfo("Asia/Tehran")
    first = datetime.fromtimestamp(min(sale.at_ms for sale in shop.sales) / 1000, UTC).astimezone(zone)
    joined = {member.enrolled_day for member in shop.ask(MembersPage(limit=500)).members}
    assert len(joined) > 100 and max(joined) < first.date().isoformat()


def test_three_people_share_their_last_digits(demo: tuple[Listening, Demo]) -> None:
    shop, made = demo
    found = shop.ask(Identify(text=made.same_digits))
    assert found.kind == "candidates"
    assert len(found.candidates) == 3


def test_the_past_has_the_rhythm_of_a_café(demo: tuple[Listening, Demo]) -> None:
    shop, _ = demo
    zone = ZoneInfo("Asia/Tehran")
    times = [datetime.fromtimestamp(sale.at_ms / 1000, UTC).astimezone(zone) for sale in shop.sales]
    assert max(sale.at_ms for sale in shop.sales) <= NOW_MS
    assert {time.hour for time in times} <= set(range(8, 23))
    days = Counter(time.weekday() for time in times)
    assert max(days, key=lambda day: days[day]) == 3  # Thursday
    hours = Counter(time.hour for time in times)
    assert min(hours[13], hours[19]) > hours[16]
    nobody = sum(sale.member is None for sale in shop.sales)
    assert len(shop.sales) // 3 < nobody < len(shop.sales) * 2 // 3


def small() -> dict[str, Any]:
    return load_cafe() | {"members": 12, "days": 6, "sales_a_day": 5}


def test_the_same_seed_and_time_make_the_same_past(tmp_path: Path) -> None:
    first, _ = built(tmp_path / "a.db", small())
    second, _ = built(tmp_path / "b.db", small())
    told = [
        [(sale.sale_id, sale.at_ms, sale.lines, sale.member is None) for sale in shop.sales]
        for shop in (first, second)
    ]
    assert told[0] == told[1]
    assert len(told[0]) > 15
    first.service.close()
    second.service.close()


@pytest.mark.parametrize("drinks", [1, 7])
def test_whatever_their_past_the_hero_lacks_one_stamp_and_a_reward_waits(tmp_path: Path, drinks: int) -> None:
    cafe = small()
    cafe |= {"hero": cafe["hero"] | {"drinks": drinks}, "waiting": cafe["waiting"] | {"drinks": 2}}
    shop, made = built(tmp_path / "a.db", cafe)
    assert shop.ask(Member(member=made.hero)).progress["drink"].have == 4
    assert shop.ask(Member(member=made.waiting)).rewards
    assert made.sales == len(shop.sales)
    shop.service.close()


def test_nobody_in_the_demo_is_named_or_numbered_twice() -> None:
    cafe = load_cafe()
    skus = [product["sku"] for product in cafe["products"]]
    assert len(set(skus)) == len(skus) == 20
    assert len(set(cafe["last_names"])) == len(cafe["last_names"])
    assert len(set(cafe["first_names"])) == len(cafe["first_names"])
    groups = {product["group"] for product in cafe["products"]}
    for programme in cafe["programmes"]:
        assert set(programme["params"].get("groups", [])) <= groups
    assert json.dumps(cafe).isascii()
