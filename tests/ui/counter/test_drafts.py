"""A sale left unfinished is offered once at the next start; one that is on record never is."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from loyalty_pos.app.drafts import Draft
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.devices.draft_file import DraftFile
from loyalty_pos.domain.errors import Fault
from loyalty_pos.ui.counter.state import Place, Recorded
from tests.ui.counter.goods_shop import CAKE, LATTE, LEILA, SARA, TEA, Counter, built_with_goods
from tests.ui.counter.real_shop import member
from tests.ui.counter.rig import MakeRig, Rig

__all__ = ["built_with_goods"]

Reopen = Callable[[], Counter]


@pytest.fixture
def reopen(built_with_goods: Path, tmp_path: Path, make_rig: MakeRig) -> Reopen:
    """Start a program on the same file, as the next one after a crash."""
    folder = tmp_path / "shop"
    shutil.copytree(built_with_goods, folder)
    path = folder / "shop.db"

    def again() -> Counter:
        return Counter(make_rig(factory=lambda: open_shop(path), drafts=DraftFile(path)), path)

    return again


def crash(counter: Counter) -> None:
    """End without an orderly close: what is on disk is what there is."""
    kept = (counter.path.parent / "shop.db.draft").read_bytes()
    counter.rig.close()
    (counter.path.parent / "shop.db.draft").write_bytes(kept)


def draft(counter: Counter) -> Draft | None:
    return DraftFile(counter.path).load()


def said(rig: Rig) -> str:
    return rig.state.said.code if rig.state.said else ""


def choose_much(till: Counter) -> None:
    till.scan(SARA)
    till.do("469.")
    till.do("Alt+2 F6 * *")


def test_a_sale_comes_back_as_it_was_under_its_key(reopen: Reopen) -> None:
    till = reopen()
    choose_much(till)
    before = till.rig.state
    crash(till)
    till = reopen()
    assert till.rig.page.unfinished.isVisible()
    assert till.rig.state.unfinished is not None and not till.rig.state.selling
    till.do("Enter")
    after = till.rig.state
    assert after.request() == before.request() and after.sale_id == before.sale_id
    assert after.quote is not None and before.quote is not None
    assert after.quote.fingerprint == before.quote.fingerprint
    assert not till.rig.page.unfinished.isVisible()
    count = len(till.sales())
    till.do("Enter")
    assert len(till.sales()) == count + 1 and draft(till) is None


def test_goods_come_back_with_the_free_line_chosen(reopen: Reopen) -> None:
    till = reopen()
    till.scan(SARA)
    for code in (LATTE, TEA, CAKE, TEA):
        till.scan(code)
    till.do("Up Up Ctrl+f")
    before = till.rig.state
    assert before.free_skus
    crash(till)
    till = reopen()
    till.do("Enter")
    assert till.rig.state.request() == before.request() and till.rig.state.items == before.items


def test_a_sale_whose_commit_landed_is_said_and_not_offered(reopen: Reopen) -> None:
    till = reopen()
    choose_much(till)
    kept = draft(till)
    assert kept is not None and kept.sale_id
    till.do("Enter")
    count = len(till.sales())
    till.rig.close()
    DraftFile(till.path).save(kept)  # the crash came between the commit and forgetting
    till = reopen()
    assert till.rig.state.unfinished is None and said(till.rig) == "draft_recorded"
    assert draft(till) is None and len(till.sales()) == count


def test_the_key_is_on_disk_before_the_sale_is_sent(reopen: Reopen, monkeypatch: pytest.MonkeyPatch) -> None:
    till = reopen()
    service = till.rig.program.dispatcher._open
    seen: list[tuple[str, Draft | None]] = []

    def watching() -> object:
        real = service()

        class Watch:
            def do(self, command: object) -> object:
                if sale_id := getattr(command, "sale_id", ""):
                    seen.append((sale_id, draft(till)))
                return real.do(command)  # type: ignore[arg-type]

            def ask(self, query: object) -> object:
                return real.ask(query)  # type: ignore[arg-type]

        return Watch()

    monkeypatch.setattr(till.rig.program.dispatcher, "_open", watching)
    till.rig.scan(LEILA)
    till.rig.keys("469. Enter")  # faster than a draft is written
    till.rig.settle()
    ((sale_id, kept),) = seen
    assert kept is not None and kept.sale_id == sale_id


def test_escape_leaves_it_for_good_and_ctrl_z_asks_again(reopen: Reopen) -> None:
    till = reopen()
    till.do("469.")
    crash(till)
    till = reopen()
    till.do("Esc")
    assert not till.rig.state.selling and draft(till) is None
    till.do("Ctrl+z")
    assert till.rig.page.unfinished.isVisible()
    till.do("Enter")
    assert till.rig.state.amount_minor == 4_690_000


def test_nothing_goes_past_the_question(reopen: Reopen) -> None:
    till = reopen()
    till.do("469.")
    crash(till)
    till = reopen()
    count = len(till.sales())
    till.do("12 F3 F9 F8 F4 Ctrl+z F2")
    state = till.rig.state
    assert state.unfinished is not None and not state.selling and state.join is None and state.search == ""
    assert len(till.sales()) == count and state.held_count == 0


def test_a_card_scanned_meanwhile_is_served_after_the_answer(reopen: Reopen) -> None:
    till = reopen()
    till.do("469.")
    crash(till)
    till = reopen()
    till.scan(LEILA)
    assert till.rig.state.unfinished is not None
    till.do("Enter")
    state = till.rig.state
    assert state.amount_minor == 4_690_000
    assert state.member is not None and state.member.name == "لیلا کاظمی"


@pytest.mark.parametrize("ending", ["Enter", "F8", "F2 Esc"])
def test_the_draft_goes_with_the_sale(reopen: Reopen, ending: str) -> None:
    till = reopen()
    till.do("469.")
    assert draft(till) is not None
    till.do(ending)
    assert draft(till) is None


def test_a_sale_taken_off_hold_is_kept_at_once(reopen: Reopen) -> None:
    till = reopen()
    till.scan(SARA)
    till.do("469.")
    till.do("F8")
    assert draft(till) is None
    keeper = till.rig.page.drafts
    assert keeper is not None
    keeper._pause.setInterval(60_000)
    till.rig.keys("Shift+F8 Enter")
    till.rig.qtbot.waitUntil(lambda: draft(till) is not None)
    till.rig.qtbot.waitUntil(lambda: (kept := draft(till)) is not None and kept.member is not None)
    keeper._pause.stop()


def test_a_draft_holds_no_phone_and_no_code_of_value(reopen: Reopen) -> None:
    till = reopen()
    choose_much(till)
    till.rig.page.flow.desk.change(vouchers=("ABCDEF-GHJKLM-NPQRST",))
    till.rig.settle()
    text = (till.path.parent / "shop.db.draft").read_text("utf-8")
    phone = member(till.path, SARA).phone or ""
    assert phone[-10:] not in text and "ABCDEF" not in text and "سارا" not in json.loads(text).__repr__()
    assert json.loads(text)["vouchers"] == 1


def test_vouchers_are_asked_for_again(reopen: Reopen) -> None:
    till = reopen()
    till.scan(SARA)
    till.do("469.")
    kept = draft(till)
    assert kept is not None
    crash(till)
    DraftFile(till.path).save(replace(kept, vouchers=1))
    till = reopen()
    till.do("Enter")
    assert said(till.rig) == "scan_voucher_again"


def test_a_draft_of_another_shop_is_nobodys(reopen: Reopen) -> None:
    till = reopen()
    till.do("469.")
    kept = draft(till)
    assert kept is not None
    crash(till)
    DraftFile(till.path).save(replace(kept, shop="another"))
    till = reopen()
    assert till.rig.state.unfinished is None and draft(till) is None


def test_an_orderly_close_keeps_the_sale_that_lies_there(reopen: Reopen) -> None:
    till = reopen()
    till.rig.keys("469.")
    till.rig.close()
    till = reopen()
    assert till.rig.state.unfinished is not None


def test_a_disk_that_keeps_nothing_stops_no_sale(reopen: Reopen, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: DraftFile, draft: Draft) -> None:
        raise Fault("draft_not_kept", path="")

    monkeypatch.setattr(DraftFile, "save", full)
    till = reopen()
    count = len(till.sales())
    till.scan(LEILA)
    till.do("469. Enter")
    assert isinstance(till.rig.state.toast, Recorded) and len(till.sales()) == count + 1


def test_keys_do_not_wait_for_the_disk(reopen: Reopen) -> None:
    till = reopen()
    writes: list[Draft | None] = []
    keeper = till.rig.page.drafts
    assert keeper is not None
    real = keeper._write
    keeper._pause.timeout.disconnect()

    def write() -> None:
        writes.append(keeper._wanted)
        real()

    keeper._pause.timeout.connect(write)
    till.rig.keys("469.")
    assert not writes and till.rig.state.amount_minor == 4_690_000
    till.rig.settle()
    assert len(writes) >= 1 and draft(till) is not None
    assert till.rig.page._keys.where() is Place.AMOUNT
