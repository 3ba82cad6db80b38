"""Lists an owner takes along: readers of news, whom to win back, guests, answers, draws, settlements."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from loyalty_pos.app.game_views import DrawView, SeedView
from loyalty_pos.app.language import Language
from loyalty_pos.app.partner_papers import state_words
from loyalty_pos.app.queries import Shop
from loyalty_pos.app.queries_games import Draws, Guests, NewsFor, Participations, Settlement
from loyalty_pos.app.queries_standing import LapsedMembers
from loyalty_pos.cli.exporting import Column, Hand
from loyalty_pos.cli.reading import said_yes
from loyalty_pos.cli.sheets import Sheet, write_sheet

Listed = NewsFor | LapsedMembers | Guests | Participations | Draws | Settlement

_PAGE = 500


def write_game_list(path: Path, query: Listed, service: Any, language: Language) -> int:
    """Write a list as CSV or XLSX, as the file's ending says, and return its rows; raises Fault."""
    hand = Hand(service.ask(Shop()), language)
    return write_sheet(path, _SHEETS[type(query)](service, hand, query))


def _news(service: Any, hand: Hand, query: NewsFor) -> Sheet:
    t = hand.language.t

    def readers() -> Iterator[Any]:
        after: int | None = 0
        while after is not None:
            page = service.ask(NewsFor(interest=query.interest, after=after, limit=_PAGE))
            yield from page.members
            after = page.next

    columns: list[Column] = [
        (t("Member"), lambda one: one.name),
        (t("Phone"), lambda one: hand.phone(one.phone)),
        (t("Interests"), lambda one: ", ".join(one.interests)),
    ]
    return hand.sheet(t("News for an interest"), columns, readers())


def _lapsed(service: Any, hand: Hand, query: LapsedMembers) -> Sheet:
    t = hand.language.t
    columns: list[Column] = [
        (t("Member"), lambda one: one.name),
        (t("Phone"), lambda one: hand.phone(one.phone)),
        (t("Agreed to hear from the shop"), lambda one: said_yes(one.consent, hand.language)),
        *hand.dated(t("Ran out on"), lambda one: one.term.good_until),
        *hand.dated(t("Last visit"), lambda one: one.last_visit_day),
        hand.priced(t("Paid"), lambda one: one.term.fee_minor),
        hand.priced(t("Saved"), lambda one: one.term.given_minor),
    ]
    view = service.ask(LapsedMembers(programme=query.programme, limit=_PAGE))
    return hand.sheet(t("To win back"), columns, view.members)


def _guests(service: Any, hand: Hand, query: Guests) -> Sheet:
    t = hand.language.t
    columns: list[Column] = [
        (t("Member"), lambda one: one.member_name),
        (t("Came"), lambda one: said_yes(one.came, hand.language)),
    ]
    return hand.sheet(t("Guest list"), columns, service.ask(query).guests)


def _answers(service: Any, hand: Hand, query: Participations) -> Sheet:
    t = hand.language.t

    def answers() -> Iterator[Any]:
        before: int | None = None
        while True:
            page = service.ask(Participations(programme=query.programme, before=before, limit=_PAGE))
            yield from page.last
            before = page.next
            if before is None:
                return

    columns: list[Column] = [
        *hand.dated(t("Day"), lambda one: one.day),
        (t("Member"), lambda one: one.member_name),
        (t("Answer"), lambda one: one.answer),
    ]
    return hand.sheet(t("Answers"), columns, answers())


def _draws(service: Any, hand: Hand, query: Draws) -> Sheet:
    """Tell everything that working the draws out again needs, a draw a row."""
    t = hand.language.t

    def draws() -> Iterator[tuple[SeedView, DrawView, str]]:
        after, more = 0, True
        while more:
            view = service.ask(Draws(programme=query.programme, after=after, limit=_PAGE))
            chances = {
                one.revision: " / ".join(f"{prize.name} {prize.chances}" for prize in one.prizes)
                + f" / {one.out_of}"
                for one in view.odds
            }
            for seed in view.seeds:
                for one in seed.draws:
                    yield seed, one, chances[one.revision]
            after += _PAGE
            more = any(seed.draws for seed in view.seeds)

    columns: list[Column] = [
        (t("Fingerprint of the seed"), lambda one: one[0].commitment),
        (t("Seed"), lambda one: one[0].seed),
        (t("Number"), lambda one: one[1].number),
        (t("Drawn"), lambda one: one[1].drawn),
        (t("Prize"), lambda one: one[1].prize),
        (t("Chances"), lambda one: one[2]),
        (t("Sale"), lambda one: one[1].sale_id),
        (t("Taken back"), lambda one: said_yes(one[1].taken_back, hand.language)),
    ]
    return hand.sheet(t("Draws"), columns, draws())


def _settlement(service: Any, hand: Hand, query: Settlement) -> Sheet:
    t = hand.language.t
    side = {"ours": t("Ours"), "theirs": t("Theirs")}
    columns: list[Column] = [
        *hand.dated(t("Day"), lambda one: one.day),
        (t("Voucher"), lambda one: one.voucher),
        (t("Whose"), lambda one: side[one.side]),
        (t("State"), lambda one: state_words(one, hand.language)),
        hand.priced(t("Value"), lambda one: one.value_minor),
        *hand.dated(t("Good until"), lambda one: one.expires_on or None),
    ]
    return hand.sheet(t("Settlement"), columns, service.ask(query).lines)


_SHEETS: Mapping[type, Callable[[Any, Hand, Any], Sheet]] = {
    NewsFor: _news,
    LapsedMembers: _lapsed,
    Guests: _guests,
    Participations: _answers,
    Draws: _draws,
    Settlement: _settlement,
}
