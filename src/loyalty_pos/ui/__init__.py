"""The one room that knows Qt."""

import builtins

import PySide6.QtCore  # noqa: F401 - it puts a hook of its own before every import that follows

# For each module that is imported, the hook reads its source in search of a mark that none of ours has.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
