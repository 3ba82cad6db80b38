"""A programme's parameters and conditions, compiled into what the engine runs and said in plain words."""

from typing import Any

from loyalty_pos.domain.coefficients import EarnParams, weighted, weights_sentence
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import EarnRule, Revision, Rule
from loyalty_pos.domain.kinds import Kind, Params, Say
from loyalty_pos.domain.limits import has_money_worth
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
    refuse_second_expiry(rule, when)
    return Revision(
        number,
        programme,
        key,
        rule,
        condition_of(when),
        expiry_of(when),
        stacking_of(when),
        limits_of(when),
    )


def refuse_budget(rule: Rule, when: When) -> None:
    """Raise InvalidRequest for a money budget over something that nothing gives a price."""
    if when.limits.budget_minor is not None and not has_money_worth(rule):
        raise InvalidRequest("when.limits.budget_minor", "no_money_worth")


def refuse_second_expiry(rule: Rule, when: When) -> None:
    """Raise InvalidRequest when a kind whose parameters say how long its vouchers count is told so twice."""
    if isinstance(rule, EarnRule) and rule.yield_unit == "voucher" and when.expiry != ExpiryChoice():
        raise InvalidRequest("when.expiry", "not_here")


def refuse_conditions(kind: Kind[Any], when: When) -> None:
    """Raise Rejection `not_available` for conditions that a status held for a time cannot have."""
    if kind.family == "earn" and when.stacking.alone:
        raise InvalidRequest("when.stacking.alone", "not_here")
    if kind.family != "earn" and when.stacking.group:
        raise InvalidRequest("when.stacking.group", "not_here")
    if kind.family == "segment" and when != When():
        raise InvalidRequest("when", "not_here")
    if kind.family != "standing":
        return
    allowed = When(audience=Audience(member_kinds=when.audience.member_kinds))
    for name in When.fields:
        if getattr(when, name) != getattr(allowed, name):
            raise Rejection("not_available", field=f"when.{name}")


def sentence_of(kind: Kind[Any], params: Params, when: When, say: Say) -> str:
    """Say the whole rule: what it gives, what multiplies it, and its conditions."""
    parts = [kind.sentence(params, say)]
    if isinstance(params, EarnParams):
        parts.append(weights_sentence(params.coefficients, say))
    parts.append(when_sentence(when, say))
    return " ".join(part for part in parts if part)
