"""`python -m tests.native.build`: compile the engine with mypyc into `build/native`.

Nothing goes beside the sources: there Python runs, and coverage sees it.
"""

import os
import shutil
import sys
import sysconfig
import time
from contextlib import suppress
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from setuptools import Distribution
from setuptools.errors import CompileError, PlatformError

from tests.native import (
    BUILT,
    GROUP,
    NO_COMPILER,
    SOURCES,
    STAMP,
    TREE,
    compiled_tree,
    engine_files,
    name_of,
    sum_of,
)
from tests.native.records import compilable, written_out

STAGE, GENERATED, OBJECTS = BUILT / "stage", BUILT / "c", BUILT / "objects"
OPTIMISED = "2"
AS_ONE = ("-flto=auto", "-fno-semantic-interposition")
LINKED_AS_ONE = (*AS_ONE, "-Wl,-Bsymbolic")
"""What GCC needs to see all modules as one: calls between them go straight there, or are written out."""
COMPILED = tuple(EXTENSION_SUFFIXES)


def main() -> int:
    """Compile, and say how long it took; without a C compiler say so, and leave Python to do it."""
    began = time.monotonic()
    files = engine_files()
    told = sum_of(files)  # a source that is changed meanwhile is in no engine yet
    sources = {name_of(path): path.read_text(encoding="utf-8") for path in files}
    names = compilable(sources)
    if compiled_tree() is None:
        shutil.rmtree(TREE, ignore_errors=True)
        STAMP.unlink(missing_ok=True)
        stage(sources, names)
        try:
            compile_stage(names)
        except (CompileError, PlatformError) as error:
            if has_compiler():
                raise
            print(f"{NO_COMPILER} ({error})")
            return 0
        print(f"The engine is compiled: {len(names)} modules in {time.monotonic() - began:.0f} s, in {TREE}")
    link_rest(set(names))
    STAMP.write_text(told, encoding="ascii")
    return 0


def has_compiler() -> bool:
    return any(shutil.which(name) for name in (os.environ.get("CC", "cc").split()[0], "gcc", "clang", "cl"))


def sees_as_one() -> bool:
    """Whether the compiler is GCC: others call these options by other names, and do without."""
    return "gcc" in (os.environ.get("CC") or sysconfig.get_config_var("CC") or "")


def stage(sources: dict[str, str], names: list[str]) -> None:
    """Write the modules that are compiled, as they are compiled; what is as it was keeps its date."""
    texts = {name: written_out(sources[name]) for name in names}
    texts["domain/tuples"] = written_out((Path(__file__).parent / "rows.py").read_text(encoding="utf-8"))
    texts |= {f"{room}/__init__": "" for room in {name.partition("/")[0] for name in names} | {"."}}
    package = STAGE / "loyalty_pos"
    wanted = {package / f"{name}.py": text for name, text in texts.items()}
    for old in set(package.rglob("*.py")) - set(wanted):
        old.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def compile_stage(names: list[str]) -> None:
    from mypyc.build import mypycify  # loads the whole type checker

    before = Path.cwd()
    os.environ["MYPYPATH"] = str(SOURCES)  # what is not compiled tells its types there
    os.chdir(STAGE)  # what a module is called follows from its path
    try:
        modules = mypycify(
            ["--ignore-missing-imports", *[f"loyalty_pos/{name}.py" for name in names]],
            opt_level=OPTIMISED,
            multi_file=True,
            group_name=GROUP,
            target_dir=str(GENERATED),
        )
        for module in modules if sees_as_one() else ():
            module.extra_compile_args = [*module.extra_compile_args, *AS_ONE]
            module.extra_link_args = [*module.extra_link_args, *LINKED_AS_ONE]
        build = Distribution({"ext_modules": modules}).get_command_obj("build_ext")
        build.build_lib, build.build_temp = str(TREE), str(OBJECTS)
        build.ensure_finalized()
        build.run()
    finally:
        os.chdir(before)


def link_rest(compiled: set[str]) -> None:
    """Put everything that is not compiled beside it, as it is now; as a link where the system knows links."""
    package = SOURCES / "loyalty_pos"
    rooms = {package / name.partition("/")[0] for name in compiled}
    inside = [TREE / room.relative_to(SOURCES) for room in rooms]
    for folder in (TREE / "loyalty_pos", *inside):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            if old not in inside and not old.name.endswith(COMPILED):
                _remove(old)
    parts = [path for path in package.iterdir() if path not in rooms]
    parts += [path for room in rooms for path in room.iterdir() if name_of(path) not in compiled]
    for path in parts:
        if path.name != "__pycache__":
            _link(path, TREE / path.relative_to(SOURCES))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


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
