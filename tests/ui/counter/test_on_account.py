"""A sale on account at the counter and its payment, key for key over the real shop."""

from tests.ui.counter.goods_shop import CAKE, LEILA, Counter, built_with_goods, counter

__all__ = ["built_with_goods", "counter"]


def bought(counter: Counter) -> None:
    counter.scan(LEILA)
    counter.scan(CAKE)
    counter.do("Shift+F9")
    counter.do("Enter")


def test_a_sale_goes_on_account_with_a_key_and_the_total_says_so(counter: Counter) -> None:
    counter.scan(LEILA)
    counter.scan(CAKE)
    counter.do("Shift+F9")
    quote = counter.rig.state.quote
    assert quote is not None and quote.on_account is not None
    assert "نسیه" in counter.rig.page.sale.total.accessibleName()
    counter.do("Shift+F9")
    assert counter.rig.state.quote is not None and counter.rig.state.quote.on_account is None
    counter.do("Shift+F9")
    counter.do("Enter")
    sale = counter.sales()[0]
    assert sale.on_account is not None and sale.on_account.left_minor == sale.due_minor
    assert not counter.rig.state.on_account


def test_a_payment_is_taken_in_from_the_recent_sales(counter: Counter) -> None:
    bought(counter)
    due = counter.sales()[0].due_minor
    counter.do("Shift+F10")
    counter.do("Shift+F9")
    pay = counter.rig.state.pay
    assert pay is not None and (pay.what, pay.amount) == ("account", due)
    counter.rig.page.flow.paying.edited(500_000)
    counter.do("Enter")
    done = counter.rig.state
    assert (done.pay, done.said and done.said.code) == (None, "settled")
    account = counter.sales()[0].on_account
    assert account is not None and (account.received_minor, account.left_minor) == (500_000, due - 500_000)
    counter.do("Shift+F10")
    counter.do("Shift+F9")
    counter.do("Enter")
    account = counter.sales()[0].on_account
    assert account is not None and account.left_minor == 0
    counter.do("Shift+F10")
    counter.do("Shift+F9")
    last = counter.rig.state.said
    assert last is not None and last.code == "not_on_account"


def test_more_than_is_left_is_refused_in_words_and_nothing_is_taken_in(counter: Counter) -> None:
    bought(counter)
    counter.do("Shift+F10")
    counter.do("Shift+F9")
    counter.rig.page.flow.paying.edited(10**11)
    counter.do("Enter")
    refused = counter.rig.state
    assert refused.pay is not None and refused.said is not None
    counter.rig.page.flow.paying.edited(0)
    counter.do("Enter")
    left = counter.rig.state
    assert left.pay is None
    account = counter.sales()[0].on_account
    assert account is not None and account.received_minor == 0


def test_without_a_member_nothing_goes_on_account(counter: Counter) -> None:
    counter.scan(CAKE)
    counter.do("Shift+F9")
    assert counter.rig.state.said is not None and counter.rig.state.said.code == "member_and_sale_first"
    assert not counter.rig.state.on_account
