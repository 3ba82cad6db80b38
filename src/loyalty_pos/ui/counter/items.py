"""Selling by goods: finding them, how many, which of them is the free one."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from loyalty_pos.app.queries import FindProducts
from loyalty_pos.app.views import ProductsView, ProductView, TraceView
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import Found, Item, Place
from loyalty_pos.ui.worker import Problem

MOST_UNITS = 999
FREE_CODES = ("reward_used", "nth_free")


class Items:
    """Keep the lines of the sale; `reprice` is called whenever they changed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.reprice: Callable[[], None] = lambda: None

    def set_mode(self, mode: str) -> None:
        """Change between a typed amount and goods (F4); what the other side holds stays there."""
        state = self._desk.state
        if state.recording or mode == state.mode:
            return
        place = Place.ITEMS if mode == "items" else Place.AMOUNT
        self._touch(mode="items" if mode == "items" else "amount", found=None, focus=self._desk.focus(place))

    def toggle_mode(self) -> None:
        """Change to the other of the two."""
        self.set_mode("amount" if self._desk.state.mode == "items" else "items")

    def open_search(self) -> None:
        """Put the keyboard into the search for goods, with items on (F5)."""
        self.set_mode("items")
        self._desk.change(focus=self._desk.focus(Place.ITEMS))

    def edited(self, text: str) -> None:
        """Follow the search for goods key by key."""
        self._desk.change(item_search=text, add_wanted=False, said=None, confirm_wanted=False)
        if not text.strip():
            self._desk.change(found=None)
            return
        self._desk.courier.ask_latest(
            "products",
            FindProducts(text=text),
            lambda view: self._came(text, view),
            lambda problem: self._refused(text, problem),
        )

    def enter(self) -> None:
        """Put the highlighted goods on the counter, as soon as they are found."""
        state = self._desk.state
        found = state.found
        if found is None or found.text != state.item_search:
            self._desk.change(add_wanted=True)
        elif found.products:
            self.add(found.products[found.chosen])
        else:
            self._desk.say(Place.ITEMS, code="no_such_goods")

    def pick(self, sku: str) -> None:
        """Put one of the found goods on the counter."""
        found = self._desk.state.found
        for product in found.products if found else ():
            if product.sku == sku:
                self.add(product)
                return

    def add(self, product: ProductView) -> None:
        """Put one more of some goods on the counter; a scan of them does the same from anywhere."""
        state = self._desk.state
        if state.recording:
            return
        if state.mode == "amount" and state.amount_minor > 0:
            self._desk.say(Place.AMOUNT, code="amount_is_typed")
            return
        skus = [item.product.sku for item in state.items]
        if product.sku in skus:
            at = skus.index(product.sku)
            items = _with_quantity(state.items, at, state.items[at].quantity + 1)
        else:
            at, items = len(skus), (*state.items, Item(product))
        with self._desk.step("goods"):
            self._touch(
                mode="items", items=items, item_chosen=at, item_search="", found=None, add_wanted=False,
                focus=self._desk.focus(Place.ITEMS),
            )  # fmt: skip

    def move(self, rows: int) -> None:
        """Move the highlight: among what was found, else among the lines."""
        state = self._desk.state
        if state.found and state.found.products:
            chosen = _within(state.found.chosen + rows, len(state.found.products))
            self._desk.change(found=replace(state.found, chosen=chosen))
        elif state.items:
            self._desk.change(item_chosen=_within(state.item_chosen + rows, len(state.items)))

    def choose(self, number: int) -> None:
        """Highlight a line (from 0)."""
        if 0 <= number < len(self._desk.state.items):
            self._desk.change(item_chosen=number)

    def step(self, by: int) -> None:
        """Count the highlighted line up or down; below one it goes."""
        state = self._desk.state
        if not state.items or state.recording:
            return
        at = _within(state.item_chosen, len(state.items))
        items = _with_quantity(state.items, at, state.items[at].quantity + by)
        with self._desk.step("goods"):
            self._touch(items=items, item_chosen=_within(at, len(items)) if items else 0)

    def free_here(self) -> None:
        """Let the reward make the highlighted line free, or leave it to the cheapest again."""
        state = self._desk.state
        if state.mode != "items" or not state.items:
            return
        giving = [line for line in state.quote.trace if gives_free(line)] if state.quote else []
        if not giving:
            self._desk.say(Place.ITEMS, code="nothing_is_free")
            return
        sku, key = state.items[_within(state.item_chosen, len(state.items))].product.sku, giving[0].programme
        chosen = dict(state.free_skus)
        if chosen.get(key) == sku:
            del chosen[key]
        else:
            chosen[key] = sku
        with self._desk.step("free"):
            self._touch(free_skus=MappingProxyType(chosen))

    def clear(self) -> None:
        """Take every line away."""
        self._touch(items=(), item_chosen=0, item_search="", found=None, free_skus={})

    def _came(self, text: str, view: ProductsView) -> None:
        state = self._desk.state
        if state.item_search != text:
            return
        self._desk.change(found=Found(text, view.products))
        if state.add_wanted:
            self._desk.change(add_wanted=False)
            self.enter()

    def _refused(self, text: str, problem: Problem) -> None:
        if self._desk.state.item_search == text:
            self._desk.change(found=None, add_wanted=False)
            self._desk.say(Place.ITEMS, problem)

    def _touch(self, **fields: Any) -> None:
        self._desk.change(said=None, confirm_wanted=False, **fields)
        self.reprice()


def gives_free(line: TraceView) -> bool:
    """Whether a trace line made a unit of some goods free."""
    return line.family == "discount" and line.applied and line.code in FREE_CODES


def _with_quantity(items: tuple[Item, ...], at: int, quantity: int) -> tuple[Item, ...]:
    if quantity < 1:
        return items[:at] + items[at + 1 :]
    changed = replace(items[at], quantity=min(MOST_UNITS, quantity))
    return (*items[:at], changed, *items[at + 1 :])


def _within(number: int, count: int) -> int:
    return max(0, min(count - 1, number))
