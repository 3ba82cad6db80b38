"""The sounds a till makes are small, end quietly and go where they should: up, or down."""

import io
import struct
import wave
from itertools import pairwise
from typing import Literal

import pytest

from loyalty_pos.app.sounds import SoundName
from loyalty_pos.devices.tones import SOUNDS, wav


def samples(name: SoundName, loudness: Literal["soft", "loud"] = "loud") -> tuple[int, ...]:
    with wave.open(io.BytesIO(wav(name, loudness))) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return struct.unpack(f"<{file.getnframes()}h", file.readframes(file.getnframes()))


def pitch(part: tuple[int, ...]) -> int:
    """Count how often the wave crosses zero upwards, which is its pitch."""
    return sum(before < 0 <= after for before, after in pairwise(part)) * 22_050 // len(part)


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_is_short_small_and_begins_and_ends_without_a_click(name: SoundName) -> None:
    heard = samples(name)
    assert len(wav(name, "loud")) < 20_000
    assert max(abs(heard[0]), abs(heard[-1])) < 500
    assert max(map(abs, heard)) < 32_767


@pytest.mark.parametrize("name", SOUNDS)
def test_soft_is_softer_than_loud(name: SoundName) -> None:
    assert max(map(abs, samples(name, "soft"))) * 3 < max(map(abs, samples(name, "loud")))


def test_found_is_high_nothing_found_low_and_a_reward_rises() -> None:
    reward, nothing = samples("reward"), samples("not_found")
    third = len(reward) // 4
    assert pitch(samples("found")) > 1500
    assert pitch(nothing[:2500]) < 320 > pitch(nothing[-3500:])
    assert pitch(reward[:third]) < pitch(reward[third : 2 * third]) < pitch(reward[2 * third :])
