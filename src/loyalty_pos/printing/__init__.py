"""Paper: finished records in, PDF bytes out."""

DRAW = "--draw-vouchers"
"""How this program starts itself once more, to draw long papers beside the window."""
