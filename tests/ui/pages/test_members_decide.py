"""What a manager decides, on the members page, with keys over the real service."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from loyalty_pos.app.commands import PublishProgramme, RecordSale, RefundSale, Use, VoidSale
from loyalty_pos.app.commands_lifetime import CatchUp
from loyalty_pos.app.queries import Audit, Member
from loyalty_pos.app.service import Service
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.pages import decide_words as words
from tests.ui.pages import people
from tests.ui.pages.conftest import MakeDesk, PageDesk
from tests.ui.pages.people import HAMID, LEILA, SARA

KAVEH = "4410339405"


@contextmanager
def beside(desk: PageDesk) -> Iterator[Service]:
    """Do something at another till."""
    service = open_shop(desk.path)
    yield service
    service.close()


class Then:
    """A clock that stands."""

    def __init__(self, ms: int) -> None:
        self._ms = ms

    def now_ms(self) -> int:
        return self._ms


def credit(desk: PageDesk) -> int:
    return int(people.ask(desk.path, Member(member=KAVEH)).credit_minor)


def decide(desk: PageDesk, card: str, number: int) -> None:
    desk.show(card)
    desk.keys(f"Alt+{number}")
    side = desk.pane.decide
    desk.until(lambda: desk.pane.showing is side and side.view is not None)


def done(desk: PageDesk, there: Callable[[], bool]) -> None:
    desk.keys("Enter")
    desk.until(lambda: desk.pane.showing is desk.person)
    assert there()
    assert people.ask(desk.path, Audit()).ok


def test_a_level_is_given_until_a_day_and_a_reason_and_a_day_are_asked_for_where_they_belong(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk("en")
    desk.open()
    decide(desk, SARA, 4)
    side = desk.pane.decide
    keys = [one.key for one in side.view.levels] if side.view is not None else []
    assert keys[-1] == "gold" and side.options.count() == len(keys)
    side.options.setCurrentIndex(len(keys) - 1)
    desk.keys("Enter")
    desk.until(lambda: side.reason.wrong.isVisibleTo(side))
    assert side.reason.wrong.said() == "Say why; it stays on record"
    side.reason.line.setText("a friend")
    side.day.line.setText("yesterday")
    desk.keys("Enter")
    desk.until(lambda: side.day.wrong.isVisibleTo(side))
    side.day.line.setText(desk.page.language.day_short("2099-01-01"))
    desk.keys("Enter")
    desk.until(lambda: side.day.wrong.said().startswith("A day from today on"))
    side.day.line.setText(desk.page.language.day_short(words.first_day("level", desk.page._today())))
    side.day.told.emit()
    assert not side.day.wrong.isVisibleTo(side) and side.effect.isVisibleTo(side)
    done(desk, lambda: people.ask(desk.path, Member(member=SARA)).tier == "gold")


def test_a_debt_is_let_go_of_in_part_and_more_than_is_owed_is_refused_at_its_field(desk: PageDesk) -> None:
    with beside(desk) as service:
        service.do(RecordSale(sale_id="d-1", member=HAMID, amount_minor=9_000_000))
        had = service.ask(Member(member=HAMID)).credit_minor
        use = Use(credit_minor=had)
        service.do(RecordSale(sale_id="d-2", member=HAMID, amount_minor=1_000_000, use=use))
        service.do(VoidSale(sale_id="d-1"))
        owed = service.ask(Member(member=HAMID)).owed.credit_minor
    assert owed > 10
    decide(desk, HAMID, 6)
    side = desk.pane.decide
    assert side.amount.value_minor == owed
    side.reason.line.setText("goodwill")
    side.amount.value_minor = owed + 10
    desk.keys("Enter")
    desk.until(lambda: side.trouble.isVisibleTo(side))
    side.amount.value_minor = 10
    done(desk, lambda: people.ask(desk.path, Member(member=HAMID)).owed.credit_minor == owed - 10)


def test_where_there_is_nothing_to_decide_it_says_so_and_escape_leaves(desk: PageDesk) -> None:
    for number in (5, 7):
        decide(desk, LEILA, number)
        side = desk.pane.decide
        assert not side.save.isEnabled() and not side.options.isVisibleTo(side)
        desk.keys("Enter")  # the keyboard is on what closes
        desk.until(lambda: desk.pane.showing is desk.person)


def test_what_ended_comes_back_and_what_a_refund_lost_is_granted(make_desk: MakeDesk) -> None:
    desk = make_desk("en")
    with beside(desk) as service:
        desk_of = service._desk
        clock, now = desk_of.clock, desk_of.clock.now_ms()
        desk_of.clock = Then(now - 10 * 86_400_000)
        back: dict[str, object] = {"rate_bp": 1_000, "rounding_minor": 10}
        ends: dict[str, object] = {"expiry": {"days": 3}}
        service.do(PublishProgramme(key="back", kind="spend_credit", name="B", params=back, when=ends))
        desk_of._latest_day = ""  # nothing of the days since was on record then
        service.do(RecordSale(sale_id="old-1", member=KAVEH, amount_minor=1_000_000))
        use = Use(credit_minor=40_000)
        service.do(RecordSale(sale_id="old-2", member=KAVEH, amount_minor=100_000, use=use))
        desk_of.clock = clock
        service.do(RefundSale(refund_id="late", sale_id="old-2", amount_minor=95_000))
        service.do(CatchUp(accept_clock=True))
    desk.open()
    decide(desk, KAVEH, 7)
    assert "4,000" in desk.pane.decide.options.currentText()
    desk.pane.decide.reason.line.setText("our mistake")
    done(desk, lambda: credit(desk) == 40_000)
    decide(desk, KAVEH, 5)
    desk.pane.decide.reason.line.setText("was ill")
    done(desk, lambda: credit(desk) > 40_000)


def test_a_sale_goes_to_another_member_and_back_again(desk: PageDesk) -> None:
    with beside(desk) as service:
        service.do(RecordSale(sale_id="wrong", member=HAMID, amount_minor=3_000_000))
    before = [people.ask(desk.path, Member(member=card)).points for card in (HAMID, LEILA)]
    desk.show(HAMID)
    desk.person.timeline.open_current()
    desk.until(lambda: desk.pane.showing is desk.pane.why)
    desk.keys("Alt+2")
    side = desk.pane.move_sale
    desk.until(lambda: desk.pane.showing is side)
    side.picker.take(LEILA)
    desk.until(lambda: side.whom is not None)
    desk.keys("Enter")
    desk.until(lambda: side.done is not None)
    after = [people.ask(desk.path, Member(member=card)).points for card in (HAMID, LEILA)]
    assert after[0] < before[0] and after[1] > before[1]
    desk.keys("Enter")  # the keyboard is on what moves it back
    desk.until(lambda: side.done is None)
    assert [people.ask(desk.path, Member(member=card)).points for card in (HAMID, LEILA)] == before
    side.picker.take(HAMID)
    desk.until(lambda: side.whom is not None)
    desk.keys("Enter")
    desk.until(lambda: side.trouble.isVisibleTo(side))  # it is theirs already
    desk.keys("Esc")
    desk.until(lambda: desk.pane.showing is desk.person)
    assert people.ask(desk.path, Audit()).ok
