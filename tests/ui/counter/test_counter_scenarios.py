"""The scenarios of the counter, key for key."""

from loyalty_pos.app.commands import RecordSale
from tests.ui.counter.rig import Rig

SARA = "4410339108"


def test_repeat_customer_is_three_actions_and_five_keys(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("469.")
    rig.keys("Enter")
    rig.settle()
    (sale,) = rig.sent(RecordSale)
    assert (sale.member, sale.amount_minor) == ("m1", 4_690_000)
    assert rig.tray.sales == [sale.sale_id]
