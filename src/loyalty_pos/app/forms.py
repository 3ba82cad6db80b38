"""Forms made from the parameter models: what to ask, in which words, and what is wrong with an answer."""

import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from loyalty_pos.app.form_views import ChoiceView, FieldProblemView, FieldType, FieldView, KindsView, KindView
from loyalty_pos.app.language import Language, Languages
from loyalty_pos.app.saying import Sentence, both
from loyalty_pos.app.sentences import say_rejection
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.params import Params, model_of
from loyalty_pos.domain.programmes import kinds
from loyalty_pos.domain.text import N_
from loyalty_pos.domain.when import When

_UNITS = {
    "stamps": N_("stamps"),
    "points": N_("points"),
    "units": N_("items"),
    "months": N_("months"),
    "days": N_("days"),
    "minutes": N_("minutes"),
    "levels": N_("levels"),
    "uses": N_("times"),
    "segments": N_("short names of segments"),
    "times_a_sale": N_("times"),
    "programmes": N_("short names of programmes"),
    "groups": N_("groups of goods"),
    "skus": N_("codes of goods"),
}
_PROBLEMS = {
    "missing": N_("Fill this in."),
    "empty": N_("Fill this in."),
    "too_long": N_("This is too long."),
    "not_a_whole_number": N_("A whole number goes here."),
    "not_a_day": N_("A date goes here."),
    "not_hours": N_("Write from when to when, hours and minutes."),
    "twice": N_("This is there already."),
    "not_here": N_("This has no meaning here."),
    "not_with_money": N_("Not on a card for money spent."),
    "not_with_every_nth": N_("A card that frees every Nth cannot be multiplied."),
    "only_for_members": N_("Who is not a member cannot be counted."),
    "no_money_worth": N_("A budget needs a worth in money for what is given."),
    "choose_one": N_("Fill in one of them, not both."),
    "ends_before_it_starts": N_("This is before the first day."),
}
_UNUSABLE = N_("This cannot be used.")


def forms(languages: Languages) -> KindsView:
    """Describe the form of every kind, and of the conditions."""
    return KindsView(
        kinds=tuple(
            KindView(
                kind=kind.name,
                family=kind.family,
                label=_said(kind.label or kind.name, languages),
                fields=fields_of(kind.params, languages),
            )
            for kind in kinds().values()
        ),
        when=fields_of(When, languages),
    )


_made: dict[type[Params], tuple[Languages, tuple[FieldView, ...]]] = {}


def fields_of(params: type[Params], languages: Languages) -> tuple[FieldView, ...]:
    """Describe the parameters that have a label; the others are not for the form.

    They never change, and every key pressed in a form asks for them again.
    """
    known = _made.get(params)
    if known is None or known[0] is not languages:
        known = _made[params] = languages, _fields(model_of(params), languages)
    return known[1]


def _fields(model: type[BaseModel], languages: Languages, inside: str = "") -> tuple[FieldView, ...]:
    made = []
    # What a kind asks itself comes before what every kind of its family asks.
    own_first = sorted(model.model_fields.items(), key=lambda each: each[0] not in model.__annotations__)
    for name, info in own_first:
        extra = info.json_schema_extra
        if isinstance(extra, dict) and extra.get("label"):
            path = f"{inside}{info.alias or name}"
            made.append(_field(path, info, extra, languages))
    return tuple(made)


def problem_view(no: Rejection, fields: Mapping[str, FieldView], languages: Languages) -> FieldProblemView:
    """Say a refusal under the field it is about. `fields` is keyed by whole path (`params.needed`)."""
    path = str(no.facts.get("field", ""))
    while _any_row(path) not in fields and path.rpartition(".")[2].isdigit():
        path = path.rpartition(".")[0]
    problem = str(no.facts.get("problem", no.code))
    known = fields.get(_any_row(path))
    return FieldProblemView(
        field=path, problem=problem, message=both(languages, lambda say: _message(no, problem, known, say))
    )


def by_path(fields: tuple[FieldView, ...], root: str) -> Iterator[tuple[str, FieldView]]:
    """Give every field, nested ones too, under its whole path; `*` stands for the number of a row."""
    for each in fields:
        whole = f"{root}.{each.path}"
        yield whole, each
        if each.type == "rows":
            yield f"{whole}.*", each
            yield from by_path(each.fields, f"{whole}.*")
        else:
            yield from by_path(each.fields, root)


def _field(path: str, info: FieldInfo, extra: Mapping[str, Any], languages: Languages) -> FieldView:
    inner, optional = _without_none(info.annotation)
    unit = str(extra.get("unit", ""))
    kind = _type(inner, unit)
    low, high = _bounds(info, kind)
    inside: tuple[FieldView, ...] = ()
    if kind == "group":
        inside = _without(_fields(inner, languages, f"{path}."), extra.get("without", ()), path)
    elif kind == "rows":
        inside = _fields(get_args(inner)[0], languages)
    return FieldView(
        path=path,
        type=kind,
        label=_said(str(extra["label"]), languages),
        help=_said(str(extra.get("help", "")), languages),
        unit=_said(_UNITS.get(unit, ""), languages),
        needed=info.is_required(),
        default=None if info.is_required() or kind == "group" or optional else _plain(info),
        low=low,
        high=high,
        choices=_choices(inner, extra.get("choices", {}), languages),
        visible_if=dict(extra.get("visible_if", {})),
        money_if=dict(extra.get("money_if", {})),
        fields=inside,
        row=_said(str(extra.get("row", "")), languages),
    )


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (Union, types.UnionType):
        kept = [one for one in get_args(annotation) if one is not type(None)]
        return kept[0], len(kept) < len(get_args(annotation))
    return annotation, False


def _type(inner: Any, unit: str) -> FieldType:
    origin = get_origin(inner)
    if origin is Literal:
        return "choice"
    if origin in (list, tuple):
        return _list_type(get_args(inner)[0], unit)
    if inner is bool:
        return "yes_no"
    if inner is int:
        numbers: dict[str, FieldType] = {"money": "money", "percent": "percent", "times": "times"}
        return numbers.get(unit, "number")
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return "group"
    return "day" if unit == "day" else "text"


def _without(fields: tuple[FieldView, ...], left_out: Sequence[str], root: str) -> tuple[FieldView, ...]:
    """Leave out what has no meaning where a model is asked inside another one."""
    gone = {f"{root}.{path}" for path in left_out}
    return tuple(
        replace(each, fields=_without(each.fields, left_out, root))
        for each in fields
        if each.path not in gone
    )


def _list_type(one: Any, unit: str) -> FieldType:
    if isinstance(one, type) and issubclass(one, BaseModel):
        return "rows"
    if unit == "hours":
        return "hours"
    return "several" if get_origin(one) is Literal else "tags"


def _plain(info: FieldInfo) -> object:
    """Return a default as it stands in a request: rows as plain data."""
    default = info.get_default(call_default_factory=True, validated_data={})
    if isinstance(default, list | tuple):
        return [
            each.model_dump(mode="json", by_alias=True, exclude_unset=True)
            if isinstance(each, BaseModel)
            else each
            for each in default
        ]
    return default


def _any_row(path: str) -> str:
    """Write a path with `*` for the number of every row."""
    return ".".join("*" if part.isdigit() else part for part in path.split("."))


def _bounds(info: FieldInfo, kind: FieldType) -> tuple[int | None, int | None]:
    """Return the least and the most a number may be, or how many rows there may be."""
    least, most = ("min_length", "max_length") if kind == "rows" else ("ge", "le")
    low = next((getattr(mark, least) for mark in info.metadata if hasattr(mark, least)), None)
    high = next((getattr(mark, most) for mark in info.metadata if hasattr(mark, most)), None)
    return low, high


def _choices(inner: Any, words: Mapping[str, str], languages: Languages) -> tuple[ChoiceView, ...]:
    listed = get_args(inner)[0] if get_origin(inner) in (list, tuple) else inner
    if get_origin(listed) is not Literal:
        return ()
    return tuple(
        ChoiceView(value=value, label=_said(words.get(value, value), languages)) for value in get_args(listed)
    )


def _said(msgid: str, languages: Languages) -> Sentence:
    return both(languages, lambda say: say.t(msgid))


def _message(no: Rejection, problem: str, known: FieldView | None, say: Language) -> str:
    low, high = (no.facts.get(end, getattr(known, end, None)) for end in ("low", "high"))
    if problem == "out_of_range" and known and isinstance(low, int) and isinstance(high, int):
        return _range(low, high, known.type, say)
    if problem == "too_few" and isinstance(low, int):
        return say.n("At least {count} is needed.", "At least {count} are needed.", low)
    if problem == "too_many" and isinstance(high, int):
        return say.n("At most {count} is possible.", "At most {count} are possible.", high)
    if no.code == "invalid_request":
        return say.t(_PROBLEMS.get(problem, _UNUSABLE))
    return say_rejection(no, say)


def _range(low: int, high: int, type: FieldType, say: Language) -> str:
    words: Callable[[int], str] = say.number
    if type == "money":
        words = say.money
    elif type == "percent":
        words = say.percent
    elif type == "times":
        words = say.times
    return say.t("From {low} to {high}.", low=words(low), high=words(high))
