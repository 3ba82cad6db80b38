"""Every line gets one answer; what is not understood is refused by name and posts nothing."""

import io
import json
import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyalty_pos.cli.arguments import parse_arguments
from loyalty_pos.cli.door import Door
from loyalty_pos.cli.lines import LONGEST_LINE, parse, raw_lines
from loyalty_pos.cli.main import Streams, run
from loyalty_pos.domain.errors import Fault, Rejection
from tests.cli.conftest import LANGUAGES, CommandLine
from tests.conftest import ExpectLog
from tests.examples import examples
from tests.languages import language

PRODUCT = {"do": "put_product", "sku": "a", "name": "b", "price_minor": 1}
DEEP = (
    '{"do":"publish_programme","key":"k","kind":"points","name":"x","params":'
    + '{"a":' * 400
    + "1"
    + "}" * 401
)
SALE = {"do": "record_sale", "sale_id": "s1", "amount_minor": 1000}


def test_a_missing_file_becomes_a_shop_by_create_shop_and_nothing_else(command_line: CommandLine) -> None:
    before, created, sale = command_line.do(SALE, {"do": "create_shop", "name": "Café"}, {**SALE, "id": 7})
    assert before["code"] == "no_shop"
    assert created["result"]["name"] == "Café"
    assert sale["id"] == 7
    assert sale["result"]["due_minor"] == 1000
    assert command_line.status == 1


def test_all_well_is_status_0(command_line: CommandLine) -> None:
    command_line.open_shop()
    (sale,) = command_line.do(SALE)
    assert sale["ok"]
    assert command_line.status == 0
    assert command_line.service.closed


@pytest.mark.parametrize(
    ("line", "field", "problem"),
    [
        ({**SALE, "amount_minor": -1}, "amount_minor", "out_of_range"),
        ({**SALE, "amount_minor": 10.5}, "amount_minor", "not_a_whole_number"),
        ({**SALE, "amount_minor": 1000.0}, "amount_minor", "not_a_whole_number"),
        ({**SALE, "amount_minor": "1000"}, "amount_minor", "not_a_whole_number"),
        ({**SALE, "amount_minor": True}, "amount_minor", "not_a_whole_number"),
        ({**SALE, "amount_minor": 10**12 + 1}, "amount_minor", "out_of_range"),
        ({**SALE, "amount_minor": 10**40}, "amount_minor", "out_of_range"),
        ({**SALE, "amount_minor": [1]}, "amount_minor", "not_a_whole_number"),
        ({**SALE, "tip_minor": 5}, "tip_minor", "unknown"),
        ({"do": "record_sale", "amount_minor": 5}, "sale_id", "missing"),
        ({**SALE, "sale_id": 5}, "sale_id", "not_text"),
        ({**SALE, "sale_id": "x" * 65}, "sale_id", "too_long"),
        ({**SALE, "sale_id": "a\x00b"}, "sale_id", "broken_text"),
        ({**SALE, "on_account": 1}, "on_account", "not_yes_or_no"),
        ({**SALE, "lines": {}}, "lines", "not_a_list"),
        ({**SALE, "lines": [{"sku": "a", "quantity": 0}]}, "lines.0.quantity", "out_of_range"),
        ({**SALE, "lines": [{"sku": "a"}, {"quantity": 1.5}]}, "lines.1.quantity", "not_a_whole_number"),
        ({**SALE, "lines": [{"sku": "a", "colour": 1}]}, "lines.0.colour", "unknown"),
        ({**SALE, "lines": [{"sku": "a"}] * 501}, "lines", "too_many"),
        ({**SALE, "counts": {"drink": -1}}, "counts.drink", "out_of_range"),
        ({**SALE, "use": {"credit_minor": "some"}}, "use.credit_minor", "not_a_whole_number"),
        ({**SALE, "use": {"credit_minor": -5}}, "use.credit_minor", "out_of_range"),
        ({**SALE, "use": []}, "use", "not_an_object"),
        ({**SALE, "use": {"points": None, "stars": 1}}, "use.stars", "unknown"),
        ({"do": "create_shop", "name": "x", "calendar": "lunar"}, "calendar", "not_a_choice"),
        ({"do": "create_shop", "name": "x" * 81}, "name", "too_long"),
        ({"do": "create_shop", "name": "x", "day_ends_hour": 24}, "day_ends_hour", "out_of_range"),
        ({**PRODUCT, "price_minor": None}, "price_minor", "not_a_whole_number"),
        ({**PRODUCT, "price_minor": -1}, "price_minor", "out_of_range"),
        ({**PRODUCT, "tax_bp": 10_001}, "tax_bp", "out_of_range"),
        ({"ask": "commands", "x": 1}, "x", "unknown"),
        ({"do": 5}, "do", "not_text"),
        ({"do": "record_sale", "ask": "sale"}, "ask", "both_do_and_ask"),
        ({"sale_id": "x"}, "do", "missing"),
        ('{"do":"record_sale","sale_id":"\\ud800","amount_minor":1}', "sale_id", "broken_text"),
        ('{"do":"record_sale","sale_id":"x","sale_id":"y","amount_minor":1}', "sale_id", "twice"),
        ('{"do":"record_sale","sale_id":"x","amount_minor":NaN}', "line", "not_a_number"),
        ('{"do":"record_sale","sale_id":"x","amount_minor":-Infinity}', "line", "not_a_number"),
        ('{"do":"record_sale","sale_id":"x","amount_minor":1' + "0" * 5000 + "}", "line", "not_json"),
        (DEEP, "line", "too_deep"),
        ("[" * 100_000, "line", "too_deep"),
        ('{"do":"record_sale"', "line", "not_json"),
        ("[]", "line", "not_an_object"),
        ("null", "line", "not_an_object"),
        ("", "line", "not_json"),
        (b"\xff\xfe{", "line", "not_utf8"),
        (b'{"do": "record\x00_sale"}', "line", "not_json"),
        (b'"' + b"x" * LONGEST_LINE + b'"', "line", "too_long"),
    ],
)  # fmt: skip
def test_a_bad_line_is_refused_by_the_name_of_its_field_and_posts_nothing(
    command_line: CommandLine, line: str | bytes | dict[str, Any], field: str, problem: str
) -> None:
    command_line.open_shop()
    refused, after = command_line.do(line, {**SALE, "sale_id": "after"})
    assert (refused["ok"], refused["code"]) == (False, "invalid_request")
    assert (refused["facts"]["field"], refused["facts"]["problem"]) == (field, problem)
    assert refused["message"].endswith(".")
    assert after["ok"]
    assert list(command_line.service.sales) == ["after"]
    assert command_line.status == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"do": "fly"}, "unknown_command"),
        ({"do": "member"}, "unknown_command"),
        ({"ask": "record_sale"}, "unknown_command"),
    ],
)
def test_a_name_that_does_not_exist_is_refused(
    command_line: CommandLine, line: dict[str, Any], code: str
) -> None:
    (answer,) = command_line.do(line)
    assert answer["code"] == code
    assert answer["facts"]["name"] == line.get("do", line.get("ask"))


def test_the_id_comes_back_as_it_was(command_line: CommandLine) -> None:
    command_line.open_shop()
    odd = {"a": [1, None, "ب"]}
    first, second, third = command_line.do({**SALE, "id": odd}, {"do": "fly", "id": "é"}, {"ask": "shop"})
    assert first["id"] == odd
    assert second["id"] == "é"
    assert third["id"] is None


def test_a_given_clock_stands_until_the_next_time_and_never_goes_back(command_line: CommandLine) -> None:
    command_line.open_shop()
    answers = command_line.do(
        {**SALE, "at": "2025-03-01T10:00:00+02:00"},
        {**SALE, "sale_id": "s2"},
        {**SALE, "sale_id": "s3", "at": "2025-03-01T09:59:59.999+02:00"},
        {**SALE, "sale_id": "s4", "at": "۲۰۲۵-۰۳-۰۱T۰۸:۰۰:۰۰Z"},
        {**SALE, "sale_id": "s5", "at": "2025-03-01T10:00:01+02:00"},
        {**SALE, "sale_id": "s6", "at": "2025-03-01T10:00:01"},
        {**SALE, "sale_id": "s7", "at": 5},
        {**SALE, "sale_id": "s8", "at": "9999-01-01T00:00:00Z"},
        clock="given",
    )
    assert [answer["ok"] for answer in answers] == [True, True, False, True, True, False, False, False]
    assert [answer["facts"]["problem"] for answer in answers if not answer["ok"]] == [
        "goes_back", "not_an_instant", "not_text", "not_an_instant",
    ]  # fmt: skip
    ten = 1_740_816_000_000
    assert command_line.service.times[-4:] == [ten, ten, ten, ten + 1000]


def test_a_time_without_the_given_clock_is_refused(command_line: CommandLine) -> None:
    command_line.open_shop()
    (answer,) = command_line.do({**SALE, "at": "2025-03-01T10:00:00+02:00"})
    assert answer["facts"] == {"field": "at", "problem": "needs_given_clock"}
    assert not command_line.service.sales


def test_a_fault_is_an_answer_and_does_not_stop_the_rest(command_line: CommandLine) -> None:
    command_line.open_shop()
    fault, sale = command_line.do({"do": "void_sale", "sale_id": "x"}, SALE)
    assert (fault["ok"], fault["code"]) == (False, "disk_full")
    assert sale["ok"]


def test_a_mistake_of_ours_is_an_answer_too_and_does_not_stop_the_rest(
    command_line: CommandLine, expect_log: ExpectLog, caplog: pytest.LogCaptureFixture
) -> None:
    command_line.open_shop()
    with expect_log(logging.ERROR, "AssertionError"):  # this shop knows nothing of cards
        mistake, sale = command_line.do({"do": "unlink_card", "member": "a", "card": "a", "id": 3}, SALE)
    assert (mistake["id"], mistake["ok"], mistake["code"]) == (3, False, "our_mistake")
    assert mistake["message"] == "Something went wrong in the program; nothing is lost. Try again."
    assert mistake["facts"]["mark"] in caplog.text
    assert sale["ok"]
    assert command_line.status == 1


def test_refusals_are_said_in_the_shops_language(command_line: CommandLine) -> None:
    command_line.open_shop(language="fa")
    (answer,) = command_line.do({"do": "fly"})
    assert answer["message"] == language("fa").t("There is no command called {name}.", name="\u2066fly\u2069")


def test_a_shop_that_cannot_be_opened_is_status_2_and_a_sentence(command_line: CommandLine) -> None:
    command_line.shop.touch()
    command_line.shops.fault = Fault("newer_file", path="shop.db")
    assert command_line.do(SALE) == []
    assert command_line.status == 2
    assert command_line.errors == "shop.db was written by a newer program; install the newer one.\n"


def test_a_shop_that_cannot_be_created_is_answered_and_status_2(command_line: CommandLine) -> None:
    command_line.shops.fault = Fault("disk_full")
    (answer,) = command_line.do({"do": "create_shop", "name": "x"})
    assert answer["code"] == "disk_full"
    assert command_line.status == 2


def test_a_program_without_its_texts_is_status_2_and_says_so(command_line: CommandLine) -> None:
    command_line.mute = True
    assert command_line.do(SALE) == []
    assert command_line.status == 2
    assert command_line.errors == "The texts of the program are missing; install it again.\n"


def test_a_missing_folder_is_status_2(command_line: CommandLine) -> None:
    command_line.shop = command_line.folder / "none" / "shop.db"
    assert command_line.do(SALE) == []
    assert command_line.status == 2
    assert "none" in command_line.errors


def test_an_answer_is_out_before_the_next_line_is_read(command_line: CommandLine) -> None:
    command_line.open_shop()
    seen: list[int] = []
    answers = io.BytesIO()

    class Asking(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            seen.append(answers.getvalue().count(b"\n"))
            return super().readline(size)

    door = Door(command_line.shop, command_line.shops.open, LANGUAGES)
    door.serve(Asking(b'{"ask":"shop"}\n{"do":"fly"}\n{"ask":"shop"}'), answers)
    assert seen == [0, 1, 2, 3]


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble(command_line: CommandLine) -> None:
    command_line.open_shop()
    answers = command_line.run(
        "do", "--shop", str(command_line.shop), typed=b'\xef\xbb\xbf{"ask":"shop"}\r\n{"ask":"shop"}\r\n'
    )
    assert [json.loads(line)["ok"] for line in answers.splitlines()] == [True, True]


def test_a_reader_who_leaves_ends_the_run_quietly(command_line: CommandLine) -> None:
    class Gone(io.BytesIO):
        def write(self, data: Any, /) -> int:
            raise BrokenPipeError

    command_line.open_shop()
    streams = Streams(io.BytesIO(b'{"ask":"shop"}\n'), Gone(), io.StringIO())
    arguments = parse_arguments(["do", "--shop", str(command_line.shop)])
    assert run(arguments, command_line.shops.open, command_line.languages, streams) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMES = [
    "record_sale",
    "quote_sale",
    "enrol_member",
    "put_product",
    "publish_programme",
    "create_shop",
    "fly",
]
FIELDS = ["id", "at", "sale_id", "amount_minor", "lines", "use", "counts", "name", "sku", "member", "params"]
NEAR_COMMANDS = st.builds(
    lambda mode, name, fields: json.dumps({mode: name, **fields}).encode(),
    st.sampled_from(["do", "ask"]),
    st.sampled_from(NAMES) | JSON,
    st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6),
)
LINES = st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()) | NEAR_COMMANDS


@settings(
    max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=st.lists(LINES, min_size=1, max_size=5), clock=st.sampled_from(["system", "given"]))
def test_any_line_gets_exactly_one_answer(command_line: CommandLine, lines: list[bytes], clock: str) -> None:
    command_line.shops.by_path.clear()
    command_line.shop.unlink(missing_ok=True)
    lines = [line.replace(b"\n", b" ") for line in lines]

    class Refuses:
        def do(self, command: object) -> object:
            raise Rejection("no", what=("a",))

        ask = do

        def close(self) -> None:
            pass

    command_line.shops.open = lambda path, clock: Refuses()  # type: ignore[method-assign,assignment,return-value]
    answers = command_line.do(*lines, clock=clock)
    assert len(answers) == len(lines)
    assert all(set(answer) >= {"id", "ok"} for answer in answers)


def test_a_line_too_long_costs_no_memory_and_hides_no_other() -> None:
    stream = io.BytesIO(b"x" * (3 * LONGEST_LINE) + b"\n{}\n" + b"y" * (LONGEST_LINE - 1))
    long, short, last = raw_lines(stream)
    assert long is None
    assert short == b"{}"
    assert last is not None
    assert parse(short) == {}


def test_a_field_may_have_a_name_that_python_keeps_to_itself(command_line: CommandLine) -> None:
    fields = {"kind": "spend_credit", "params": {"rate_bp": 100}, "to": "2026-11-30"}
    (short, wrong) = command_line.do(
        {"ask": "simulate", **fields}, {"ask": "simulate", **fields, "from_": "x"}
    )
    assert (short["code"], short["facts"]["field"], short["facts"]["problem"]) == (
        "invalid_request",
        "from",
        "missing",
    )
    assert wrong["facts"]["field"] in ("from", "from_")
