"""What a programme kind is: its parameters, the rule they mean, and the sentence that says so."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Generic, Literal, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import Rule
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.text import clean


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


class Params(BaseModel):
    """Parameters of a programme kind: strict, frozen, nothing unknown."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _kept(text: str) -> str:
    kept = clean(text)
    if not 1 <= len(kept) <= 80:
        raise ValueError("a name has 1 to 80 characters")
    return kept


GoodsName = Annotated[str, AfterValidator(_kept)]
"""A group or sku, spelt the one way goods are kept, whichever keyboard it was typed on."""

LevelName = Annotated[GoodsName, Field(max_length=20)]
"""A level's key, spelt the one way it is kept; short enough for a reason beside an amount."""

P = TypeVar("P", bound=Params)


@dataclass(frozen=True, slots=True)
class Kind(Generic[P]):
    """A programme kind.

    `rule` may rely on validated parameters; `sentence` says them in full; `reward` says what a held
    reward of this kind gives; `label` names the kind, a marked text.
    `member_kind` is the only one it is for, where there is one.
    """

    name: str
    family: Literal["earn", "discount", "standing", "segment", "warranty"]
    params: type[P]
    rule: Callable[[P], Rule]
    sentence: Callable[[P, Say], str]
    reward: Callable[[P, Say], str] | None = None
    label: str = ""
    member_kind: Literal["", "individual", "company"] = ""

    def read(self, data: Mapping[str, object]) -> P:
        """Validate parameters; raises InvalidRequest naming the first wrong field."""
        return read(self.params, data, "params")


def param(
    default: Any,
    *,
    label: str,
    unit: str = "",
    help: str = "",
    visible_if: Mapping[str, str] | None = None,
    choices: Mapping[str, str] | None = None,
    row: str = "",
    without: Sequence[str] = (),
    **bounds: Any,
) -> Any:
    """Declare one parameter: default, bounds, and what the editor's form shows beside it.

    Texts are marked with `N_`; `choices` words the values of a Literal; `visible_if` names the values
    other parameters must have for this one to matter, seen from the model or from further out; `row`
    is what one of a list of models is called; `without` names what a form leaves out of a model inside.
    """
    extra: dict[str, Any] = {"label": label, "unit": unit, "help": help, "visible_if": dict(visible_if or {})}
    if choices:
        extra["choices"] = dict(choices)
    if row:
        extra["row"] = row
    if without:
        extra["without"] = list(without)
    return Field(default, json_schema_extra=extra, **bounds)


M = TypeVar("M", bound=BaseModel)


def read(model: type[M], data: Mapping[str, object], where: str) -> M:
    """Validate plain data against a model as JSON; raises InvalidRequest for the first problem."""
    found = read_all(model, data, where)
    if isinstance(found, list):
        raise found[0] from None
    return found


def read_all(model: type[M], data: Mapping[str, object], where: str) -> M | list[InvalidRequest]:
    """Validate like `read`, but name every wrong field instead of raising for the first."""
    try:
        return model.model_validate_json(json.dumps(data))
    except ValidationError as error:
        return [_problem(each, where) for each in error.errors(include_url=False)]
    except (TypeError, ValueError):
        return [InvalidRequest(where, "not_valid")]


def _problem(error: Any, where: str) -> InvalidRequest:
    path = ".".join([where, *(str(part) for part in error["loc"])])
    return InvalidRequest(path, PROBLEMS.get(error["type"], "not_valid"), **_bounds(error))


PROBLEMS = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "greater_than": "out_of_range",
    "less_than": "out_of_range",
    "int_type": "not_a_whole_number",
    "int_from_float": "not_a_whole_number",
    "string_type": "not_text",
    "string_too_short": "empty",
    "string_too_long": "too_long",
    "bool_type": "not_yes_or_no",
    "literal_error": "not_a_choice",
    "too_short": "too_few",
    "too_long": "too_many",
    "list_type": "not_a_list",
    "tuple_type": "not_a_list",
    "model_type": "not_an_object",
    "model_attributes_type": "not_an_object",
    "dict_type": "not_an_object",
}


def _bounds(error: Any) -> dict[str, int]:
    context = error.get("ctx") or {}
    names = {"ge": "low", "gt": "low", "le": "high", "lt": "high"}
    if error["type"] in ("too_short", "too_long"):  # of a list; a text's length is no bound to name
        names = {"min_length": "low", "max_length": "high"}
    return {names[k]: v for k, v in context.items() if k in names and type(v) is int}


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


def goods_named(groups: Sequence[str], skus: Sequence[str], say: Say) -> str:
    """Name a choice of goods; empty when everything is meant."""
    return listed([*groups, *skus], say)
