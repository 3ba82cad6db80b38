"""Our own mistakes: logged without anybody's numbers, and told apart from what rules and machine refuse."""

import logging

import pytest

from loyalty_pos.app.mishaps import Mishap, netted
from loyalty_pos.domain.errors import Fault, Rejection
from tests.conftest import ExpectLog


def test_a_mistake_of_ours_is_logged_without_numbers_under_the_mark_it_is_told_by(
    expect_log: ExpectLog, caplog: pytest.LogCaptureFixture
) -> None:
    with expect_log(logging.ERROR, "KeyError"), pytest.raises(Mishap) as told, netted("RecordSale s1"):
        raise KeyError("+98 912 345 6789")
    assert told.value.mark in caplog.text and told.value.facts == {"mark": told.value.mark}
    assert "RecordSale s1" in caplog.text and "6789" not in caplog.text


@pytest.mark.parametrize("no", [Rejection("no_shop"), Fault("disk_full")])
def test_what_the_rules_or_the_machine_refuse_is_no_mistake_of_ours(no: Exception) -> None:
    with pytest.raises(type(no)) as told, netted("RecordSale s1"):
        raise no
    assert told.value is no
