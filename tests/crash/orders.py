"""The sales and refunds a crash run records, each made from its number alone, and what they must come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MEMBERS = 6
STEP_MINOR = 10_000
RATE_PERCENT = 10
STAMPS_NEEDED = 5
TOMAN = 10
REFUND_EVERY = 7
BACK = 3
"""Every seventh request takes back a part of the sale three requests before it."""


@dataclass
class Held:
    """What a member must hold after some sales, by plain arithmetic."""

    visits: int = 0
    spend_minor: int = 0
    _base: int = 0
    _spent: int = 0

    @property
    def points(self) -> int:
        return self._base // STEP_MINOR

    @property
    def rewards(self) -> int:
        return self.visits // STAMPS_NEEDED

    @property
    def credit_minor(self) -> int:
        """What is left of the credit; less than nothing is owed."""
        return max(0, self._base * RATE_PERCENT // 100 - self._spent)

    def buy(self, amount: int, all_credit: bool) -> int:
        """Buy, and return what credit paid."""
        paid = min(self.credit_minor, amount) if all_credit else 0
        self._base += amount - paid
        self._spent += paid
        self.visits += 1
        self.spend_minor += amount
        return paid

    def give_back(self, amount: int, of: int, paid: int) -> None:
        """Take back an amount of a sale that credit had paid a part of."""
        credit = paid * amount // of
        self._base -= amount - credit
        self._spent -= credit
        self.spend_minor -= amount


def phone(member: int) -> str:
    return f"0912{member:07}"


def sale_id(number: int) -> str:
    return f"crash-{number:08}"


def is_refund(number: int) -> bool:
    return number % REFUND_EVERY == REFUND_EVERY - 1


def look(number: int) -> dict[str, Any]:
    """Return the question whether request `number` stands."""
    return {"ask": "sale", "sale_id": sale_id(number - BACK if is_refund(number) else number)}


def stands(number: int, answer: dict[str, Any]) -> bool:
    """Read the answer to that question."""
    return bool(answer["ok"]) and (not is_refund(number) or answer["result"]["refunded_minor"] > 0)


def same(number: int, seen: dict[str, Any], first: dict[str, Any]) -> bool:
    """Say whether what stands is what request `number` was answered."""
    if is_refund(number):
        return bool(seen["refunded_minor"] == first["net_minor"] and first["left_minor"] > 0)
    return {**seen, "refunded_minor": 0} == first


def order(number: int) -> dict[str, Any]:
    """Return request `number`: mixed members and amounts, now and then all the credit, or a refund."""
    if is_refund(number):
        of = order(number - BACK)
        back = of["amount_minor"] * (1 + number % 5) // 7
        return {
            "do": "refund_sale",
            "refund_id": sale_id(number),
            "sale_id": of["sale_id"],
            "amount_minor": back,
        }
    member = number * 7919 % MEMBERS
    use = {"credit_minor": "all"} if number % 5 == 4 else {}
    return {
        "do": "record_sale",
        "sale_id": sale_id(number),
        "member": phone(member),
        "amount_minor": TOMAN * 10 * (1 + number * 104_729 % 9_973),
        "use": use,
    }


def expected(numbers: Iterable[int]) -> dict[str, Held]:
    """Say what each member holds once these sales stand, in their order."""
    held = {phone(member): Held() for member in range(MEMBERS)}
    paid: dict[int, int] = {}
    for number in numbers:
        asked = order(number)
        if is_refund(number):
            of = order(number - BACK)
            back, whole = asked["amount_minor"], of["amount_minor"]
            held[of["member"]].give_back(back, whole, paid[number - BACK])
        else:
            paid[number] = held[asked["member"]].buy(asked["amount_minor"], bool(asked["use"]))
    return held


def founding() -> list[dict[str, Any]]:
    """Return the requests that make the shop: programmes that move on every sale, levels, and members."""
    programmes: list[tuple[str, str, dict[str, Any]]] = [
        ("points", "points", {"step_minor": STEP_MINOR}),
        ("credit", "spend_credit", {"rate_bp": RATE_PERCENT * 100}),
        ("card", "stamp_card", {"needed": STAMPS_NEEDED, "count": "sales"}),
        ("club", "tiers", {"levels": [{"key": f"level {at}", "from": at * 1_000_000} for at in range(10)]}),
    ]
    return [
        {"do": "create_shop", "name": "Crash"},
        *(
            {"do": "publish_programme", "key": key, "kind": kind, "name": key, "params": params}
            for key, kind, params in programmes
        ),
        *({"do": "enrol_member", "phone": phone(member)} for member in range(MEMBERS)),
    ]
