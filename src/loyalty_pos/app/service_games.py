"""Which handler answers what is asked of games, guests and partners."""

from collections.abc import Callable
from typing import Any

from loyalty_pos.app import commands_games as c
from loyalty_pos.app import handlers_games as games
from loyalty_pos.app import handlers_guests as guests
from loyalty_pos.app import handlers_participation as participation
from loyalty_pos.app import handlers_partners as partners
from loyalty_pos.app import queries_games as q
from loyalty_pos.app.desk import Desk

GAMES_COMMANDS: dict[type, Callable[[Desk, Any], Any]] = {
    c.RecordParticipation: participation.record_participation,
    c.SetPreferences: guests.set_preferences,
    c.HandOver: guests.hand_over_prize,
    c.Invite: guests.invite,
    c.Uninvite: guests.uninvite,
    c.CheckIn: guests.check_in,
    c.RevealDraw: games.reveal_draw,
    c.MakePartnerCard: partners.make_partner_card,
    c.PutPartner: partners.put_partner,
    c.IssuePartnerVouchers: partners.issue_partner_vouchers,
    c.HonourVoucher: partners.honour_voucher,
    c.SettlePartner: partners.settle_partner,
}

GAMES_QUERIES: dict[type, Callable[[Desk, Any], Any]] = {
    q.Participations: participation.participations,
    q.HandOvers: guests.hand_overs,
    q.Guests: guests.guests,
    q.Draws: games.draws,
    q.Standings: games.standings,
    q.NewsFor: guests.news_for,
    q.Partners: partners.partners,
    q.CheckToken: partners.check_token,
    q.Settlement: partners.settlement,
}
