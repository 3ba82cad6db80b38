"""A cause's pledges beside its programme: what is open, handing over, the paper."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app.cause_views import CauseView, SettlementView
from loyalty_pos.app.commands import PublishProgramme, RecordSale, VoidSale
from loyalty_pos.app.queries_standing import Causes
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.domain.text import strip_isolates
from loyalty_pos.ui.pages.cause_desk import CauseDesk, money_ahead
from tests.languages import language
from tests.ui.studio.desk import Desk


class Prints:
    """Stands where paper goes."""

    def __init__(self) -> None:
        self.ready, self.printed = True, list[SettlementView]()

    def voucher(self, view: SettlementView) -> None:
        self.printed.append(view)


def of_school(path: Path, *commands: Any) -> CauseView:
    service = open_shop(path)
    try:
        for command in commands:
            service.do(command)
        (view,) = service.ask(Causes(cause="school")).causes
        assert isinstance(view, CauseView)
        return view
    finally:
        service.close()


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    opened = open_desk(code="en")
    charity = PublishProgramme(
        key="good", kind="charity", name="School", params={"rate_bp": 1_000, "cause": "school"}
    )
    of_school(opened.path, charity, RecordSale(sale_id="one", amount_minor=5_000_000))
    opened.go(opened.programmes)
    opened.rig.settle()
    opened.programmes._choose("good")
    opened.press("Ctrl+k")
    return opened


def cause(desk: Desk) -> CauseDesk:
    return desk.programmes.annex.cause


def test_what_is_open_is_handed_over_under_the_number_of_its_receipt_and_printed(desk: Desk) -> None:
    prints = Prints()
    cause(desk).paper = prints  # type: ignore[assignment]
    assert cause(desk).amount.value_minor == 500_000
    assert not cause(desk).give.isEnabled()
    desk.press("Ctrl+s")  # without a receipt nothing is put on record
    assert of_school(desk.path).settled_minor == 0
    desk.rig.keys("71")
    desk.press("Ctrl+s")
    kept = of_school(desk.path)
    assert (kept.settled_minor, kept.open_minor) == (500_000, 0)
    assert [one.receipt_no for one in kept.settlements] == ["71"]
    assert strip_isolates(cause(desk).told.accessibleName()).startswith("Handed over: 50,000 T")
    desk.press("Ctrl+p")
    assert [one.receipt_no for one in prints.printed] == ["71"]
    assert "receipt 71" in strip_isolates(cause(desk)._rows.accessibleName())
    desk.press("Esc")
    assert not desk.programmes.annex.on


def test_more_than_is_open_is_refused_and_said(desk: Desk) -> None:
    assert cause(desk).takes_scan("77")
    cause(desk).amount.value_minor = 900_000
    desk.press("Ctrl+s")
    said = strip_isolates(cause(desk).told.accessibleName())
    assert said == "Only 50,000 T is open for school, not 90,000 T"
    assert of_school(desk.path).settled_minor == 0


def test_what_was_given_for_a_purchase_taken_back_is_ahead(desk: Desk) -> None:
    desk.rig.keys("71")
    desk.press("Ctrl+s")
    view = of_school(desk.path, VoidSale(sale_id="one"))
    assert strip_isolates(money_ahead(view, language("en"))) == "50,000 ahead"
