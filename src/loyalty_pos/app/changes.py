"""What a command changed, so that screens can ask again."""

from enum import Flag, auto

from loyalty_pos.app import commands as c
from loyalty_pos.app.commands_journal import KeepJournal
from loyalty_pos.app.commands_lifetime import ReprintDay


class Changes(Flag):
    NOTHING = 0
    SHOP = auto()
    PRODUCTS = auto()
    PROGRAMMES = auto()
    MEMBERS = auto()
    LEDGER = auto()


_CHANGED: dict[type, Changes] = {
    c.CreateShop: Changes.SHOP,
    c.PutProduct: Changes.PRODUCTS,
    c.PublishProgramme: Changes.PROGRAMMES,
    c.RetireProgramme: Changes.PROGRAMMES,
    c.ResumeProgramme: Changes.PROGRAMMES,
    c.EditShop: Changes.SHOP,
    c.EnrolMember: Changes.MEMBERS,
    c.EditMember: Changes.MEMBERS,
    c.UnlinkCard: Changes.MEMBERS,
    c.LinkCard: Changes.MEMBERS,
    c.AddToSegment: Changes.MEMBERS,
    c.RemoveFromSegment: Changes.MEMBERS,
    c.Backup: Changes.NOTHING,
    ReprintDay: Changes.NOTHING,
    KeepJournal: Changes.NOTHING,
    c.Restore: ~Changes.NOTHING,
}


def changed_by(command: c.Command) -> Changes:
    """Tell what a carried-out command may have changed; a sale touches members and their ledger."""
    return _CHANGED.get(type(command), Changes.MEMBERS | Changes.LEDGER)
