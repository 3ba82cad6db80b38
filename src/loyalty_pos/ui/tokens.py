"""The colour tokens, light and dark; names carry meaning, not hue."""

from types import MappingProxyType

_BOTH = {
    "bg": ("#F1F4F3", "#0D1413"),
    "surface": ("#FFFFFF", "#151E1C"),
    "inset": ("#F5F8F7", "#1B2624"),
    "sunken": ("#E7EDEB", "#22302D"),
    "line": ("#D5DEDB", "#2B3936"),
    "line_strong": ("#7C8A86", "#71827D"),
    "text": ("#13211E", "#E9F0EE"),
    "text2": ("#43534F", "#BBC9C5"),
    "text3": ("#5A6A66", "#97A7A2"),
    "primary": ("#0B6B66", "#4CCBBE"),
    "primary_hover": ("#095A56", "#63D6CA"),
    "primary_press": ("#074845", "#3AB3A7"),
    "on_primary": ("#FFFFFF", "#04211E"),
    "primary_soft": ("#DCF0ED", "#11342F"),
    "on_primary_soft": ("#084F4B", "#8FE5DB"),
    "reward": ("#F2A71B", "#F5B83D"),
    "on_reward": ("#3A2103", "#33270E"),
    "reward_text": ("#8A4B08", "#F7C768"),
    "reward_soft": ("#FEF1D6", "#33270E"),
    "reward_line": ("#F0CE8A", "#5C471A"),
    "gain": ("#1F7A3D", "#72CF8B"),
    "gain_soft": ("#E0F3E5", "#14301D"),
    "on_gain_soft": ("#155C2D", "#97E0AA"),
    "danger": ("#B3261E", "#FF8B81"),
    "on_danger": ("#FFFFFF", "#3B1715"),
    "danger_soft": ("#FCE9E7", "#3B1715"),
    "on_danger_soft": ("#8C1D17", "#FFB3AC"),
    "info": ("#1B5FA7", "#80BBF5"),
    "info_soft": ("#E2EEFA", "#12283F"),
    "on_info_soft": ("#154A83", "#A9D2FB"),
    "rail": ("#0C2724", "#0A100F"),
    "rail_text": ("#B9D2CD", "#9DB1AC"),
    "rail_active": ("#17443F", "#163530"),
    "on_rail_active": ("#FFFFFF", "#E9F0EE"),
    "rail_focus": ("#F2A71B", "#F5B83D"),
    "toast": ("#13211E", "#22302D"),
    "on_toast": ("#FFFFFF", "#E9F0EE"),
    "toast_text2": ("#B9D2CD", "#BBC9C5"),
    "toast_gain": ("#72CF8B", "#72CF8B"),
    "toast_button": ("#2B3B37", "#31443F"),
    "customer": ("#0F4A44", "#0F4A44"),
    "customer_deep": ("#0B2522", "#0B2522"),
    "customer_panel": ("#24544E", "#24544E"),
    "on_customer": ("#FFFFFF", "#FFFFFF"),
    "customer_text2": ("#B9D2CD", "#B9D2CD"),
    "customer_gold": ("#F9CB6B", "#F9CB6B"),
    "bronze": ("#985426", "#E0A27A"),
    "silver": ("#5A6870", "#B7C3C9"),
    "gold": ("#8F6200", "#F0C24B"),
    "vip": ("#6A46A3", "#C7ABF2"),
    "ring_bronze": ("#B0672F", "#D08E60"),
    "ring_silver": ("#7F8E97", "#AEBBC2"),
    "ring_gold": ("#B98500", "#F0C24B"),
    "ring_vip": ("#8E68C9", "#A988E0"),
    "chart1": ("#0B6B66", "#4CCBBE"),
    "chart2": ("#E0A71A", "#F0C24B"),
    "chart3": ("#6A46A3", "#B79BEA"),
    "chart4": ("#C0562B", "#E58A63"),
    "chart5": ("#8B9994", "#71827D"),
}

LIGHT = MappingProxyType({name: light for name, (light, _) in _BOTH.items()})
DARK = MappingProxyType({name: dark for name, (_, dark) in _BOTH.items()})

_PLAIN = ("bg", "surface", "inset", "sunken")
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("text", "text2", "text3") for ground in _PLAIN),
    *((ink, ground) for ink in ("primary", "gain", "danger", "info") for ground in ("surface", "inset")),
    *(
        (ink, ground)
        for ink in ("bronze", "silver", "gold", "vip")
        for ground in ("surface", "inset", "sunken")
    ),
    *(("on_primary", ground) for ground in ("primary", "primary_hover", "primary_press")),
    *((ink, "primary_soft") for ink in ("on_primary_soft", "text", "text2")),
    *((ink, "gain_soft") for ink in ("on_gain_soft", "text", "text2")),
    *((ink, "reward_soft") for ink in ("reward_text", "text", "text2", "gold")),
    *((ink, "danger_soft") for ink in ("on_danger_soft", "text", "text2")),
    *((ink, "info_soft") for ink in ("on_info_soft", "text", "text2")),
    *(("reward_text", ground) for ground in ("surface", "inset")),
    ("on_danger", "danger"),
    ("on_reward", "reward"),
    ("rail_text", "rail"),
    ("on_rail_active", "rail_active"),
    *(
        (ink, ground)
        for ink in ("on_customer", "customer_text2", "customer_gold")
        for ground in ("customer", "customer_deep", "customer_panel")
    ),
    ("on_toast", "toast"),
    ("toast_text2", "toast"),
    ("toast_gain", "toast"),
    ("on_toast", "toast_button"),
    ("bg", "text"),  # tooltips
)
"""Every text colour on every ground it stands on: at least 4.5 to 1."""

SHAPE_PAIRS: tuple[tuple[str, str], ...] = (
    *(("line_strong", ground) for ground in ("surface", "inset")),
    *(("primary", ground) for ground in (*_PLAIN, "primary_soft")),
    *((ring, "surface") for ring in ("ring_bronze", "ring_silver", "ring_gold", "ring_vip")),
    *((bar, "surface") for bar in ("chart1", "chart3", "chart4")),
    ("gain", "gain_soft"),
    ("reward_text", "reward_soft"),
    ("danger", "danger_soft"),
    ("info", "info_soft"),
    ("rail_focus", "rail"),
    ("rail_focus", "rail_active"),
    ("toast_gain", "toast"),
    ("reward", "toast"),
    ("on_primary", "primary"),
    ("line_strong", "sunken"),
)
"""Borders, rings and marks that must be seen: at least 3 to 1."""


def scale_for(width: int, height: int) -> int:
    """Return the scale that suits a screen: larger where a small window fits enlarged, as at 1080 lines."""
    larger = 125
    return larger if width * 100 >= 1024 * larger and height * 100 >= 800 * larger else 100
