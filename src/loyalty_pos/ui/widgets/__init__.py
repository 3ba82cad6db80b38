"""Widgets that pages are made of."""

from loyalty_pos.ui.widgets.amount_field import AmountField
from loyalty_pos.ui.widgets.balance_tile import BalanceTile
from loyalty_pos.ui.widgets.banner import Action, Banner
from loyalty_pos.ui.widgets.benefit_row import BenefitRow
from loyalty_pos.ui.widgets.buttons import Btn, IconBtn
from loyalty_pos.ui.widgets.candidate_list import Candidate, CandidateList
from loyalty_pos.ui.widgets.check import Check
from loyalty_pos.ui.widgets.earn_strip import EarnItem, EarnStrip
from loyalty_pos.ui.widgets.keycaps import KeyBar, Keycap
from loyalty_pos.ui.widgets.keypad import Keypad
from loyalty_pos.ui.widgets.line_list import LineList, LineRow
from loyalty_pos.ui.widgets.long_model import MemberRow
from loyalty_pos.ui.widgets.member_table import Heads, MemberTable
from loyalty_pos.ui.widgets.nav_rail import NavItem, NavRail
from loyalty_pos.ui.widgets.scan_target import ScanTarget
from loyalty_pos.ui.widgets.search_field import SearchField
from loyalty_pos.ui.widgets.segmented import Segmented
from loyalty_pos.ui.widgets.skeleton import Skeleton
from loyalty_pos.ui.widgets.stamps import Stamps
from loyalty_pos.ui.widgets.stepper import Stepper
from loyalty_pos.ui.widgets.surfaces import Card, Chip
from loyalty_pos.ui.widgets.text import Elide, Tx
from loyalty_pos.ui.widgets.tier_ring import TierRing
from loyalty_pos.ui.widgets.timeline import Amount, Timeline, TimelineRow
from loyalty_pos.ui.widgets.toast import Toast
from loyalty_pos.ui.widgets.top_bar import StatusDot, TopBar
from loyalty_pos.ui.widgets.total_bar import TotalBar
from loyalty_pos.ui.widgets.why_panel import WhyPanel, WhyRow, WhySection

__all__ = [
    "Action",
    "Amount",
    "AmountField",
    "BalanceTile",
    "Banner",
    "BenefitRow",
    "Btn",
    "Candidate",
    "CandidateList",
    "Card",
    "Check",
    "Chip",
    "EarnItem",
    "EarnStrip",
    "Elide",
    "Heads",
    "IconBtn",
    "KeyBar",
    "Keycap",
    "Keypad",
    "LineList",
    "LineRow",
    "MemberRow",
    "MemberTable",
    "NavItem",
    "NavRail",
    "ScanTarget",
    "SearchField",
    "Segmented",
    "Skeleton",
    "Stamps",
    "StatusDot",
    "Stepper",
    "TierRing",
    "Timeline",
    "TimelineRow",
    "Toast",
    "TopBar",
    "TotalBar",
    "Tx",
    "WhyPanel",
    "WhyRow",
    "WhySection",
]
