"""Whatever stands in a field, a line gets one answer that makes sense, and the books still prove."""

import dataclasses
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.cli import vocabulary
from loyalty_pos.cli.door import Door, GivenClock
from tests.cli.conftest import LANGUAGES
from tests.cli.real_shop import open_real

Line = dict[str, Any]
ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    "",
    "A",
    "\u06f1\u06f2",
    10**30,
    1.5,
    "\u202e\u2066x\n{y}",
    "9999-12-31",
    "0001-01",
    [],
    {"a": [1]},
    ["A"],
)
NOT_HERE = frozenset({"restore", "backup", "keep_journal", "backups", "audit"})
"""Files are no fields; the audit is asked at the end."""
PROGRAMMES: dict[str, tuple[str, Line]] = {
    "points": ("points", {"step_minor": 10, "point_value_minor": 1}),
    "card": ("stamp_card", {"needed": 2}),
    "code": ("percent_off", {"rate_bp": 1_000, "lane": "code"}),
    "vip": ("vip", {"fee_minor": 500}),
    "promise": ("contract", {"months": 6, "promised_visits": 10, "discount_bp": 500}),
    "trees": ("charity", {"rate_bp": 500, "cause": "trees"}),
    "cup": ("prize", {"what": "cup", "price_points": 3}),
    "club": ("tiers", {"levels": [{"key": "a", "from": 0}, {"key": "b", "from": 100_000}]}),
    "often": ("segment", {"visits_min": 2}),
    "party": ("invitation", {"title": "Party", "day": "2027-01-01"}),
    "survey": ("participation", {"what": "feedback", "points": 1}),
}
USUAL: Line = {
    "member": "A", "keep": "A", "drop": "B", "members": ["B"], "card": "A", "text": "A", "sale_id": "s1",
    "posting_id": "p", "refund_id": "r", "programme": "card", "sku": "tea", "key": "points", "kind": "points",
    "name": "X", "params": {"step_minor": 10}, "month": "1405-08", "from": "2026-01-01", "to": "2026-11-01",
    "reason": "because", "amount": 1, "amount_minor": 10, "unit": "points", "code": "WORD", "face_minor": 10,
    "price_minor": 10, "segment": "often", "hold": "h", "issue": "i", "claim": "c", "lot": 1,
    "day": "2026-11-01",
    "tier": "b", "until": "2027-01-01", "cause": "trees", "receipt_no": "1", "answer": 3, "partner": "p",
    "token": "t", "tokens": ["t"], "vouchers": [], "shop": "x", "public_key": "y", "interest": "tea",
    "at_ms": 1_700_000_000_000, "back": {"sale_id": "s1", "refund_id": "b", "lines": [{"line": 1}]},
    "sale": {"sale_id": "e", "amount_minor": 10},
}  # fmt: skip
PRICED: Line = {"amount_minor": 10, "member": "A"}
OF_ITS_OWN: dict[str, Line] = {
    "quote_sale": PRICED, "record_sale": PRICED, "import_sale": PRICED, "hold_sale": PRICED,
    "refund_sale": {"amount_minor": 10}, "quote_refund": {"amount_minor": 10}, "settle": {"sale_id": "s2"},
    "sell_membership": {"programme": "vip"}, "start_contract": {"programme": "promise"},
    "end_contract": {"programme": "promise"}, "invite": {"programme": "party"},
    "guests": {"programme": "party"}, "record_participation": {"programme": "survey"},
    "issue_codes": {"programme": "code"}, "issue_voucher": {"programme": "code", "bearer": True},
    "claim_reward": {"programme": "cup"},
}  # fmt: skip


class Lines:
    """A shop with something of everything, behind the door."""

    def __init__(self, folder: Path) -> None:
        self.door = Door(folder / "shop.db", open_real, LANGUAGES, GivenClock())
        self.numbers = count(1)
        self.done("create_shop", name="S", display_unit="toman", at="2026-11-01T10:00:00+03:30")
        self.done("put_product", sku="tea", name="Tea", price_minor=1_000, group="drink")
        for key, (kind, params) in PROGRAMMES.items():
            self.done("publish_programme", key=key, kind=kind, name=key, params=params)
        self.done("enrol_member", card="A", name="Ali", phone="09121111111")
        self.done("enrol_member", card="B", name="Bita", phone="09121111112")
        self.done("record_sale", sale_id="s1", member="A", lines=[{"sku": "tea", "quantity": 5}])
        self.done("record_sale", sale_id="s2", member="A", amount_minor=50_000, on_account=True)

    def ask(self, line: Line) -> Line:
        return self.door.answer(json.dumps(line).encode())

    def done(self, command: str, /, **fields: Any) -> None:
        answer = self.ask({"do": command, **fields})
        assert answer["ok"], answer

    def usual(self, name: str, record: type[Any]) -> Line:
        """What this line usually says, under keys of its own."""
        needed = [field.name.rstrip("_") for field in dataclasses.fields(record) if _needed(field)]
        line = {field: USUAL[field] for field in needed} | OF_ITS_OWN.get(name, {})
        if name in ("enrol_member", "check_member"):
            line["card"] = f"N{next(self.numbers)}"
        own = {"posting_id", "sale_id"} if name in ("record_sale", "import_sale") else {"posting_id"}
        for key in own & line.keys():
            line[key] = f"n{next(self.numbers)}"
        return line


def _needed(field: Any) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Lines]:
    opened = Lines(tmp_path)
    yield opened
    audit = opened.ask({"ask": "audit"})["result"]
    assert audit["ok"], audit["findings"]
    opened.door.close()


def _makes_sense(answer: Line) -> bool:
    json.dumps(answer, allow_nan=False)
    if answer["ok"]:
        return True
    message = answer["message"]
    opened = sum(message.count(mark) for mark in "\u2066\u2067\u2068")
    return (
        answer["code"].isidentifier()
        and not set(message) & set("\n\r\t\u202a\u202b\u202d\u202e")
        and opened == message.count("\u2069")
    )


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["do", "ask"])
def test_whatever_stands_in_a_field_is_answered_once_and_in_words(lines: Lines, mode: str) -> None:
    records = vocabulary.COMMANDS if mode == "do" else vocabulary.QUERIES
    for name, record in records.items():
        for field in dataclasses.fields(record) if name not in NOT_HERE else ():
            for odd in ODD:
                line = {mode: name, **lines.usual(name, record), field.name.rstrip("_"): odd}
                answer = lines.ask(line)
                assert _makes_sense(answer), (line, answer)
    for query in (
        "promises",
        "products",
        "programmes",
        "members_list",
        "holds",
        "rfm",
        "shifts",
        "duplicates",
    ):
        assert lines.ask({"ask": query})["ok"], query
    for query in ("member", "member_record", "member_history", "statement", "memberships", "claimables"):
        answer = lines.ask({"ask": query, "member": "A"})
        assert answer["ok"], answer
