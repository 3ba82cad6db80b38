"""Who this is, with the way to the next level around."""

from PySide6.QtWidgets import QWidget


class TierRing(QWidget):
    """Draw an initial; around it the tier's ring, filled by `share` (0..1). No tier, no ring: share None."""

    def __init__(
        self,
        initial: str = "",
        share: float | None = None,
        *,
        tier: str = "",
        size: int = 64,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

    def set_content(
        self, initial: str, share: float | None = None, *, tier: str = "", name: str = ""
    ) -> None:
        """Change person; `tier` is a token bronze silver gold vip, `name` what a screen reader says."""
