"""One short file for each programme kind, of the same name; a kind is found because its file is here."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.kinds import Kind


def module_names() -> list[str]:
    """List the modules that hold a kind each; a build has to be told them."""
    return [f"{__name__}.{found.name}" for found in iter_modules(__path__)]


@cache
def kinds() -> Mapping[str, Kind[Any]]:
    """Find every kind, by name. Raises RuntimeError when there is none: a build lost its files."""
    modules = [import_module(name) for name in module_names()]
    found = {module.KIND.name: module.KIND for module in modules}
    if not found:
        raise RuntimeError("no programme kinds were shipped with this program")
    return dict(sorted(found.items()))


@cache
def kind_named(name: str) -> Kind[Any]:
    """Return a kind, from the file of its name; raises InvalidRequest when there is none.

    A shop runs a few kinds, so a start loads those alone.
    """
    module = f"{__name__}.{name}"
    if module not in module_names():
        raise InvalidRequest("kind", "unknown_kind", value=name, known=", ".join(kinds()))
    kind: Kind[Any] = import_module(module).KIND
    return kind
