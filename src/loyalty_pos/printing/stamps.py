"""A stamp card as circles: filled, outlined, the last one marked as the reward."""

from typing import Any

from loyalty_pos.domain.lazy import dataclass

_PITCHES = range(31, 19, -1)
_MOST_CIRCLES = 60  # more are a bar: nobody counts them


@dataclass(frozen=True, slots=True)
class Stamps:
    """The circles of one card, in rows; sizes in dots."""

    have: int
    needed: int
    pitch: int
    per_row: int

    @classmethod
    def fitting(cls, have: int, needed: int, room: float) -> "Stamps":
        """Choose the largest circles that fit into one row of `room` dots, else several rows."""
        needed = max(needed, 0)
        have = min(max(have, 0), needed)
        for pitch in _PITCHES:
            if needed * pitch <= room:
                return cls(have, needed, pitch, max(needed, 1))
        pitch = _PITCHES[-1]
        per_row = max(int(room // pitch), 1)
        rows = -(-needed // per_row)
        # even rows look like a card: 12 is 6 + 6, not 11 + 1
        return cls(have, needed, pitch, per_row if needed > _MOST_CIRCLES else -(-needed // rows))

    @property
    def bar(self) -> bool:
        return self.needed > _MOST_CIRCLES

    @property
    def width(self) -> int:
        return self.pitch * min(self.per_row, self.needed)

    @property
    def height(self) -> int:
        return self.pitch if self.bar else self.pitch * -(-self.needed // self.per_row)

    def draw(self, canvas: Any, rtl: bool) -> None:
        """Draw with the origin at the top left; a Persian card fills from the right."""
        canvas.setStrokeGray(0)
        canvas.setFillGray(0)
        canvas.setLineWidth(2)
        if self.bar:
            self._draw_bar(canvas, rtl)
            return
        radius = self.pitch * 0.42 - 1
        for index in range(self.needed):
            row, column = divmod(index, self.per_row)
            x = (column + 0.5) * self.pitch
            self._draw_circle(canvas, index, self.width - x if rtl else x, -(row + 0.5) * self.pitch, radius)

    def _draw_circle(self, canvas: Any, index: int, x: float, y: float, radius: float) -> None:
        filled = index < self.have
        canvas.circle(x, y, radius, stroke=1, fill=int(filled))
        if index == self.needed - 1:
            half = radius * 0.42
            canvas.setStrokeGray(1 if filled else 0)
            canvas.rect(x - half, y - half, 2 * half, 2 * half, stroke=1, fill=0)
            canvas.setStrokeGray(0)

    def _draw_bar(self, canvas: Any, rtl: bool) -> None:
        inner = self.width - 6
        done = inner * self.have / self.needed
        canvas.rect(1, 3 - self.pitch, self.width - 2, self.pitch - 6, stroke=1, fill=0)
        canvas.rect(3 + (inner - done if rtl else 0), 5 - self.pitch, done, self.pitch - 10, stroke=0, fill=1)
