"""Whose card or phone it is, read past everything that a whole shop needs to be open.

A start loads its counter for a while after the first paint; somebody scanned meanwhile is greeted by name.
The counter finds them again, with all they have, and its answer is the one that counts.
"""

from pathlib import Path

import apsw

from loyalty_pos.app.phones import normalise_phone, region_of
from loyalty_pos.domain.identifiers import card_key
from loyalty_pos.domain.text import strip_isolates

_PLACE = "SELECT currency, time_zone FROM shop"
_NAME = """
    SELECT name FROM person WHERE member = coalesce(
        (SELECT member FROM card WHERE number = ?1),
        (SELECT id FROM member WHERE ref = ?2),
        (SELECT member FROM person WHERE phone = ?3))"""


def name_at(path: Path, text: str) -> str | None:
    """Name whoever a card, a member number or a phone in any spelling belongs to, as `app.people` finds them.

    None for a guess, for somebody merged into another, for one without a name, and for a file that cannot be
    read just now: whoever opens the shop says why. The file itself is never written.
    """
    plain = strip_isolates(text)
    key = card_key(plain)
    if not key:
        return None
    try:
        reader = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    except apsw.Error:
        return None
    try:
        place = reader.execute(_PLACE).fetchone()
        phone = normalise_phone(plain, region_of(*place)) if place else None
        found = reader.execute(_NAME, (key, key.lower(), phone)).fetchone()
    except apsw.Error:
        return None
    finally:
        reader.close()
    return found[0] or None if found else None
