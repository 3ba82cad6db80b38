"""The till's loudspeaker, through what every system has; no sound library is carried along."""

import logging
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal

from loyalty_pos.app.sounds import Loudness, SoundName
from loyalty_pos.devices.tones import wav

log = logging.getLogger(__name__)

PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
"""Programs that play a WAV file: PipeWire, PulseAudio, ALSA, macOS."""


class SystemSpeaker:
    """Play through the system's own player; the files are made in `folder` when they are first wanted.

    Every trouble, a machine without sound included, is silence and a line for whoever looks for it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._playing: list[subprocess.Popen[bytes]] = []
        self._player: list[str] | None = None

    def play(self, name: SoundName, loudness: Loudness) -> None:
        """Begin a sound; one that still plays is left to end."""
        if loudness == "off":
            return
        try:
            self._begin(self._file(name, loudness))
        except (OSError, RuntimeError) as trouble:
            log.debug("no sound: %s", trouble)

    def _begin(self, file: Path) -> None:
        self._playing = [each for each in self._playing if each.poll() is None]
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        elif player := self._found():
            nothing = subprocess.DEVNULL
            self._playing.append(
                subprocess.Popen(  # noqa: S603 - the system's player, our own file
                    [*player, str(file)], stdin=nothing, stdout=nothing, stderr=nothing
                )
            )
        else:
            log.debug("no sound: nothing here plays it")

    def _found(self) -> list[str]:
        """Find a player once."""
        if self._player is None:
            there = ([path, *rest] for name, *rest in PLAYERS if (path := shutil.which(name)))
            self._player = next(there, [])
        return self._player

    def _file(self, name: SoundName, loudness: Literal["soft", "loud"]) -> Path:
        file = self._folder / f"{name}-{loudness}.wav"
        if not file.is_file():
            self._folder.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            part.write_bytes(wav(name, loudness))
            part.replace(file)
        return file
