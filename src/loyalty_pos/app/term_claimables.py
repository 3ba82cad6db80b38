"""Memberships and contracts among what a member may have without a purchase."""

from collections.abc import Iterator

from loyalty_pos.app.claim_views import ClaimableView
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.eligible import buyer_of, why_closed
from loyalty_pos.app.eligible_words import missing_words
from loyalty_pos.app.handlers_terms import contract_of, offer_of
from loyalty_pos.app.language import Language
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.saying import Sentence, both
from loyalty_pos.app.term_state import kind_of, term_view
from loyalty_pos.app.term_views import TermOfferView, TermView
from loyalty_pos.domain.conditions import Moment


def term_items(desk: Desk, member: MemberRow, moment: Moment) -> Iterator[ClaimableView]:
    """List what may be sold, begun or ended, each with its price or what ending it would cost."""
    for known in desk.book.live:
        if kind_of(known) is None:
            continue
        offer = offer_of(desk, member, known, moment)
        if offer.held:
            yield _ending(desk, known, term_view(desk, contract_of(desk, member, known), moment))
        else:
            yield _offered(desk, known, offer, member, moment)


def _offered(
    desk: Desk, known: Known, offer: TermOfferView, member: MemberRow, moment: Moment
) -> ClaimableView:
    missing = why_closed(known.revision, buyer_of(desk, member, moment), moment)
    return ClaimableView(
        programme=offer.programme,
        programme_name=offer.programme_name,
        what=both(desk.languages, lambda say: _what(offer, say)),
        price_points=0,
        price_minor=offer.fee_minor,
        at_most=0 if missing else 1,
        reason=missing_words(known, missing[0], desk) if missing else None,
        does="sell" if offer.kind == "membership" else "start",
    )


def _what(offer: TermOfferView, say: Language) -> str:
    name, day = say.name(offer.programme_name), say.day(offer.until_day)
    if offer.kind == "contract":
        return say.t("Contract {name} until {day}", name=name, day=day)
    if offer.renews:
        return say.t("Renew {name} until {day}", name=name, day=day)
    return say.t("{name} until {day}", name=name, day=day)


def _end_of(known: Known, say: Language) -> str:
    return say.t("End the contract {name}", name=say.name(known.row.name))


def _ending(desk: Desk, known: Known, term: TermView) -> ClaimableView:
    return ClaimableView(
        programme=known.row.key,
        programme_name=known.row.name,
        what=both(desk.languages, lambda say: _end_of(known, say)),
        price_points=0,
        price_minor=term.claw_back_minor,
        at_most=1,
        reason=progress_words(desk, term),
        does="end",
    )


def progress_words(desk: Desk, term: TermView) -> Sentence:
    """Say how far a contract is."""

    def words(say: Language) -> str:
        said = []
        if term.promised_visits is not None:
            done, promised = say.number(term.visits), say.number(term.promised_visits)
            said.append(say.t("{done} of {promised} purchases", done=done, promised=promised))
        if term.promised_spend_minor is not None:
            done, promised = say.money(term.spend_minor, unit=False), say.money(term.promised_spend_minor)
            said.append(say.t("{done} of {promised}", done=done, promised=promised))
        return " · ".join(said)

    return both(desk.languages, words)
