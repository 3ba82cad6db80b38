"""The two ways a shop's rules say no."""

from collections.abc import Mapping

Fact = int | str | bool | tuple[str, ...]


class Rejection(Exception):
    """A rule of the shop refused a request; nothing was posted.

    `code` is a stable word (`duplicate_receipt`), `facts` the plain values a sentence is made of.
    Sentences are made later, in either language.
    """

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, Fact] = facts


class InvalidRequest(Rejection):
    """A field is missing, unknown, of the wrong type or out of range; `field` names it."""

    def __init__(self, field: str, problem: str, **facts: Fact) -> None:
        super().__init__("invalid_request", field=field, problem=problem, **facts)


class Fault(Exception):
    """The machine, not a rule, stood in the way (disk full, wrong file); nothing was posted."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, Fact] = facts
