"""The counter's sounds, on a thread of their own: no scan waits for a loudspeaker."""

from PySide6.QtCore import QObject

from loyalty_pos.app.sounds import Loudness, SoundName, Speaker
from loyalty_pos.ui.worker import Worker


class Sounds:
    """Play what happened as loud as was chosen; the thread begins with the first sound."""

    def __init__(self, speaker: Speaker | None, loudness: Loudness, parent: QObject) -> None:
        self._speaker, self._parent = speaker, parent
        self._worker: Worker | None = None
        self.loudness: Loudness = loudness

    @property
    def idle(self) -> bool:
        """Whether nothing is about to be played."""
        return self._worker is None or self._worker.idle

    def play(self, name: SoundName) -> None:
        """Play a sound; of several that wait only the newest is heard."""
        speaker, loudness = self._speaker, self.loudness
        if speaker is None or loudness == "off":
            return
        if self._worker is None:
            self._worker = Worker("sound", self._parent)
        self._worker.submit(lambda: speaker.play(name, loudness), subject="sound", slot="sound")

    def choose(self, loudness: Loudness) -> None:
        """Be this loud from now on, and let it be heard."""
        if loudness != self.loudness:
            self.loudness = loudness
            self.play("found")

    def close(self) -> None:
        """Stop."""
        if self._worker:
            self._worker.close()
