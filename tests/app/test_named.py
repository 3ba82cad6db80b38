"""Programmes are spoken of by names; where nobody gave one, the key stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import handlers_shop, named
from loyalty_pos.app.queries import DraftProgramme, Programmes
from loyalty_pos.app.queries_studio import ProgrammeHistory
from loyalty_pos.domain.params import Params
from loyalty_pos.domain.programmes import kinds
from loyalty_pos.domain.text import strip_isolates
from tests.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol("A")
    opened.service.do(c.PutProduct(sku="wc", name="کوکی گردویی", price_minor=90_000))
    levels = [{"key": "s", "name": "نقره‌ای", "from": 0}, {"key": "g", "name": "طلایی", "from": 1_000}]
    opened.publish("club", "tiers", levels=levels)
    yield opened
    opened.proved()
    opened.close()


def said(shop: Shop, key: str) -> str:
    (found,) = [one for one in shop.service.ask(Programmes()).programmes if one.key == key]
    return strip_isolates(found.sentence.fa)


def test_goods_levels_segments_and_memberships_are_called_by_name(shop: Shop) -> None:
    params: dict[str, object] = {"visits_min": 1, "window_days": 90}
    shop.service.do(c.PublishProgramme(key="r", kind="segment", name="پای ثابت‌ها", params=params))
    apart = {"audience": {"tiers": ["s", "g"], "segments": ["r"]}, "stacking": {"not_with": ["r"]}}
    shop.publish("off", "percent_off", apart, rate_bp=1_000, skus=["wc", "tea"])
    words = said(shop, "off")
    assert "کوکی گردویی و tea" in words
    assert "فقط برای سطح نقره‌ای یا طلایی." in words
    assert "فقط برای بخش پای ثابت‌ها." in words
    assert words.count("پای ثابت‌ها") == 2


def test_a_draft_and_every_revision_speak_of_goods_as_they_are_called_now(shop: Shop) -> None:
    shop.publish("off", "percent_off", rate_bp=1_000, skus=["wc"])
    shop.service.do(c.PutProduct(sku="wc", name="کوکی ما", price_minor=90_000))
    (old,) = shop.service.ask(ProgrammeHistory(key="off")).revisions
    params: dict[str, object] = {"rate_bp": 500, "skus": ["wc"]}
    draft = shop.service.ask(DraftProgramme(key="off", kind="percent_off", name="off", params=params))
    assert all("کوکی ما" in one.sentence.fa for one in (old, draft))


def test_a_free_thing_on_a_members_page_is_called_by_name(shop: Shop) -> None:
    shop.publish("card", "stamp_card", needed=2, skus=["wc"])
    shop.sell(None, c.SaleLine(sku="wc", quantity=2))
    (reward,) = shop.member("A").rewards
    assert "کوکی گردویی" in reward.sentence.fa


def declared(unit: str) -> dict[str, str]:
    """The parameters of every kind and condition that are written in a unit: attribute and request name."""
    waiting, found = [Params], {}
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        ours = [kind for kind in below if kind.__module__.startswith("loyalty_pos.")]
        for name, field in ((name, field) for kind in ours for name, field in kind.fields.items()):
            if (field.extra or {}).get("unit") == unit:
                found[name] = field.key(name)
    return found


def test_no_kind_has_a_key_without_a_name_or_a_day_of_one_calendar_alone() -> None:
    assert len(kinds()) > 15
    keys = {name for unit in ("skus", "levels", "segments", "programmes") for name in declared(unit)}
    assert keys | {"sku"} == set(named._NAMES)
    days = set(declared("day").values())
    assert days == set(handlers_shop._DAYS)
