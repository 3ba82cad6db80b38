"""Where finished paper goes, as the shop sees it."""

from typing import Protocol


class PaperSink(Protocol):
    """A place where finished paper goes: a printer, a folder."""

    def put(self, name: str, pdf: bytes) -> str:
        """Hand over one document and say where it went.

        `name` is a short stem such as `receipt-1894`. Raises `Fault`: `no_printer` when there is
        nothing to print on, `printer_failed` with `problem` when handing over went wrong.
        """
        ...
