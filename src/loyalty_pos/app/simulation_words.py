"""What a simulation found, in a few plain sentences."""

from loyalty_pos.app.language import Language
from loyalty_pos.app.report_views import SimulationView


def simulation_head(view: SimulationView, language: Language) -> str:
    """Say the cost and its part of all sales."""
    return language.t(
        "{amount} · {percent} of all sales",
        amount=language.money(view.cost_minor),
        percent=language.percent(view.cost_bp),
    )


def simulation_lines(view: SimulationView, language: Language) -> tuple[str, ...]:
    """Say over which sales, what it gave, to whom, and what would pay for it."""
    t, n = language.t, language.n
    if not view.sales:
        return (t("No sale was recorded in these days."),)
    said = [
        n(
            "Over {count} sale, {first} to {last}.",
            "Over {count} sales, {first} to {last}.",
            view.sales,
            first=language.day_short(view.from_),
            last=language.day_short(view.to),
        ),
        n("{count} member would have got something.", "{count} members would have got something.",
          view.outcome.members),
    ]  # fmt: skip
    if view.rewards:
        said.append(n("{count} free item given.", "{count} free items given.", view.rewards))
    if view.outcome.points:
        said.append(n("{count} point given.", "{count} points given.", view.outcome.points))
    if view.outcome.credit_minor:
        said.append(t("{amount} of credit given.", amount=language.money(view.outcome.credit_minor)))
    said.append(
        t(
            "One sale in five less or more: {less} to {more}.",
            less=language.money(view.less_cost_minor),
            more=language.money(view.more_cost_minor),
        )
    )
    said.append(
        t(
            "Better off than today: {winners} members; worse off: {losers}.",
            winners=language.number(view.winners),
            losers=language.number(view.losers),
        )
    )
    if view.breakeven_visits is not None and view.cost_minor:
        said.append(_breakeven(view, language))
    if view.live:
        said.append(t("This runs already: it is what the ledger has."))
    return tuple(said)


def _breakeven(view: SimulationView, language: Language) -> str:
    visits = view.breakeven_visits or 0
    if view.margin_known:
        return language.n(
            "It pays for itself with {count} further visit, at a margin of {margin}.",
            "It pays for itself with {count} further visits, at a margin of {margin}.",
            visits,
            margin=language.percent(view.margin_bp or 0),
        )
    return language.n(
        "It takes at least {count} further visit to pay for it; the goods' costs are not known.",
        "It takes at least {count} further visits to pay for it; the goods' costs are not known.",
        visits,
    )
