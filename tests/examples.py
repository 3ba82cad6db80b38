"""How many examples a test takes: `make test` the first of them, `make check` all."""

from hypothesis import settings

ALL = settings().max_examples >= 100


def examples(whole: int, parts: int = 6) -> int:
    """Return the share of so many examples, or seeds, that this run takes, at least one."""
    return whole if ALL else -(-whole // parts)
