"""A café's counter in words, for widgets to show: the same facts in both languages."""

from dataclasses import dataclass

from loyalty_pos.app.language import Language, LanguageCode
from tests.languages import language, shop_view


@dataclass(frozen=True)
class Sample:
    """One language's way to say what the gallery shows; `say(fa, en)` picks."""

    language: Language

    def say(self, fa: str, en: str) -> str:
        return fa if self.language.code == "fa" else en

    def plus(self, n: int) -> str:
        return self.language.isolate("+" + self.language.number(n))


def sample(code: LanguageCode) -> Sample:
    return Sample(language(code, shop_view(display_unit="toman", calendar="jalali")))


def hryvnia(code: LanguageCode) -> Language:
    return language(code, shop_view(currency="UAH", time_zone="Europe/Kyiv"))
