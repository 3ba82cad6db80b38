"""The demo shop: a café with a hundred and twenty days behind it, the same for the same seed and time."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from loyalty_pos.app.commands import (
    Command,
    CreateShop,
    EnrolMember,
    ImportSale,
    PublishProgramme,
    PutProduct,
    SaleLine,
)
from loyalty_pos.app.queries import Member, Query
from loyalty_pos.app.replay_clock import DAY_MS
from loyalty_pos.app.resources import resources_dir
from loyalty_pos.domain.dates import WEEKDAYS
from loyalty_pos.domain.identifiers import card_text
from loyalty_pos.domain.lazy import dataclass

MOST_SALES = 3_000
_BATCH = 500
_RIALS = 10
_MEMBERS_SHARE = 45  # of a hundred sales
_WITH_CARD_SHARE = 60  # of a hundred members
_TWO_OF_A_LINE_SHARE = 12
_HERO_STAMPS = 4
_FEW = 12
_YEAR_MS = 365 * DAY_MS


class Shopkeeper(Protocol):
    """The part of the service that the demo needs."""

    def do(self, command: Command) -> Any: ...
    def ask(self, query: Query) -> Any: ...
    def batch(self) -> AbstractContextManager[object]: ...
    def then(self, now_ms: int) -> AbstractContextManager[object]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """Whom to show first: `hero` lacks one stamp and has credit, `waiting` has a reward to use."""

    hero: str
    hero_card: str
    waiting: str
    same_digits: str
    members: int
    sales: int


def load_cafe() -> dict[str, Any]:
    """Read the café that the demo is made of."""
    text = (resources_dir() / "demo" / "cafe_fa.json").read_text(encoding="utf-8")
    cafe: dict[str, Any] = json.loads(text)
    return cafe


def build_demo(service: Shopkeeper, now_ms: int, seed: int, cafe: Mapping[str, Any] | None = None) -> Demo:
    """Open the café in an empty file and give it a past that ends at `now_ms`.

    Nothing is left to chance but what `seed` says.
    """
    cafe = load_cafe() if cafe is None else cafe
    chance = Random(seed)  # noqa: S311 - plausible, not secret
    with service.batch():
        _furnish(service, cafe)
        members = _enrol_all(service, cafe, now_ms, chance)
    past = _Past(cafe, members, now_ms, chance)
    sales = sorted((*past.everyday(), *past.of_the_known()), key=lambda sale: sale.at_ms)[
        -MOST_SALES + _FEW :
    ]
    in_time = iter(sales)
    while batch := list(islice(in_time, _BATCH)):
        with service.batch():
            for sale in batch:
                service.do(sale)
    more = _finish(service, past)
    return Demo(
        hero=members[0],
        hero_card=card_text(1),
        waiting=members[1],
        same_digits=cafe["same_digits"]["digits"],
        members=len(members),
        sales=len(sales) + more,
    )


def _furnish(service: Shopkeeper, cafe: Mapping[str, Any]) -> None:
    service.do(CreateShop(**cafe["shop"]))
    for product in cafe["products"]:
        service.do(
            PutProduct(
                sku=product["sku"],
                name=product["name"],
                group=product["group"],
                price_minor=product["toman"] * _RIALS,
            )
        )
    for programme in cafe["programmes"]:
        service.do(PublishProgramme(**programme))


def _enrol_all(service: Shopkeeper, cafe: Mapping[str, Any], now_ms: int, chance: Random) -> list[str]:
    """Enrol everybody in the year before the first sale: the hero first, then the one with a reward, then
    those with the same last digits."""
    hero, alike = cafe["hero"], cafe["same_digits"]
    names = [hero["name"], cafe["waiting"]["name"], *alike["names"]]
    everybody = [f"{first} {last}" for first in cafe["first_names"] for last in cafe["last_names"]]
    free = [name for name in everybody if name not in names]
    names += chance.sample(free, cafe["members"] - len(names))
    taken = (alike["digits"], hero["phone"][-4:])
    tails = [tail for tail in (f"{number:04d}" for number in range(1, 10_000)) if tail not in taken]
    phones = [f"0912000{tail}" for tail in chance.sample(tails, len(names))]
    phones[0] = hero["phone"]
    first_alike = 2
    for at in range(len(alike["names"])):
        phones[first_alike + at] = f"0912{at}{at}{at}{alike['digits']}"
    first_sale_ms = now_ms - (cafe["days"] + 1) * DAY_MS
    step_ms = _YEAR_MS // len(names)
    return [
        _enrolled(
            service, name, phones[at], at, at == 0 or chance.randrange(100) < _WITH_CARD_SHARE,
            first_sale_ms - (len(names) - at) * step_ms,
        )
        for at, name in enumerate(names)
    ]  # fmt: skip


def _enrolled(service: Shopkeeper, name: str, phone: str, at: int, with_card: bool, at_ms: int) -> str:
    card = card_text(at + 1) if with_card else None
    with service.then(at_ms):
        return str(service.do(EnrolMember(name=name, phone=phone, card=card)).member)


class _Past:
    """What happened in the café until now."""

    def __init__(self, cafe: Mapping[str, Any], members: Sequence[str], now_ms: int, chance: Random) -> None:
        self._cafe = cafe
        self.members = members
        self._chance = chance
        self.now_ms = now_ms
        zone = ZoneInfo(cafe["shop"]["time_zone"])
        self._now = datetime.fromtimestamp(now_ms // 1000, UTC).astimezone(zone)
        self._groups: dict[str, list[Any]] = {}
        for product in cafe["products"]:
            self._groups.setdefault(product["group"], []).append(product)
        # few come often and many now and then
        self._loyalty = [1000 // (place + 6) for place in range(len(members))]
        self._count = 0

    def everyday(self) -> Iterator[ImportSale]:
        """Give the sales of ordinary days: members and passers-by, by weekday and by hour."""
        weights = self._cafe["weekday_weights"]
        for back in range(self._cafe["days"], -1, -1):
            day = self._day(back)
            weekday = WEEKDAYS[day.weekday()]
            busy = self._cafe["sales_a_day"] * weights[weekday] * self._chance.randint(85, 115) // 10_000
            for _ in range(busy):
                part = self._part_of_day(weekday)
                at_ms = self._moment(day, part)
                if at_ms < self.now_ms:
                    yield self._sale(at_ms, self._somebody(), self._chance.choice(part["baskets"]))

    def of_the_known(self) -> Iterator[ImportSale]:
        """Give the visits of the two people the demo is about."""
        hero, waiting = self._cafe["hero"], self._cafe["waiting"]
        for visit in range(hero["drinks"]):
            yield self.one(visit * 4 + 1, "18:10", self.members[0], "latte-double")
        for visit in range(hero["cakes"]):
            yield self.one(visit * 6 + 3, "19:05", self.members[0], "carrot-cake")
        for visit in range(hero["breakfasts"]):
            yield self.one(visit * 9 + 2, "09:20", self.members[0], "croissant")
        for visit in range(waiting["drinks"]):
            yield self.one(visit * 5 + 1, "08:45", self.members[1], "americano")

    def one(self, days_back: int, clock: str, member: str, sku: str) -> ImportSale:
        """Sell one piece of one thing, give or take half an hour."""
        moment = self._day(days_back) + timedelta(minutes=_minutes(clock) + self._chance.randrange(-30, 31))
        return self._numbered(int(moment.timestamp()) * 1000, member, (SaleLine(sku=sku),))

    def _day(self, days_back: int) -> datetime:
        day = self._now - timedelta(days=days_back)
        return day.replace(hour=0, minute=0, second=0, microsecond=0)

    def _part_of_day(self, weekday: str) -> Mapping[str, Any]:
        key = "thursday_weight" if weekday == "thu" else "weight"
        parts: Sequence[Mapping[str, Any]] = self._cafe["parts_of_day"]
        return self._chance.choices(parts, [part[key] for part in parts])[0]

    def _moment(self, day: datetime, part: Mapping[str, Any]) -> int:
        first, last = (_minutes(part[end]) for end in ("from", "to"))
        return int(day.timestamp()) * 1000 + self._chance.randrange(first * 60, last * 60) * 1000

    def _somebody(self) -> str | None:
        if self._chance.randrange(100) >= _MEMBERS_SHARE:
            return None
        return self._chance.choices(self.members[2:], self._loyalty[2:])[0]

    def _sale(self, at_ms: int, member: str | None, groups: Sequence[str]) -> ImportSale:
        skus: Counter[str] = Counter()
        for group in groups:
            goods = self._groups[group]
            sku = self._chance.choices(goods, [product["weight"] for product in goods])[0]["sku"]
            skus[sku] += 2 if self._chance.randrange(100) < _TWO_OF_A_LINE_SHARE else 1
        return self._numbered(
            at_ms, member, tuple(SaleLine(sku=sku, quantity=count) for sku, count in skus.items())
        )

    def _numbered(self, at_ms: int, member: str | None, lines: tuple[SaleLine, ...]) -> ImportSale:
        self._count += 1
        sale_id = f"demo-{self._count:05d}"
        return ImportSale(sale_id=sale_id, at_ms=at_ms, member=member, lines=lines, with_benefits=True)


def _finish(service: Shopkeeper, past: _Past) -> int:
    """Bring the two known people exactly where the demo wants them, whatever their cards say."""
    hero, waiting = past.members[0], past.members[1]
    more = 0
    while more < _FEW and service.ask(Member(member=hero)).progress["drink"].have != _HERO_STAMPS:
        more += 1
        service.do(past.one(1, "20:30", hero, "tea-saffron"))
    while more < _FEW and not service.ask(Member(member=waiting)).rewards:
        more += 1
        service.do(past.one(1, "09:40", waiting, "americano"))
    return more


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)
