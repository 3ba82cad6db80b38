"""What the command line says about a refusal: its own reasons here, the shop's where the shop says them."""

from collections.abc import Mapping
from string import Formatter

from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.mishaps import Mishap
from loyalty_pos.app.sentences import said, say_rejection
from loyalty_pos.domain.errors import Fault, Rejection

_REASONS: Mapping[str, tuple[str, ...]] = {
    "unknown_command": (N_("There is no command called {name}."),),
    "import_stopped": (
        N_("Stopped. What was brought in by then stays; the same file again brings in the rest."),
    ),
    # why a row of a file was not imported
    "ragged_row": (N_("The row has {found} fields; the heading has {expected}."),),
    "broken_text": (N_("The text holds characters that no text may hold."),),
    "broken_quotes": (N_("A quotation mark in the row is never closed, or stands in the wrong place."),),
    "too_long": (N_("The text is too long."),),
    "bad_date": (N_("{value} is not a date and time."),),
    "ambiguous_date": (N_("{value} may mean two different days. Say which with --dates."),),
    "in_the_future": (N_("{value} has not come yet."),),
    "bad_amount": (N_("{value} is not an amount of money."),),
    "ambiguous_amount": (N_("{value} may mean two different amounts: is the dot a decimal point?"),),
    "amount_not_positive": (N_("{value} is not more than zero."),),
    "amount_too_fine": (N_("{value} has more decimals than the currency."),),
    "amount_too_large": (N_("{value} is more than any sale can be."),),
    "bad_quantity": (N_("{value} is not a number of pieces."),),
    "unknown_card": (N_("Nobody has the card or phone {value}. Import with --enrol to enrol them."),),
    "too_wide": (N_("The row goes further to the side than any table that is understood here."),),
    "shortened_number": (
        N_("A spreadsheet shortened this number to {value}. Format its column as text and export it again."),
    ),
    "bad_phone": (N_("{value} is not a complete phone number."),),
    "bad_day": (N_("{value} is not a day."),),
    "bad_yes_no": (N_("{value} is neither yes nor no."),),
    "bad_kind": (N_("{value} is neither a person nor a company."),),
    "bad_gender": (N_("{value} is no gender; leave it empty where it is not known."),),
    "bad_count": (N_("{value} is not a whole number that can be counted."),),
    "which_card": (
        N_("Say in the heading whose stamps these are, as in “stamps (KEY)”. There are: {known}."),
    ),
    "bad_percent": (N_("{value} is not a percentage."),),
    "sku_needed": (N_("The row has no product code."),),
    "sku_twice": (N_("Line {other} already says something else of the product {sku}."),),
    "sale_voided": (N_("This sale was taken back."),),
    # whom a row met
    "phone_twice": (N_("The phone {value} stands in line {other} already; left out."),),
    "card_twice": (N_("The card {value} stands in line {other} already; left out."),),
    "phone_known": (N_("The phone {value} belongs to the member {name}; left out."),),
    "card_known": (N_("The card {value} belongs to the member {name}; left out."),),
    "phone_opened": (N_("The phone {value} belongs to the member {name}; only the balance comes in."),),
    "card_opened": (N_("The card {value} belongs to the member {name}; only the balance comes in."),),
    "perhaps_known": (N_("Perhaps the member {name} ({value}): the same name and birthday."),),
    "perhaps_twice": (N_("Perhaps the same person as in line {other}: {name}, the same birthday."),),
    # why a file was not read, or not written, at all
    "no_file": (N_("The file {path} cannot be read."),),
    "file_too_large": (N_("The file is larger than {limit} MB. Split it."),),
    "too_many_rows": (N_("The file has more than {limit} rows. Split it."),),
    "not_text": (N_("This file is no list. Save the list as .xlsx or CSV."),),
    "empty_file": (N_("The file is empty."),),
    "old_workbook": (
        N_("This is an old or locked Excel file. Save it as .xlsx without a password, or as CSV."),
    ),
    "broken_workbook": (N_("The workbook is damaged or is none. Save it again as .xlsx or CSV."),),
    "unknown_ending": (N_("{path} must end in .csv or .xlsx."),),
    "not_written": (N_("{path} cannot be written."),),
    "too_many_for_a_sheet": (N_("A sheet has {limit} rows at most. Export to a .csv file instead."),),
    "unknown_role": (N_("{value} is not one of: {known}."),),
    "unknown_column": (N_("The file has no column {value}. It has: {known}."),),
    "column_not_found": (
        N_("No column looks like “{value}”. Name it with --columns. The file has: {known}."),
    ),
}

_PROBLEMS: Mapping[str, tuple[str, ...]] = {
    "out_of_range": (
        N_("{field} must be from {low} to {high}."),
        N_("{field} must be at least {low}."),
        N_("{field} must be at most {high}."),
    ),
    "too_long": (N_("{field} is longer than {high} characters."),),
    "twice": (N_("The field {field} comes twice."),),
    "not_a_choice": (N_("{field} must be one of: {expected}."),),
    "too_deep": (N_("{field} is nested too deeply."),),
    "not_json": (N_("This line is not JSON."),),
    "not_utf8": (N_("This line is not UTF-8 text."),),
    "not_a_number": (N_("NaN and Infinity are not numbers."),),
    "both_do_and_ask": (N_("A line says either “do” or “ask”, not both."),),
    "not_an_instant": (N_("{field} must be an ISO 8601 date and time with an offset."),),
    "goes_back": (N_("{field} is earlier than the time already given; time may not go back."),),
    "needs_given_clock": (N_("{field} is only understood with --clock given."),),
}


def say(no: Rejection | Fault | Mishap, language: Language) -> str:
    """Say a refusal, fault or mistake as one plain sentence; the first of ours whose facts are there."""
    if isinstance(no, Mishap):
        return language.t("Something went wrong in the program; nothing is lost. Try again") + "."
    key = str(no.facts.get("problem")) if no.code == "invalid_request" else no.code
    table = _PROBLEMS if no.code == "invalid_request" else _REASONS
    for template in table.get(key, ()):
        if all(name in no.facts for _, name, _, _ in Formatter().parse(template) if name):
            return language.t(
                template, **{name: said(name, fact, language) for name, fact in no.facts.items()}
            )
    return say_rejection(no, language)
