"""What an import did, for programs as JSON and for people as sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from loyalty_pos.app.language import Language
from loyalty_pos.app.sentences import said
from loyalty_pos.cli.reading import Imported, NotedRow, RefusedRow
from loyalty_pos.cli.sentences import say
from loyalty_pos.domain.errors import Fact, Rejection

_SHOWN = 20


def as_json(what: str, done: Imported, language: Language) -> dict[str, Any]:
    """Say everything about an import of `what`; the first rows as understood only after a dry run."""
    counts: dict[str, Any] = {"imported": done.imported, "skipped": done.skipped}
    if what == "products":
        counts["changed"] = done.changed
    counts["refused"] = [_refused(row, language) for row in done.refused]
    if what == "sales":
        counts["members_new"] = done.members_new
    if what == "members":
        counts["phones_cleaned"] = done.phones_cleaned
        counts["balances"] = done.opened
        counts["duplicates_count"] = done.duplicates
        counts["duplicates"] = [_noted(row, language) for row in done.noted]
    if done.dry_run:
        counts["preview"] = [{"line": line, **row} for line, row in done.preview]
    return {**counts, "dry_run": done.dry_run}


def told(what: str, done: Imported, language: Language, *, more: str | None = None) -> str:
    """Say it in sentences, the first twenty of each list; `more` is said when there are others."""
    lines = _COUNTS[what](done, language)
    if done.dry_run:
        lines.insert(0, language.t("A trial run: nothing was posted."))
    if done.preview:
        lines.append(language.t("The first rows, as they are understood:"))
        lines.extend(_line(line, _shown(row, language), language) for line, row in done.preview)
    if done.noted:
        lines.append(language.t("Twice, or perhaps twice:"))
    for noted in done.noted[:_SHOWN]:
        lines.append(_line(noted.line, say(Rejection(noted.code, **noted.facts), language), language))
    for refused in done.refused[:_SHOWN]:
        lines.append(_line(refused.line, say(refused.refusal, language), language))
    if max(len(done.refused), len(done.noted)) > _SHOWN:
        lines.append(more or language.t("… and more; --json lists them all."))
    return "\n".join(lines)


def _line(line: int, reason: str, language: Language) -> str:
    return language.t("Line {line}: {reason}", line=language.number(line), reason=reason)


def _shown(row: Mapping[str, Fact], language: Language) -> str:
    """Show a row's values in their order; a phone as it was typed and what became of it."""
    row = dict(row)
    typed = row.pop("typed", None)
    parts = [_understood(name, fact, language) for name, fact in row.items()]
    if typed is not None and typed != row.get("phone"):
        kept = said("phone", row["phone"], language)
        parts[0] = language.t("{typed} becomes {kept}", typed=said("typed", typed, language), kept=kept)
    return " · ".join(part if part.isascii() else language.name(part) for part in parts)


def _understood(name: str, fact: Fact, language: Language) -> str:
    """Write a day as the shop's calendar has it: one that was read wrong is seen at once."""
    if name not in ("birthday", "when"):
        return said(name, fact, language)
    day, _, clock = str(fact).partition(" ")
    return " ".join(part for part in (language.day_short(day), language.digits(clock)) if part)


def _refused(row: RefusedRow, language: Language) -> dict[str, Any]:
    return {
        "line": row.line,
        "reason": str(row.refusal.facts.get("problem", row.refusal.code)),
        "message": say(row.refusal, language),
        "facts": _plain(row.refusal.facts),
    }


def _noted(row: NotedRow, language: Language) -> dict[str, Any]:
    return {
        "line": row.line,
        "reason": row.code,
        "message": say(Rejection(row.code, **row.facts), language),
        "facts": _plain(row.facts),
    }


def _plain(facts: Mapping[str, Fact]) -> dict[str, Any]:
    return {name: list(fact) if isinstance(fact, tuple) else fact for name, fact in facts.items()}


def _sales(done: Imported, language: Language) -> list[str]:
    return [
        language.n("{count} new sale.", "{count} new sales.", done.imported),
        language.n(
            "{count} was there already and was skipped.",
            "{count} were there already and were skipped.",
            done.skipped,
        ),
        language.n("{count} new member.", "{count} new members.", done.members_new),
        _refusals(done, language),
    ]


def _members(done: Imported, language: Language) -> list[str]:
    return [
        language.n("{count} new member.", "{count} new members.", done.imported),
        language.n(
            "{count} is a member already and was skipped.",
            "{count} are members already and were skipped.",
            done.skipped,
        ),
        language.n(
            "{count} phone number was put into the common form.",
            "{count} phone numbers were put into the common form.",
            done.phones_cleaned,
        ),
        *_opened(done, language),
        _refusals(done, language),
    ]


def _opened(done: Imported, language: Language) -> list[str]:
    if not done.opened:
        return []
    return [language.n("{count} brings a balance along.", "{count} bring a balance along.", done.opened)]


def _products(done: Imported, language: Language) -> list[str]:
    return [
        language.n("{count} new product.", "{count} new products.", done.imported),
        language.n("{count} product changed.", "{count} products changed.", done.changed),
        language.n(
            "{count} product is the same already.", "{count} products are the same already.", done.skipped
        ),
        _refusals(done, language),
    ]


def _refusals(done: Imported, language: Language) -> str:
    return language.n("{count} row refused.", "{count} rows refused.", len(done.refused))


_COUNTS: Mapping[str, Callable[[Imported, Language], list[str]]] = {
    "sales": _sales,
    "members": _members,
    "products": _products,
}
