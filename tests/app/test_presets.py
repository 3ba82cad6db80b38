"""Ready-made programmes: each can be published as it is, in every money, and says a plain sentence."""

from pathlib import Path

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.form_views import PresetView
from loyalty_pos.app.presets import coin_minor
from loyalty_pos.bootstrap import open_shop
from tests.shop import Shop


def offered(shop: Shop) -> dict[str, PresetView]:
    return {each.preset: each for each in shop.service.ask(q.Presets()).presets}


def test_every_preset_can_be_published_as_it_is_and_says_the_sentence_it_promised(shop: Shop) -> None:
    for preset in offered(shop).values():
        draft = shop.service.ask(
            q.DraftProgramme(
                kind=preset.kind, name=preset.name.fa, params=dict(preset.params), when=dict(preset.when)
            )
        )
        assert draft.problems == () and draft.sentence == preset.sentence
        made = shop.service.do(
            c.PublishProgramme(
                key=preset.preset, kind=preset.kind, name=preset.name.en,
                params=dict(preset.params), when=dict(preset.when),
            )
        )  # fmt: skip
        assert made.sentence == preset.sentence and preset.name.fa != preset.name.en


def test_the_two_cards_cannot_be_confused_by_their_sentences(shop: Shop) -> None:
    ready = offered(shop)
    fifth, after = ready["every_fifth"].sentence, ready["after_five"].sentence
    assert "in the same purchase" in fifth.en and "later purchase" in after.en
    assert "همان خرید" in fifth.fa and "بعدی" in after.fa


@pytest.mark.parametrize(
    ("currency", "coin"), [("IRR", 10_000), ("USD", 100), ("KWD", 1_000), ("JPY", 1_000)]
)
def test_sums_are_those_people_reckon_in(currency: str, coin: int, tmp_path: Path) -> None:
    service = open_shop(tmp_path / "s.db")
    service.do(c.CreateShop(name="S", currency=currency, language="en"))
    ready = {each.preset: each for each in service.ask(q.Presets()).presets}
    assert coin_minor(currency) == coin == ready["points"].params["step_minor"]
    levels = ready["levels"].params["levels"]
    assert isinstance(levels, list) and [each["name"] for each in levels] == ["Bronze", "Silver", "Gold"]
    service.close()
