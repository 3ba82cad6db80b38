"""`loyalty-pos restore`: a backup and the sales journal, back in a shop's place or on a new computer."""

import argparse
import json
from pathlib import Path
from typing import BinaryIO

from loyalty_pos.app.backup_views import RestoredView
from loyalty_pos.app.commands import Restore
from loyalty_pos.app.language import Languages
from loyalty_pos.cli.door import OpenShop
from loyalty_pos.cli.vocabulary import written
from loyalty_pos.domain.errors import Fault


def bring_back(
    arguments: argparse.Namespace, open_shop: OpenShop, languages: Languages, answers: BinaryIO
) -> None:
    """Restore and say what came back; raises Fault or Rejection, and then nothing was replaced."""
    path: Path = arguments.shop.absolute()
    if not path.parent.is_dir():
        raise Fault("no_folder", path=str(path.parent))
    fresh = not path.exists()
    service = open_shop(path, None)
    whole = False
    try:
        done: RestoredView = service.do(
            Restore(
                path=str(arguments.backup.absolute()),
                without_key=arguments.without_key,
                journal=None if arguments.journal is None else str(arguments.journal.absolute()),
                without_journal=arguments.without_journal,
            )
        )
        whole = True
    finally:
        service.close()
        if fresh and not whole:
            for end in ("", "-wal", "-shm", ".lock"):
                path.with_name(path.name + end).unlink(missing_ok=True)
    if arguments.json:
        text = json.dumps(written(done), ensure_ascii=False)
    else:
        language = languages[done.shop.language].with_shop(done.shop)
        said = [
            language.t("The shop is back."),
            language.n(
                "{count} line of the sales journal was brought back.",
                "{count} lines of the sales journal were brought back.",
                done.journal_lines,
            ),
            language.n(
                "{count} entry left the books.", "{count} entries left the books.", done.postings_lost
            ),
            language.t("The seal of the last entry: {head}", head=language.isolate(done.head)),
        ]
        text = "\n".join(said)
    answers.write(f"{text}\n".encode())
