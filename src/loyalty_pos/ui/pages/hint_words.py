"""One line beside a member: the challenge that is nearly won, the usual, what may suit them next."""

from loyalty_pos.app.game_views import ChallengeView, NextView
from loyalty_pos.app.language import Language
from loyalty_pos.app.views import MemberView, SaleView


def hint_of(member: MemberView, language: Language) -> str:
    """Say at most three things in one line; empty when there is nothing to say."""
    playing = member.playing
    begun = [one for one in playing.challenges if one.have]
    parts = [_challenge(one, language) for one in sorted(begun, key=lambda one: one.times - one.have)[:1]]
    liked = [*(one.name for one in playing.usual[:1]), *playing.preferences]
    if liked:
        names = language.t(", ").join(language.name(name) for name in liked)
        parts.append(language.t("usually {what}", what=names))
    if playing.next is not None and playing.next.sku:
        parts.append(_next(playing.next, language))
    return " · ".join(parts)


def won_words(sale: SaleView, language: Language) -> list[str]:
    """Say what a sale won."""
    said = []
    for one in sale.won:
        if one.badge:
            said.append(language.t("badge {badge}", badge=language.name(one.badge)))
        if one.prize:
            said.append(language.t("drawn: {prize}", prize=language.name(one.prize)))
        elif one.number:
            said.append(language.t("drawn: nothing this time"))
    return said


def _challenge(one: ChallengeView, language: Language) -> str:
    day = language.day(one.until_day)
    if one.what:
        return language.n(
            "{count} more {what} until {day}",
            "{count} more {what} until {day}",
            one.times - one.have,
            what=language.name(one.what),
            day=day,
        )
    return language.n(
        "{count} more purchase until {day}",
        "{count} more purchases until {day}",
        one.times - one.have,
        day=day,
    )


def _next(one: NextView, language: Language) -> str:
    name = language.name(one.name)
    if one.programme_name:
        offer = language.name(one.programme_name)
        return language.n(
            "try {what}, with {offer}: bought its kind {count} time",
            "try {what}, with {offer}: bought its kind {count} times",
            one.bought_times,
            what=name,
            offer=offer,
        )
    return language.n(
        "try {what}: bought its kind {count} time",
        "try {what}: bought its kind {count} times",
        one.bought_times,
        what=name,
    )
