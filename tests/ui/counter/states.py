"""Every state of the counter, reached with real keys; drawn by the gallery, switched live by tests."""

from collections.abc import Callable
from dataclasses import replace

from loyalty_pos.app.commands import EnrolMember, QuoteSale, RecordSale
from loyalty_pos.app.drafts import Draft
from loyalty_pos.app.queries import Member
from loyalty_pos.app.views import IdentifyView, LotView, NewReward, OwedView
from loyalty_pos.domain.errors import Fault, Rejection
from tests.ui.counter.rig import NOW_MS, Rig
from tests.ui.fake_service import DRINKS

SARA, LEILA, KAVEH = "4410339108", "4410339306", "4410339405"
HAMID_PHONE = "09351116789"


def idle(rig: Rig) -> None:
    """Nothing has happened yet."""


def idle_recent(rig: Rig) -> None:
    for card, amount in ((SARA, "212."), (LEILA, "96."), (KAVEH, "540.")):
        rig.scan(card)
        rig.keys(f"{amount} Enter")
        rig.settle()
    rig.page.flow.toast_ended()


def reading(rig: Rig) -> None:
    rig.service.gate.clear()
    rig.scan(SARA)
    rig.qtbot.waitUntil(lambda: rig.page.who.skeleton.isVisible())


def several(rig: Rig) -> None:
    rig.keys("6789 Enter")
    rig.settle()
    rig.keys("Down")


def nobody(rig: Rig) -> None:
    rig.keys("09121112233 Enter")


def unknown_card(rig: Rig) -> None:
    rig.scan("4499887766")


def joining(rig: Rig) -> None:
    nobody(rig)
    rig.settle()
    rig.keys("F3")


def join_refused(rig: Rig) -> None:
    rig.keys(f"F3 {HAMID_PHONE} Enter")


def member(rig: Rig) -> None:
    rig.scan(SARA)


def fresh_member(rig: Rig) -> None:
    rig.keys("F3 09121112233 Enter")


def member_in_debt(rig: Rig) -> None:
    rig.change_member("m3", owed=OwedView(points=15, credit_minor=120_000), points=0)
    rig.scan(LEILA)


def priced(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("469.")


def priced_large(rig: Rig) -> None:
    rig.scan(LEILA)
    rig.keys("12345. *")


def priced_credit(rig: Rig) -> None:
    priced(rig)
    rig.settle()
    rig.keys("F6 / /")


def priced_declined(rig: Rig) -> None:
    priced(rig)
    rig.settle()
    rig.keys("Alt+1")


def amount_alone(rig: Rig) -> None:
    rig.keys("469.")


def why(rig: Rig) -> None:
    priced(rig)
    rig.settle()
    rig.keys("F7")


def key_map(rig: Rig) -> None:
    priced(rig)
    rig.settle()
    rig.keys("F1")


def recorded(rig: Rig) -> None:
    rig.scan(LEILA)
    rig.keys("469. Enter")


def completed(rig: Rig) -> None:
    real = rig.service._quote

    def with_reward(request: QuoteSale) -> object:
        sale = real(request)
        return replace(
            sale, earned=replace(sale.earned, rewards=(NewReward(programme=DRINKS, yield_="item"),))
        )

    rig.service._quote = with_reward  # type: ignore[assignment,method-assign]
    recorded(rig)


def undone(rig: Rig) -> None:
    recorded(rig)
    rig.settle()
    rig.keys("Ctrl+z")


def price_changed(rig: Rig) -> None:
    priced(rig)
    rig.settle()
    rig.change_member("m1", rewards=(), visits=42)
    rig.keys("Enter")


def refused(rig: Rig) -> None:
    rig.keys("20000000000.")


def fault(rig: Rig) -> None:
    priced(rig)
    rig.settle()
    rig.service.trouble[RecordSale] = Fault("disk_full")
    rig.keys("Enter")


def join_fault(rig: Rig) -> None:
    rig.service.trouble[EnrolMember] = Rejection("phone_taken")
    rig.keys("F3 0912 Enter")


def member_fault(rig: Rig) -> None:
    several(rig)
    rig.service.trouble[Member] = Fault("file_locked")
    rig.keys("Enter")


def fingers(rig: Rig) -> None:
    rig.program.decide(replace(rig.program.settings, touch=True))


def spent_voucher(rig: Rig) -> None:
    spent = IdentifyView(kind="nothing", looks_like="voucher", spent="used", spent_on="2026-04-01")
    rig.service._identify = lambda r: spent  # type: ignore[method-assign]
    rig.scan("2100000000000000000000")


def ending_credit(rig: Rig) -> None:
    lot = LotView(unit="credit", left=200_000, available_from=0, expires_on="2026-11-26", sale_id=None)
    rig.change_member("m3", lots=(lot, replace(lot, expires_on="2027-02-01")))
    rig.scan(LEILA)
    rig.keys("469.")


def after_escape(rig: Rig) -> None:
    priced(rig)
    rig.settle()
    rig.page.flow.desk.change(held_count=1)
    rig.keys("Esc")


def touch_idle(rig: Rig) -> None:
    idle_recent(rig)
    fingers(rig)
    for key in "469.":
        rig.page.sale.pad.key(key).click()


def touch_empty(rig: Rig) -> None:
    fingers(rig)


def touch_member(rig: Rig) -> None:
    fingers(rig)
    rig.scan(SARA)
    rig.settle()
    for key in "469.":
        rig.page.sale.pad.key(key).click()


def touch_priced(rig: Rig) -> None:
    touch_member(rig)
    rig.page.sale.pad_toggle.click()


def touch_finding(rig: Rig) -> None:
    fingers(rig)
    rig.page.search.tapped.emit()
    for key in "6789":
        rig.page.sale.pad.key(key).click()


def touch_paying(rig: Rig) -> None:
    touch_priced(rig)
    rig.settle()
    rig.keys("Shift+F6")


def touch_held(rig: Rig) -> None:
    fingers(rig)
    rig.page.flow.desk.change(held_count=2, amount_minor=4_690_000)
    rig.keys("F2 Esc")


def unfinished(rig: Rig) -> None:
    draft = Draft(shop="s1", at_ms=NOW_MS - 300_000, member="m3", amount_minor=4_690_000, due_minor=4_455_500)
    rig.page.flow.drafting._found(draft)
    rig.settle()


def draft_recorded(rig: Rig) -> None:
    recorded(rig)
    rig.settle()
    rig.page.flow.toast_ended()
    rig.page.flow.drafting._recorded(next(iter(rig.service.sales.values())))


def no_paper(rig: Rig) -> None:
    rig.tray.empty = True
    recorded(rig)


STATES: dict[str, Callable[[Rig], None]] = {
    each.__name__: each
    for each in (
        idle, idle_recent, reading, several, nobody, unknown_card, joining, join_refused, join_fault, member,
        fresh_member, member_in_debt, member_fault, priced, priced_large, priced_credit, priced_declined,
        amount_alone, why, key_map, spent_voucher, ending_credit, after_escape, touch_empty, touch_idle,
        touch_member, touch_priced, touch_finding, touch_paying, touch_held, unfinished, draft_recorded,
        recorded, completed, undone, price_changed, refused, fault, no_paper,
    )
}  # fmt: skip
STILL = {"reading"}  # answers are held back on purpose
