"""What a programme kind is: its parameters, the rule they mean, and the sentence that says so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol

from loyalty_pos.domain.dates import told_day
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import Rule
from loyalty_pos.domain.params import PROBLEMS as PROBLEMS
from loyalty_pos.domain.params import GoodsName as GoodsName
from loyalty_pos.domain.params import LevelName as LevelName
from loyalty_pos.domain.params import P
from loyalty_pos.domain.params import Params as Params
from loyalty_pos.domain.params import param as param
from loyalty_pos.domain.params import read as read
from loyalty_pos.domain.params import read_all as read_all


class Say(Protocol):
    """A language, as far as a sentence needs one. Values come back formatted, ready to read."""

    def t(self, msgid: str, /, **values: str) -> str: ...
    def n(self, singular: str, plural: str, count: int, /, **values: str) -> str: ...
    def number(self, n: int) -> str: ...
    def money(self, minor: int, unit: bool = True) -> str: ...
    def percent(self, bp: int) -> str: ...
    def day(self, iso_day: str) -> str: ...
    def digits(self, text: str) -> str: ...
    def times(self, milli: int) -> str: ...
    def name(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Kind(Generic[P]):
    """A programme kind.

    `rule` may rely on validated parameters; `sentence` says them in full; `reward` says what a held
    reward of this kind gives; `label` names the kind, a marked text.
    `member_kind` is the only one it is for, where there is one.
    """

    name: str
    family: Literal["earn", "discount", "grant", "standing", "segment", "warranty"]
    params: type[P]
    rule: Callable[[P], Rule]
    sentence: Callable[[P, Say], str]
    reward: Callable[[P, Say], str] | None = None
    label: str = ""
    member_kind: Literal["", "individual", "company"] = ""

    def read(self, data: Mapping[str, object]) -> P:
        """Validate parameters; raises InvalidRequest naming the first wrong field."""
        return read(self.params, data, "params")


def listed(names: Sequence[str], say: Say) -> str:
    """Join names the way people read them: "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return say.t("{first} and {last}", first=say.t(", ").join(names[:-1]), last=names[-1])


def one_of(names: Sequence[str], say: Say) -> str:
    """Join names of which one is meant: "A, B or C"."""
    if len(names) < 2:
        return "".join(names)
    return say.t("{first} or {last}", first=say.t(", ").join(names[:-1]), last=names[-1])


def iso_day(text: str, field: str) -> str:
    """Return a day as it is kept; raises InvalidRequest for one that is none or is spelt another way."""
    day = told_day(text)
    if day is None or day != text:  # the basic and week forms of ISO 8601 are not days as people write them
        raise InvalidRequest(field, "not_a_day")
    return day


def goods_named(groups: Sequence[str], skus: Sequence[str], say: Say) -> str:
    """Name a choice of goods; empty when everything is meant."""
    return listed([*groups, *skus], say)


def price_in_points(price: int | None, by_code: bool) -> int:
    """Return what a benefit costs in points; raises InvalidRequest when a code brings it as well."""
    if price is not None and by_code:
        raise InvalidRequest("params.price_points", "not_here")
    return price or 0


def units_named(count: int, goods: str, say: Say) -> str:
    """Name so many units of some goods, or of anything."""
    if goods:
        return say.n("{count} unit of {goods}", "{count} units of {goods}", count, goods=goods)
    return say.n("{count} item", "{count} items", count)


def sets_at_most(sets: int | None, say: Say) -> str:
    """Go on with how often an offer counts in one sale; nothing when as often as it fits."""
    if sets is None:
        return ""
    return " " + say.n("At most {count} time in one sale.", "At most {count} times in one sale.", sets)


def off_at_most(group: int, units: int | None, cap_minor: int | None, say: Say) -> str:
    """Go on with what bounds a discount: full groups, units, money on one sale."""
    said = ""
    if group > 1:
        said += " " + say.n("Only on full {count}.", "Only on full groups of {count}.", group)
    if units is not None:
        said += " " + say.n("On at most {count} item.", "On at most {count} items.", units)
    if cap_minor is not None:
        said += " " + say.t("At most {cap} on one sale.", cap=say.money(cap_minor))
    return said


def for_points(points: int, off: str, what: str, say: Say) -> str:
    """Say a benefit that members give points for."""
    return say.n(
        "{count} point buys {off} off {what}, when the member wants it.",
        "{count} points buy {off} off {what}, when the member wants it.",
        points,
        off=off,
        what=what,
    )
