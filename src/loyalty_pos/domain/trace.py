"""The compact record of why: a revision, a coded reason, integer facts (rules 15).

Sentences are made from it on demand, in either language, never stored.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Family = Literal["earn", "discount", "tender", "standing", "warranty", "cause"]
Facts = Mapping[str, int | str]
NO_FACTS: Facts = {}

# Named tuples: a quote makes dozens of these, and a frozen dataclass costs four times as much.


class Reason(NamedTuple):
    """A coded reason and the facts its sentence is made of."""

    code: str
    facts: Facts = NO_FACTS


class TraceLine(NamedTuple):
    """What one programme did on one sale. `revision` 0 speaks of the tender, not of a programme."""

    revision: int
    family: Family
    applied: bool
    code: str
    facts: Facts = NO_FACTS
    benefit_minor: int = 0
