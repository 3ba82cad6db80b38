"""What a till says without words."""

from typing import Literal, Protocol

SoundName = Literal["found", "not_found", "reward"]
Loudness = Literal["off", "soft", "loud"]


class Speaker(Protocol):
    """Plays a sound; called on a thread of its own, and silent where nothing can play."""

    def play(self, name: SoundName, loudness: Loudness) -> None:
        """Begin a sound and return; trouble is for the log alone."""
        ...
