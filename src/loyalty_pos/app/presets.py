"""Ready-made programmes an owner starts from: a name, parameters that make sense, nothing published yet."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, Literal

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.form_views import PresetsView, PresetView
from loyalty_pos.app.language import N_
from loyalty_pos.app.ports import ProgrammeRow
from loyalty_pos.app.programmes import compile_programme
from loyalty_pos.app.saying import both
from loyalty_pos.domain.currencies import decimals
from loyalty_pos.domain.lazy import dataclass

Params = Mapping[str, Any]
Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Preset:
    """`params` are made from the shop's coin, the sum people reckon in, and its own language for names."""

    key: str
    name: str
    kind: str
    params: Callable[[int, Say], Params]
    when: Params = field(default_factory=dict)
    step: Literal["goals", "membership"] = "goals"


PRESETS = (
    Preset(
        "every_fifth",
        N_("Every fifth one free"),
        "stamp_card",
        lambda coin, t: {"needed": 5, "mode": "every_nth"},
    ),
    Preset("after_five", N_("Five paid, the next free"), "stamp_card", lambda coin, t: {"needed": 5}),
    Preset(
        "points",
        N_("Points"),
        "points",
        lambda coin, t: {"step_minor": coin, "point_value_minor": max(1, coin // 20), "redeem_min": 20},
        {"expiry": {"months": 12}},
    ),
    Preset(
        "cashback",
        N_("Credit for the next purchase"),
        "spend_credit",
        lambda coin, t: {"rate_bp": 500, "rounding_minor": max(1, coin // 10)},
        {"expiry": {"months": 6}},
    ),
    Preset(
        "levels",
        N_("Bronze, silver, gold"),
        "tiers",
        lambda coin, t: {
            "levels": [
                {"key": "bronze", "name": t(N_("Bronze")), "from": 0},
                {"key": "silver", "name": t(N_("Silver")), "from": 1_000 * coin, "discount_bp": 300},
                {
                    "key": "gold",
                    "name": t(N_("Gold")),
                    "from": 5_000 * coin,
                    "discount_bp": 500,
                    "coefficient_milli": 1_500,
                },
            ]
        },
        step="membership",
    ),
    Preset(
        "breakfast",
        N_("Breakfast hours"),
        "percent_off",
        lambda coin, t: {"rate_bp": 1_000},
        {"schedule": {"hours": ["07:00-10:00"]}},
    ),
    Preset(
        "wholesale",
        N_("Six or more"),
        "percent_off",
        lambda coin, t: {"rate_bp": 1_000},
        {"basket": {"min_quantity": 6}},
    ),
    Preset(
        "birthday",
        N_("Birthday gift"),
        "event_gift",
        lambda coin, t: {
            "event": "birthday",
            "days_before": 3,
            "days_after": 3,
            "gives": "credit",
            "credit_minor": 20 * coin,
        },
        {"expiry": {"days": 30}},
        step="membership",
    ),
    Preset(
        "come_back",
        N_("A voucher for the next visit"),
        "next_visit_voucher",
        lambda coin, t: {"rate_bp": 1_000, "expires": {"days": 30}},
    ),
    Preset(
        "friends",
        N_("Bring a friend"),
        "event_gift",
        lambda coin, t: {"event": "referrer", "points": 50},
        step="membership",
    ),
    Preset(
        "vip",
        N_("Yearly membership"),
        "vip",
        lambda coin, t: {"fee_minor": 500 * coin, "term_months": 12, "grace_days": 7},
        step="membership",
    ),
    Preset(
        "good_cause",
        N_("One percent for a good cause"),
        "charity",
        lambda coin, t: {"rate_bp": 100, "cause": t(N_("A good cause"))},
    ),
    Preset(
        "welcome",
        N_("Welcome gift"),
        "event_gift",
        lambda coin, t: {"event": "join", "gives": "credit", "credit_minor": 10 * coin},
        {"expiry": {"days": 60}},
        step="membership",
    ),
)


def presets_view(desk: Desk) -> PresetsView:
    """Give every preset in the shop's own money, with the sentence it would be published as."""
    coin = coin_minor(desk.shop.view.currency)
    return PresetsView(presets=tuple(_view(desk, preset, coin) for preset in PRESETS))


def coin_minor(currency: str) -> int:
    """Return the sum people reckon small prices in: a thousand tomans, a dollar, a thousand yen."""
    if currency == "IRR":
        return 10_000
    places = decimals(currency)
    return 10**places if places else 1_000


def _view(desk: Desk, preset: Preset, coin: int) -> PresetView:
    own = desk.languages[desk.shop.view.language]
    params, when = preset.params(coin, own.t), preset.when
    row = ProgrammeRow(0, preset.key, preset.kind, 0, 0, "", params, when, live=False)
    return PresetView(
        preset=preset.key,
        kind=preset.kind,
        name=both(desk.languages, lambda say: say.t(preset.name)),
        sentence=compile_programme(row).sentence(desk.languages),
        params=params,
        when=when,
        step=preset.step,
    )
