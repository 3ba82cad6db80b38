"""What a widget needs of a language; `app.language.Language` is one."""

from typing import Protocol


class Speech(Protocol):
    """Say numbers and amounts; a part of `app.language.Language`."""

    @property
    def rtl(self) -> bool: ...

    def t(self, msgid: str, /, **values: str) -> str: ...

    def digits(self, text: str) -> str: ...

    def number(self, n: int) -> str: ...

    def money_unit(self) -> str: ...

    def words(self, minor: int) -> str: ...
