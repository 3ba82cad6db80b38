"""What the command line says about a refusal: its own reasons here, the shop's where the shop says them."""

from collections.abc import Mapping

from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.sentences import say_rejection
from loyalty_pos.domain.errors import Fault, Rejection

_REASONS: Mapping[str, str] = {
    "unknown_command": N_("There is no command called {name}."),
    "no_shop": N_("This file holds no shop yet. Start with create_shop."),
    # why a row of a file was not imported
    "ragged_row": N_("The row has {found} fields; the heading has {expected}."),
    "broken_text": N_("The text holds characters that no text may hold."),
    "broken_quotes": N_("A quotation mark in the row is never closed, or stands in the wrong place."),
    "too_long": N_("The text is too long."),
    "bad_date": N_("{value} is not a date and time."),
    "ambiguous_date": N_("{value} may mean two different days. Say which with --dates."),
    "in_the_future": N_("{value} has not come yet."),
    "bad_amount": N_("{value} is not an amount of money."),
    "ambiguous_amount": N_("{value} may mean two different amounts: is the dot a decimal point?"),
    "amount_not_positive": N_("{value} is not more than zero."),
    "amount_too_fine": N_("{value} has more decimals than the currency."),
    "amount_too_large": N_("{value} is more than any sale can be."),
    "bad_quantity": N_("{value} is not a number of pieces."),
    "unknown_card": N_("Nobody has the card or phone {value}. Import with --enrol to enrol them."),
    # why a file was not read at all
    "no_folder": N_("There is no folder {path}."),
    "no_shop_file": N_("There is no shop in {path}."),
    "no_file": N_("The file {path} cannot be read."),
    "file_too_large": N_("The file is larger than {limit} MB. Split it."),
    "too_many_rows": N_("The file has more than {limit} rows. Split it."),
    "not_text": N_("The file is not a text in any encoding that is known here."),
    "unknown_role": N_("{value} is not one of: {known}."),
    "unknown_column": N_("The file has no column {value}. It has: {known}."),
    "column_not_found": N_("No column looks like “{value}”. Name it with --columns. The file has: {known}."),
}

_PROBLEMS: Mapping[str, str] = {
    "missing": N_("The field {field} is missing."),
    "unknown": N_("There is no field {field}."),
    "twice": N_("The field {field} comes twice."),
    "not_a_whole_number": N_("{field} must be a whole number."),
    "not_text": N_("{field} must be a text."),
    "not_yes_or_no": N_("{field} must be true or false."),
    "not_a_choice": N_("{field} must be one of: {expected}."),
    "not_a_list": N_("{field} must be a list."),
    "not_an_object": N_("{field} must be an object with named fields."),
    "not_valid": N_("{field} is not valid."),
    "out_of_range": N_("{field} must be from {low} to {high}."),
    "too_long": N_("{field} is longer than {high} characters."),
    "too_many": N_("{field} has more than {high} items."),
    "too_deep": N_("{field} is nested too deeply."),
    "broken_text": N_("{field} holds characters that no text may hold."),
    "not_json": N_("This line is not JSON."),
    "not_utf8": N_("This line is not UTF-8 text."),
    "not_a_number": N_("NaN and Infinity are not numbers."),
    "both_do_and_ask": N_("A line says either “do” or “ask”, not both."),
    "not_an_instant": N_("{field} must be an ISO 8601 date and time with an offset."),
    "goes_back": N_("{field} is earlier than the time already given; time may not go back."),
    "needs_given_clock": N_("{field} is only understood with --clock given."),
}


def say(no: Rejection | Fault, language: Language) -> str:
    """Say a refusal or fault as one plain sentence."""
    template = _problem(no) if no.code == "invalid_request" else _REASONS.get(no.code)
    if template is None:
        return say_rejection(no, language)
    return language.t(template, **{name: _said(fact, language) for name, fact in no.facts.items()})


def _problem(no: Rejection | Fault) -> str | None:
    problem = str(no.facts.get("problem"))
    if problem == "out_of_range" and "high" not in no.facts:
        return N_("{field} must be at least {low}.")
    if problem == "out_of_range" and "low" not in no.facts:
        return N_("{field} must be at most {high}.")
    return _PROBLEMS.get(problem)


def _said(fact: object, language: Language) -> str:
    if isinstance(fact, tuple):
        return ", ".join(_said(one, language) for one in fact)
    if type(fact) is int:
        return language.number(fact)
    return language.isolate(str(fact)) if language.rtl else str(fact)
