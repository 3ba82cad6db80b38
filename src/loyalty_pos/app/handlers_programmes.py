"""An owner's desk: every programme with its parameters, drafts, pausing, and the shop's own settings."""

from dataclasses import replace
from itertools import chain
from typing import Any

from loyalty_pos.app.asked_segments import refuse_unknown_segments
from loyalty_pos.app.codes import by_code
from loyalty_pos.app.commands import EditShop, ResumeProgramme
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.form_views import (
    DraftView,
    FieldView,
    KindsView,
    PresetsView,
    ProgrammeDetailView,
    ProgrammesView,
)
from loyalty_pos.app.handlers_shop import (
    BP,
    published,
    refuse_a_second,
    refuse_other_measure,
    shop_record,
    shop_view,
    spelled_out,
)
from loyalty_pos.app.months import follow_calendar, follow_club
from loyalty_pos.app.named import called
from loyalty_pos.app.ports import ProgrammeRow
from loyalty_pos.app.programme_uses import limits_view
from loyalty_pos.app.programmes import Known, compile_programme
from loyalty_pos.app.queries import DraftProgramme, Kinds, Presets, Programmes
from loyalty_pos.app.reviewing import begin_reviews
from loyalty_pos.app.saying import both
from loyalty_pos.app.views import PublishedView, ShopView
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.compiling import (
    refuse_budget,
    refuse_conditions,
    refuse_idle_expiry,
    refuse_misfit,
    refuse_second_expiry,
    refuse_trial,
    rule_of,
)
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.kinds import Kind, read_all
from loyalty_pos.domain.programmes import kind_named
from loyalty_pos.domain.when import When, problems_of


def programmes(desk: Desk, query: Programmes) -> ProgrammesView:
    assert desk.shop
    return ProgrammesView(
        programmes=tuple(_detail(desk, desk.book.revision(row.revision), row.live) for row in desk.newest())
    )


def kinds(desk: Desk, query: Kinds) -> KindsView:
    from loyalty_pos.app.forms import forms  # with it comes all that checks what is typed

    return forms(desk.languages)


def presets(desk: Desk, query: Presets) -> PresetsView:
    from loyalty_pos.app.presets import presets_view  # only an owner's desk asks for them

    return presets_view(desk)


def draft_programme(desk: Desk, query: DraftProgramme) -> DraftView:
    """Say what publishing this would mean, or name everything that is wrong with it."""
    from loyalty_pos.app.forms import by_path, fields_of

    query = replace(query, params=spelled_out(query.params), when=spelled_out(query.when))
    key = query.key or f"{query.kind}_{desk.chance.ref()[:6]}"
    found = [no for no in (_name_problem(query.name), _kind_problem(desk, query)) if no is not None]
    if any(no.facts.get("field") == "kind" for no in found):
        return _wrong(desk, key, found, {})
    kind = kind_named(query.kind)
    found += [*_params_problems(kind, query), *_when_problems(kind, query)]
    fields = dict(
        chain(
            by_path(fields_of(kind.params, desk.languages), "params"),
            by_path(fields_of(When, desk.languages), "when"),
        )
    )
    if any(str(no.facts.get("field", "")).startswith(("params", "when")) for no in found):
        return _wrong(desk, key, found, fields)
    row = ProgrammeRow(0, key, query.kind, 0, 0, query.name, query.params, query.when, live=False)
    known = compile_programme(row)
    try:
        refuse_a_second(desk, known)
    except Rejection as no:
        field = "kind" if no.code == "second_club" else "params.point_value_minor"
        found.append(Rejection(no.code, field=field, **no.facts))
    try:
        refuse_unknown_segments(desk, known)
    except Rejection as no:
        found.append(no)
    before = desk.store.programmes.latest(key)
    if before is not None:
        try:
            refuse_other_measure(desk.book.revision(before.revision), known)
        except Rejection as no:
            found.append(Rejection(no.code, field="params.count", **no.facts))
    said = called(desk, known).sentence(desk.languages)
    return replace(_wrong(desk, key, found, fields), sentence=said)


def resume_programme(desk: Desk, command: ResumeProgramme) -> PublishedView:
    """Switch the newest revision of a paused programme on again."""
    known = desk.book.newest_named(command.key)
    if any(live.row.key == command.key for live in desk.book.live):
        return published(desk, known)
    refuse_a_second(desk, known)
    refuse_unknown_segments(desk, known)
    with desk.store.transaction():
        record = {"key": command.key, "revision": known.row.number}
        moment = desk.now()
        posting = desk.posting(f"resume:{desk.chance.ref()}", record, "programme", None, moment, record)
        seq = desk.store.ledger.append(posting)
        desk.store.programmes.resume(command.key, known.row.revision)
        begin_reviews(desk, known, moment, seq)
        follow_club(desk, known.revision.rule)
    desk.forget()
    return published(desk, known)


def edit_shop(desk: Desk, command: EditShop) -> ShopView:
    before = desk.shop.view
    hour = command.day_ends_hour
    wanted = replace(
        before,
        name=before.name if command.name is None else text_field("name", command.name, 80),
        language=command.language or before.language,
        calendar=command.calendar or before.calendar,
        day_ends_hour=before.day_ends_hour if hour is None else checked(hour, "day_ends_hour", 0, 23),
        tax_bp=before.tax_bp if command.tax_bp is None else checked(command.tax_bp, "tax_bp", 0, BP),
        earn_on_tax=before.earn_on_tax if command.earn_on_tax is None else command.earn_on_tax,
    )
    if wanted != before:
        record = shop_record(wanted)
        with desk.store.transaction():
            posting = desk.posting(f"shop:{desk.chance.ref()}", record, "shop", None, desk.now(), record)
            desk.store.ledger.append(posting)
            desk.store.shops.edit(wanted)
            if wanted.calendar != before.calendar:
                follow_calendar(desk)
        desk.forget()
    return shop_view(desk)


def _detail(desk: Desk, known: Known, live: bool) -> ProgrammeDetailView:
    row = known.row
    return ProgrammeDetailView(
        key=row.key,
        kind=row.kind,
        kind_label=both(desk.languages, lambda say: say.t(known.kind.label or row.kind)),
        name=row.name,
        revision=row.number,
        live=live,
        sentence=called(desk, known).sentence(desk.languages),
        params=row.params,
        when=row.when,
        limits=limits_view(desk, known.revision),
        by_code=by_code(known),
        cause=known.revision.rule.cause if isinstance(known.revision.rule, EarnRule) else "",
        listed=desk.store.segments.count(row.programme) if known.kind.family == "segment" else None,
    )


def _wrong(desk: Desk, key: str, found: list[Rejection], fields: dict[str, FieldView]) -> DraftView:
    from loyalty_pos.app.forms import problem_view

    problems = tuple(problem_view(no, fields, desk.languages) for no in found)
    return DraftView(key=key, sentence=None, problems=problems)


def _name_problem(name: str) -> Rejection | None:
    try:
        text_field("name", name, 80)
    except InvalidRequest as no:
        return no
    return None


def _kind_problem(desk: Desk, query: DraftProgramme) -> Rejection | None:
    try:
        kind_named(query.kind)
    except InvalidRequest as no:
        return no
    before = desk.store.programmes.latest(query.key) if query.key else None
    if before is not None and before.kind != query.kind:
        return Rejection("kind_changed", programme=before.key, kind=before.kind, field="kind")
    return None


def _params_problems(kind: Kind[Any], query: DraftProgramme) -> list[Rejection]:
    params = read_all(kind.params, query.params, "params")
    when = read_all(When, query.when, "when")
    if isinstance(params, list):
        return list(params)
    try:
        rule = rule_of(kind, params)
        if isinstance(when, When):
            refuse_budget(rule, when)
            refuse_misfit(rule, when)
            refuse_second_expiry(rule, when)
            refuse_idle_expiry(rule, when)
            refuse_trial(rule, when)
    except Rejection as no:
        return [no]
    return []


def _when_problems(kind: Kind[Any], query: DraftProgramme) -> list[Rejection]:
    when = read_all(When, query.when, "when")
    if isinstance(when, list):
        return list(when)
    try:
        refuse_conditions(kind, when)
    except Rejection as no:
        return [no]
    return problems_of(when)
