"""Dataclasses whose methods are written when the first one is made or somebody asks for their fields.

The standard decorator writes and compiles the source of up to six methods for every class as soon as it is
loaded. A till loads some three hundred records and needs a third of them until the first member is
found; writing them all took as long as an empty window takes to open. What makes a record and guards it is
written first; what compares, shows and hashes it, which few are ever asked for, takes as long again.
"""

import dataclasses
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, **options):
        """Make a class a dataclass as the standard decorator does, only later."""
        return _later(cls, options) if cls else lambda made: _later(made, options)


_ASKED_FOR = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")
_FIRST = ("__dataclass_fields__", "__match_args__", "__setattr__", "__delattr__", "__init__")
_COMPARING = {"__repr__": "repr", "__eq__": "eq", "__hash__": "eq"}
"""What frozen ones are seldom asked for, and the option that leaves it out."""
_WRITTEN = (*_ASKED_FOR, *_COMPARING, "__setattr__", "__delattr__", "__init__")


def _later(cls: Any, options: dict[str, Any]) -> Any:
    plain = MappingProxyType(
        {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    )
    made = _with_slots(cls, plain) if options.pop("slots", False) else cls

    def write(names: tuple[str, ...] = _WRITTEN, **left_out: bool) -> None:
        """Let the standard decorator write a twin's methods; two threads at once write the same."""
        twin = type(cls)(cls.__name__, cls.__bases__, {"__doc__": "-", **plain})
        written = vars(dataclasses.dataclass(**options | left_out)(twin))
        for name in names:
            if name in written:
                setattr(made, name, written[name])

    def first(self: Any, *args: Any, **values: Any) -> None:
        if options.get("frozen"):
            write(_FIRST, repr=False, eq=False)
            for name, option in _COMPARING.items():
                if options.get(option, True) and name not in plain:
                    setattr(made, name, standing_in(name))
        else:
            write()
        made.__init__(self, *args, **values)

    def standing_in(name: str) -> Any:
        def comparing(self: Any, *args: Any) -> Any:
            write()
            return getattr(made, name)(self, *args)

        return comparing

    for name in _ASKED_FOR:
        setattr(made, name, _Unwritten(name, write))
    if "__init__" not in plain:
        made.__init__ = first
    return made


def _with_slots(cls: Any, plain: MappingProxyType[str, Any]) -> Any:
    names = plain.get("__annotations__", {})
    slotted = {name: value for name, value in plain.items() if name not in names}
    slotted |= {"__slots__": tuple(names), "__getstate__": _state, "__setstate__": _set_state}
    made = type(cls)(cls.__name__, cls.__bases__, slotted)
    made.__qualname__ = cls.__qualname__
    return made


class _Unwritten:
    """Stand for what the standard decorator adds to a class, until it is asked for."""

    def __init__(self, name: str, write: Any) -> None:
        self._name, self._write = name, write

    def __get__(self, instance: object, owner: type[Any]) -> Any:
        self._write()
        return getattr(owner, self._name)


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
