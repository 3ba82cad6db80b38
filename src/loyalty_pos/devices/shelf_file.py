"""Drafts of programmes in a small JSON file."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from loyalty_pos.app.unpublished import KeptDraft, Shelf
from loyalty_pos.domain.errors import Fault


class ShelfFile:
    """Keep the drafts in one file, replaced as a whole so that a power cut leaves the old or the new."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Shelf:
        """Read the file; what is missing or broken in it counts as no draft."""
        try:
            read = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        shelf: Shelf = {}
        for shop, drafts in read.items() if isinstance(read, dict) else ():
            for key, fields in drafts.items() if isinstance(drafts, dict) else ():
                draft = _draft(fields)
                if draft is not None:
                    shelf.setdefault(shop, {})[key] = draft
        return shelf

    def save(self, drafts: Shelf) -> None:
        """Write beside the file, then put it in its place."""
        plain = {
            shop: {key: asdict(draft) for key, draft in kept.items()} for shop, kept in drafts.items() if kept
        }
        beside = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(plain, ensure_ascii=False, indent=1), "utf-8")
            beside.replace(self._path)
        except OSError as trouble:
            raise Fault("settings_not_saved", path=str(self._path)) from trouble


def _draft(fields: Any) -> KeptDraft | None:
    wanted = {"kind": str, "name": str, "params": dict, "when": dict, "revision": int, "at_ms": int}
    if not isinstance(fields, dict) or fields.keys() != wanted.keys():
        return None
    if any(type(fields[name]) is not kind for name, kind in wanted.items()):
        return None
    return KeptDraft(**fields)
