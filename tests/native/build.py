"""`python -m tests.native.build`: compile the engine with mypyc into `build/native`.

Nothing goes beside the sources: there Python runs, and coverage sees it.
"""

import os
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path

from setuptools import Distribution
from setuptools.errors import CompileError, PlatformError

from tests.native import BUILT, GROUP, NO_COMPILER, SOURCES, STAMP, TREE, engine_files, sum_of
from tests.native.records import compilable, written_out

STAGE, GENERATED, OBJECTS = BUILT / "stage", BUILT / "c", BUILT / "objects"
OPTIMISED = "2"


def main() -> int:
    """Compile, and say how long it took; without a C compiler say so, and leave Python to do it."""
    began = time.monotonic()
    shutil.rmtree(TREE, ignore_errors=True)
    STAMP.unlink(missing_ok=True)
    files = engine_files()
    sources = {path.stem: path.read_text(encoding="utf-8") for path in files}
    names = compilable(sources)
    stage(sources, names)
    try:
        compile_stage(names)
    except (CompileError, PlatformError) as error:
        if has_compiler():
            raise
        print(f"{NO_COMPILER} ({error})")
        return 0
    link_rest(set(names))
    STAMP.write_text(sum_of(files), encoding="ascii")
    print(f"The engine is compiled: {len(names)} modules in {time.monotonic() - began:.0f} s, in {TREE}")
    return 0


def has_compiler() -> bool:
    return any(shutil.which(name) for name in (os.environ.get("CC", "cc").split()[0], "gcc", "clang", "cl"))


def stage(sources: dict[str, str], names: list[str]) -> None:
    """Write the modules that are compiled, as they are compiled; what is as it was keeps its date."""
    domain = STAGE / "loyalty_pos" / "domain"
    domain.mkdir(parents=True, exist_ok=True)
    texts = {name: written_out(sources[name]) for name in names}
    texts["tuples"] = written_out((Path(__file__).parent / "rows.py").read_text(encoding="utf-8"))
    for old in domain.glob("*.py"):
        if old.stem not in texts:
            old.unlink()
    for name, text in {**texts, "__init__": "", "../__init__": ""}.items():
        path = domain / f"{name}.py"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def compile_stage(names: list[str]) -> None:
    from mypyc.build import mypycify  # loads the whole type checker

    before = Path.cwd()
    os.chdir(STAGE)  # what a module is called follows from its path
    try:
        modules = mypycify(
            ["--ignore-missing-imports", *[f"loyalty_pos/domain/{name}.py" for name in names]],
            opt_level=OPTIMISED,
            multi_file=True,
            group_name=GROUP,
            target_dir=str(GENERATED),
        )
        build = Distribution({"ext_modules": modules}).get_command_obj("build_ext")
        build.build_lib, build.build_temp = str(TREE), str(OBJECTS)
        build.ensure_finalized()
        build.run()
    finally:
        os.chdir(before)


def link_rest(compiled: set[str]) -> None:
    """Put everything that is not compiled beside it, as a link where the system knows links."""
    package, domain = SOURCES / "loyalty_pos", SOURCES / "loyalty_pos" / "domain"
    parts = [path for path in package.iterdir() if path != domain]
    parts += [path for path in domain.iterdir() if path.stem not in compiled]
    for path in parts:
        if path.name != "__pycache__":
            _link(path, TREE / path.relative_to(SOURCES))


def _link(path: Path, to: Path) -> None:
    with suppress(OSError):
        to.symlink_to(path, target_is_directory=path.is_dir())
        return
    if path.is_dir():
        shutil.copytree(path, to)
    else:
        shutil.copy(path, to)


if __name__ == "__main__":
    sys.exit(main())
