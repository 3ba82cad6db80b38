"""A discount code goes through the one box, key for key: on the sale, off again, refused with the reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loyalty_pos.app.code_views import IssuedCode
from loyalty_pos.app.commands import IssueCodes, PublishProgramme
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.domain.errors import Rejection
from tests.ui.counter import real_shop
from tests.ui.counter.rig import MakeRig, Rig

LEILA = "4410339306"
OpenRig = Callable[[], tuple[Rig, tuple[IssuedCode, ...]]]


@pytest.fixture
def open_rig(tmp_path: Path, make_rig: MakeRig) -> OpenRig:
    def opened() -> tuple[Rig, tuple[IssuedCode, ...]]:
        path = tmp_path / "shop.db"
        real_shop.build(path)
        service = open_shop(path)
        service.do(
            PublishProgramme(
                key="spring",
                kind="percent_off",
                name="بهار",
                params={"rate_bp": 1000, "lane": "code"},
                when={"basket": {"min_minor": 1_000_000}},
            )
        )
        codes = service.do(IssueCodes(posting_id="batch", programme="spring", count=2)).codes
        service.do(IssueCodes(posting_id="word", programme="spring", text="BAHAR", per_member=1))
        service.close()
        return make_rig(factory=lambda: open_shop(path)), codes

    return opened


def remark(rig: Rig) -> str:
    return rig.state.said.code if rig.state.said else ""


def applied(rig: Rig) -> list[str]:
    quote = rig.state.quote
    return [line.programme for line in quote.trace if line.applied] if quote else []


def test_a_scanned_code_joins_the_sale_and_is_used_up_with_it(open_rig: OpenRig) -> None:
    rig, codes = open_rig()
    rig.scan(LEILA)
    rig.keys("200000")
    rig.settle()
    rig.scan(codes[0].barcode)
    rig.settle()
    assert "spring" in applied(rig)
    assert rig.state.member is not None
    rig.keys("Enter")
    rig.settle()
    assert rig.state.codes == ()
    rig.scan(codes[0].barcode)
    rig.settle()
    assert rig.state.codes == ()
    said = rig.state.said
    assert said is not None and isinstance(said.problem, Rejection) and said.problem.code == "code_used"


def test_a_typed_code_waits_for_the_amount_and_escape_takes_it_off_before_the_member(
    open_rig: OpenRig,
) -> None:
    rig, codes = open_rig()
    rig.scan(LEILA)
    rig.settle()
    rig.keys("F2")
    rig.keys(codes[0].code)
    rig.keys("Enter")
    rig.settle()
    assert remark(rig) == "code_handed_in"
    rig.keys("200000")
    rig.settle()
    assert remark(rig) == "" and "spring" in applied(rig)
    rig.keys("Esc Esc")
    rig.settle()
    assert (rig.state.codes, rig.state.amount_minor) == ((), 0)
    assert rig.state.member is not None
    rig.keys("Ctrl+z")
    rig.settle()
    assert rig.state.codes == (codes[0].code,)


def test_a_code_that_does_not_reach_its_minimum_says_why_and_escape_leaves_the_sale(
    open_rig: OpenRig,
) -> None:
    rig, codes = open_rig()
    rig.scan(LEILA)
    rig.keys("50000")
    rig.settle()
    rig.scan(codes[0].barcode)
    rig.settle()
    said = rig.state.said
    assert said is not None and isinstance(said.problem, Rejection)
    assert (said.problem.code, said.problem.facts["reason"]) == ("code_not_usable", "below_minimum")
    rig.keys("Esc")
    rig.settle()
    assert (rig.state.codes, rig.state.amount_minor, rig.state.said) == ((), 500_000, None)
    assert rig.state.quote is not None and "spring" not in applied(rig)


def test_a_word_said_twice_by_one_member_is_refused_with_the_reason(open_rig: OpenRig) -> None:
    rig, _ = open_rig()
    for _ in range(2):
        rig.scan(LEILA)
        rig.keys("200000")
        rig.settle()
        rig.keys("F2")
        rig.keys("bahar")
        rig.settle()
        rig.keys("Enter")
        rig.settle()
        if rig.state.said is None:
            rig.keys("Enter")
            rig.settle()
    said = rig.state.said
    assert said is not None and isinstance(said.problem, Rejection)
    assert said.problem.code == "once_per_member"
    assert len(rig.state.codes) == 1
