"""The club's terms: what runs, as sentences, and how joining works."""

from loyalty_pos.app.language import Language
from loyalty_pos.app.queries import Programmes
from loyalty_pos.app.queries import Shop as AskShop
from loyalty_pos.app.settings import ASKS
from loyalty_pos.app.terms_paper import ASKED, TermsPaper, terms_paper
from tests.languages import language
from tests.shop import Shop


def paper(shop: Shop, code: str = "en", asks: tuple[str, ...] = ASKS) -> TermsPaper:
    view, found = shop.service.ask(AskShop()), shop.service.ask(Programmes())
    say: Language = language("fa" if code == "fa" else "en").with_shop(view)
    return terms_paper(found, view, say, asks=asks, day="2026-11-22")


def said(sheet: TermsPaper, section: int) -> list[str]:
    return [row.sentence for row in sheet.sections[section].rows]


def test_what_runs_stands_there_and_what_rests_or_lists_people_does_not(shop: Shop) -> None:
    shop.publish("off", "percent_off", rate_bp=500)
    shop.publish("rests", "percent_off", rate_bp=900)
    shop.retire("rests")
    shop.publish("friends", "segment")
    for code, wanted in (("en", "5%"), ("fa", "۵٪")):
        (sentence,) = said(paper(shop, code), 0)
        assert wanted in sentence
    assert "off" in paper(shop).sections[0].rows[0].name


def test_without_programmes_the_sheet_says_so(shop: Shop) -> None:
    assert said(paper(shop), 0) == ["Nothing runs at the moment."]


def test_what_is_asked_is_said_and_nothing_is_said_of_what_is_not(shop: Shop) -> None:
    assert any("birthday" in one for one in said(paper(shop, asks=("name", "birthday")), 1))
    assert len(said(paper(shop, asks=()), 1)) == 2
    assert len(said(paper(shop, asks=("tags",)), 1)) == 2, "the shop's own notes are not asked for"
    assert set(ASKED) == set(ASKS)
