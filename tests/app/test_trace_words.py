"""Why, in words: every reason of the engine has a short and a whole sentence in both languages (rules 15)."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos import domain
from loyalty_pos.app.language import Languages
from loyalty_pos.app.ports import ProgrammeRow
from loyalty_pos.app.programmes import Known, compile_programme
from loyalty_pos.app.trace_words import SHORT, trace_view
from loyalty_pos.domain.trace import TraceLine
from tests.languages import language, shop_view

LONGEST = 45
SHOP = shop_view("IRR", "toman", "jalali")
LANGUAGES: Languages = {"fa": language("fa", SHOP), "en": language("en", SHOP)}
TENDER = ("paid_credit", "paid_points", "credit_cut", "points_cut")
BIG = 123_456_780
"""Twelve million Toman: a large bill in a small shop."""

FACTS: dict[str, dict[str, Any]] = {
    "earned_points": {"measured": BIG, "before": 9990, "got": 12_345, "after": 4560},
    "earned_credit": {"measured": BIG, "before": 0, "got": 1_234_560, "after": 0},
    "earned_reward": {"measured": 12, "before": 9, "got": 0, "after": 99},
    "reward_used": {"units": 3},
    "nth_free": {"units": 2, "before": 9, "nth": 10},
    "percent_off": {"base_minor": BIG, "rate_bp": 1250, "capped": 1},
    "below_minimum": {"min_minor": BIG, "missing_minor": BIG - 10},
    "too_few": {"min_quantity": 12, "missing": 11},
    "better_benefit": {"by": 2},
    "better_rate": {"by": 2},
    "own_rates": {"by": 2},
    "not_below": {"below_minor": BIG},
    "not_all_there": {"part": 1, "missing": 12},
    "warranty": {"units": 1, "until_day": "2028-09-22"},
    "not_with": {"by": 2},
    "set_off": {"sets": 12},
    "amount_off": {"base_minor": BIG},
    "limit_sale": {"limit": 12},
    "limit_day": {"limit": 12},
    "limit_member": {"limit": 1_234},
    "limit_total": {"limit": 123_456},
    "budget_spent": {"left_minor": BIG},
    "not_yet": {"from_day": "2026-09-22"},
    "ended": {"to_day": "2026-09-22"},
    "other_tier": {"tier": "gold", "missing_minor": BIG},
    "tier_next": {"tier": "gold", "missing_minor": BIG},
    "tier_up": {"tier": "gold"},
    "visits_missing": {"missing": 12},
    "reward_expired": {"day": "2026-09-22"},
    "code_used": {"day": "2026-09-22"},
    "code_expired": {"day": "2026-09-22"},
    "code_not_yet": {"day": "2026-09-22"},
    "costs_points": {"points": 12_345, "saves_minor": BIG},
    "points_short": {"points": 12_345, "missing": 1_234},
    "gift_points": {"got": 12_345},
    "gift_credit": {"got": BIG},
    "gift_reward": {"got": 1},
    "profile_missing": {"fields": "name,phone,birthday,city,interests"},
    "challenge_counted": {"have": 2, "times": 12, "missing": 10, "until_day": "2026-12-05"},
    "challenge_again": {"have": 2, "times": 12, "missing": 10, "until_day": "2026-12-05"},
    "challenge_won": {"times": 12},
    "draw_now": {"chances": 123_456, "out_of": 1_000_000},
    "out_of_stock": {"left": 12},
    "once_per_member": {"day": "2026-09-22", "times": 1},
    "earned_pledge": {"measured": BIG, "got": BIG, "milli": "1500×2000"},
    "held_until": {"until_day": "2026-09-22"},
    "in_grace": {"until_day": "2026-09-22"},
    "resting": {"missing_minor": BIG, "days": 30},
}
WHEN: dict[str, Any] = {
    "basket": {"all_of": [{"skus": ["tea"]}, {"units": 20, "groups": ["قهوه"]}]},
    "schedule": {"weekdays": ["mon", "wed"], "hours": ["18:00-23:00"], "occasions": ["yalda", "nowruz"]},
    "audience": {
        "member_kinds": ["company"],
        "segments": ["regulars", "neighbours"],
        "standings": ["vip"],
        "birthday": "month",
        "visits_min": 2,
        "visits_max": 9,
        "away_days_min": 3,
        "gap_days_max": 30,
    },
}


def known(number: int, kind: str, params: dict[str, Any], when: dict[str, Any] | None = None) -> Known:
    row = ProgrammeRow(number, f"key{number}", kind, number, 1, "کارت قهوه", params, when or {}, live=True)
    return compile_programme(row)


class Revisions:
    """The revisions a trace may name."""

    def __init__(self) -> None:
        self.by_code = {
            "earned_points": known(1, "points", {"step_minor": 10_000, "points_per_step": 10}),
            "earned_credit": known(2, "spend_credit", {"rate_bp": 1250}),
        }
        gift = known(7, "event_gift", {"event": "newcomer", "points": 5})
        self.by_code |= dict.fromkeys(("gift_points", "gift_credit", "gift_reward"), gift)
        deal = known(8, "contract", {"months": 6, "promised_visits": 2, "discount_bp": 500})
        self.by_code |= dict.fromkeys(("held_until", "in_grace", "not_held", "resting"), deal)
        self.by_code["earned_pledge"] = known(9, "charity", {"rate_bp": 1250, "cause": "مدرسه‌ی محله"})
        self.card = known(3, "stamp_card", {"needed": 10, "groups": ["قهوه"]}, WHEN)
        self.all = {one.row.revision: one for one in [*self.by_code.values(), self.card]}

    def named(self, code: str) -> int:
        if code == "percent_off":
            self.all[4] = known(4, "percent_off", {"rate_bp": 1250})
            return 4
        return self.by_code.get(code, self.card).row.revision

    def revision(self, number: int) -> Known:
        return self.all[number]

    @property
    def live(self) -> tuple[Known, ...]:
        regulars = known(6, "segment", {})
        return self.card, replace(regulars, row=replace(regulars.row, key="regulars"))

    @property
    def club(self) -> Known:
        return known(5, "tiers", {"levels": [{"key": "gold", "name": "ط" * 20, "from": 1}]})


def coded_reasons() -> Iterator[str]:
    """Find every code the engine can put into a trace."""
    for path in Path(domain.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
                yield from (str(sub.value) for sub in ast.walk(node.args[0]) if isinstance(sub, ast.Constant))
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "tell"
            ):
                code = node.args[2]
                if isinstance(code, ast.Constant):
                    yield str(code.value)


def view_of(code: str, **facts: Any) -> Any:
    book = Revisions()
    revision = 0 if code in TENDER else book.named(code)
    family: Any = "tender" if code in TENDER else "discount"
    line = TraceLine(revision, family, True, code, {**FACTS.get(code, {}), **facts}, BIG)
    return trace_view(line, book, LANGUAGES)  # type: ignore[arg-type]


def test_every_reason_of_the_engine_has_words() -> None:
    codes = set(coded_reasons())
    assert "declined" in codes and "percent_off" in codes
    assert codes <= set(SHORT)


@pytest.mark.parametrize("code", [*SHORT, *TENDER])
@pytest.mark.parametrize("speech", ["fa", "en"])
def test_a_reason_is_whole_in_both_languages_and_its_short_form_fits_its_row(code: str, speech: str) -> None:
    view = view_of(
        code, amount_minor=BIG, points=12_345, asked=12_345, used=1_234, asked_minor=BIG, used_minor=10
    )
    short, sentence = view.short.said(speech), view.sentence.said(speech)
    for text in (short, sentence):
        assert text and "{" not in text and "  " not in text
    if code not in TENDER:
        visible = [char for char in short if char not in "\u2066\u2068\u2069\u200c"]
        assert len(visible) <= LONGEST, (len(visible), short)


def test_the_row_says_its_own_numbers() -> None:
    assert view_of("earned_reward", after=3).short.en == "3 of 10 stamps"
    assert view_of("earned_reward", got=1).short.en != "3 of 10 stamps"
    assert (
        "2 more" in view_of("earned_reward", measured=2).sentence.en or view_of("earned_reward").sentence.en
    )
    assert view_of("percent_off", capped=0).short.en != view_of("percent_off", capped=1).short.en
    assert view_of("percent_off", capped=0).short.fa != view_of("percent_off", capped=1).short.fa


@pytest.mark.parametrize(("cut", "word"), [({"left_minor": BIG}, "budget"), ({"at_most": 12}, "12")])
@pytest.mark.parametrize("code", ["percent_off", "set_off", "amount_off", "earned_credit", "earned_reward"])
def test_a_cut_is_said_in_the_row_and_after_the_whole_arithmetic(
    code: str, cut: dict[str, int], word: str
) -> None:
    plain, told = view_of(code), view_of(code, **cut)
    assert word in told.short.en and plain.sentence.en in told.sentence.en and word in told.sentence.en
    assert told.short.en in told.sentence.en and told.short.fa in told.sentence.fa
    for said in (told.short.en, told.short.fa):
        assert len([char for char in said if char not in "\u2066\u2068\u2069\u200c"]) <= LONGEST


def test_a_budget_that_is_used_up_and_one_with_too_little_left_are_told_apart() -> None:
    assert view_of("budget_spent", left_minor=0).short.en == "its budget is used up"
    assert "12,345,678" in view_of("budget_spent").short.en


def test_a_segment_is_named_as_the_shop_names_it_today() -> None:
    said = view_of("other_segment").sentence.en
    assert "کارت قهوه" in said and "neighbours" in said and "regulars" not in said


def test_only_what_can_be_switched_off_has_a_switch() -> None:
    book = Revisions()
    switches = {
        (family, code, applied): trace_view(
            TraceLine(book.named(code), family, applied, code, FACTS.get(code, {})),  # type: ignore[arg-type]
            book,  # type: ignore[arg-type]
            LANGUAGES,
        ).declinable
        for family, code, applied in (
            ("discount", "percent_off", True),
            ("discount", "declined", False),
            ("discount", "no_eligible_goods", False),
            ("earn", "earned_points", True),
        )
    }
    assert [key[1] for key, on in switches.items() if on] == ["percent_off", "declined"]


class Watched(Revisions):
    """The same revisions, and which of them were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[int] = []

    def revision(self, number: int) -> Known:
        self.read.append(number)
        return super().revision(number)

    @property
    def live(self) -> tuple[Known, ...]:
        self.read.append(-1)
        return super().live

    @property
    def club(self) -> Known:
        self.read.append(0)
        return super().club


@pytest.mark.parametrize("code", SHORT)
def test_words_need_nothing_more_from_the_file_when_they_are_asked_for(code: str) -> None:
    book = Watched()
    line = TraceLine(book.named(code), "discount", False, code, FACTS.get(code, {}))
    view = trace_view(line, book, LANGUAGES)  # type: ignore[arg-type]
    read = list(book.read)
    assert view.short.en and view.sentence.fa
    assert book.read == read
