"""The till's sounds, computed: a scan heard, nothing found, a reward completed."""

import io
import math
import struct
import wave
from typing import Literal

from loyalty_pos.app.sounds import SoundName
from loyalty_pos.domain.lazy import dataclass

RATE = 22_050
_PEAK = {"soft": 0.18, "loud": 0.7}
_EDGE_S = 0.006  # a tone that begins at once clicks


@dataclass(frozen=True, slots=True)
class Tone:
    """One tone; a pitch of 0 is a pause."""

    hertz: float
    seconds: float


SOUNDS: dict[SoundName, tuple[Tone, ...]] = {
    "found": (Tone(1760, 0.07),),
    "not_found": (Tone(294, 0.13), Tone(0, 0.06), Tone(262, 0.18)),
    "reward": (Tone(784, 0.09), Tone(988, 0.09), Tone(1319, 0.2)),
}


def wav(name: SoundName, loudness: Literal["soft", "loud"]) -> bytes:
    """Compute a sound as a WAV file: one channel, 16 bits."""
    samples = [value for tone in SOUNDS[name] for value in _samples(tone, _PEAK[loudness])]
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return made.getvalue()


def _samples(tone: Tone, peak: float) -> list[int]:
    count, edge = round(tone.seconds * RATE), _EDGE_S * RATE
    if not tone.hertz:
        return [0] * count
    turn = 2 * math.pi * tone.hertz / RATE
    return [
        round(32_767 * peak * min(1.0, at / edge, (count - at) / edge) * math.sin(turn * at))
        for at in range(count)
    ]
