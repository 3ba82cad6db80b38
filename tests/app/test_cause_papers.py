"""The paper of a settlement, in both languages."""

from io import BytesIO

import pytest

from loyalty_pos.app.cause_papers import settlement_paper
from loyalty_pos.app.commands_standing import SettlePledges
from loyalty_pos.app.queries import Shop as AskShop
from loyalty_pos.printing.papers import render
from loyalty_pos.ui import bidi
from tests.languages import language
from tests.shop import Shop, T


@pytest.mark.parametrize("code", ["fa", "en"])
def test_a_settlement_on_paper_says_to_whom_how_much_and_the_number_of_its_receipt(
    shop: Shop, code: str
) -> None:
    shop.publish("good", "charity", rate_bp=1000, cause="school")
    shop.sell(500_000 * T, member=None)
    command = SettlePledges(posting_id="s", cause="school", receipt_no="A-7", amount_minor=20_000 * T)
    view = shop.service.ask(AskShop())
    said = language("fa" if code == "fa" else "en").with_shop(view)
    paper = settlement_paper(shop.service.do(command), view, said)
    title, number = {"fa": ("تقدیم به school", "رسید A-7"), "en": ("Given to school", "receipt A-7")}[code]
    assert (bidi.strip(paper.title), bidi.strip(paper.sale_text)) == (title, number)
    assert [amount for _, amount in paper.lines] == [
        said.money(minor * T, unit=False) for minor in (50_000, 30_000, 20_000)
    ]
    assert paper.paid_text == said.money(20_000 * T)
    pdf = render(paper)
    assert BytesIO(pdf).read(5) == b"%PDF-"
