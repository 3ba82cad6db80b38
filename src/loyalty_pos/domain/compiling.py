"""A programme's parameters and conditions, compiled into what the engine runs and said in plain words."""

from dataclasses import replace
from typing import Any

from loyalty_pos.domain.bill_conditions import BasketCondition
from loyalty_pos.domain.coefficients import (
    EarnParams,
    MoneyEarnParams,
    money_sentence,
    weighted,
    weights_sentence,
)
from loyalty_pos.domain.conditions import Condition
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import DiscountRule, EarnRule, Revision, Rule, TermRule, TierRule
from loyalty_pos.domain.kinds import Kind, Params, Say
from loyalty_pos.domain.limits import has_money_worth
from loyalty_pos.domain.trials import trial_of
from loyalty_pos.domain.when import (
    Audience,
    ExpiryChoice,
    When,
    condition_of,
    expiry_of,
    limits_of,
    stacking_of,
    when_sentence,
)


def rule_of(kind: Kind[Any], params: Params) -> Rule:
    """Compile validated parameters; raises InvalidRequest or Rejection naming the field that is wrong."""
    rule = kind.rule(params)
    if isinstance(rule, EarnRule) and isinstance(params, EarnParams):
        return weighted(rule, params.coefficients)
    return rule


def compiled(kind: Kind[Any], params: Params, when: When, number: int, programme: int, key: str) -> Revision:
    """Compile one revision; raises InvalidRequest or Rejection."""
    refuse_conditions(kind, when)
    rule = rule_of(kind, params)
    refuse_budget(rule, when)
    refuse_misfit(rule, when)
    refuse_second_expiry(rule, when)
    refuse_trial(rule, when)
    condition = condition_of(when)
    if when.audience.hold_out_bp:
        condition = replace(condition, trial=trial_of(key, when.audience.hold_out_bp))
    if kind.member_kind:
        condition = replace(condition, member_kinds=frozenset({kind.member_kind}))
    if isinstance(rule, EarnRule) and rule.cause:
        condition = _of_everybody(condition, when)
    return Revision(
        number,
        programme,
        key,
        rule,
        condition,
        expiry_of(when),
        stacking_of(when),
        limits_of(when),
    )


def _of_everybody(condition: Condition, when: When) -> Condition:
    """Let a pledge be of every sale, a member's or not, unless something asks who somebody is."""
    whose = when.audience != Audience() or limits_of(when).of_member
    return condition if whose else replace(condition, non_members=True)


def refuse_budget(rule: Rule, when: When) -> None:
    """Raise InvalidRequest for a money budget over something that nothing gives a price."""
    if when.limits.budget_minor is not None and not has_money_worth(rule):
        raise InvalidRequest("when.limits.budget_minor", "no_money_worth")


def refuse_misfit(rule: Rule, when: When) -> None:
    """Raise InvalidRequest for conditions a rule cannot have: no points to give, no bill to measure."""
    happening = rule.happening if isinstance(rule, EarnRule) else None
    if happening is not None and when.stacking.group:
        raise InvalidRequest("when.stacking.group", "not_here")
    if happening is not None and happening.without_sale and when.basket != BasketCondition():
        raise InvalidRequest("when.basket", "not_here")
    if isinstance(rule, EarnRule) and rule.cause:
        _refuse_what_no_pledge_has(when)
    if isinstance(rule, TierRule):
        _refuse_all_but_the_kind(when)
    if isinstance(rule, TermRule):
        _refuse_all_but_the_audience(when)
    if isinstance(rule, DiscountRule) and rule.price_points and when.audience.non_members:
        raise InvalidRequest("when.audience.non_members", "only_for_members")


def refuse_second_expiry(rule: Rule, when: When) -> None:
    """Raise InvalidRequest when a kind whose parameters say how long its vouchers count is told so twice."""
    if isinstance(rule, EarnRule) and rule.yield_unit == "voucher" and when.expiry != ExpiryChoice():
        raise InvalidRequest("when.expiry", "not_here")


def refuse_idle_expiry(rule: Rule, when: When) -> None:
    """Raise InvalidRequest for the life of what is earned where nothing is; revisions on record may have it.

    Whoever reads "valid for 30 days" would wait for the end of an offer that has none.
    """
    if isinstance(rule, DiscountRule) and when.expiry != ExpiryChoice():
        raise InvalidRequest("when.expiry", "not_here")


def refuse_trial(rule: Rule, when: When) -> None:
    """Raise InvalidRequest for leaving members out of what they are handed, ask for or pay for."""
    if not when.audience.hold_out_bp:
        return
    by_sale = isinstance(rule, DiscountRule) and not rule.by_code
    if isinstance(rule, EarnRule) and not rule.cause:
        by_sale = rule.happening is None or rule.happening.event not in ("participation", "check_in")
    if not by_sale:
        raise InvalidRequest("when.audience.hold_out_bp", "not_here")


def refuse_conditions(kind: Kind[Any], when: When) -> None:
    """Raise InvalidRequest for conditions that a family of kinds cannot have."""
    if kind.member_kind and (when.audience.member_kinds or when.audience.non_members):
        raise InvalidRequest("when.audience.member_kinds", "not_here")
    if kind.family == "earn" and when.stacking.alone:
        raise InvalidRequest("when.stacking.alone", "not_here")
    if kind.family != "earn" and when.stacking.group:
        raise InvalidRequest("when.stacking.group", "not_here")
    if kind.family in ("segment", "warranty") and when != When():
        raise InvalidRequest("when", "not_here")
    if kind.family == "grant":
        _refuse_what_needs_a_sale(when)


def _refuse_all_but_the_kind(when: When) -> None:
    allowed = When(audience=Audience(member_kinds=when.audience.member_kinds))
    for name in When.fields:
        if getattr(when, name) != getattr(allowed, name):
            raise Rejection("not_available", field=f"when.{name}")


def _refuse_all_but_the_audience(when: When) -> None:
    """Refuse what neither a membership nor a contract has: it is sold to an audience, on no bill."""
    allowed = When(audience=when.audience, schedule=when.schedule)
    for name in When.fields:
        if getattr(when, name) != getattr(allowed, name):
            raise InvalidRequest(f"when.{name}", "not_here")
    if when.audience.non_members:
        raise InvalidRequest("when.audience.non_members", "not_here")


def _refuse_what_no_pledge_has(when: When) -> None:
    if when.stacking.group:
        raise InvalidRequest("when.stacking.group", "not_here")
    if when.expiry != ExpiryChoice():
        raise InvalidRequest("when.expiry", "not_here")


def _refuse_what_needs_a_sale(when: When) -> None:
    """Raise InvalidRequest for conditions that ask something of a sale where there is none."""
    allowed = When(audience=when.audience, schedule=when.schedule, limits=when.limits)
    for name in When.model_fields:
        if getattr(when, name) != getattr(allowed, name):
            raise InvalidRequest(f"when.{name}", "not_here")
    if when.audience.non_members:
        raise InvalidRequest("when.audience.non_members", "not_here")


def sentence_of(kind: Kind[Any], params: Params, when: When, say: Say) -> str:
    """Say the whole rule: what it gives, what multiplies it, and its conditions."""
    parts = [kind.sentence(params, say)]
    if isinstance(params, MoneyEarnParams):
        parts.append(money_sentence(params, say))
    if isinstance(params, EarnParams):
        parts.append(weights_sentence(params.coefficients, say))
    parts.append(when_sentence(when, say))
    return " ".join(part for part in parts if part)
