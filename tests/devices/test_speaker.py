"""A sound is played by what the system has; where nothing plays it, there is silence and nothing else."""

import logging
import shutil
import sys
from pathlib import Path

import pytest

from loyalty_pos.devices import speaker
from loyalty_pos.devices.speaker import SystemSpeaker

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")


def player(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> Path:
    """Put a player of our own into the way."""
    heard, program = folder / "heard", folder / "player"
    program.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(speaker, "PLAYERS", ((str(program), "-q"),))
    return heard


def ended(one: SystemSpeaker) -> None:
    for each in one._playing:
        each.wait(60)


def test_the_player_gets_the_file_of_the_chosen_loudness(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = player(tmp_path, monkeypatch, f'echo "$1 $2" >> {tmp_path / "heard"}')
    one = SystemSpeaker(tmp_path / "sounds")
    one.play("found", "soft")
    ended(one)
    one.play("reward", "loud")
    ended(one)
    played = heard.read_text("utf-8").split()
    assert played == [
        "-q", str(tmp_path / "sounds" / "found-soft.wav"), "-q", str(tmp_path / "sounds" / "reward-loud.wav"),
    ]  # fmt: skip
    assert Path(played[1]).read_bytes()[:4] == b"RIFF"


def test_off_starts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    player(tmp_path, monkeypatch, "exit 0")
    one = SystemSpeaker(tmp_path / "sounds")
    one.play("found", "off")
    assert not one._playing and not (tmp_path / "sounds").exists()


def test_a_machine_without_sound_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with caplog.at_level(logging.DEBUG, "loyalty_pos"):
        SystemSpeaker(tmp_path / "sounds").play("found", "loud")
    assert [record.levelno for record in caplog.records] == [logging.DEBUG]


def test_a_folder_that_cannot_be_written_is_silent(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with caplog.at_level(logging.DEBUG, "loyalty_pos"):
        SystemSpeaker(tmp_path / "file").play("found", "loud")
    assert [record.levelno for record in caplog.records] == [logging.DEBUG]


def test_a_player_that_fails_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    player(tmp_path, monkeypatch, "exit 3")
    one = SystemSpeaker(tmp_path / "sounds")
    one.play("found", "soft")
    ended(one)
    one.play("found", "soft")
    ended(one)
    assert len(one._playing) == 1
