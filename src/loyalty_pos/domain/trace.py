"""The compact record of why: a revision, a coded reason, integer facts (rules 15).

Sentences are made from it on demand, in either language, never stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Family = Literal["earn", "discount", "tender"]
Facts = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Reason:
    """A coded reason and the facts its sentence is made of."""

    code: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TraceLine:
    """What one programme did on one sale. `revision` 0 speaks of the tender, not of a programme."""

    revision: int
    family: Family
    applied: bool
    code: str
    facts: Facts = field(default_factory=dict)
    benefit_minor: int = 0
