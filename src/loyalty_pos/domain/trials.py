"""A group drawn by lot that goes without a programme, so that what the programme brings can be measured.

Whether a member is drawn follows from the programme's key and the member's number alone: the same answer on
every till, on every day and in every revision, and a larger share only adds members to a smaller one. The
draw is arithmetic that a query does just as well over all members at once.
"""

from hashlib import blake2b
from typing import NamedTuple

HELD_OUT = "held_out"
"""Why a member drawn for the group gets nothing; said to the manager, not at the counter."""
PRIME = 2**31 - 1
SHARES = 10_000


class Trial(NamedTuple):
    """A polynomial of a member's number, and the share of its values, in hundredths of a percent."""

    square: int
    factor: int
    offset: int
    share_bp: int

    def holds_out(self, member: int) -> bool:
        one = member % PRIME
        value = (one * one % PRIME * self.square % PRIME + one * self.factor + self.offset) % PRIME
        return value % SHARES < self.share_bp


def trial_of(key: str, share_bp: int) -> Trial:
    """Make the draw of a programme; no two programmes leave out the same members."""
    digest = blake2b(key.encode(), digest_size=24, person=b"hold-out").digest()
    square, factor, offset = (int.from_bytes(digest[at : at + 8]) % PRIME for at in (0, 8, 16))
    return Trial(square, factor, offset, share_bp)
