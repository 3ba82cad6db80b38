"""Keep the Persian catalogue: `python tests/catalogues.py extract|merge|prune|compile`.

extract  list every text of the program with what it still lacks in Persian
merge    fold resources/i18n/fa.d/*.po into the one catalogue and delete them
prune    drop translations no text asks for any more
compile  write the .mo file that the program reads (parts not merged yet are in it)
"""

import re
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
I18N = ROOT / "resources" / "i18n"
PERSIAN = I18N / "fa" / "LC_MESSAGES" / "loyalty_pos.po"
COMPILED = PERSIAN.with_suffix(".mo")
PARTS = I18N / "fa.d"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"t": None, "n": (1, 2), "N_": None}
_HEADER = b"""msgid ""
msgstr ""
"Project-Id-Version: Loyalty POS\\n"
"Language: fa\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
MessageId = str | tuple[str, ...]


class TranslationsDifferError(Exception):
    """Two files translate one text in two ways."""


@lru_cache(maxsize=1)
def extracted() -> Mapping[MessageId, list[str]]:
    """Find every text marked with `t`, `n` or `N_`, and where it stands."""
    found: dict[MessageId, list[str]] = {}
    for file, line, msgid, _, _ in extract_from_dir(ROOT / "src", keywords=KEYWORDS):
        found.setdefault(msgid, []).append(f"{file}:{line}")
    return found


def read(path: Path) -> Catalog:
    """Read a catalogue; a part may leave out the header, and a plural form that equals the first."""
    text = path.read_bytes()
    if not re.search(rb'^msgid ""\r?\nmsgstr ', text, re.MULTILINE):
        text = _HEADER + text
    catalogue = read_po(BytesIO(text), locale="fa", abort_invalid=True)
    for message in entries(catalogue):
        if isinstance(message.string, tuple):
            message.string = tuple(form or message.string[0] for form in message.string)
    return catalogue


def entries(catalogue: Catalog) -> Iterable[Message]:
    return (message for message in catalogue if message.id)


def parts() -> list[Path]:
    return sorted(PARTS.glob("*.po"))


def merged() -> Catalog:
    """Read the one catalogue with the parts that wait beside it."""
    whole = read(PERSIAN)
    for part in parts():
        for message in entries(read(part)):
            before = whole.get(message.id)
            if before is None:
                whole.add(message.id, message.string, flags=message.flags)
            elif before.string != message.string:
                raise TranslationsDifferError(
                    f"{part.name}: {message.id!r}: {before.string!r} / {message.string!r}"
                )
    return whole


def save(catalogue: Catalog) -> None:
    """Write the catalogue in the order of its texts, so that two branches rarely touch the same line."""
    plain = read_po(BytesIO(_HEADER), locale="fa")
    for message in sorted(entries(catalogue), key=lambda message: str(message.id)):
        plain.add(message.id, message.string, flags=message.flags)
    with PERSIAN.open("wb") as file:
        file.write(_HEADER)
        write_po(file, plain, omit_header=True, width=110)


def list_texts() -> None:
    catalogue = merged()
    for msgid, places in sorted(extracted().items(), key=lambda text: str(text[0])):
        message = catalogue.get(msgid)
        mark = " " if message is not None and message.string else "-"
        print(f"{mark} {msgid!r} ({places[0]})")


def merge() -> None:
    save(merged())
    for part in parts():
        part.unlink()


def prune() -> None:
    catalogue, used = read(PERSIAN), extracted()
    for message in list(entries(catalogue)):
        if message.id not in used:
            print(f"dropped {message.id!r}")
            catalogue.delete(message.id)
    save(catalogue)


def compile_catalogue(target: Path = COMPILED) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, merged())


def main(arguments: list[str]) -> int:
    actions = {"extract": list_texts, "merge": merge, "prune": prune, "compile": compile_catalogue}
    if len(arguments) != 1 or arguments[0] not in actions:
        print(__doc__, file=sys.stderr)
        return 2
    actions[arguments[0]]()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
