"""A sentence in both languages, and one that is put into words only when somebody reads it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from loyalty_pos.domain.lazy import dataclass

if TYPE_CHECKING:
    from loyalty_pos.app.language import Language, Languages


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sentence:
    """One plain sentence in both languages; two that read the same are equal, however they were made."""

    fa: str
    en: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and (self.fa, self.en) == (other.fa, other.en)

    def __hash__(self) -> int:
        return hash((self.fa, self.en))

    def said(self, language: str) -> str:
        return self.fa if language == "fa" else self.en


def both(languages: "Languages", words: "Callable[[Language], str]") -> Sentence:
    """Say the same thing in both languages, when it is read; see `_Spoken`."""
    return _Spoken(languages, words)


class _Spoken(Sentence):
    """A sentence put into words when it is read: most never are, and in one language only.

    `words` may be called on any thread and must give the same answer every time.
    """

    __slots__ = ("_languages", "_words")
    _languages: "Languages"
    _words: "Callable[[Language], str]"

    def __init__(self, languages: "Languages", words: "Callable[[Language], str]") -> None:
        _put_languages(self, languages)
        _put_words(self, words)

    @property
    def fa(self) -> str:
        return self._words(self._languages["fa"])

    @property
    def en(self) -> str:
        return self._words(self._languages["en"])


# A frozen record's slots, set as quickly as can be: every line of a sale's trace has two sentences.
_put_languages, _put_words = (vars(_Spoken)[name].__set__ for name in ("_languages", "_words"))
