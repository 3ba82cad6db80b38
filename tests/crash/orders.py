"""The sales a crash run records, each made from its number alone, and what they must come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MEMBERS = 6
STEP_MINOR = 10_000
RATE_PERCENT = 10
STAMPS_NEEDED = 5
TOMAN = 10


@dataclass
class Held:
    """What a member must hold after some sales, by plain arithmetic."""

    points: int = 0
    credit_minor: int = 0
    rewards: int = 0
    visits: int = 0
    spend_minor: int = 0
    _hundredths: int = 0
    _progress: int = 0
    _stamps: int = 0

    def buy(self, amount: int, all_credit: bool) -> None:
        paid = min(self.credit_minor, amount) if all_credit else 0
        base = amount - paid
        gained, self._hundredths = divmod(self._hundredths + base * RATE_PERCENT, 100)
        self.credit_minor += gained - paid
        gained, self._progress = divmod(self._progress + base, STEP_MINOR)
        self.points += gained
        full, self._stamps = divmod(self._stamps + 1, STAMPS_NEEDED)
        self.rewards += full
        self.visits += 1
        self.spend_minor += amount


def phone(member: int) -> str:
    return f"0912{member:07}"


def sale_id(number: int) -> str:
    return f"crash-{number:08}"


def order(number: int) -> dict[str, Any]:
    """Return the request of sale `number`: mixed members and amounts, now and then all the credit."""
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
    for number in numbers:
        asked = order(number)
        held[asked["member"]].buy(asked["amount_minor"], bool(asked["use"]))
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
