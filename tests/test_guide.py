"""The guide says what is true: its figures, keys, pictures, commands and words are the program's own."""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args, get_type_hints

import pytest

from loyalty_pos.app.backup_schedule import EVERY_MS
from loyalty_pos.app.claim_views import ClaimView
from loyalty_pos.app.commands import (
    ClaimReward,
    CreateShop,
    EditShop,
    EnrolMember,
    IssueGiftCard,
    PublishProgramme,
    PutProduct,
    QuoteSale,
    RecordSale,
    SaleLine,
    UndoClaim,
    Use,
    VoidSale,
)
from loyalty_pos.app.demo import Demo
from loyalty_pos.app.handlers_attach import ATTACH_MINUTES
from loyalty_pos.app.handlers_holds import RESERVED_MINUTES
from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.queries import Member
from loyalty_pos.app.service import Service
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.app.views import MemberView, SaleView
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.cli import vocabulary
from loyalty_pos.domain.text import latin_digits
from loyalty_pos.ui.keymap import BINDINGS
from tests import catalogues, guide_worked
from tests.gallery_guide import GUIDE, LANGUAGES, STATES, WAITING_CARD, Evening, build
from tests.languages import language

ROOT = Path(__file__).parents[1]
PAGES = sorted(path.name for path in (GUIDE / "en").glob("*.md"))
TOMAN = 10
every_page = pytest.mark.parametrize("name", PAGES)
every_file = pytest.mark.parametrize(
    "path", sorted(GUIDE.glob("*/*.md")), ids=lambda path: path.parent.name + path.name
)


def read(code: str, name: str) -> str:
    return (GUIDE / code / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """Leave out what is no sentence: code, keys, links."""
    for block in (r"```.*?```", r"`[^`]*`", r"<kbd>.*?</kbd>", r"\]\([^)]*\)", r"^\d+\. ", r"<[^>]*>"):
        text = re.sub(block, " ", text, flags=re.DOTALL | re.MULTILINE)
    return text


def figures(text: str) -> list[int]:
    """Give every number of two digits and more, in the order of the page."""
    found = re.findall(r"\d[\d,٬]*", latin_digits(prose(text)))
    numbers = [int(re.sub("[,٬]", "", each)) for each in found]
    return [number for number in numbers if number > 9]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Demo]:
    return build(tmp_path_factory.mktemp("guide"))


class Counter:
    """The demo shop as a reader of the guide has it; money in Toman."""

    def __init__(self, service: Service, hero: str) -> None:
        self.service, self.hero = service, hero

    def member(self) -> MemberView:
        view: MemberView = self.service.ask(Member(member=self.hero))
        return view

    def quote(self, member: str, toman: int = 469_000, **use: Any) -> SaleView:
        asked = QuoteSale(member=member, amount_minor=toman * TOMAN, use=Use(**use))
        view: SaleView = self.service.ask(asked)
        return view


@pytest.fixture
def counter(built: tuple[Path, Demo], tmp_path: Path) -> Iterator[Counter]:
    path, demo = built
    for part in path.parent.glob("shop.db*"):
        shutil.copy(part, tmp_path)
    service = open_shop(tmp_path / "shop.db", Evening())
    yield Counter(service, demo.hero)
    service.close()


def toman(minor: int) -> int:
    whole, rest = divmod(minor, TOMAN)
    assert not rest
    return whole


def a_sale(counter: Counter) -> set[int]:
    sara, sale = counter.member(), counter.quote(counter.hero)
    assert sara.phone is not None and sara.phone.endswith("6789")
    assert (sara.progress["drink"].have, sale.earned.stamps["drink"], len(sale.earned.rewards)) == (4, 1, 1)
    return {
        sara.points, toman(sara.credit_minor), toman(sale.due_minor),
        sale.earned.points, toman(sale.earned.credit_minor),
    }  # fmt: skip


def goods(counter: Counter) -> set[int]:
    basket = (SaleLine(sku="latte"), SaleLine(sku="carrot-cake"))
    sale: SaleView = counter.service.ask(QuoteSale(member=counter.hero, lines=basket))
    return {
        toman(minor)
        for minor in (*(line.gross_minor for line in sale.lines), sale.discount_minor, sale.due_minor)
    }


def rewards(counter: Counter) -> set[int]:
    reza, hero = counter.quote(WAITING_CARD), counter.hero
    whole, part = counter.quote(hero, credit_minor="all"), counter.quote(hero, credit_minor=20_000 * TOMAN)
    points = counter.quote(hero, points=counter.member().points)
    left = counter.quote(WAITING_CARD, decline=("drink",))
    assert [line.programme for line in reza.trace if line.benefit_minor] == ["drink"]
    assert toman(left.due_minor) == 469_000
    issue = IssueGiftCard(posting_id="card", face_minor=500_000 * TOMAN)
    gift = counter.quote(hero, gift_cards=(counter.service.do(issue).codes[0].code,))
    assert gift.due_minor == 0
    price = counter.member().points_value_minor // counter.member().points
    return points_buy(counter) | {
        toman(reza.discount_minor), toman(reza.due_minor), toman(left.due_minor),
        toman(whole.due_minor), whole.earned.points, toman(whole.earned.credit_minor),
        toman(part.paid_by.credit_minor), toman(part.due_minor),
        counter.member().points, toman(points.paid_by.points_minor), toman(price),
        500_000, toman(gift.paid_by.gift_card_minor), toman(gift.gift_cards[0].left_minor),
    }  # fmt: skip


def points_buy(counter: Counter) -> set[int]:
    """A mug for points without a purchase, and the first benefit of a bill for points."""
    mug, treat = {"what": "mug", "price_points": 150}, {"rate_bp": 3_000, "price_points": 200}
    had = counter.member().points
    do = counter.service.do
    do(PublishProgramme(key="mug", kind="prize", name="Mug", params=dict(mug)))
    claim: ClaimView = do(ClaimReward(posting_id="m", member=counter.hero, programme="mug"))
    do(UndoClaim(posting_id="m"))
    assert counter.member().points == had
    params = {**treat, "skus": ["carrot-cake"]}
    do(PublishProgramme(key="treat", kind="percent_off", name="Treat", params=params))
    bill = QuoteSale(member=counter.hero, lines=(SaleLine(sku="carrot-cake"),))
    waits: SaleView = counter.service.ask(bill)
    assert next(line for line in waits.trace if line.declinable).programme == "treat"
    taken: SaleView = counter.service.ask(replace(bill, use=Use(accept=("treat",))))
    assert taken.balances.points - taken.earned.points == 2
    return {
        claim.points, claim.points_left, taken.points_given, treat["rate_bp"] // 100,
        toman(waits.gross_minor), toman(waits.due_minor), toman(taken.due_minor),
    }  # fmt: skip


def corrections(counter: Counter) -> set[int]:
    before = counter.member()
    counter.service.do(RecordSale(sale_id="s", member=counter.hero, amount_minor=469_000 * TOMAN))
    counter.service.do(VoidSale(sale_id="s"))
    assert counter.member().progress == before.progress
    return {counter.member().points, toman(counter.member().credit_minor), ATTACH_MINUTES, RESERVED_MINUTES}


def programmes(counter: Counter) -> set[int]:
    """Five drinks, and the sixth, in a shop with nothing but this programme."""
    made = {60_000}
    for mode in ("every_nth", "after_n_paid"):
        with new_shop({"stamp_card": {"needed": 5, "mode": mode}}) as service:
            drinks = (SaleLine(text="Tea", unit_price_minor=60_000 * TOMAN, quantity=5),)
            made.add(toman(service.do(RecordSale(sale_id="five", member="A", lines=drinks)).due_minor))
            sixth = service.ask(QuoteSale(member="A", lines=(SaleLine(text="Tea", unit_price_minor=10),)))
            assert sixth.due_minor == (10 if mode == "every_nth" else 0)
    return made


@contextmanager
def new_shop(programmes: Mapping[str, Mapping[str, object]]) -> Iterator[Service]:
    with TemporaryDirectory() as folder:
        service = open_shop(Path(folder) / "shop.db", Evening())
        service.do(CreateShop(name="Corner", display_unit="toman"))
        service.do(EnrolMember(card="A"))
        for kind, params in programmes.items():
            service.do(PublishProgramme(key=kind, kind=kind, name=kind, params=dict(params)))
        yield service
        service.close()


def levels(counter: Counter) -> set[int]:
    """Lift a member from silver to gold, in a shop with points and two levels."""
    steps = (("silver", 2_000_000, 500, 1_000), ("gold", 5_000_000, 1_000, 1_500))
    made = {10_000, 4_800_000, *(start for _, start, *_ in steps)}
    club = [
        {"key": key, "from": start * TOMAN, "discount_bp": off, "coefficient_milli": times}
        for key, start, off, times in steps
    ]
    with new_shop({"points": {"step_minor": 10_000 * TOMAN}, "tiers": {"levels": club}}) as service:
        service.do(RecordSale(sale_id="before", member="A", amount_minor=4_800_000 * TOMAN))
        asked = QuoteSale(member="A", amount_minor=469_000 * TOMAN)
        silver = service.do(RecordSale(sale_id="now", member="A", amount_minor=469_000 * TOMAN))
        gold = service.ask(asked)
        once = toman(gold.due_minor) // 10_000
        made |= {469_000, toman(silver.due_minor), toman(gold.due_minor), gold.earned.points, once}
    return made


def earning(counter: Counter) -> set[int]:
    """Money stamps, tax in the prices, and a company whose margin floor cuts what it earns."""
    made = {100_000}
    card = {"needed": 9, "count": "amount", "step_minor": 100_000 * TOMAN}
    with new_shop({"stamp_card": card}) as service:
        for key, spent, stamps in (("one", 250_000, 2), ("two", 60_000, 1)):
            asked = RecordSale(sale_id=key, member="A", amount_minor=spent * TOMAN)
            sale: SaleView = service.do(asked)
            assert sale.earned.stamps == {"stamp_card": stamps}
            made.add(spent)
            made.add(int(sale.trace[0].facts["rest"]) // TOMAN if stamps == 2 else spent)
    with new_shop({"points": {"step_minor": TOMAN}}) as service:
        service.do(EditShop(tax_bp=1_000, earn_on_tax=False))
        taxed = service.ask(QuoteSale(member="A", amount_minor=110_000 * TOMAN))
        made |= {toman(taxed.due_minor), taxed.earned.points}
    return made | company()


def company() -> set[int]:
    made = {70_000, 80_000}
    for floor in (None, 1_000):
        own = {"rates": [{"rate_bp": 500}], "margin_floor_bp": floor}
        with new_shop({"company_credit": own}) as service:
            service.do(EnrolMember(card="C", member_kind="company"))
            cups = PutProduct(sku="cups", name="Cups", price_minor=80_000 * TOMAN, cost_minor=70_000 * TOMAN)
            service.do(cups)
            sale = service.ask(QuoteSale(member="C", lines=(SaleLine(sku="cups"),)))
            made.add(toman(sale.earned.credit_minor))
    return made


def backups(counter: Counter) -> set[int]:
    return {EVERY_MS // 60_000}


def paper(counter: Counter) -> set[int]:
    return set(get_args(get_type_hints(UiSettings)["paper_mm"]))


EXAMPLES: Mapping[str, Callable[[Counter], set[int]]] = {
    "sale.md": a_sale, "goods.md": goods, "rewards.md": rewards, "corrections.md": corrections,
    "programmes.md": programmes, "levels.md": levels, "earning.md": earning, "backup.md": backups,
    "printing.md": paper, "offers.md": guide_worked.offers, "codes.md": guide_worked.codes,
    "limits.md": guide_worked.limits, "segments.md": guide_worked.segments,
    "standing.md": guide_worked.standing,
    "games.md": guide_worked.games,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_every_figure_is_what_the_engine_says(counter: Counter, name: str) -> None:
    assert set(figures(read("en", name))) == EXAMPLES[name](counter)


@pytest.mark.parametrize("name", [name for name in PAGES if name not in EXAMPLES])
def test_a_page_without_an_example_has_no_figure(name: str) -> None:
    assert figures(read("en", name)) == []


@every_page
def test_both_languages_have_the_same_headings_pictures_keys_and_figures(name: str) -> None:
    parts = (r"^#+ ", r"pictures/(\w+)_..\.png", r"<kbd>(.*?)</kbd>", r"`([^`]+)`", r"^\d\. ", r"^- ")
    for part in parts:
        one, other = (re.findall(part, read(code, name), re.MULTILINE) for code in LANGUAGES)
        assert sorted(one) == sorted(other), part
    assert sorted(figures(read("en", name))) == sorted(figures(read("fa", name)))


def test_both_languages_have_the_same_pages_and_a_place_for_each_on_the_first() -> None:
    assert sorted(path.name for path in (GUIDE / "fa").glob("*.md")) == PAGES
    for code in LANGUAGES:
        listed = re.findall(r"\]\((\w+\.md)\)", read(code, "README.md"))
        assert sorted([*listed, "README.md"]) == PAGES


@every_file
def test_every_link_and_picture_is_there(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).resolve().is_file(), target


def test_every_picture_is_shown_in_its_own_language_and_none_is_left_over() -> None:
    for code in LANGUAGES:
        shown = {name for page in PAGES for name in re.findall(r"pictures/([\w.]+)", read(code, page))}
        assert shown == {f"{name}_{code}.png" for name in (*STATES, "first")}
    there = {path.name for path in (GUIDE / "pictures").iterdir()}
    assert there == {f"{name}_{code}.png" for name in (*STATES, "first") for code in LANGUAGES}
    assert sum(path.stat().st_size for path in (GUIDE / "pictures").iterdir()) < 1_500_000


def caps() -> Iterator[str]:
    """Give every key of the key table the way people name it."""
    for binding in BINDINGS:
        several = re.fullmatch(r"(\w+) (\d)…(\d)(?:, A…Z)?", binding.cap)
        yield binding.cap
        if several:
            yield from (f"{several[1]} {n}" for n in range(int(several[2]), int(several[3]) + 1))
        elif binding.cap == "↑ ↓":
            yield from binding.cap.split()


@every_file
def test_every_key_is_a_key_of_the_program(path: Path) -> None:
    named = set(re.findall(r"<kbd>(.*?)</kbd>", path.read_text(encoding="utf-8")))
    assert named <= set(caps())


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_of_keys_is_the_key_table(code: LanguageCode) -> None:
    said = language(code)
    rows = re.findall(r"^\| (<kbd>.*) \| (.*) \|$", read(code, "keys.md"), re.MULTILINE)
    told = [(" ".join(re.findall("<kbd>(.*?)</kbd>", keys)), what) for keys, what in rows]
    assert told == [(binding.cap, said.t(binding.help)) for binding in BINDINGS]


@lru_cache
def texts(code: LanguageCode) -> frozenset[str]:
    """Give every text of the program that says the same every time."""
    said = [each for text in catalogues.extracted() for each in ([text] if isinstance(text, str) else text)]
    return frozenset(language(code).t(each) for each in said if "{" not in each)


@every_file
def test_bold_words_are_words_on_the_screen(path: Path) -> None:
    bold = re.findall(r"\*\*(.+?)\*\*", path.read_text(encoding="utf-8"))
    assert set(bold) <= texts("fa" if path.parent.name == "fa" else "en")


@every_file
def test_every_line_for_a_script_is_understood(path: Path) -> None:
    for line in re.findall(r"echo '(\{.*\})' \|", path.read_text(encoding="utf-8")):
        fields = json.loads(line)
        mode = "do" if "do" in fields else "ask"
        known = vocabulary.COMMANDS if mode == "do" else vocabulary.QUERIES
        vocabulary.read(known[fields.pop(mode)], fields)


def test_the_project_s_first_page_leads_to_the_guide() -> None:
    first = (ROOT / "README.md").read_text(encoding="utf-8")
    for code in LANGUAGES:
        assert f"(docs/guide/{code}/README.md)" in first
