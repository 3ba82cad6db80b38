"""Hand a shop one malformed file after another to import: it answers with a sentence, and the books prove.

`python -m tests.crash.bad_imports --seconds 3600` prints the figures as one line of JSON, and where it has
got to on the side. Each file is tried without posting, imported, and imported again: a trial posts
nothing and refuses the file for the same reason, what somebody brings along comes in whole or not at all, and
the second time nothing comes in.
"""

import argparse
import io
import json
import random
import sys
import tempfile
import traceback
import warnings
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any
from unicodedata import category

from apsw import Connection

from loyalty_pos import bootstrap
from loyalty_pos.app.queries import Audit, Member
from loyalty_pos.app.service import Service
from loyalty_pos.cli.arguments import parse_arguments
from loyalty_pos.cli.door import Door
from loyalty_pos.cli.main import REFUSED, UNOPENED, Streams, run
from loyalty_pos.cli.sentences import say
from loyalty_pos.domain.errors import Rejection
from tests.crash.bad_files import HEADINGS, bad_file
from tests.crash.watch import Watch, memory_folder

SHOP_LIVES = 150
"""Files until the next shop is founded: the books stay short, and a find stands near its cause."""

PROVED_EVERY = 10
MET = ("opened", "known")
"""How the reasons end for rows that met somebody who was a member before."""

COLUMNS = ("phone=card", "amount=total,when=date", "x=y", "=,=", "sku=name", "points=phone,phone=points")


@dataclass
class Figures:
    """What happened. `refused` files were refused as a whole, of `partly` some rows."""

    files: int = 0
    csv: int = 0
    xlsx: int = 0
    refused: int = 0
    partly: int = 0
    whole: int = 0
    rows_in: int = 0
    rows_refused: int = 0
    balances: int = 0
    crashes: int = 0
    speechless: int = 0
    trial_posted: int = 0
    trial_differs: int = 0
    twice: int = 0
    half: int = 0
    findings: int = 0
    audits: int = 0
    peak_mb: int = 0
    first: str = ""
    seconds: float = 0
    ended: str = ""

    @property
    def good(self) -> bool:
        bad = self.crashes + self.speechless + self.trial_posted + self.trial_differs
        return not (bad + self.twice + self.half + self.findings)


@dataclass
class Answer:
    """What the command line said to one import; `found` is its JSON, empty when there is none."""

    status: int
    errors: str
    found: dict[str, Any] = field(default_factory=dict)


_understood = cache(parse_arguments)


@dataclass
class Importing:
    """One shop after the other, handed bad files."""

    folder: Path
    seed: int
    keep: Path | None = None
    figures: Figures = field(default_factory=Figures)
    shop: Path = Path()

    def found(self, number: int, chance: random.Random) -> None:
        """Make the next shop, Persian or not, with something for every column to move."""
        if self.shop.name:
            self._prove("the last of its shop")
            for left in self.folder.glob(f"{self.shop.name}*"):
                left.unlink()
        self.shop = self.folder / f"shop{number}.db"
        abroad = {"currency": "EUR", "time_zone": "Europe/Vienna", "language": "en"}
        iran = {"currency": "IRR", "display_unit": "toman", "calendar": "jalali", "time_zone": "Asia/Tehran"}
        kinds: dict[str, dict[str, Any]] = {
            "points": {"step_minor": 10_000},
            "spend_credit": {"rate_bp": 1_000},
            "stamp_card": {"needed": 5, "count": "sales"},
        }
        requests: list[dict[str, Any]] = [
            {"do": "create_shop", "name": "Kava", **chance.choice((abroad, iran, iran))}
        ]
        for kind, params in kinds.items():
            key = "card" if kind == "stamp_card" else kind
            requests.append(
                {"do": "publish_programme", "key": key, "kind": kind, "name": key, "params": params}
            )
        requests += [{"do": "put_product", "sku": "C001", "name": "Tea", "price_minor": 9_000}]
        requests += [{"do": "enrol_member", "phone": "+989123450001", "name": "Sara", "card": "C002"}]
        door = Door(self.shop, bootstrap.open_shop, bootstrap.languages())
        for request in requests:
            answer = door.answer(json.dumps(request).encode())
            assert answer["ok"], answer
        door.close()

    def hand_over(self, number: int) -> None:
        """Make one file, and see what becomes of it."""
        chance = random.Random(f"{self.seed}-{number}")
        if number % SHOP_LIVES == 0:
            self.found(number, chance)
        what = chance.choice(sorted(HEADINGS))
        file = self.folder / "bad"
        content = bad_file(chance, what)
        file.write_bytes(content)
        kind = "xlsx" if content.startswith(b"PK\x03\x04") else "csv"
        setattr(self.figures, kind, getattr(self.figures, kind) + 1)
        self.figures.files += 1
        about = f"file {number} ({what}, {kind})"
        wrong = self.figures.good
        self._import(what, self._words(what, chance), about)
        if number % PROVED_EVERY == 0:
            self._prove(about)
        if wrong and not self.figures.good and self.keep:
            self.keep.mkdir(parents=True, exist_ok=True)
            (self.keep / f"{self.seed}-{number}-{what}.{kind}").write_bytes(content)

    @staticmethod
    def _words(what: str, chance: random.Random) -> list[str]:
        words = []
        if what == "sales" and chance.random() < 0.6:
            words.append("--enrol")
        if what != "products" and chance.random() < 0.2:
            words += ["--dates", chance.choice(("mdy", "dmy"))]
        if what != "members" and chance.random() < 0.2:
            words.append("--minor")
        if chance.random() < 0.05:
            words += [
                "--columns",
                chance.choice(("phone=card", "amount=total,when=date", "x=y", "=,=", "sku=name")),
            ]
        return words

    def _import(self, what: str, words: list[str], about: str) -> None:
        before = self._postings()
        trial = self._bring(what, [*words, "--dry-run"], about)
        if self._postings() != before:
            self._note("trial_posted", about)
        real = self._bring(what, words, about)
        if trial is None or real is None:
            return
        if (trial.status == UNOPENED, trial.errors) != (real.status == UNOPENED, real.errors):
            self._note("trial_differs", f"{about}: {trial.errors!r} {real.errors!r}")
        self._count(real)
        if what == "members" and real.status != UNOPENED:
            self._compare_balances(trial, real, about)
        after = self._postings()
        self._bring(what, words, about)
        if self._postings() != after:
            self._note("twice", f"{about}: {self._postings() - after} more postings")

    def _count(self, real: Answer) -> None:
        figures = self.figures
        figures.refused += real.status == UNOPENED
        figures.partly += real.status == REFUSED
        figures.whole += not real.status
        figures.rows_in += real.found.get("imported", 0)
        figures.rows_refused += len(real.found.get("refused", ()))
        figures.balances += real.found.get("balances", 0)

    def _bring(self, what: str, words: list[str], about: str) -> Answer | None:
        """Import as somebody at a command line does; None when the program came down."""
        answers, errors = io.BytesIO(), io.StringIO()
        line = ["import", what, str(self.folder / "bad"), "--shop", str(self.shop), "--json", *words]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                status = run(
                    _understood(tuple(line)),
                    bootstrap.open_shop,
                    bootstrap.languages,
                    Streams(io.BytesIO(), answers, errors),
                )
        except (Exception, SystemExit) as crash:  # noqa: BLE001 - this is what is looked for
            frame = traceback.extract_tb(crash.__traceback__)[-1]
            self._note("crashes", f"{about}: {crash!r:.200} at {Path(frame.filename).name}:{frame.lineno}")
            return None
        answer = Answer(status, errors.getvalue())
        try:
            answer.found = json.loads(answers.getvalue() or b"{}")
        except ValueError as no_json:
            self._note("speechless", f"{about}: {no_json}")
        self._hear(answer, about)
        return answer

    @cached_property
    def _wordless(self) -> set[str]:
        """What is said of a reason that nobody found words for."""
        return {say(Rejection("no_words"), language) for language in bootstrap.languages().values()}

    def _hear(self, answer: Answer, about: str) -> None:
        """Whatever is refused is refused in a sentence."""
        said = [row["message"] for row in answer.found.get("refused", ())]
        said += [row["message"] for row in answer.found.get("duplicates", ())]
        if answer.status == UNOPENED:
            said.append(answer.errors.strip())
        for text in said:
            if (
                text in self._wordless
                or " " not in text
                or "Traceback" in text
                or any(category(char) == "Cc" for char in text)
            ):
                self._note("speechless", f"{about}: {text!r:.100}")

    def _compare_balances(self, trial: Answer, real: Answer, about: str) -> None:
        """Who is new and brings something along holds exactly what the preview showed of them."""
        refused = {row["line"] for row in real.found.get("refused", ())}
        met = {
            row["line"]
            for row in real.found.get("duplicates", ())
            if row["reason"].endswith(("opened", "known"))
        }
        shown = [one for one in trial.found.get("preview", ()) if one["line"] not in refused | met]
        if not shown:
            return
        service = self._service()
        try:
            for one in shown:
                view = service.ask(Member(member=one.get("phone") or one["card"]))
                stamps = sum(amount for name, amount in one.items() if name.startswith("stamps"))
                held = sum(reward.count for reward in view.rewards) * 5 + view.progress["card"].have
                if (view.points, view.credit_minor, held) != (
                    one.get("points", 0),
                    one.get("credit_minor", 0),
                    stamps,
                ):
                    self._note("half", f"{about}: line {one['line']}")
        finally:
            service.close()

    def _service(self) -> Service:
        return bootstrap.open_shop(self.shop)

    def _postings(self) -> int:
        with closing(Connection(str(self.shop))) as connection:
            ((found,),) = connection.execute("SELECT count(*) FROM posting").fetchall()
            return int(str(found))

    def _prove(self, about: str) -> None:
        service = self._service()
        try:
            view = service.ask(Audit())
        finally:
            service.close()
        self.figures.audits += 1
        if not view.ok:
            self._note("findings", f"{about}: {view.findings[:2]}")

    def _note(self, what: str, about: str) -> None:
        setattr(self.figures, what, getattr(self.figures, what) + 1)
        if not self.figures.first:
            self.figures.first = f"{what}: {about}"
        print(f"{what}: {about}", file=sys.stderr, flush=True)


def run_files(folder: Path, seed: int, files: int, watch: Watch, keep: Path | None = None) -> Figures:
    """Hand over so many files, or as many as the watch allows."""
    importing = Importing(folder, seed, keep)
    for number in watch.steps(files, importing.figures):
        importing.hand_over(number)
    if importing.shop.name:
        importing._prove("the end")
    figures = importing.figures
    figures.peak_mb = getrusage(RUSAGE_SELF).ru_maxrss // 1024
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10**9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where to keep files that showed something")
    Watch.arguments(parser)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-imports-", dir=memory_folder()) as folder:
        figures = run_files(Path(folder), given.seed, given.files, Watch.of(given), given.keep)
    print(json.dumps(vars(figures), ensure_ascii=False))
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
