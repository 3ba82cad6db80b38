"""A parameter model with everything a list of models can hold, for the forms that are made from one."""

from typing import Any, Literal

from loyalty_pos.app.form_views import FieldProblemView, FieldView
from loyalty_pos.app.forms import by_path, fields_of, problem_view
from loyalty_pos.app.language import Language, LanguageCode
from loyalty_pos.domain.kinds import Params, param, read_all
from loyalty_pos.domain.when import When
from tests.languages import language, shop_view

SHOP = shop_view(display_unit="toman", calendar="jalali")
LANGUAGES: dict[LanguageCode, Language] = {"fa": language("fa", SHOP), "en": language("en", SHOP)}


class Gift(Params):
    wanted: bool = param(False, label="A gift on the way up")
    points: int = param(0, label="Points", unit="points", visible_if={"gift.wanted": "true"}, ge=0, le=500)


class Level(Params):
    key: str = ""
    name: str = param(..., label="Name", min_length=1, max_length=20)
    from_minor: int = param(0, label="From", unit="money", ge=0, le=10_000_000)
    color: Literal["bronze", "silver", "gold"] = param("bronze", label="Colour")
    gift: Gift = param(Gift(), label="Gift")


class Coefficient(Params):
    rate_bp: int = param(..., label="Rate", unit="percent", ge=1, le=100_000)
    milli: int = param(1_000, label="Coefficient", unit="times", ge=1, le=100_000)
    when: When = param(When(), label="Only when")


class Ladder(Params):
    levels: list[Level] = param(..., label="Levels", row="Level", min_length=2, max_length=4)
    coefficients: tuple[Coefficient, ...] = param((), label="More for some", row="Rule")
    usual: list[Level] = param([Level(name="All")], label="As usual")


def fields() -> tuple[FieldView, ...]:
    return fields_of(Ladder, LANGUAGES)


def problems(values: dict[str, Any]) -> dict[str, FieldProblemView]:
    """What a shop would say about these values, by path."""
    found = read_all(Ladder, values, "params")
    known = dict(by_path(fields(), "params"))
    said = [problem_view(no, known, LANGUAGES) for no in found] if isinstance(found, list) else []
    return {each.field.removeprefix("params."): each for each in said}
