"""Our own mistakes: the one net of the whole program, for whoever answers requests."""

import logging
import re
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from loyalty_pos.domain.errors import Fact, Fault, Rejection

log = logging.getLogger(__name__)


class Mishap(Exception):
    """Our own mistake: it is logged, the till stays usable; `mark` finds it in the log."""

    code = "our_mistake"

    def __init__(self, mark: str) -> None:
        super().__init__(mark)
        self.mark = mark
        self.facts: Mapping[str, Fact] = {"mark": mark}


@contextmanager
def netted(subject: str) -> Iterator[None]:
    """Raise a mistake of ours as a Mishap; `subject` names in the log what was done, never who."""
    try:
        yield
    except (Rejection, Fault):
        raise
    except Exception as mistake:
        raise Mishap(_log_mistake(mistake, subject)) from mistake


_LONG_NUMBER = re.compile(r"\d[\d \-]{4,}\d")


def _log_mistake(mistake: Exception, subject: str) -> str:
    """Log where it happened; long numbers (phones, cards, codes) never reach the log."""
    mark = f"{id(mistake) & 0xFFFFFF:06X}"
    frames = _LONG_NUMBER.sub("#", "".join(traceback.format_tb(mistake.__traceback__)))
    words = _LONG_NUMBER.sub("#", str(mistake))
    log.error("%s during %s: %s: %s\n%s", mark, subject, type(mistake).__name__, words, frames)
    return mark
