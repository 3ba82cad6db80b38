"""What every handler works with: the store, the clock, chance, and the shop as it stands now."""

from collections.abc import Sequence
from copy import copy
from dataclasses import field, replace
from functools import cached_property
from hashlib import blake2b
from zoneinfo import ZoneInfo

from loyalty_pos.app.commands import PutProduct
from loyalty_pos.app.language import Languages
from loyalty_pos.app.pacing import Pace
from loyalty_pos.app.phones import normalise_phone, region_of
from loyalty_pos.app.ports import Chance, Clock, Posting, ProgrammeRow, Store
from loyalty_pos.app.programmes import ProgrammeBook
from loyalty_pos.app.records import canonical, compact
from loyalty_pos.app.views import ShopView
from loyalty_pos.domain import dates
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.currencies import TOMAN_RIALS
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import Expiry, TierRule
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Movement
from loyalty_pos.domain.text import search_key
from loyalty_pos.domain.windows import Span, span_of


@dataclass(frozen=True)
class OpenShop:
    """The shop's settings and what follows from them."""

    view: ShopView

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.view.time_zone)

    @cached_property
    def region(self) -> str | None:
        return region_of(self.view.currency, self.view.time_zone)

    @property
    def money_step_minor(self) -> int:
        """Return one display unit, to which discounts floor (rules 2)."""
        return TOMAN_RIALS if self.view.display_unit == "toman" else 1

    def tax_in_price(self, tax_bp: int | None) -> int:
        """Return the tax a price contains: of its goods, or else the shop's."""
        if not self.view.prices_include_tax:
            return 0
        return self.view.tax_bp if tax_bp is None else tax_bp

    def moment(self, at_ms: int) -> Moment:
        return Moment(at_ms, *dates.local_time(at_ms, self.zone, self.view.day_ends_hour))

    def expires(self, expiry: Expiry, day: str) -> str | None:
        """Return the last day, included, a lot gained on `day` is worth something (rules 22)."""
        if expiry.exact:
            return dates.months_on(day, self.view.calendar, expiry.months)
        if expiry.months:
            return dates.month_end(day, self.view.calendar, expiry.months)
        return dates.add_days(day, expiry.days) if expiry.days else None

    def month_start(self, day: str, months_ago: int = 0) -> str:
        """Return the first day of the calendar month of `day`, or of one so many months before it."""
        return dates.add_days(dates.month_end(day, self.view.calendar, -1 - months_ago), 1)

    def level_span(self, rule: TierRule, day: str) -> Span:
        """Return the window in which a club counts on a day."""
        return span_of(day, self.view.calendar, rule.way)

    def phone(self, text: str) -> str | None:
        return normalise_phone(text, self.region)


AHEAD_AT_MOST_DAYS = 40
"""How far ahead of what is on record a clock is believed (rules 25)."""


@dataclass
class Desk:
    """One till's place at the shop. `actor` names who acts until staff sign in by name."""

    store: Store
    clock: Clock
    chance: Chance
    base_languages: Languages
    actor: str = "counter"
    till: str = "1"
    asks_clock: bool = True  # a clock somebody gives is right (rules 25)
    pace: Pace = field(default_factory=Pace)
    _shop: OpenShop | None = None
    _book: ProgrammeBook = field(init=False)
    _version: int = 0
    _latest_day: str | None = None
    _languages: Languages | None = None
    _goods: tuple[tuple[str, str, PutProduct], ...] | None = None

    def __post_init__(self) -> None:
        self._book = ProgrammeBook(self.store.programmes)

    def refresh(self) -> None:
        """Notice what another program changed in the file since the last request."""
        version = self.store.shops.version()
        if version != self._version:
            self._version = version
            self.forget()

    def forget(self) -> None:
        """Ask the store again for the shop and its live programmes."""
        self._shop = None
        self._languages = None
        self._goods = None
        self._latest_day = None
        self._book.forget_live()

    def forget_everything(self) -> None:
        """Drop even what never changes once it is written: it may not have been written after all."""
        self.forget()
        self._book = ProgrammeBook(self.store.programmes)

    def forget_goods(self) -> None:
        """Fold the names of the goods anew before they are searched again."""
        self._goods = None

    @property
    def has_shop(self) -> bool:
        return self._shop is not None or self.store.shops.shop() is not None

    @property
    def shop(self) -> OpenShop:
        """Return the shop; raises Rejection `no_shop` for an empty file."""
        if self._shop is None:
            view = self.store.shops.shop()
            if view is None:
                raise Rejection("no_shop")
            self._shop = OpenShop(view)
        return self._shop

    @property
    def languages(self) -> Languages:
        if self._languages is None:
            view = self.shop.view
            self._languages = {code: said.with_shop(view) for code, said in self.base_languages.items()}
        return self._languages

    @property
    def goods(self) -> tuple[tuple[str, str, PutProduct], ...]:
        """Return every product with its folded name and folded sku, folded once."""
        if self._goods is None:
            products = self.store.shops.products()
            self._goods = tuple((search_key(p.name), search_key(p.sku), p) for p in products)
        return self._goods

    @property
    def book(self) -> ProgrammeBook:
        return self._book

    def with_book(self, book: ProgrammeBook) -> "Desk":
        """Return a desk with another book of programmes, to ask what would be."""
        other = copy(self)
        other._book = book
        return other

    def newest(self) -> Sequence[ProgrammeRow]:
        """Return the newest revision of every programme, in the order they were first published."""
        return self.store.programmes.newest()

    def now(self) -> Moment:
        moment = self.shop.moment(self.clock.now_ms())
        if self._latest_day is None:
            self._latest_day = self.store.days.latest_day()
        latest = self._latest_day
        # Further ahead than anybody would be believed: then it was the clock of then that was wrong.
        if (
            latest <= moment.business_day
            or dates.days_between(moment.business_day, latest) > AHEAD_AT_MOST_DAYS
        ):
            return moment
        return replace(moment, seen_day=latest)

    def posting(
        self,
        key: str,
        request: object,
        kind: str,
        member: int | None,
        moment: Moment,
        record: object,
        movements: tuple[Movement, ...] = (),
    ) -> Posting:
        """Make a posting that names its actor, till and business day; the request may be hashed already."""
        if self._latest_day is not None:
            self._latest_day = max(self._latest_day, moment.business_day)
        return Posting(
            key=key,
            request_hash=request if isinstance(request, bytes) else request_hash(request),
            kind=kind,
            member=member,
            actor=self.actor,
            till=self.till,
            at_ms=moment.at_ms,
            business_day=moment.business_day,
            record=compact(record),
            movements=movements,
        )


def request_hash(request: object) -> bytes:
    """Hash a normalised request, so that a key met again can be told from a key misused (rules 8)."""
    return text_hash(canonical(request))


def text_hash(text: str) -> bytes:
    """Hash a request that is written the one way already."""
    return blake2b(text.encode(), digest_size=16).digest()
