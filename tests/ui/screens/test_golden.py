"""Every page looks as its golden picture does; a part that moved is seen and shown."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from loyalty_pos.bootstrap import open_shop
from tests.ui.counter.rig import MakeRig
from tests.ui.screens import golden, stops
from tests.ui.studio import office_shop


@pytest.mark.screens
@pytest.mark.parametrize("code", ["fa", "en"])
def test_every_page_looks_as_it_did(make_rig: MakeRig, code: str) -> None:
    with golden.held_time(), golden.folder() as place:
        path = Path(place) / "shop.db"
        stops.build(path)
        rig = make_rig(code=code, factory=lambda: open_shop(path), office=office_shop.office(path))
        rig.window.resize(1024, 768)
        other = []
        for name, reach in golden.PAGES.items():
            reach(rig)
            rig.settle()
            now, was = golden.taken(rig), golden.kept(f"{name}_{code}")
            share = golden.changed(was, now)
            if share > golden.CHANGED:
                other.append(f"{share:.1%} changed: {golden.told(f'{name}_{code}', was, now)}")
    assert other == []


def test_a_card_that_moved_is_seen_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golden, "TOLD", tmp_path / "told")
    was = golden.kept("counter_fa")
    now = was.copy()
    now.paste(was.crop((40, 60, 300, 200)), (70, 90))
    assert golden.changed(was, was) == 0.0
    assert golden.changed(was, now) > golden.CHANGED
    with Image.open(golden.told("counter_fa", was, now)) as sheet:
        assert sheet.size == (3 * golden.SIZE[0], golden.SIZE[1])
    faint = was.copy()
    ImageDraw.Draw(faint).rectangle((10, 10, 60, 20), fill=0)  # an hour that is another one
    assert golden.changed(was, faint) < golden.CHANGED
    assert golden.changed(was, was.resize((10, 10))) == 1.0


def test_the_golden_pictures_are_few_and_small() -> None:
    pictures = list(golden.KEPT.glob("*.png"))
    assert {each.stem for each in pictures} == {f"{n}_{c}" for n in golden.PAGES for c in ("fa", "en")}
    assert sum(each.stat().st_size for each in pictures) < 1_000_000
