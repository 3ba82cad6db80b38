"""What the till says without words, and that it says nothing when it shall not."""

import threading
from dataclasses import replace

from loyalty_pos.app.sounds import Loudness, SoundName
from tests.ui.counter.rig import MakeRig, Rig
from tests.ui.counter.states import SARA, completed


def heard(rig: Rig) -> list[str]:
    rig.settle()
    return [name for name, _ in rig.heard.sounds]


def test_a_scanned_member_is_a_short_high_sound(rig: Rig) -> None:
    rig.scan(SARA)
    assert heard(rig) == ["found"]


def test_a_typed_member_is_silent(rig: Rig) -> None:
    rig.keys("8090 Enter")
    assert heard(rig) == []


def test_a_card_nobody_has_and_a_number_of_nobody_are_two_low_ones(rig: Rig) -> None:
    rig.scan("4499887766")
    assert heard(rig) == ["not_found"]
    rig.keys("Esc 09121112233 Enter")
    assert heard(rig) == ["not_found", "not_found"]


def test_a_completed_reward_rises(rig: Rig) -> None:
    completed(rig)
    assert heard(rig) == ["found", "reward"]


def test_off_is_off_and_a_new_choice_is_heard_at_once(make_rig: MakeRig) -> None:
    rig = make_rig(sound="off")
    rig.scan(SARA)
    assert heard(rig) == []
    rig.program.decide(replace(rig.program.settings, sound="loud"))
    rig.settle()
    assert rig.heard.sounds == [("found", "loud")]


def test_sounds_are_played_beside_the_window(rig: Rig) -> None:
    threads: list[str] = []

    def play(name: SoundName, loudness: Loudness) -> None:
        threads.append(threading.current_thread().name)

    rig.heard.play = play  # type: ignore[method-assign]
    assert rig.page.sounds._worker is None  # nothing is begun before the first sound
    rig.scan(SARA)
    rig.settle()
    assert threads == ["sound"]
