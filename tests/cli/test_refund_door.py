"""A refund through the door of scripts, on a real file."""

from tests.cli.conftest import CommandLine
from tests.cli.real_shop import open_real


def test_a_refund_goes_through_the_door_and_its_preview_posts_nothing(command_line: CommandLine) -> None:
    command_line.shops.open = open_real  # type: ignore[method-assign,assignment]
    lines = [{"line": 1, "quantity": 1}]
    answers = command_line.do(
        {"do": "create_shop", "name": "Cafe"},
        {"do": "enrol_member", "card": "A"},
        {"do": "publish_programme", "key": "p", "kind": "points", "name": "P", "params": {"step_minor": 10}},
        {
            "do": "record_sale",
            "sale_id": "s",
            "member": "A",
            "lines": [{"text": "tea", "quantity": 3, "unit_price_minor": 100}],
        },
        {"ask": "quote_refund", "sale_id": "s", "lines": lines},
        {"ask": "member", "member": "A"},
        {"do": "refund_sale", "refund_id": "r", "sale_id": "s", "lines": lines},
        {"do": "refund_sale", "refund_id": "r", "sale_id": "s", "lines": lines},
        {"do": "refund_sale", "refund_id": "r2", "sale_id": "s", "amount_minor": 500},
        {"ask": "audit"},
    )
    *_, quoted, member, first, again, refused, audit = answers
    assert (quoted["result"]["refund_minor"], quoted["result"]["refund_id"]) == (100, None)
    assert member["result"]["points"] == 30
    moved = {(one["account"], one["amount"]) for one in first["result"]["moved"]}
    assert moved == {("points", -10)}
    assert again["result"] == first["result"]
    assert (refused["code"], refused["facts"]["left_minor"]) == ("more_than_left", 200)
    assert audit["result"]["ok"] and audit["result"]["figures"]["refunds"] == 1


def test_an_exchange_and_a_refund_onto_a_gift_card_go_through_the_door(command_line: CommandLine) -> None:
    command_line.shops.open = open_real  # type: ignore[method-assign,assignment]
    back = {"sale_id": "s", "lines": [{"line": 1, "quantity": 1}]}
    new = {"lines": [{"text": "cup", "unit_price_minor": 150}]}
    answers = command_line.do(
        {"do": "create_shop", "name": "Cafe"},
        {
            "do": "record_sale",
            "sale_id": "s",
            "lines": [{"text": "tea", "quantity": 3, "unit_price_minor": 100}],
        },
        {"ask": "quote_exchange", "back": back, "sale": new},
        {"do": "exchange", "back": {**back, "refund_id": "r"}, "sale": {**new, "sale_id": "n"}},
        {"do": "refund_sale", "refund_id": "g", "refund_to": "gift_card", **back},
        {"do": "exchange", "back": {**back, "refund_id": "q", "refunds": 1}, "sale": {**new, "sale_id": "m"}},
        {"ask": "audit"},
    )
    _, _, quoted, done, card, refused, audit = answers
    assert (quoted["result"]["to_pay_minor"], done["result"]["to_pay_minor"]) == (50, 50)
    assert done["result"]["fingerprint"] == quoted["result"]["fingerprint"]
    assert (card["result"]["refund_minor"], card["result"]["to_gift_cards_minor"]) == (0, 100)
    assert card["result"]["new_card"]["codes"][0]["code"]
    assert refused["code"] == "invalid_request" and audit["result"]["ok"]
