"""The club on one page for its members: what runs, as plain sentences, and how joining works."""

from collections.abc import Sequence

from loyalty_pos.app.form_views import ProgrammesView
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.views import ShopView
from loyalty_pos.domain.kinds import listed
from loyalty_pos.domain.lazy import dataclass

ASKED = {
    "name": N_("name"),
    "birthday": N_("birthday"),
    "gender": N_("gender"),
    "city": N_("city"),
    "interests": N_("preferences"),
    "tags": N_("tags"),
    "referred_by": N_("who brought them"),
}
_OWN = ("tags",)  # the shop's own notes are nothing a member is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRow:
    """A sentence, and the name it goes by; one without a name stands alone."""

    name: str = ""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsSection:
    title: str
    rows: Sequence[TermsRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsPaper:
    """A sheet of A4 with finished texts."""

    language: str
    title: str
    under_text: str
    made_text: str
    sections: Sequence[TermsSection]
    footer_text: str


def terms_paper(
    programmes: ProgrammesView, shop: ShopView, language: Language, *, asks: Sequence[str], day: str
) -> TermsPaper:
    """Put what runs on `day` into words for members; lists of members are nobody's business."""
    t = language.t
    runs = [one for one in programmes.programmes if one.live and one.listed is None]
    gives = [
        TermsRow(name=language.name(one.name), sentence=one.sentence.said(language.code)) for one in runs
    ] or [TermsRow(sentence=t("Nothing runs at the moment."))]
    return TermsPaper(
        language=language.code,
        title=t("The club of {shop}", shop=language.name(shop.name)),
        under_text=t("What members get, and how it works"),
        made_text=t("As of {day}", day=language.day(day)),
        sections=(
            TermsSection(title=t("What members get"), rows=gives),
            TermsSection(
                title=t("Joining"), rows=[TermsRow(sentence=said) for said in _joining(asks, language)]
            ),
            TermsSection(title=t("Good to know"), rows=[TermsRow(sentence=t(one)) for one in _KNOWN]),
        ),
        footer_text=t("This sheet says what runs on the day above; ask at the counter."),
    )


_KNOWN = (
    N_("Every receipt says what was given and why."),
    N_("What is taken back takes back what it had earned."),
    N_("What you hold stays yours when a programme ends; only its own last day ends it."),
)


def _joining(asks: Sequence[str], language: Language) -> list[str]:
    t = language.t
    wanted = [t(word) for key, word in ASKED.items() if key in asks and key not in _OWN]
    said = [t("A phone number or a card is enough to join; it costs nothing.")]
    if wanted:
        said.append(t("We also ask for: {what}. All of it can be left out.", what=listed(wanted, language)))
    said.append(t("Messages come only to those who agreed to get them."))
    return said
