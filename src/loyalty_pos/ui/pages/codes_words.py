"""Codes put into words: what was issued, how it stands, what a code in hand is."""

from collections.abc import Mapping

from loyalty_pos.app.code_views import CodeCountsView, CodeIssueView, CodesView, CodeView
from loyalty_pos.app.language import N_, Language
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets.surfaces import ChipKind
from loyalty_pos.ui.worker import Problem

HOWS: Mapping[str, str] = {
    "codes": N_("Unique codes"),
    "word": N_("A public word"),
    "voucher": N_("For a member"),
}
STATES: Mapping[str, tuple[str, ChipKind]] = {
    "open": (N_("Open"), "gain"),
    "done": (N_("All used"), "plain"),
    "void": (N_("Out of use"), "plain"),
    "expired": (N_("Past its day"), "plain"),
}
_PROBLEMS: Mapping[tuple[str, str], str] = {
    ("count", "not_a_whole_number"): N_("A whole number goes here."),
    ("count", "out_of_range"): N_("From 1 to 1,000 at a time."),
    ("per_member", "not_a_whole_number"): N_("A whole number goes here."),
    ("per_member", "out_of_range"): N_("At least 1."),
    ("text", "missing"): N_("Fill this in."),
    ("text", "empty"): N_("Fill this in."),
    ("text", "too_long"): N_("This is too long."),
    ("text", "not_valid"): N_("Three characters or more, and no number of a card or phone."),
    ("expires", "not_a_day"): N_("A date goes here."),
    ("expires", "out_of_range"): N_("This day is over."),
}


def issued_title(issue: CodeIssueView, language: Language) -> str:
    """What was issued together, in a few words."""
    if issue.word:
        return language.name(issue.word)
    if issue.member is not None:
        named = language.name(issue.member_name) if issue.member_name else language.t("a member")
        return language.t("Voucher for {name}", name=named)
    return language.n("{count} code", "{count} codes", issue.counts.issued)


def issued_line(issue: CodeIssueView, language: Language) -> str:
    """When it was issued, how much of it is used, until when it is good."""
    t, counts = language.t, issue.counts
    said = [language.day_short(issue.day)]
    if issue.word:
        said.append(language.n("said {count} time", "said {count} times", counts.uses))
        if issue.per_member is not None:
            said.append(language.n("{count} for each", "{count} for each", issue.per_member))
    else:
        used, issued = language.number(counts.used), language.number(counts.issued)
        said.append(t("{used} of {issued} used", used=used, issued=issued))
        if counts.void:
            said.append(t("{count} out of use", count=language.number(counts.void)))
    if issue.expires_on is not None:
        said.append(t("until {day}", day=language.day_short(issue.expires_on)))
    return " · ".join(said)


def counted(counts: CodeCountsView, language: Language) -> tuple[tuple[str, ChipKind], ...]:
    """How a programme's codes stand, as chips; how many were issued is said even of none."""
    t = language.t
    said: list[tuple[str, int, ChipKind]] = [
        (N_("{count} issued"), counts.issued, "primary"),
        (N_("{count} used"), counts.used, "reward"),
        (N_("{count} out of use"), counts.void, "plain"),
        (N_("{count} past their day"), counts.expired, "plain"),
        (N_("{count} open"), counts.open, "gain"),
    ]
    return tuple(
        (t(text, count=language.number(count)), kind)
        for number, (text, count, kind) in enumerate(said)
        if count or not number
    )


def code_in_hand(code: CodeView, language: Language) -> tuple[str, str]:
    """What a code is that somebody holds in their hand: its programme and whose, then how it stands."""
    t, parts = language.t, [language.name(code.programme_name)]
    if code.text:
        parts.append(t("a public word"))
    elif code.member is not None:
        parts.append(
            t("for {name}", name=language.name(code.member_name) if code.member_name else t("a member"))
        )
    day = language.day(code.day) if code.day else ""
    stands = {
        "issued": t("Open: it may be used"),
        "used": t("Used on {day}", day=day),
        "expired": t("It was good until {day}", day=day),
        "void": t("It is out of use"),
        "retired": t("Its programme is paused"),
    }[code.state]
    if code.state == "issued" and code.expires_on:
        stands += " · " + t("until {day}", day=language.day_short(code.expires_on))
    return " · ".join(parts), stands


def shown_title(codes: CodesView, language: Language) -> str:
    """What was just issued."""
    if codes.member is not None:
        named = language.name(codes.member_name) if codes.member_name else language.t("a member")
        return language.t("Voucher for {name}", name=named)
    if not codes.codes[0].barcode:
        return language.t("The word is good from now on")
    return language.n("{count} code is issued", "{count} codes are issued", len(codes.codes))


def file_stem(codes: CodesView) -> str:
    """Name a file of codes after its programme, in letters every system takes."""
    kept = "".join(char if char.isascii() and char.isalnum() else "-" for char in codes.programme)
    return f"codes-{kept}"


def field_problem(problem: Problem, language: Language) -> tuple[str, str]:
    """Return the field a refusal is about, or "", and the words for it."""
    if isinstance(problem, InvalidRequest):
        field, what = str(problem.facts["field"]), str(problem.facts["problem"])
        if (field, what) in _PROBLEMS:
            return field, language.t(_PROBLEMS[field, what])
    if getattr(problem, "code", "") == "code_taken":
        return "text", say_problem(problem, language)
    return "", say_problem(problem, language)
