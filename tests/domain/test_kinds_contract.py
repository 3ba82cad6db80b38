"""What every programme kind promises, whoever wrote it: one test over all of them."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from loyalty_pos.domain import programmes
from loyalty_pos.domain.basket import Basket, Line
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.compiling import sentence_of
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import EarnRule, Revision, TierRule
from loyalty_pos.domain.keeping import everything_of, nothing_of
from loyalty_pos.domain.kinds import Kind
from loyalty_pos.domain.ledger import Holdings, NewLot
from loyalty_pos.domain.params import model_of, stored
from loyalty_pos.domain.programmes import kind_named, kinds
from loyalty_pos.domain.take_back import Step, take_back
from loyalty_pos.domain.when import When
from tests.domain.pieces import after, basket, line, member, nobody, priced, revision, sold_of
from tests.domain.test_ledger_properties import entries_of
from tests.examples import examples
from tests.languages import language

NAMES = sorted(kinds())
OFF_SALE = ("segment", "grant")

CUP = {"name": "x", "chances": 3, "gives": "free_item", "worth_minor": 9}
ONE = {"name": "g", "chances": 1, "amount": 5, "worth_minor": 2}
EXAMPLES: Mapping[str, list[dict[str, Any]]] = {
    "challenge": [
        {"times": 3, "sku": "x", "within_days": 14},
        {"times": 3, "group": "g", "within_days": 7, "gives": "points", "points": 5, "badge": "h"},
        {"times": 3, "group": "g", "within_days": 7, "count": "days", "reward": {"groups": ["h"]}},
        {"times": 4, "count": "weeks", "gives": "credit", "credit_minor": 50},
        {"times": 4, "count": "weeks", "sku": "x", "reward": {"skus": ["x"], "value_cap_minor": 9}},
        {"times": 2, "count": "months"},
        {"times": 2, "count": "months", "group": "g", "coefficients": [{"milli": 2000}]},
    ],
    "draw": [
        {"out_of": 9, "prizes": [CUP]},
        {"out_of": 9, "groups": ["g"], "prizes": [CUP], "reward": {"groups": ["h"], "value_cap_minor": 9}},
        {"out_of": 9, "prizes": [ONE, {**CUP, "name": "h"}]},
        {"out_of": 9, "prizes": [{**ONE, "gives": "credit"}]},
    ],
    "participation": [
        {"what": "feedback", "points": 1, "each": "day"},
        {"what": "survey", "points": 1, "question": "g"},
        {"what": "idea", "gives": "credit", "credit_minor": 5},
        {"what": "vote", "points": 2, "choices": ["g", "h"], "coefficients": [{"milli": 2000}]},
    ],
    "invitation": [
        {"title": "g", "day": "2026-12-01"},
        {"title": "g", "day": "2026-12-01", "places": 9, "points": 3},
    ],
    "event_gift": [
        {"event": "join", "points": 4},
        {"event": "first_purchase", "points": 5, "coefficients": [{"milli": 1500}]},
        {"event": "first_of_group", "groups": ["g"], "points": 5},
        {"event": "first_of_group", "skus": ["x"], "gives": "credit", "credit_minor": 50},
        {"event": "referrer", "points": 5},
        {"event": "newcomer", "gives": "credit", "credit_minor": 50},
        {"event": "birthday", "points": 5, "days_before": 3, "days_after": 4},
        {"event": "birthday", "gives": "free_item", "reward": {"groups": ["g"], "value_cap_minor": 9}},
        {"event": "anniversary", "gives": "free_item", "days_before": 1},
        {"event": "back", "points": 5, "idle_days": 60},
        {"event": "profile", "points": 5, "needs": ["city", "interests"]},
    ],
    "charity": [
        {"rate_bp": 1000, "cause": "g"},
        {"rate_bp": 333, "cause": "h", "tax": "out", "margin_floor_bp": 1000},
        {"rate_bp": 900, "cause": "g", "coefficients": [{"milli": 2500}]},
    ],
    "vip": [{"fee_minor": 500}, {"fee_minor": 0, "term_months": 1, "grace_days": 3, "keep_spend_minor": 9}],
    "contract": [
        {"months": 6, "promised_visits": 12, "discount_bp": 500},
        {"months": 12, "promised_visits": 9, "promised_spend_minor": 900, "discount_bp": 500},
        {"months": 1, "promised_spend_minor": 900, "discount_bp": 500},
    ],
    "prize": [
        {"what": "g", "price_points": 4, "stock": 5, "a_day": 2, "ready_minutes": 30},
        {"what": "g", "price_points": 4},
        {"what": "h", "price_points": 4, "worth_minor": 9},
    ],
    "points": [
        {"step_minor": 10, "coefficients": [{"milli": 1500}, {"milli": 333}]},
        {"step_minor": 11, "coefficients": [{"milli": 2000, "when": {"schedule": {"weekdays": ["sat"]}}}]},
        {"step_minor": 10},
        {"step_minor": 7, "points_per_step": 3, "point_value_minor": 2},
    ],
    "spend_credit": [
        {"rate_bp": 1000},
        {"rate_bp": 333, "rounding_minor": 50},
        {"rate_bp": 900, "tax": "in"},
        {"rate_bp": 900, "tax": "out", "margin_floor_bp": 2000},
        {"rate_bp": 900, "coefficients": [{"milli": 2000, "when": {"basket": {"groups_in": ["g"]}}}]},
    ],
    "company_credit": [
        {"rates": [{"rate_bp": 300}]},
        {"rates": [{"rate_bp": 300}, {"rate_bp": 700, "groups": ["g"]}, {"rate_bp": 500, "from_minor": 900}]},
        {"rates": [{"rate_bp": 300, "skus": ["x"], "from_minor": 90}], "margin_floor_bp": 1500},
    ],
    "warranty": [{"months": 24, "groups": ["g"]}, {"months": 1, "skus": ["x"]}],
    "stamp_card": [
        {"needed": 5},
        {"needed": 5, "mode": "every_nth"},
        {"needed": 4, "mode": "every_nth", "count": "sales"},
        {"needed": 4, "mode": "every_nth", "groups": ["g"], "reward": {"groups": ["h"]}},
        {"needed": 3, "count": "sales", "groups": ["g"]},
        {"needed": 2, "count": "visit_days", "reward": {"skus": ["x"], "value_cap_minor": 9}},
        {"needed": 3, "max_per_sale": 1, "max_per_day": 2},
        {"needed": 4, "coefficients": [{"milli": 2500}]},
        {"needed": 3, "count": "amount", "step_minor": 70},
        {"needed": 3, "count": "amount", "step_minor": 70, "groups": ["g"], "reward": {"groups": ["h"]}},
    ],
    "tiers": [
        {"levels": [{"key": "g", "from": 0}]},
        {
            "window_months": 3,
            "levels": [
                {"key": "g", "name": "h", "from": 10, "discount_bp": 500},
                {"key": "h", "from": 900, "coefficient_milli": 1500},
            ],
        },
        {"window": "year", "levels": [{"key": "g", "from": 10, "discount_bp": 500}]},
        {"window": "year", "metric": "visit_days", "levels": [{"key": "g", "from": 1, "discount_bp": 500}]},
        {
            "window": "term",
            "window_months": 6,
            "from_day": "2026-01-15",
            "levels": [{"key": "g", "from": 10}],
        },
        {
            "joined": "all",
            "metric": "points",
            "levels": [{"key": "g", "from": 0}, {"key": "h", "from": 10, "spend_minor": 90, "visit_days": 1}],
        },
        {
            "joined": "any",
            "window": "year",
            "levels": [{"key": "g", "from": 10, "discount_bp": 500}, {"key": "h", "from": 900, "points": 5}],
        },
    ],
    "segment": [
        {},
        {"visits_min": 3},
        {"visits_max": 3},
        {"visits_min": 3, "window_days": 3},
        {"spend_min_minor": 3},
        {"spend_max_minor": 3, "window_days": 1},
        {"away_days_min": 3},
        {"away_days_max": 3},
        {"gap_days_min": 3},
        {"gap_days_max": 3},
        {"points_min": 3, "points_max": 3},
        {"age_min": 3},
        {"age_max": 3},
        {"member_kinds": ["individual"]},
        {"member_kinds": ["company"]},
        {"genders": ["woman"]},
        {"genders": ["man", "other", "unknown"]},
        {"cities": ["g", "h"]},
        {"interests": ["g"]},
        {"bought_groups": ["g"]},
        {"bought_skus": ["x"], "bought_days": 30},
        {"tags": ["g"]},
    ],
    "amount_off": [
        {"amount_minor": 30},
        {"amount_minor": 7, "groups": ["g"]},
        {"amount_minor": 5, "per": "unit", "max_units": 2},
        {"amount_minor": 30, "price_points": 4},
        {"amount_minor": 5, "per": "unit", "price_points": 4},
        {"amount_minor": 5, "per": "unit", "group_size": 3, "max_discount_minor": 12},
    ],
    "set_offer": [
        {"buy": 2},
        {"buy": 1, "rate_bp": 5000, "groups": ["g"]},
        {"buy": 2, "get": 2, "groups": ["g"], "get_groups": ["h"], "max_sets": 1},
    ],
    "set_price": [
        {"units": 3, "price_minor": 250},
        {"parts": [{"groups": ["g"]}, {"units": 2, "groups": ["h"]}], "price_minor": 99, "max_sets": 2},
    ],
    "next_visit_voucher": [
        {"rate_bp": 1000, "expires": {"days": 30}},
        {"rate_bp": 1000, "expires": {"months": 3}, "coefficients": [{"milli": 2000}]},
        {"amount_minor": 50, "per_minor": 300, "expires": {"never": True}},
    ],
    "percent_off": [
        {"rate_bp": 200, "max_units": 3, "group_size": 2},
        {"rate_bp": 1000},
        {"rate_bp": 5000, "max_discount_minor": 3, "groups": ["g", "h"]},
        {"rate_bp": 1000, "price_points": 4},
        {"rate_bp": 1000, "price_points": 4, "groups": ["g"]},
    ],
}
CASES = [(name, params) for name in NAMES for params in EXAMPLES.get(name, [])]
every_case = pytest.mark.parametrize(("name", "params"), CASES, ids=str)
# Of each of the hundred rules: together they still meet five hundred sales.
some_sales = settings(max_examples=examples(100, 20))
lines = st.lists(
    st.builds(
        Line,
        text=st.just("x"),
        quantity=st.integers(1, 6),
        unit_price_minor=st.integers(0, 500),
        group=st.sampled_from([None, "g", "h"]),
        sku=st.sampled_from([None, "x"]),
    ),
    min_size=1,
    max_size=4,
).map(lambda found: Basket(tuple(found)))


def test_every_kind_has_examples_here() -> None:
    assert set(EXAMPLES) == set(NAMES)


@every_case
def test_its_examples_and_defaults_are_valid(name: str, params: dict[str, Any]) -> None:
    kind = kinds()[name]
    read = kind.read(params)
    assert kind.name == name
    assert stored(kind.params, params) == read
    assert isinstance(kind.rule(read), EarnRule) == (kind.family == "earn")
    hash(kind.rule(read))  # frozen through and through


@pytest.mark.parametrize("name", NAMES)
def test_what_it_does_not_know_or_cannot_use_is_refused_naming_the_field(name: str) -> None:
    kind, good = kinds()[name], EXAMPLES[name][0]
    with pytest.raises(InvalidRequest) as caught:
        kind.read({**good, "no_such": 1})
    assert caught.value.facts["field"] == "params.no_such"
    for field in kind.params.model_fields:
        with pytest.raises(InvalidRequest) as caught:
            kind.read({**good, field: {"never": "this"}})
        assert str(caught.value.facts["field"]).startswith(f"params.{field}")
    for field in good:
        if kind.params.model_fields[field].default is PydanticUndefined:
            with pytest.raises(InvalidRequest) as caught:
                kind.read({key: value for key, value in good.items() if key != field})
            assert caught.value.facts["field"] == f"params.{field}"


def numbers(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Give every whole number people type, those of nested groups too."""
    for name, info in model.model_fields.items():
        inner = [one for one in (info.annotation, *get_args(info.annotation)) if isinstance(one, type)]
        if int in inner and info.json_schema_extra:
            yield name, info
        for nested in inner:
            if issubclass(nested, BaseModel):
                yield from numbers(nested)


@pytest.mark.parametrize(
    "model", [model_of(params) for params in (*(kinds()[name].params for name in NAMES), When)]
)
def test_every_number_has_a_least_and_a_most(model: type[BaseModel]) -> None:
    for name, info in numbers(model):
        marks = {mark for each in info.metadata for mark in ("ge", "le") if hasattr(each, mark)}
        assert marks == {"ge", "le"}, name


@pytest.mark.parametrize("name", NAMES)
def test_a_form_can_be_drawn_from_its_parameters(name: str) -> None:
    schema = kinds()[name].params.model_json_schema()
    json.dumps(schema)
    assert schema["additionalProperties"] is False
    for field, drawn in schema["properties"].items():
        assert drawn["label"], field
        assert isinstance(drawn["unit"], str)
        for other in drawn["visible_if"]:
            assert other in schema["properties"]


@every_case
def test_its_sentence_is_whole_in_both_languages(name: str, params: dict[str, Any]) -> None:
    kind = kinds()[name]
    read = kind.read(params)
    said = {code: kind.sentence(read, language(code)) for code in ("fa", "en")}
    assert said["fa"] != said["en"]
    assert not any(letter.isascii() and letter.isalpha() and letter not in "ghx" for letter in said["fa"])
    for text in said.values():
        assert text.endswith(".")
        assert "{" not in text and "  " not in text and "None" not in text
    if kind.reward is not None:
        for code in ("fa", "en"):
            assert "{" not in kind.reward(read, language(code))


def test_no_two_rules_are_said_alike() -> None:
    for code in ("fa", "en"):
        whole = [(kinds()[name], kinds()[name].read(params)) for name, params in CASES]
        said = [sentence_of(kind, read, When(), language(code)) for kind, read in whole]
        different = {json.dumps([name, params]) for name, params in CASES if "max_per_sale" not in params}
        assert len(set(said)) >= len(different)


@every_case
@some_sales
@given(goods=lines)
def test_it_is_deterministic_and_never_negative(name: str, params: dict[str, Any], goods: Basket) -> None:
    live = [revision(name, **params)]
    first, again = priced(goods, live), priced(goods, live)
    assert (first.nets_minor, first.contributions, first.trace, first.book.movements) == (
        again.nets_minor,
        again.contributions,
        again.trace,
        again.book.movements,
    )
    assert all(0 <= net <= line.gross_minor for net, line in zip(first.nets_minor, goods.lines, strict=True))
    assert all(one.micros >= 0 and one.yielded >= one.given >= 0 for one in first.contributions)
    assert sum(told.benefit_minor for told in first.trace) == first.discount_minor
    # A segment gives nothing itself, and a prize is claimed without a sale: neither has a line here.
    told = [told for told in first.trace if told.family != "tender"]
    assert bool(told) == (kind_named(name).family not in OFF_SALE)


@every_case
@some_sales
@given(goods=lines)
def test_splitting_the_lines_of_a_sale_never_matters(
    name: str, params: dict[str, Any], goods: Basket
) -> None:
    live = [revision(name, **params)]
    singles = [
        line(one.unit_price_minor, group=one.group, sku=one.sku)
        for one in goods.lines
        for _ in range(one.quantity)
    ]
    whole, split = priced(goods, live), priced(Basket(tuple(singles)), live)
    assert whole.due_minor == split.due_minor
    assert [one._replace(lines=None, on_some=()) for one in whole.contributions] == [
        one._replace(lines=None, on_some=()) for one in split.contributions
    ]


@every_case
@some_sales
@given(goods=lines)
def test_splitting_into_several_sales_never_matters_for_what_amounts_and_units_earn(
    name: str, params: dict[str, Any], goods: Basket
) -> None:
    rule = revision(name, **params)
    if not isinstance(rule.rule, EarnRule) or rule.rule.measure not in ("amount", "units"):
        return
    if rule.rule.max_per_sale or rule.rule.max_per_day or rule.rule.instant:
        return
    declined = frozenset({rule.key})
    whole = after(priced(goods, [rule], decline=declined))
    parts = member()
    for one in goods.lines:
        parts = after(priced(basket(one), [rule], parts, decline=declined))
    assert totals(whole) == totals(parts)


@every_case
@some_sales
@given(goods=lines, before=lines)
def test_taking_a_sale_back_leaves_the_member_as_if_it_never_happened(
    name: str, params: dict[str, Any], goods: Basket, before: Basket
) -> None:
    rule = revision(name, **params)
    start = after(priced(before, [rule]))
    sale = priced(goods, [rule], start)
    given_back, entries, book = entries_of(start, sale)
    sold = sold_of(goods, sale, {rule.id: rule})
    whole, steps = everything_of(sold), {}
    if isinstance(rule.rule, EarnRule):
        steps[rule.key] = Step(rule.rule.step_micro, rule.rule.yield_per_step, NewLot(0, None, rule.id))
    take_back(book, entries, sold, whole, nothing_of(sold, whole), steps)
    assert totals(Snapshot(1, "individual", holdings_of(book))) == totals(start)
    assert given_back is not None


def holdings_of(book: Any) -> Holdings:
    accounts = list(book.accounts())
    lots = tuple(lot for account in accounts for lot in book.lots(account))
    return Holdings(lots, {account: book.plain(account) for account in accounts if book.plain(account)})


def totals(snapshot: Snapshot) -> dict[Any, int]:
    found: dict[Any, int] = dict(snapshot.holdings.plain)
    for lot in snapshot.holdings.lots:
        found[lot.account] = found.get(lot.account, 0) + lot.left
    return {account: amount for account, amount in found.items() if amount}


@pytest.mark.slow
@given(goods=lines, data=st.data())
def test_the_order_of_the_programmes_changes_nothing(goods: Basket, data: st.DataObject) -> None:
    live = [revision(name, number, **params) for number, (name, params) in enumerate(CASES, 1)]
    clubs = [one for one in live if isinstance(one.rule, TierRule)][1:]
    live = [one for one in live if one not in clubs]  # a shop has one
    shuffled = data.draw(st.permutations(live))
    one, two = priced(goods, live), priced(goods, shuffled)
    assert (one.nets_minor, one.contributions, one.trace, one.book.movements) == (
        two.nets_minor,
        two.contributions,
        two.trace,
        two.book.movements,
    )


@every_case
def test_nobody_gets_nothing_and_is_told_so(name: str, params: dict[str, Any]) -> None:
    rule = revision(name, **params).rule
    silent = kind_named(name).family in OFF_SALE
    silent = silent or (
        isinstance(rule, EarnRule) and rule.happening is not None and rule.happening.without_sale
    )
    got = nobody(basket(line(100, group="g", sku="x")), [revision(name, **params)])
    of_everybody = {"warranty": {"warranty"}, "charity": {"earned_pledge"}}  # no value of a member's
    pledged = [one.account[0] for one in got.contributions]
    assert (got.discount_minor, got.book.movements) == (0, [])
    assert pledged == (["pledge"] if name == "charity" else [])
    codes = of_everybody.get(name, set() if silent else {"no_member"})
    assert {told.code for told in got.trace} == codes


def test_a_kind_nobody_wrote_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidRequest) as caught:
        kind_named("magic")
    assert caught.value.facts["problem"] == "unknown_kind"
    assert all(name in str(caught.value.facts["known"]) for name in NAMES)


@pytest.fixture
def fresh_registry() -> Iterator[None]:
    kinds.cache_clear()
    yield
    kinds.cache_clear()


def test_a_new_file_is_a_new_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_registry: None
) -> None:
    source = Path(programmes.__path__[0]) / "percent_off.py"
    text = source.read_text(encoding="utf-8").replace('Kind("percent_off"', 'Kind("gift_of_the_house"')
    (tmp_path / "gift_of_the_house.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(programmes, "__path__", [*programmes.__path__, str(tmp_path)])
    assert sorted(kinds()) == sorted([*NAMES, "gift_of_the_house"])
    found: Kind[Any] = kind_named("gift_of_the_house")
    rule = found.rule(found.read({"rate_bp": 100}))
    assert priced(basket(line(100)), [Revision(1, 1, "x", rule)]).net_minor == 99
    del sys.modules["loyalty_pos.domain.programmes.gift_of_the_house"]


@pytest.mark.parametrize("name", ["", "no_such_kind", "points.KIND", "../points", "__init__"])
def test_what_names_no_file_of_a_kind_is_refused(name: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        kind_named(name)
    assert caught.value.facts["problem"] == "unknown_kind"


def test_a_build_that_lost_its_kinds_says_so(monkeypatch: pytest.MonkeyPatch, fresh_registry: None) -> None:
    monkeypatch.setattr(programmes, "__path__", [])
    with pytest.raises(RuntimeError):
        kinds()
