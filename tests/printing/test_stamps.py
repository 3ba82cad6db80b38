"""A stamp card shows as many filled circles as there are stamps, and marks the reward."""

from typing import Any

import pytest

from loyalty_pos.printing.stamps import Stamps


class Ink:
    """Notes what a canvas is asked to draw."""

    def __init__(self) -> None:
        self.circles: list[tuple[float, float, float, bool]] = []
        self.boxes: list[tuple[float, float, float, float, bool]] = []

    def circle(self, x: float, y: float, r: float, *, stroke: int, fill: int) -> None:
        self.circles.append((x, y, r, bool(fill)))

    def rect(self, x: float, y: float, width: float, height: float, *, stroke: int, fill: int) -> None:
        self.boxes.append((x, y, width, height, bool(fill)))

    def __getattr__(self, name: str) -> Any:
        return lambda *_: None


def drawn(stamps: Stamps, rtl: bool) -> Ink:
    ink = Ink()
    stamps.draw(ink, rtl)
    return ink


@pytest.mark.parametrize("rtl", [True, False])
def test_filled_circles_come_first_in_reading_order(rtl: bool) -> None:
    ink = drawn(Stamps.fitting(4, 8, 300), rtl)
    reading = sorted(ink.circles, key=lambda circle: -circle[0] if rtl else circle[0])
    assert [filled for *_, filled in reading] == [True] * 4 + [False] * 4


@pytest.mark.parametrize("rtl", [True, False])
def test_the_last_circle_is_marked_as_the_reward(rtl: bool) -> None:
    ink = drawn(Stamps.fitting(2, 5, 300), rtl)
    (left, _, width, _, _) = ink.boxes[0]
    last = min(ink.circles) if rtl else max(ink.circles)
    assert left + width / 2 == pytest.approx(last[0])
    assert len(ink.boxes) == 1


@pytest.mark.parametrize("needed", [1, 5, 8, 12, 23, 60])
@pytest.mark.parametrize("room", [120, 300])
def test_circles_stay_in_their_room_and_apart(needed: int, room: int) -> None:
    stamps = Stamps.fitting(needed, needed, room)
    ink = drawn(stamps, True)
    assert len(ink.circles) == needed
    assert stamps.width <= room
    for x, y, radius, _ in ink.circles:
        assert radius <= x <= stamps.width - radius
        assert radius <= -y <= stamps.height - radius
        assert radius * 2 < stamps.pitch


@pytest.mark.parametrize(("have", "share"), [(0, 0), (50, 0.5), (100, 1)])
def test_more_circles_than_anybody_counts_become_a_bar(have: int, share: float) -> None:
    stamps = Stamps.fitting(have, 100, 300)
    ink = drawn(stamps, True)
    assert ink.circles == []
    assert ink.boxes[1][2] == pytest.approx((stamps.width - 6) * share)


@pytest.mark.parametrize(("have", "filled"), [(-3, 0), (9, 5)])
def test_a_count_out_of_range_fills_none_or_all(have: int, filled: int) -> None:
    assert sum(circle[3] for circle in drawn(Stamps.fitting(have, 5, 300), True).circles) == filled


@pytest.mark.parametrize("needed", [0, -1])
def test_a_card_that_needs_nothing_has_no_circles(needed: int) -> None:
    stamps = Stamps.fitting(1, needed, 300)
    assert drawn(stamps, True).circles == []
    assert stamps.width == 0
