"""What may lie on a disk after a power cut, as far as file systems promise anything.

What was synced is there. Of what was not, any part may be: none, all, the first of it, some, or some
512-byte sectors of some. With `strict` folders a name that was made or removed since the folder was
last synced may be there or not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import count as numbers
from random import Random

from tests.crash.recorder import Op

SECTOR = 512
WAYS = ("none", "all", "first", "some", "torn")

Files = dict[str, bytes]
Image = dict[str, "Left"]
_states = numbers()


@dataclass(frozen=True)
class Left:
    """What a power cut left of a file: what was synced, and these writes."""

    state: int
    synced: bytes
    writes: Sequence[Op]

    @property
    def mark(self) -> bytes:
        """Name the content without putting it together; files that are alike may have several names."""
        name = blake2b(str(self.state).encode())
        for op in self.writes:
            name.update(f" {op.what} {op.at} {len(op.data)} ".encode() + op.data)
        return name.digest()

    @property
    def content(self) -> bytes:
        content = bytearray(self.synced)
        for op in self.writes:
            _apply(content, op)
        return bytes(content)


@dataclass(eq=False)
class _Inode:
    synced: bytes = b""
    waiting: list[Op] = field(default_factory=list)
    state: int = field(default_factory=_states.__next__)

    def sync(self) -> None:
        if self.waiting:
            self.synced = Left(self.state, self.synced, self.waiting).content
            self.waiting = []
            self.state = next(_states)

    def after_a_cut(self, chance: Random) -> Left:
        return Left(self.state, self.synced, tuple(_survivors(self.waiting, chance)))


def _apply(content: bytearray, op: Op) -> None:
    if op.what == "cut":
        del content[op.at :]
        content.extend(bytes(op.at - len(content)))
        return
    content.extend(bytes(max(0, op.at - len(content))))
    content[op.at : op.at + len(op.data)] = op.data


def _survivors(waiting: list[Op], chance: Random) -> Iterable[Op]:
    way = chance.choice(WAYS)
    if way == "none":
        return []
    if way == "all":
        return waiting
    if way == "first":
        return waiting[: chance.randint(0, len(waiting))]
    share = chance.choice((0.1, 0.5, 0.9))
    if way == "some":
        return [op for op in waiting if chance.random() < share]
    return [piece for op in waiting for piece in _sectors(op) if chance.random() < share]


def _sectors(op: Op) -> Iterator[Op]:
    """Cut a write at the borders of sectors: a sector is written whole or not at all."""
    if op.what != "write":
        yield op
        return
    begin = 0
    while begin < len(op.data):
        end = min(len(op.data), begin + SECTOR - (op.at + begin) % SECTOR)
        yield Op("write", op.name, op.at + begin, op.data[begin:end])
        begin = end


class Disk:
    """The files of one folder, as the program sees them and as they surely are."""

    def __init__(self, before: Files) -> None:
        self._now = {name: _Inode(content) for name, content in before.items()}
        self._sure = dict(self._now)
        self._waiting: list[tuple[str, _Inode | None]] = []

    def take(self, op: Op) -> None:
        if op.what == "made":
            self._name(op.name, _Inode())
        elif op.what == "removed":
            self._name(op.name, None)
        elif op.what in ("write", "cut"):
            self._now[op.name].waiting.append(op)
        elif op.what == "sync":
            self._now[op.name].sync()
        if op.folder:
            self._sure = dict(self._now)
            self._waiting.clear()

    def _name(self, name: str, inode: _Inode | None) -> None:
        _link(self._now, name, inode)
        self._waiting.append((name, inode))

    def cut(self, chance: Random, *, strict: bool) -> Image:
        names = self._now
        if strict:
            names = dict(self._sure)
            share = chance.choice((0.0, 0.5, 0.9))
            for name, inode in self._waiting:
                if chance.random() < share:
                    _link(names, name, inode)
        return {name: inode.after_a_cut(chance) for name, inode in names.items()}


def _link(names: dict[str, _Inode], name: str, inode: _Inode | None) -> None:
    if inode is None:
        names.pop(name, None)
    else:
        names[name] = inode


def images(ops: list[Op], before: Files, count: int, seed: int) -> Iterator[tuple[int, Image]]:
    """Cut the power at chance moments; give each moment and what may lie on the disk then."""
    chance = Random(seed)
    moments = sorted(chance.randint(0, len(ops)) for _ in range(count))
    disk, done = Disk(before), 0
    for moment in moments:
        for op in ops[done:moment]:
            disk.take(op)
        done = moment
        yield moment, disk.cut(chance, strict=chance.random() < 0.5)
