"""What time and a manager did to a member, each in one sentence with its reason."""

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.language import Language
from loyalty_pos.app.named import level_name
from loyalty_pos.app.records import Record
from loyalty_pos.app.saying import Sentence, both

TIMELY = ("review", "set_tier", "revive", "courtesy", "write_off")
"""The kinds of postings that say something of their own here."""


def time_why(desk: Desk, kind: str, record: Record) -> Sentence:
    """Say what a review or a manager did, and why."""

    def words(say: Language) -> str:
        if kind == "review":
            return _reviewed(desk, record, say)
        reason = say.name(record["reason"])
        if kind == "write_off":
            return reason
        if kind == "set_tier":
            level = say.name(level_name(desk, record["shield"]))
            until = say.day(record["until"])
            return say.t("{level} until {day}: {reason}", level=level, day=until, reason=reason)
        return say.t("until {day}: {reason}", day=say.day(record["expires_on"]), reason=reason)

    return both(desk.languages, words)


def _reviewed(desk: Desk, record: Record, say: Language) -> str:
    if record["warned"] is not None:
        level = say.name(level_name(desk, record["warned"]))
        return say.t("warned: too little for {level}", level=level)
    after = record["tier"][1]
    if after is None:
        return say.t("no level any more")
    return say.t("now {level}", level=say.name(level_name(desk, after)))
