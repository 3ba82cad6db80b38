"""A voucher between shops has one spelling, and what is not whole is none (product P8)."""

from base64 import b32encode

from loyalty_pos.domain.tokens import Token, read_token, token_text, written

TOKEN = Token("0011223344556677", "8899aabbccddeeff", "00" * 11 + "01", 1_000, "2026-12-31")
TEXT = written(TOKEN, bytes(range(64)))


def test_what_is_written_reads_the_same() -> None:
    read = read_token(TEXT)
    assert read is not None
    assert (len(TEXT), read.token, read.message) == (167, TOKEN, TOKEN.packed())
    assert read.signature == bytes(range(64))
    assert read_token(f" {TEXT[:80]}\n{TEXT[80:].lower()} ") == read


def test_another_length_or_letter_is_no_voucher() -> None:
    assert token_text(TEXT[:-1]) is None
    assert read_token(TEXT[:-1] + "1") is None


def test_the_spare_bits_of_the_last_letter_have_one_spelling() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    assert sum(read_token(TEXT[:-1] + letter) is not None for letter in letters) == 4


def test_a_day_that_is_none_is_no_voucher() -> None:
    data = TOKEN.packed()[:-4] + b"\xff\xff\xff\xff" + bytes(64)
    assert read_token(b32encode(data).decode().rstrip("=")) is None
