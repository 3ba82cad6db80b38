"""The engine as machine code: mypyc compiles a copy of `domain`, and of what a sale runs through around it.

What is in `src` stays the only truth.
"""

import ast
import hashlib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src"
BUILT = ROOT / "build" / "native"
TREE = BUILT / "src"
"""The whole program, its engine compiled; all else in it is the program's own files."""
_APP = """account_views asked_sales causes codes desk drafting events game_views games gift_card_views
    gift_cards gifts handlers_members handlers_sales made_vouchers months named pasts people playing
    programme_uses programmes records reservations sale_figures sale_views standings sweeping terms
    trace_words views warranties wording"""
_STORE = "chain ledger_store month_store people_store shop_store standing_store"
AROUND = (*(f"app/{name}" for name in _APP.split()), *(f"store/{name}" for name in _STORE.split()))
"""What a look-up and a sale run through besides the rules, from handler to rows, and what builds on it."""
GROUP = "loyalty_pos_engine"
"""What names the library with the machine code of all modules: `loyalty_pos_engine__mypyc`."""
STAMP = BUILT / "sources.sha256"
NO_COMPILER = "No C compiler here: the engine stays plain Python, which says the same, only slower."

NOT_COMPILED = (
    "There is no compiled engine of these sources: `make native` makes one where there is a C compiler."
)


def engine_files() -> list[Path]:
    package = SOURCES / "loyalty_pos"
    return [*sorted((package / "domain").glob("*.py")), *(package / f"{name}.py" for name in AROUND)]


def name_of(path: Path) -> str:
    """Name a module by its room and its file: `domain/quote`."""
    return f"{path.parent.name}/{path.stem}"


def sum_of(files: Sequence[Path]) -> str:
    """Sum up what a compiled engine is made of: its sources, and how they are compiled."""
    how = [Path(__file__).with_name(f"{name}.py") for name in ("build", "records", "rows")]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in (*files, *how))).hexdigest()


def compiled_tree() -> Path | None:
    """Return the folder to import the compiled program from; None unless it is of the sources as they are."""
    if not STAMP.is_file() or STAMP.read_text(encoding="ascii") != sum_of(engine_files()):
        return None
    return TREE


def unseen() -> list[str]:
    """Name the library, the modules of the engine, and all they import."""
    names = {f"{GROUP}__mypyc"}
    for path in engine_files():
        names.add(f"loyalty_pos.{name_of(path).replace('/', '.')}")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names |= {node.module, *_modules_of(node.module, node.names)}
    return sorted(names - {"loyalty_pos.domain.__init__"})


def _modules_of(package: str, asked: Sequence[ast.alias]) -> set[str]:
    """Return the modules among what is imported from a package of ours."""
    folder = SOURCES.joinpath(*package.split("."))
    return {f"{package}.{one.name}" for one in asked if (folder / f"{one.name}.py").is_file()}
