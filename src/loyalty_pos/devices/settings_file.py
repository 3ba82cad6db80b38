"""The window's choices in a small JSON file."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from loyalty_pos.app.settings import ASKS, ASKS_AT_FIRST, LOCKS, SCALES, UiSettings
from loyalty_pos.domain.errors import Fault


class SettingsFile:
    """Keep the choices in one file, replaced as a whole so that a power cut leaves the old or the new."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> UiSettings:
        """Read the file; a missing or broken one counts as the first start."""
        try:
            read = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return UiSettings()
        if not isinstance(read, dict):
            return UiSettings()
        language, scale, printer = read.get("language"), read.get("scale_percent"), read.get("printer")
        asks, seen = read.get("asks"), read.get("month_seen")
        lock = read.get("lock_minutes")
        sound, folder = read.get("sound"), read.get("backup_folder")
        return UiSettings(
            language=language if language in ("fa", "en") else None,
            dark=read.get("dark") is True,
            print_receipts=read.get("print_receipts") is not False,
            scale_percent=scale if type(scale) is int and scale in SCALES else None,
            printer=printer if isinstance(printer, str) else "",
            save_as_pdf=read.get("save_as_pdf") is True,
            paper_mm=58 if read.get("paper_mm") == 58 else 80,
            customer_screen=read.get("customer_screen") is True,
            public_causes=read.get("public_causes") is not False,
            touch=read.get("touch") is True,
            sound=sound if sound in ("off", "soft", "loud") else "soft",
            reduced_motion=read.get("reduced_motion") is True,
            backup_folder=folder if isinstance(folder, str) else "",
            lock_minutes=lock if type(lock) is int and lock in LOCKS else 0,
            latin_digits=read.get("latin_digits") is True,
            asks=tuple(one for one in ASKS if one in asks) if isinstance(asks, list) else ASKS_AT_FIRST,
            month_reminder=read.get("month_reminder") is not False,
            budget_warning=read.get("budget_warning") is not False,
            month_seen=seen if isinstance(seen, str) else "",
            reports_folder=_text(read, "reports_folder"),
            reports_form="xlsx" if read.get("reports_form") == "xlsx" else "pdf",
            reports_done=_text(read, "reports_done"),
        )

    def save(self, settings: UiSettings) -> None:
        """Write beside the file, then put it in its place."""
        beside = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(asdict(settings), indent=1), "utf-8")
            beside.replace(self._path)
        except OSError as trouble:
            raise Fault("settings_not_saved", path=str(self._path)) from trouble


def _text(read: dict[str, Any], name: str) -> str:
    found = read.get(name)
    return found if isinstance(found, str) else ""
