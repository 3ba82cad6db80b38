"""The keyed hash chain of a till: each posting seals the one before it (rules 5, ADR 8).

The key lies beside the shop's file, readable by its owner only. A file whose key is missing goes on
under a new epoch; what the lost key sealed can then no longer be checked, and the audit says so.
"""

import os
from hashlib import blake2b
from pathlib import Path

from loyalty_pos.app.records import json_bytes
from loyalty_pos.domain.lazy import dataclass

KEY_BYTES = 32
START = bytes(32)


@dataclass(frozen=True, slots=True)
class Seal:
    """Everything of a posting that history must never change."""

    seq: int
    key: str
    request_hash: bytes
    kind: str
    member: int | None
    actor: str
    till: str
    epoch: int
    at_ms: int
    business_day: str
    record: str
    entries: tuple[tuple[int, int | None, int, str, int | None], ...]
    """Account, lot, amount, kind, entry reversed."""
    lots: tuple[tuple[int, int, int, str | None, int], ...]
    """Lot, account, available from, expires on, revision."""

    def hashed(self, key: bytes, prev: bytes) -> bytes:
        # As compact as JSON can be; audits of sales to come depend on every byte of it.
        body = json_bytes(
            [
                self.seq,
                self.key,
                self.request_hash.hex(),
                self.kind,
                self.member,
                self.actor,
                self.till,
                self.epoch,
                self.at_ms,
                self.business_day,
                self.record,
                self.entries,
                self.lots,
            ]
        )
        return blake2b(prev + body, digest_size=32, key=key, person=b"ledger-v1").digest()


def key_path(shop_file: Path) -> Path:
    return shop_file.with_name(shop_file.name + ".key")


class KeyRing:
    """The till's keys by epoch, one hexadecimal line each, in a file only its owner may read."""

    def __init__(self, shop_file: Path) -> None:
        self._path = key_path(shop_file)
        self._keys: dict[int, bytes] = {}
        self._load()

    def key(self, epoch: int) -> bytes | None:
        if epoch not in self._keys:
            self._load()  # another program on this file may have begun the epoch
        return self._keys.get(epoch)

    def current(self, last_epoch: int) -> int:
        """Return the epoch to write under, starting a new one when the last one's key is gone."""
        newest = max(self._keys, default=0)
        if newest > last_epoch:
            return newest  # begun by a restore
        if last_epoch and self.key(last_epoch) is not None:
            return last_epoch
        epoch = last_epoch + 1
        if self.key(epoch) is None:
            self._keys[epoch] = os.urandom(KEY_BYTES)
            self.save_as(self._path)
        return epoch

    def epochs(self) -> tuple[int, ...]:
        return tuple(sorted(self._keys))

    def _load(self) -> None:
        if self._path.exists():
            for line in self._path.read_text("ascii").splitlines():
                epoch, _, key = line.partition(" ")
                self._keys[int(epoch)] = bytes.fromhex(key)

    def adopt(self, *others: "KeyRing") -> None:
        """Take in the keys of other rings; where they disagree the later ring counts."""
        for other in others:
            self._keys.update(other._keys)

    def begin_epoch(self, last_epoch: int) -> None:
        """Make the key of an epoch that no file knows yet; what is written next is written under it."""
        self._keys[max(last_epoch, *self._keys, 0) + 1] = os.urandom(KEY_BYTES)

    def save_as(self, path: Path) -> None:
        """Write every key to a file, beside it first and then swapped in, so that a power cut loses none."""
        fresh = path.with_name(path.name + ".new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write("".join(f"{epoch} {key.hex()}\n" for epoch, key in sorted(self._keys.items())))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
