"""The lists of a shop in and out for a window: what the command line does, told as sentences."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from loyalty_pos.app.exchange import ExchangeView, ListName
from loyalty_pos.app.language import Language, LanguageCode, Languages
from loyalty_pos.app.pacing import Tell
from loyalty_pos.app.queries import Shop
from loyalty_pos.cli.door import OpenShop
from loyalty_pos.cli.exporting import told_written, write_list
from loyalty_pos.cli.importing import COLUMNS, Wanted, shop_at, take_in
from loyalty_pos.cli.sentences import say
from loyalty_pos.cli.telling import told
from loyalty_pos.domain.errors import Fault, Rejection


class Lists:
    """Bring in and write the lists of one shop's file (app.exchange.Exchange)."""

    def __init__(self, shop_file: Path, open_shop: OpenShop, languages: Languages) -> None:
        self._shop_file, self._open_shop, self._languages = shop_file, open_shop, languages

    def bring_in(
        self,
        what: ListName,
        file: Path,
        *,
        trial: bool,
        enrol: bool,
        language: LanguageCode,
        tell: Tell,
    ) -> ExchangeView:
        """Import a file, or with `trial` say what would happen."""
        wanted = Wanted(what=what, file=file, dry_run=trial, enrol=enrol)

        def taken(service: Any, speaker: Language) -> ExchangeView:
            done = take_in(wanted, service, self._languages, lambda total: nullcontext(_Bar(tell, total)))
            lines = told(what, done, speaker, more=speaker.t("… and more.")).split("\n")
            return ExchangeView(
                lines=tuple(lines), rows=done.imported + done.changed, refused=len(done.refused)
            )

        return self._with_shop(taken, what, language)

    def write(self, what: ListName, file: Path, *, language: LanguageCode, tell: Tell) -> ExchangeView:
        """Write a list to a .csv or .xlsx file, replacing what is there; stopped, the file is as it was."""

        def written(service: Any, speaker: Language) -> ExchangeView:
            rows = write_list(what, file, service, speaker, tell)
            return ExchangeView(lines=(told_written(file, rows, speaker),), rows=rows)

        return self._with_shop(written, what, language)

    def _with_shop(
        self, work: Callable[[Any, Language], ExchangeView], what: ListName, language: LanguageCode
    ) -> ExchangeView:
        try:
            with shop_at(self._shop_file, self._open_shop) as service:
                return work(service, self._languages[language].with_shop(service.ask(Shop())))
        except (Rejection, Fault) as no:
            if no.code == "stopped":
                raise
            return ExchangeView(lines=(_why(no, what, self._languages[language]),), broken=True)


def _why(no: Rejection | Fault, what: ListName, language: Language) -> str:
    if no.code == "column_not_found":  # who has no command line cannot say which column it is
        return language.t(
            "No column looks like “{value}”. Give it that heading, save the file and choose it again.",
            value=COLUMNS[what].title(str(no.facts["value"]), language),
        )
    return say(no, language)


class _Bar:
    def __init__(self, tell: Tell, total: int) -> None:
        self._tell, self._total, self._rows = tell, max(0, total), 0

    def update(self, rows: int) -> None:
        """Tell of a batch, and stop after it when nobody wants more."""
        self._rows += rows
        if not self._tell(self._rows, self._total):
            raise Rejection("import_stopped")
