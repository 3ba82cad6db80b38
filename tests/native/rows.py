"""What stands for `domain/tuples.py` in the compiled engine: named tuples become records with fixed places.

To everybody who reads it a record is still what a named tuple is: it unpacks, compares, sorts, hashes and is
copied by its values. It is no `tuple`, and only the type checker of the sources keeps it from being changed.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar


class Row:
    """A record by its values, in the order of its fields."""

    _fields: ClassVar[tuple[str, ...]] = ()

    def _values(self) -> tuple[Any, ...]:
        raise NotImplementedError

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(type(self)._fields, self._values(), strict=True))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values())

    def __len__(self) -> int:
        return len(self._values())

    def __getitem__(self, place: Any) -> Any:
        return self._values()[place]

    def __eq__(self, other: object) -> bool:
        return self._values() == (other._values() if isinstance(other, Row) else other)

    def __lt__(self, other: Any) -> bool:
        return self._values() < tuple(other)

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        told = ", ".join([f"{name}={value!r}" for name, value in self._asdict().items()])
        return f"{type(self).__name__}({told})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._values()


def made(kind: Any, values: Sequence[Any]) -> Any:
    """Make a record of the values of all its fields, or a named tuple of somebody else."""
    return kind(*values) if issubclass(kind, Row) else tuple.__new__(kind, values)
