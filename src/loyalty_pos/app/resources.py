"""Where fonts, catalogues and other shipped files lie."""

from functools import cache
from pathlib import Path

import loyalty_pos


@cache
def resources_dir() -> Path:
    """Find the folder of shipped files: inside the package, or the project root beside the sources."""
    package = Path(loyalty_pos.__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parents[1] / "resources"
