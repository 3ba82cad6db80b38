"""What a member holds, put into words: lots by their last day, and what became of all that was given."""

from collections.abc import Callable

from loyalty_pos.app.eligible_views import EligibleForView
from loyalty_pos.app.floor_views import MemberValueView, UnitValueView
from loyalty_pos.app.language import Language
from loyalty_pos.app.views import LotView, MemberView
from loyalty_pos.domain.kinds import listed

LOTS_SHOWN = 12


def lots(member: MemberView, today: str, language: Language) -> list[tuple[str, str]]:
    """Say lot by lot what is left and until when; those of one day and unit stand together."""
    sums: dict[tuple[str, str], int] = {}
    for lot in sorted(member.lots, key=_ending):
        if lot.unit in ("points", "credit") and lot.left:
            key = (lot.expires_on or "", lot.unit)
            sums[key] = sums.get(key, 0) + lot.left
    return [
        (_until(day, today, language), _amount(unit, left, language))
        for (day, unit), left in list(sums.items())[:LOTS_SHOWN]
    ]


def value(view: MemberValueView, language: Language) -> list[tuple[str, str]]:
    """Say of points and of credit what was earned, used and ended, and what is held."""
    t = language.t

    def points(amount: int) -> str:
        return language.number(amount)

    def money(amount: int) -> str:
        return language.money(amount, unit=False)

    return [
        *_unit(t("Points"), view.points, points, language),
        *_unit(t("Credit"), view.credit_minor, money, language),
    ]


def _unit(
    name: str, unit: UnitValueView, say: Callable[[int], str], language: Language
) -> list[tuple[str, str]]:
    t = language.t
    if unit == UnitValueView():
        return []
    parts = [(t("{unit}, earned", unit=name), unit.earned), (t("{unit}, used", unit=name), unit.used)]
    parts.append((t("{unit}, expired", unit=name), unit.expired))
    parts += [
        (said, amount)
        for said, amount in (
            (t("{unit}, towards debts", unit=name), unit.repaid),
            (t("{unit}, by hand", unit=name), unit.adjusted),
        )
        if amount
    ]
    parts.append((t("{unit}, held now", unit=name), unit.holds))
    return [(said, say(amount)) for said, amount in parts]


def open_to(view: EligibleForView, language: Language) -> list[str]:
    """Say of every programme that is not for everybody whether it is open, else what is missing."""
    t, said = language.t, []
    for one in view.programmes:
        name = language.name(one.programme_name)
        if one.eligible:
            said.append(t("{programme}: open", programme=name))
            continue
        missing = [each.sentence.said(language.code) for each in one.missing]
        said.append(t("{programme}: {missing}", programme=name, missing=listed(missing, language)))
    return said


def _ending(lot: LotView) -> tuple[bool, str, str]:
    return lot.expires_on is None, lot.expires_on or "", lot.unit


def _until(day: str, today: str, language: Language) -> str:
    if not day:
        return language.t("without an end")
    if day == today:
        return language.t("ends today")
    return language.t("until {day}", day=language.day(day))


def _amount(unit: str, left: int, language: Language) -> str:
    if unit == "credit":
        return language.money(left)
    return language.n("{count} point", "{count} points", left)
