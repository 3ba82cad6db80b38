"""What a programme was before: its revisions, and what each changed in the words of its form."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.form_views import FieldView
from loyalty_pos.app.forms import fields_of
from loyalty_pos.app.language import Language
from loyalty_pos.app.named import called
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.queries_studio import ProgrammeHistory
from loyalty_pos.app.saying import both
from loyalty_pos.app.studio_views import ChangeView, ProgrammeHistoryView, RevisionView
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.when import When

Words = Callable[[Language], str]


class _Field(NamedTuple):
    """A field of the form with the group it stands in."""

    field: FieldView
    group: FieldView | None


def programme_history(desk: Desk, query: ProgrammeHistory) -> ProgrammeHistoryView:
    """Tell the revisions of a programme, newest first; raises Rejection `unknown_programme`."""
    key = text_field("key", query.key, 64)
    rows = desk.store.reports.revisions(key)
    if not rows:
        raise Rejection("unknown_programme", programme=key)
    known = [desk.book.revision(row.revision) for row in rows]
    changes = [(), *(_changes(desk, before, after) for before, after in pairwise(known))]
    found = [
        RevisionView(
            number=one.row.number,
            at_ms=row.at_ms,
            actor=row.actor,
            till=row.till,
            name=one.row.name,
            sentence=called(desk, one).sentence(desk.languages),
            changes=changed,
        )
        for row, one, changed in zip(rows, known, changes, strict=True)
    ]
    return ProgrammeHistoryView(key=key, revisions=tuple(reversed(found)))


def _changes(desk: Desk, before: Known, after: Known) -> tuple[ChangeView, ...]:
    found = []
    if before.row.name != after.row.name:
        names = (_named(before.row.name), _named(after.row.name))
        found.append(_change(desk, "name", lambda say: say.t("Name on the receipt"), *names))
    for root, old, new, fields in (
        ("params", before.row.params, after.row.params, fields_of(after.kind.params, desk.languages)),
        ("when", before.row.when, after.row.when, fields_of(When, desk.languages)),
    ):
        for one in _leaves(fields, None):
            path = one.field.path
            was, now = _at(old, path, one.field), _at(new, path, one.field)
            if was != now:
                said = (partial(value_words, one.field, was, old), partial(value_words, one.field, now, new))
                found.append(_change(desk, f"{root}.{path}", _labelled(one), *said))
    return tuple(found)


def _labelled(one: _Field) -> Words:
    field, group = one

    def label(say: Language) -> str:
        own = field.label.said(say.code)
        return (
            own if group is None else say.t("{group}: {field}", group=group.label.said(say.code), field=own)
        )

    return label


def _change(desk: Desk, path: str, label: Words, before: Words, after: Words) -> ChangeView:
    languages = desk.languages
    return ChangeView(
        field=path, label=both(languages, label), before=both(languages, before), after=both(languages, after)
    )


def _named(text: str) -> Words:
    return lambda say: say.name(text)


def _leaves(fields: tuple[FieldView, ...], group: FieldView | None) -> Iterator[_Field]:
    for field in fields:
        if field.type == "group":
            yield from _leaves(field.fields, field)
        else:
            yield _Field(field, group)


def _at(values: Mapping[str, Any], path: str, field: FieldView) -> object:
    """Return what stands at a path, or what leaving it out means."""
    inside: Any = values
    for part in path.split("."):
        inside = inside.get(part) if isinstance(inside, Mapping) else None
    return field.default if inside is None else inside


def value_words(field: FieldView, value: object, around: Mapping[str, Any], say: Language) -> str:
    """Say a value of a field the way its form shows it; `around` is what else was written there."""
    if value is None or value == [] or value == "":
        return say.t("nothing")
    if isinstance(value, bool):
        return say.t("yes") if value else say.t("no")
    if isinstance(value, int):
        return _number(field, value, say)
    if isinstance(value, list | tuple):
        return say.t(", ").join(_one(field, each, around, say) for each in value)
    return _one(field, value, around, say)


def _number(field: FieldView, value: int, say: Language) -> str:
    if field.type == "money":
        return say.money(value)
    if field.type == "percent":
        return say.percent(value)
    if field.type == "times":
        return say.times(value)
    unit = field.unit.said(say.code)
    return f"{say.number(value)} {unit}" if unit else say.number(value)


def _one(field: FieldView, value: object, around: Mapping[str, Any], say: Language) -> str:
    """Say one text, choice or row."""
    if isinstance(value, Mapping):
        leaves = [one.field for one in _leaves(field.fields, None)]
        beside = {**around, **{one.path: _at(value, one.path, one) for one in leaves}}
        parts = [(_meant(one, beside), beside[one.path]) for one in leaves]
        return say.t("{row} ({parts})", row=field.row.said(say.code), parts=_parts(parts, say))
    chosen = next((one.label.said(say.code) for one in field.choices if one.value == value), None)
    if chosen is not None:
        return chosen
    if field.type == "hours":
        return say.isolate(say.digits(str(value)))
    return say.day(str(value)) if field.type == "day" else say.name(str(value))


def _meant(field: FieldView, beside: Mapping[str, Any]) -> FieldView:
    """Take an amount for a plain number where its form does (`money_if`)."""
    money = all(beside.get(name, wanted) == wanted for name, wanted in field.money_if.items())
    return field if money else replace(field, type="number")


def _parts(parts: list[tuple[FieldView, object]], say: Language) -> str:
    said = [
        say.t("{field} {value}", field=one.label.said(say.code), value=value_words(one, value, {}, say))
        for one, value in parts
        if value not in (None, [], "")
    ]
    return say.t(", ").join(said)
