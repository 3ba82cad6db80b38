"""Sentences for gifts: what one was given for, and why there is none now."""

from collections.abc import Callable, Mapping

from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.programmes import Known
from loyalty_pos.domain.kinds import listed
from loyalty_pos.domain.trace import TraceLine

Words = Callable[[TraceLine, Known, Mapping[str, str], Language], str]

_FOR = {
    "join": N_("for joining"),
    "first_purchase": N_("for the first purchase"),
    "first_of_group": N_("for the first of these goods"),
    "referrer": N_("for bringing a member"),
    "newcomer": N_("for being brought by a member"),
    "birthday": N_("for the birthday"),
    "anniversary": N_("for the anniversary"),
    "profile": N_("for the details"),
    "back": N_("for coming back"),
    "challenge": N_("for the challenge"),
    "draw": N_("from the draw"),
    "participation": N_("for taking part"),
    "invitation": N_("for being there"),
}
_FIELDS = {
    "name": N_("name"),
    "phone": N_("phone"),
    "birthday": N_("birthday"),
    "city": N_("city"),
    "interests": N_("preferences"),
}


def _gift(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    event = known.params.event if known.row.kind == "event_gift" else known.row.kind
    return say.t(_FOR[event])


def _gift_full(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    got = int(line.facts["got"])
    gift = {
        "gift_points": lambda: say.n("{count} point", "{count} points", got),
        "gift_credit": lambda: say.t("{amount} of credit", amount=say.money(got)),
        "gift_reward": lambda: say.n("{count} reward", "{count} rewards", got),
    }[line.code]()
    return say.t("{gift} {event}.", gift=gift, event=_gift(line, known, names, say))


def _missing_short(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    count = len(str(line.facts["fields"]).split(","))
    return say.n("{count} detail is not known yet", "{count} details are not known yet", count)


def _missing(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    fields = [say.t(_FIELDS[name]) for name in str(line.facts["fields"]).split(",")]
    return say.t("not known yet: {fields}", fields=listed(fields, say))


def _plain(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    return {
        "event_given": say.t("given already"),
        "event_not_now": say.t("not its day"),
        "not_first": say.t("only for the first purchase"),
        "not_brought": say.t("nobody brought this member"),
        "birthday_unknown": say.t("the birthday is not known"),
        "back_too_soon": say.t("the last visit is too recent"),
        "never_here": say.t("only for coming back"),
    }[line.code]


SHORT: dict[str, Words] = {
    "gift_points": _gift,
    "gift_credit": _gift,
    "gift_reward": _gift,
    "profile_missing": _missing_short,
    "event_given": _plain,
    "event_not_now": _plain,
    "not_first": _plain,
    "not_brought": _plain,
    "birthday_unknown": _plain,
    "back_too_soon": _plain,
    "never_here": _plain,
}
SENTENCES: dict[str, Words] = {
    "gift_points": _gift_full,
    "gift_credit": _gift_full,
    "gift_reward": _gift_full,
    "profile_missing": _missing,
}
