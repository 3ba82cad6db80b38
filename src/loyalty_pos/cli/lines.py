"""JSON lines off a stream and onto one: bounded, one answer's worth at a time, never trusting the sender."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from loyalty_pos.domain.errors import InvalidRequest

LONGEST_LINE = 1_000_000
"""In bytes; the largest honest basket is a tenth of it."""

_BOM = b"\xef\xbb\xbf"


def raw_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Give each line as it arrives, without its end; None stands for a line too long to keep."""
    first = True
    while line := stream.readline(LONGEST_LINE):
        whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
        if not whole:
            _skip_rest(stream)
        if first:
            line, first = line.removeprefix(_BOM), False
        yield line.rstrip(b"\r\n") if whole else None


def _skip_rest(stream: BinaryIO) -> None:
    while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def parse(line: bytes | None) -> dict[str, Any]:
    """Read one line as a JSON object, more strictly than JSON: no key twice, no NaN, no endless nesting.

    Raises InvalidRequest about the field `line`, or about the key that came twice.
    """
    if line is None:
        raise InvalidRequest("line", "too_long", high=LONGEST_LINE)
    try:
        value = json.loads(line.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise InvalidRequest("line", "not_utf8") from None
    except RecursionError:
        raise InvalidRequest("line", "too_deep") from None
    except ValueError:  # also a whole number of thousands of digits
        raise InvalidRequest("line", "not_json") from None
    if not isinstance(value, dict):
        raise InvalidRequest("line", "not_an_object")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InvalidRequest(_printable(key), "twice")
        found[key] = value
    return found


def _refuse_constant(_name: str) -> Any:
    raise InvalidRequest("line", "not_a_number")


def _printable(key: str) -> str:
    return key[:64].encode("utf-8", "replace").decode("utf-8")


def write(stream: BinaryIO, answer: dict[str, Any]) -> None:
    """Write one answer as a line and hand it to the reader before anything else happens."""
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    stream.write(text.encode("utf-8", "backslashreplace") + b"\n")
    stream.flush()
