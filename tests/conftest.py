"""A hostile place to run in: no home, no network, no screen, no stray thread, no log line nobody expected.

What a shop would take from the machine, the time and chance, is the same on every run.
"""

import gc
import itertools
import logging
import os
import re
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from random import Random
from typing import Any, NoReturn

import apsw
import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["pytester"]

ExpectLog = Callable[[int, str], AbstractContextManager[None]]

# The shops of the tests live in memory where there is plenty: each commit waits for its disk, and a run makes
# tens of thousands of them. What a disk does to a shop is proved by tests that play the disk themselves.
_MEMORY = Path("/dev/shm")
if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > 2 << 30:
    os.environ["TMPDIR"] = str(_MEMORY)
    tempfile.tempdir = None

_HOME = Path(tempfile.mkdtemp(prefix="loyalty-pos-home-"))
_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "run",
}
_MACHINE_MOODS = (
    "LANGUAGE",
    "LC_MESSAGES",
    "LC_NUMERIC",
    "LC_TIME",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "QT_STYLE_OVERRIDE",
)

# Before anything imports Qt or asks where settings live; subprocesses of the tests inherit it.
for _name, _folder in _FOLDERS.items():
    (_HOME / _folder).mkdir(mode=0o700, exist_ok=True)
    os.environ[_name] = str(_HOME / _folder)
for _name in _MACHINE_MOODS:
    os.environ.pop(_name, None)
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["QT_QPA_PLATFORM"] = "offscreen"

# The same examples on every run and machine, so that a red run means a change; `short` takes the first
# of them for `make test`, `make check` takes all, and `explore` looks for new ones:
# HYPOTHESIS_PROFILE=explore make test
settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("short", settings.get_profile("fixed"), max_examples=25)
settings.register_profile("explore", settings.get_profile("fixed"), derandomize=False, max_examples=2_000)
_PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "fixed")
settings.load_profile(_PROFILE)

NOON_MS = (
    1_795_280_000_000 - 8 * 3_600_000
)  # 21 November 2026, eight hours before tests/ui/counter/rig.NOW_MS
BUILT_MS = NOON_MS - 3_600_000


class _Held:
    """The program's clock and chance in the tests: none meets a midnight, a feast day or a code of its own.

    A test begins at noon whenever it runs; what tests share was built an hour before.
    """

    def __init__(self) -> None:
        self.begin(BUILT_MS, "")

    def begin(self, at_ms: int, seed: str) -> None:
        self._at_ms, self._began_ns = at_ms, time.monotonic_ns()
        self._chance = Random(None if _PROFILE == "explore" else seed)

    def now_ms(self) -> int:
        return self._at_ms + (time.monotonic_ns() - self._began_ns) // 1_000_000

    def bits(self, count: int) -> int:
        return self._chance.getrandbits(count)


_HELD = _Held()


_WINDOWS = itertools.count(1)
WINDOWS_TO_A_COLLECTION = 20


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    _HELD.begin(NOON_MS, item.nodeid)
    _hold_collections(item)


def _hold_collections(item: pytest.Item) -> None:
    """Let no collection begin by itself while a test has widgets, nor while they go (ui/collector.py).

    Here nothing is being freed, so here what the tests before have left is collected, now and then.
    """
    if "ui" not in item.path.parts and "qapp" not in getattr(item, "fixturenames", ()):
        gc.enable()
        return
    gc.disable()
    if next(_WINDOWS) % WINDOWS_TO_A_COLLECTION == 0:
        gc.collect()


class _BuiltBefore:
    """Builds what tests share at the same time and with the same codes, whichever test asks first."""

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[Any]:
        global _HELD
        if fixturedef.scope == "function":
            return (yield)
        of_the_test, _HELD = _HELD, _Held()
        _HELD.begin(BUILT_MS, fixturedef.argname)
        try:
            return (yield)
        finally:
            _HELD = of_the_test


def pytest_configure(config: pytest.Config) -> None:
    """Stand above the folder of the tests: no conftest of a folder is asked about what a session shares."""
    config.pluginmanager.register(_BuiltBefore())


@pytest.fixture(scope="session", autouse=True)
def _time_and_chance_are_held() -> Iterator[None]:
    """Give every shop that is opened as the program opens it the held clock and chance."""
    from loyalty_pos import bootstrap

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap.SystemClock, "now_ms", lambda self: _HELD.now_ms())
        patch.setattr(bootstrap.SystemChance, "ref", lambda self: f"{_HELD.bits(64):016x}")
        patch.setattr(bootstrap.SystemChance, "code_bits", lambda self: _HELD.bits(80))
        yield


def pytest_collection_finish() -> None:
    """Leave what was loaded out of every later collection of garbage: it stays to the end."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Leave nothing behind on the machine."""
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every way to another machine; pipes and local sockets stay open."""

    def refuse(*_arguments: object, **_options: object) -> NoReturn:
        raise AssertionError("a test tried to reach the network")

    real_connect = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            refuse()
        real_connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket.socket, "connect_ex", connect)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


class _LogWatch(logging.Handler):
    """Collect what is logged at warning level or above, from whatever thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def take(self, level: int, pattern: str) -> int:
        """Remove the records of this level whose message matches; return how many there were."""
        taken = [r for r in self.records if r.levelno == level and re.search(pattern, r.getMessage())]
        self.records = [r for r in self.records if r not in taken]
        return len(taken)


@pytest.fixture(autouse=True)
def _log_watch() -> Iterator[_LogWatch]:
    """Fail a test in which a warning or worse was logged, unless `expect_log` announced it."""
    watch = _LogWatch()
    root = logging.getLogger()
    root.addHandler(watch)
    yield watch
    root.removeHandler(watch)
    if watch.records:
        lines = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in watch.records]
        pytest.fail("logged, but nobody expected it:\n" + "\n".join(lines), pytrace=False)


@pytest.fixture
def expect_log(_log_watch: _LogWatch) -> ExpectLog:
    """Return the context manager `expect_log(level, pattern)`: within it such a line must be logged."""

    @contextmanager
    def expecting(level: int, pattern: str) -> Iterator[None]:
        yield
        if not _log_watch.take(level, pattern):
            pytest.fail(f"no {logging.getLevelName(level)} matching {pattern!r} was logged", pytrace=False)

    return expecting


@pytest.fixture(autouse=True)
def _no_stray_threads() -> Iterator[None]:
    """Fail a test that leaves a thread running; give those that are ending ten seconds to end."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + 10.0
    # Python shows a foreign (Qt) thread that once ran Python code as a dummy for ever.
    new = [t for t in threading.enumerate() if t not in before and not isinstance(t, threading._DummyThread)]
    for thread in new:
        thread.join(max(0.0, end - time.monotonic()))
    stray = sorted(t.name for t in new if t.is_alive())
    if stray:
        pytest.fail(f"threads still running after the test: {', '.join(stray)}", pytrace=False)


@pytest.fixture(scope="session", autouse=True)
def _empty_file_is_built_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Build the empty file step by step once; every later new file starts as a copy of that one."""
    from loyalty_pos.store import opening

    built = tmp_path_factory.mktemp("empty") / "empty.db"
    opening.open_database(built, create=True).close()
    empty = apsw.Connection(str(built), flags=apsw.SQLITE_OPEN_READONLY)
    migrate, newest = opening._migrate, opening.head_version()

    def copied(db: opening.Database, head: int) -> None:
        if head != newest or not opening._is_empty(db):
            migrate(db, head)
            return
        with db.connection().backup("main", empty, "main") as copy:
            copy.step()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "_migrate", copied)
        yield
    empty.close()
