"""The program's own letters, given to Qt."""

from functools import cache

from PySide6.QtGui import QFontDatabase

from loyalty_pos.app.resources import resources_dir

FAMILY = "Vazirmatn UI"


@cache
def load() -> None:
    """Load every weight of the family, once; raises FileNotFoundError."""
    for path in sorted((resources_dir() / "fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(path)
