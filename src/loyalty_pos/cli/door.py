"""`loyalty-pos do`: the shop's commands as JSON lines. Every line gets exactly one answer, in order."""

import time
from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import Any, BinaryIO

from loyalty_pos.app.commands import CreateShop, Restore
from loyalty_pos.app.language import Language, Languages
from loyalty_pos.app.mishaps import Mishap, netted
from loyalty_pos.app.queries import Shop
from loyalty_pos.app.views import ShopView
from loyalty_pos.cli import vocabulary
from loyalty_pos.cli.lines import parse, raw_lines, write
from loyalty_pos.cli.schema import AskCommands, vocabulary_schema
from loyalty_pos.cli.sentences import say
from loyalty_pos.domain.dates import parse_instant
from loyalty_pos.domain.errors import Fault, InvalidRequest, Rejection
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.text import latin_digits

OpenShop = Callable[[Path, Any], Any]


class GivenClock:
    """Tell the time the sender wrote; until the first `at`, the machine's time at the start of the run."""

    def __init__(self) -> None:
        self._now_ms = time.time_ns() // 1_000_000
        self._given = False

    def now_ms(self) -> int:
        return self._now_ms

    def set(self, at: object) -> None:
        """Move to an ISO 8601 instant with offset; refuses one before the last one given."""
        if not isinstance(at, str):
            raise InvalidRequest("at", "not_text")
        try:
            at_ms = parse_instant(latin_digits(at))
        except (ValueError, OverflowError):
            raise InvalidRequest("at", "not_an_instant") from None
        least, greatest = vocabulary.bounds("at_ms") or (0, 0)
        if not least <= at_ms <= greatest:
            raise InvalidRequest("at", "not_an_instant")
        if self._given and at_ms < self._now_ms:
            raise InvalidRequest("at", "goes_back")
        self._now_ms, self._given = at_ms, True


@dataclass
class Door:
    """Answer lines for one shop file, which `create_shop` may bring into being."""

    path: Path
    open_shop: OpenShop
    languages: Languages
    clock: GivenClock | None = None
    refused: bool = False
    unopened: Fault | None = None
    _service: Any = None
    _language: Language = field(init=False)

    def __post_init__(self) -> None:
        self._language = self.languages["en"]
        if self.path.exists():
            self._open()

    def serve(self, commands: BinaryIO, answers: BinaryIO) -> None:
        """Answer every line until the stream ends; each answer is out before the next line is read."""
        for line in raw_lines(commands):
            write(answers, self.answer(line))
            self._settle()

    def answer(self, line: bytes | None) -> dict[str, Any]:
        """Answer one line."""
        echo: Any = None
        try:
            fields = parse(line)
            echo = fields.pop("id", None)
            with netted("a line at the door"):
                return {"id": echo, "ok": True, "result": self._checked(echo, fields)}
        except (Rejection, Fault, Mishap) as no:
            return self._refusal(echo, no)

    def _checked(self, echo: Any, fields: dict[str, Any]) -> Any:
        try:
            vocabulary.check_values(echo, ("id",))
            return self._result(fields)
        except RecursionError:
            raise InvalidRequest("line", "too_deep") from None

    def _settle(self) -> None:
        """Let the sales journal be written once the answer is out."""
        if self._service is not None:
            self._service.settle()

    def close(self) -> None:
        """Close the shop's file, if it was opened."""
        if self._service is not None:
            self._service.close()

    def _result(self, fields: dict[str, Any]) -> Any:
        mode, name = _asked_for(fields)
        if "at" in fields:
            self._set_clock(fields.pop("at"))
        request = vocabulary.read(_record_of(mode, name), fields)
        if isinstance(request, AskCommands):
            return vocabulary_schema()
        if mode == "ask":
            return self._written(self._shop().ask(request))
        opens = isinstance(request, CreateShop | Restore)
        if opens and self._service is None:
            self._service = self._open_new()
        done = self._written(self._shop().do(request))
        if opens:
            self._learn_language()
        return {} if done is None else done

    def _written(self, view: Any) -> Any:
        """Write an answer; a damaged record may show itself only when its words are read."""
        with self._shop().spoken():
            return vocabulary.written(view)

    def _set_clock(self, at: object) -> None:
        if self.clock is None:
            raise InvalidRequest("at", "needs_given_clock")
        self.clock.set(at)

    def _shop(self) -> Any:
        if self._service is None:
            raise Rejection("no_shop")
        return self._service

    def _open(self) -> None:
        self._service = self.open_shop(self.path, self.clock)
        self._learn_language()

    def _open_new(self) -> Any:
        try:
            return self.open_shop(self.path, self.clock)
        except Fault as fault:
            self.unopened = fault
            raise

    def _learn_language(self) -> None:
        try:
            shop = self._shop().ask(Shop())
        except Rejection:  # an empty file, waiting for create_shop
            return
        assert isinstance(shop, ShopView)
        self._language = self.languages[shop.language].with_shop(shop)

    def _refusal(self, echo: Any, no: Rejection | Fault | Mishap) -> dict[str, Any]:
        self.refused = True
        return {
            "id": echo,
            "ok": False,
            "code": no.code,
            "message": say(no, self._language),
            "facts": vocabulary.written(no.facts),
        }


def _asked_for(fields: dict[str, Any]) -> tuple[str, str]:
    if "do" in fields and "ask" in fields:
        raise InvalidRequest("ask", "both_do_and_ask")
    mode = "ask" if "ask" in fields else "do"
    if mode not in fields:
        raise InvalidRequest("do", "missing")
    name = fields.pop(mode)
    if not isinstance(name, str):
        raise InvalidRequest(mode, "not_text")
    vocabulary.check_values(name, (mode,))
    return mode, name


def _record_of(mode: str, name: str) -> type[Any]:
    known = vocabulary.COMMANDS if mode == "do" else vocabulary.QUERIES
    if name in known:
        return known[name]
    if mode == "ask" and name == "commands":
        return AskCommands
    raise Rejection("unknown_command", name=name)
