"""How the engine makes the named tuples of which one quote has a hundred."""

made = tuple.__new__
"""Make a named tuple of the values of all its fields, at a third of the cost of its own constructor."""
