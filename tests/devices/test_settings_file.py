"""Choices about the window survive a restart, and a broken file is only a first start."""

from pathlib import Path

import pytest

from loyalty_pos.app.settings import UiSettings
from loyalty_pos.devices.settings_file import SettingsFile
from loyalty_pos.domain.errors import Fault


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    chosen = UiSettings(
        language="en",
        dark=True,
        print_receipts=False,
        scale_percent=125,
        printer="Till",
        save_as_pdf=True,
        touch=True,
        sound="loud",
        reduced_motion=True,
        latin_digits=True,
        backup_folder="/safe",
        asks=("name", "city"),
        month_reminder=False,
        budget_warning=False,
        month_seen="1405-07",
        reports_folder="/papers",
        reports_form="xlsx",
        reports_done="1405-08",
    )
    SettingsFile(tmp_path / "new" / "window.json").save(chosen)
    assert SettingsFile(tmp_path / "new" / "window.json").load() == chosen


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "{",
        "[]",
        '{"language": "xx", "dark": 1}',
        '{"scale_percent": 99, "printer": 1}',
        '{"asks": "name", "month_reminder": 1, "budget_warning": "no", "month_seen": 7}',
        '{"reports_folder": 1, "reports_form": "doc", "reports_done": []}',
        '{"touch": 1, "sound": "deafening", "reduced_motion": "yes", "latin_digits": 1, "backup_folder": 1}',
    ],
)
def test_a_broken_file_counts_as_the_first_start(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "window.json"
    path.write_text(broken, "utf-8")
    assert SettingsFile(path).load() == UiSettings()


def test_a_folder_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(Fault):
        SettingsFile(tmp_path / "file" / "window.json").save(UiSettings())
