"""Who answers which request; what a till asks first stands in `app.front`, which loads this on demand."""

from typing import Any

from loyalty_pos.app import causes, eligible, member_filters, member_order, warranties
from loyalty_pos.app import commands as c
from loyalty_pos.app import commands_cards as cc
from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app import commands_people as cp
from loyalty_pos.app import commands_standing as cs
from loyalty_pos.app import handlers_adjust as adjusting
from loyalty_pos.app import handlers_attach as attaching
from loyalty_pos.app import handlers_backup as backups
from loyalty_pos.app import handlers_claims as claims
from loyalty_pos.app import handlers_codes as codes
from loyalty_pos.app import handlers_codes_issued as codes_issued
from loyalty_pos.app import handlers_dashboard as dashboards
from loyalty_pos.app import handlers_days as days
from loyalty_pos.app import handlers_decisions as decisions
from loyalty_pos.app import handlers_exchange as exchanging
from loyalty_pos.app import handlers_floor as floor
from loyalty_pos.app import handlers_gift_cards as gift_cards
from loyalty_pos.app import handlers_given_cards as given_cards
from loyalty_pos.app import handlers_grace as grace
from loyalty_pos.app import handlers_holds as on_hold
from loyalty_pos.app import handlers_journal as journals
from loyalty_pos.app import handlers_lists as lists
from loyalty_pos.app import handlers_members as members
from loyalty_pos.app import handlers_merge as merging
from loyalty_pos.app import handlers_move as moving
from loyalty_pos.app import handlers_papers as papers
from loyalty_pos.app import handlers_past_sales as past_sales
from loyalty_pos.app import handlers_people as people
from loyalty_pos.app import handlers_programmes as programmes
from loyalty_pos.app import handlers_promises as promised
from loyalty_pos.app import handlers_refunds as refunds
from loyalty_pos.app import handlers_rfm as rfm
from loyalty_pos.app import handlers_sales as sales
from loyalty_pos.app import handlers_segments as segments
from loyalty_pos.app import handlers_settle as settling
from loyalty_pos.app import handlers_sheets as sheets
from loyalty_pos.app import handlers_shop as shops
from loyalty_pos.app import handlers_simulate as simulating
from loyalty_pos.app import handlers_studio as studio
from loyalty_pos.app import handlers_terms as terms
from loyalty_pos.app import handlers_tier_report as tier_reports
from loyalty_pos.app import handlers_unexchange as unexchanging
from loyalty_pos.app import handlers_vouchers as vouchers
from loyalty_pos.app import queries as q
from loyalty_pos.app import queries_floor as qf
from loyalty_pos.app import queries_lifetime as ql
from loyalty_pos.app import queries_reports as r
from loyalty_pos.app import queries_sheets as qh
from loyalty_pos.app import queries_standing as qs
from loyalty_pos.app import queries_studio as qo
from loyalty_pos.app.commands_journal import KeepJournal
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.front import Handler as Handler
from loyalty_pos.app.front import Service as Service
from loyalty_pos.app.service_games import GAMES_COMMANDS, GAMES_QUERIES
from loyalty_pos.app.views import AuditView


def _products(desk: Desk, query: q.Products) -> Any:
    return shops.products(desk)


def _audit(desk: Desk, query: q.Audit) -> AuditView:
    return desk.store.audit(desk.pace)


COMMANDS: dict[type, Handler] = {
    c.CreateShop: shops.create_shop,
    c.PutProduct: shops.put_product,
    c.PublishProgramme: shops.publish_programme,
    c.RetireProgramme: shops.retire_programme,
    c.ResumeProgramme: programmes.resume_programme,
    c.EditShop: programmes.edit_shop,
    c.EnrolMember: members.enrol_member,
    c.EditMember: people.edit_member,
    c.UnlinkCard: people.unlink_card,
    c.LinkCard: members.link_card,
    c.AddToSegment: segments.add_to_segment,
    c.RemoveFromSegment: segments.remove_from_segment,
    c.RecordSale: sales.record_sale,
    c.ImportSale: sales.record_sale,
    c.HoldSale: on_hold.hold_sale,
    c.ResumeSale: on_hold.resume_sale,
    c.AttachMember: attaching.attach_member,
    c.RefundSale: refunds.refund_sale,
    c.Exchange: exchanging.exchange,
    c.VoidSale: terms.void_sale_or_membership,
    c.ClaimReward: claims.claim_reward,
    c.UndoClaim: claims.undo_claim,
    c.PrintRewardVoucher: vouchers.print_reward_voucher,
    c.IssueCodes: codes.issue_codes,
    c.IssueVoucher: codes.issue_voucher,
    c.IssueGiftCard: gift_cards.issue_gift_card,
    c.VoidCode: gift_cards.void_code,
    c.VoidCodes: codes_issued.void_codes,
    c.Backup: backups.backup,
    c.Restore: backups.restore,
    KeepJournal: journals.keep_journal,
    c.ReprintReceipt: papers.reprint_receipt,
    cl.CloseDay: days.close_day,
    cl.ReprintDay: days.reprint_day,
    cl.Revive: grace.revive,
    cl.GrantCourtesy: grace.grant_courtesy,
    cl.SetTier: grace.set_tier,
    cl.WriteOff: grace.write_off,
    cp.Adjust: adjusting.adjust,
    cp.MergeMembers: merging.merge_members,
    cp.UndoMerge: merging.undo_merge,
    cp.Settle: settling.settle,
    cp.MoveSale: moving.move_sale,
    cp.UndoExchange: unexchanging.undo_exchange,
    cs.SettlePledges: causes.settle_pledges,
    cs.SellMembership: terms.sell_membership,
    cs.UndoMembership: terms.undo_membership,
    cs.StartContract: terms.start_contract,
    cs.EndContract: terms.end_contract,
    cc.VoidGiftCard: given_cards.void_gift_card,
    cc.ReplaceGiftCard: given_cards.replace_gift_card,
    **GAMES_COMMANDS,
}

QUERIES: dict[type, Handler] = {
    q.MemberRecord: people.member_record,
    q.MembersList: people.members_list,
    q.MemberHistory: people.member_history,
    q.Claimables: claims.claimables,
    q.CheckMember: lists.check_member,
    q.MembersPage: lists.members_page,
    q.Sale: past_sales.sale,
    q.Why: past_sales.why,
    q.SalesPage: lists.sales_page,
    q.Products: _products,
    q.FindProducts: shops.find_products,
    q.GiftCard: gift_cards.gift_card,
    q.SegmentMembers: segments.segment_members,
    q.Codes: codes_issued.codes,
    q.Product: shops.product,
    q.CheckProduct: shops.check_product,
    q.Presets: programmes.presets,
    q.Programmes: programmes.programmes,
    q.Kinds: programmes.kinds,
    q.DraftProgramme: programmes.draft_programme,
    q.Warranties: warranties.warranties,
    q.Audit: _audit,
    q.Backups: backups.backups,
    r.TierReport: tier_reports.tier_report,
    r.Promises: promised.promises,
    r.Rfm: rfm.rfm,
    r.Dashboard: dashboards.dashboard,
    r.Simulate: simulating.simulate,
    qh.Statement: sheets.statement,
    qh.Shifts: sheets.shifts,
    c.QuoteSale: sales.quote_sale,
    c.QuoteRefund: refunds.quote_refund,
    c.QuoteExchange: exchanging.quote_exchange,
    ql.Day: days.day,
    ql.ExpiredLots: grace.expired_lots,
    ql.Decisions: decisions.decisions,
    cp.QuoteMerge: merging.quote_merge,
    cp.Duplicates: merging.duplicates,
    cp.Merges: merging.merges,
    qs.Causes: causes.causes,
    qs.PublicCauses: causes.public_causes,
    qs.Memberships: terms.memberships,
    qs.QuoteEndContract: terms.quote_end_contract,
    qs.LapsedMembers: terms.lapsed_members,
    qs.Eligible: eligible.eligible,
    qs.EligibleFor: eligible.eligible_for,
    qo.TryProgramme: studio.try_programme,
    qo.Overlaps: studio.overlaps,
    qo.ProgrammeHistory: studio.programme_history,
    qf.FindSales: floor.find_sales,
    qf.ClosedDays: floor.closed_days,
    qf.MemberValue: floor.member_value,
    qf.GivenGiftCards: given_cards.given_gift_cards,
    qf.MemberFilters: member_filters.member_filters,
    qf.MemberStops: member_order.member_stops,
    **GAMES_QUERIES,
}
