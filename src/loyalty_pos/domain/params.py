"""The parameters of programmes: plain objects here, strict models where somebody hands them in.

Whatever comes from outside is checked by a pydantic model made from the same class (`model_of`). A till that
starts reads only what was checked when it was published (`stored`), and never loads pydantic at all.
"""

import json
import types
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from functools import cache, partial
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.text import clean

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo


class _Field(NamedTuple):
    """What `param` says about one parameter; a default of `...` means that it must be given."""

    default: Any
    extra: dict[str, Any] | None
    bounds: Mapping[str, Any]

    def key(self, name: str) -> str:
        """Return what the parameter is called in a request."""
        return str(self.bounds.get("alias", name))


class _ParamsType(type):
    """Collect the parameters a class names; what only the edge asks of it is the model's to answer."""

    fields: Mapping[str, _Field]
    own: Mapping[str, Any]

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> "_ParamsType":
        own = namespace.get("__annotations__", {})
        said = {each: namespace.pop(each, ...) for each in own}
        fields = {each: known for base in bases for each, known in getattr(base, "fields", {}).items()}
        fields |= {
            each: value if isinstance(value, _Field) else _Field(value, None, {})
            for each, value in said.items()
        }
        made = super().__new__(mcs, name, bases, namespace)
        made.fields, made.own = fields, own
        return made

    @property
    def model_fields(cls) -> "Mapping[str, FieldInfo]":
        return model_of(cls).model_fields

    def model_json_schema(cls) -> dict[str, Any]:
        return model_of(cls).model_json_schema()


class Params(metaclass=_ParamsType):
    """Parameters of a programme kind: frozen; made from values that were checked, the others by default."""

    def __init__(self, **given: Any) -> None:
        for name, field in type(self).fields.items():
            vars(self)[name] = given[name] if name in given else deepcopy(field.default)
        vars(self)[_GIVEN] = frozenset(given)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is frozen")

    __hash__ = None  # type: ignore[assignment]  # lists are among them

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Params) or type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in type(self).fields)

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in type(self).fields)
        return f"{type(self).__name__}({said})"


_GIVEN = "_given"


def given_of(params: Params) -> dict[str, Any]:
    """Return the parameters that somebody gave, by name; the others stand at their defaults."""
    return {name: getattr(params, name) for name in vars(params)[_GIVEN]}


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
    money_if: Mapping[str, str] | None = None,
    **bounds: Any,
) -> Any:
    """Declare one parameter: default, bounds, and what the editor's form shows beside it.

    Texts are marked with `N_`; `choices` words the values of a Literal; `visible_if` names the values
    other parameters must have for this one to matter (one of several: `a|b`), seen from the model or from
    further out; `row` is what one of a list of models is called; `without` names what a form leaves out of a
    model inside; `money_if` says like `visible_if` when an amount is one of money, and else a plain number.
    """
    extra: dict[str, Any] = {"label": label, "unit": unit, "help": help, "visible_if": dict(visible_if or {})}
    if choices:
        extra["choices"] = dict(choices)
    if row:
        extra["row"] = row
    if money_if:
        extra["money_if"] = dict(money_if)
    if without:
        extra["without"] = list(without)
    return _Field(default, extra, bounds)


class _Kept:
    """Mark a text that is kept the one way it is spelt."""


class _AtMost(NamedTuple):
    """Mark the most letters a text may have."""

    letters: int


def _kept(text: str) -> str:
    kept = clean(text)
    if not 1 <= len(kept) <= 80:
        raise ValueError("a name has 1 to 80 characters")
    return kept


GoodsName = Annotated[str, _Kept()]
"""A group or sku, spelt the one way goods are kept, whichever keyboard it was typed on."""

LevelName = Annotated[GoodsName, _AtMost(20)]
"""A level's key, spelt the one way it is kept; short enough for a reason beside an amount."""

P = TypeVar("P", bound=Params)


def read(params: type[P], data: Mapping[str, object], where: str) -> P:
    """Check plain data as JSON and make parameters of it; raises InvalidRequest for the first problem."""
    found = read_all(params, data, where)
    if isinstance(found, list):
        raise found[0] from None
    return found


def read_all(params: type[P], data: Mapping[str, object], where: str) -> P | list[InvalidRequest]:
    """Check like `read`, but name every wrong field instead of raising for the first."""
    from pydantic import ValidationError

    try:
        checked = model_of(params).model_validate_json(json.dumps(data))
    except ValidationError as error:
        return [_problem(each, where) for each in error.errors(include_url=False)]
    except (TypeError, ValueError):
        return [InvalidRequest(where, "not_valid")]
    return stored(params, checked.model_dump(mode="json", by_alias=True, exclude_unset=True))


def stored(params: type[P], data: Mapping[str, Any]) -> P:
    """Make parameters of data that was checked when it was published."""
    readers = _readers(params)
    given = {name: field.key(name) for name, field in params.fields.items()}
    return params(**{name: readers[name](data[key]) for name, key in given.items() if key in data})


@cache
def _readers(params: type[Params]) -> Mapping[str, Callable[[Any], Any]]:
    owners = [each for each in reversed(params.__mro__) if isinstance(each, _ParamsType)]
    return {name: _reader(hint) for owner in owners for name, hint in owner.own.items()}


def _reader(hint: Any) -> Callable[[Any], Any]:
    """Return how a stored value becomes what a class says of it."""
    if isinstance(hint, type) and issubclass(hint, Params):
        return partial(stored, hint)
    inside = get_args(hint)
    if get_origin(hint) is Annotated:
        return _kept
    if get_origin(hint) is types.UnionType:
        return _or_none(_reader(inside[0]))
    if get_origin(hint) in (list, tuple):
        return partial(_each, get_origin(hint), _reader(inside[0]))
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _each(kind: Callable[[Any], Any], one: Callable[[Any], Any], values: Any) -> Any:
    return kind(one(value) for value in values)


def _or_none(one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else one(value)


@cache
def model_of(params: _ParamsType) -> "type[BaseModel]":
    """Make the model that checks what is handed in: nothing unknown, nothing taken for something else."""
    from pydantic import BaseModel, ConfigDict, Field, create_model

    if params is Params:
        strict = ConfigDict(extra="forbid", strict=True, frozen=True)
        return create_model("Params", __config__=strict)
    base = next(each for each in params.__mro__[1:] if isinstance(each, _ParamsType))
    own: dict[str, Any] = {}
    for name, hint in params.own.items():
        default, extra, bounds = params.fields[name]
        own[name] = (_modelled(hint), Field(_default(default), json_schema_extra=extra, **bounds))
    made: type[BaseModel] = create_model(
        params.__name__, __base__=model_of(base), __doc__=params.__doc__, __module__=params.__module__, **own
    )
    return made


def _default(value: Any) -> Any:
    """Return a default as the model has it."""
    if isinstance(value, Params):
        fields = type(value).fields
        return model_of(type(value)).model_validate(
            {fields[name].key(name): _default(one) for name, one in given_of(value).items()}
        )
    return [_default(one) for one in value] if isinstance(value, list) else value


def _modelled(hint: Any) -> Any:
    """Put models in the place of parameters, and pydantic's own marks in the place of ours."""
    from pydantic import AfterValidator, Field

    if isinstance(hint, _ParamsType):
        return model_of(hint)
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Annotated:
        marks = [
            Field(max_length=each.letters) if isinstance(each, _AtMost) else AfterValidator(_kept)
            for each in inside[1:]
        ]
        return Annotated[(inside[0], *marks)]
    if origin is types.UnionType:
        return Union[tuple(_modelled(each) for each in inside)]  # noqa: UP007 - made of what was found
    if origin in (list, tuple):
        return origin[tuple(_modelled(each) for each in inside)]
    return hint


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
