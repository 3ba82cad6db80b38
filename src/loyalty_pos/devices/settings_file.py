"""The window's choices in one small file, whole or not at all."""

import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path

from loyalty_pos.app.settings import UiSettings
from loyalty_pos.domain.errors import Fault


class SettingsFile:
    """Keeps `UiSettings` as JSON; a missing or unreadable file is the first start."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> UiSettings:
        """Read the choices; what is missing or unreadable is as on the first start."""
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return UiSettings()
        if not isinstance(found, dict):
            return UiSettings()
        language = found.get("language")
        return UiSettings(
            language=language if language in ("fa", "en") else None,
            dark=found.get("dark") is True,
            print_receipts=found.get("print_receipts") is not False,
        )

    def save(self, settings: UiSettings) -> None:
        """Keep the choices. Raises Fault `settings_not_saved`; the program goes on with them all the same."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".", dir=self._path.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(asdict(settings), file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        except OSError as error:
            raise Fault("settings_not_saved", path=str(self._path)) from error
