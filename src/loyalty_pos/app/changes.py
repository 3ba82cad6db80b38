"""What a command changed, so that screens can ask again."""

from enum import Flag, auto


class Changes(Flag):
    NOTHING = 0
    SHOP = auto()
    PRODUCTS = auto()
    PROGRAMMES = auto()
    MEMBERS = auto()
    LEDGER = auto()
