"""What the window opens: guarded against a second one, and backed up while scripts go on beside it."""

from pathlib import Path

import pytest

from loyalty_pos import bootstrap
from loyalty_pos.app.backup_views import BackupView
from loyalty_pos.app.commands import CreateShop
from loyalty_pos.app.pacing import go_on
from loyalty_pos.app.queries import Backups
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.domain.errors import Fault
from tests.languages import language


@pytest.fixture(autouse=True)
def _both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "languages", lambda: {code: language(code) for code in ("fa", "en")})


def test_a_second_window_is_refused_until_the_first_has_closed(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with bootstrap.WindowShop(path) as first:
        service = first.open()
        with bootstrap.WindowShop(path) as second, pytest.raises(Fault, match="second_window"):
            second.open()
        script = bootstrap.open_shop(path)
        script.close()
        service.close()
        first.open().close()
    with bootstrap.WindowShop(path) as later:
        later.open().close()


def test_a_window_in_a_synced_folder_makes_no_file(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    path = tmp_path / "Dropbox" / "shop.db"
    with bootstrap.WindowShop(path) as shop, pytest.raises(Fault, match="synced_folder"):
        shop.open()
    assert list((tmp_path / "Dropbox").iterdir()) == []


def test_a_windows_plan_backs_up_what_changed_beside_the_open_shop(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    service = bootstrap.open_shop(path)
    service.do(CreateShop(name="Firuze"))
    plan = bootstrap.backups_for(path)
    assert plan.schedule.changed()
    assert not plan.schedule.due()
    plan.schedule.began()
    plan.make(go_on)
    plan.schedule.succeeded()
    assert not plan.schedule.changed()
    assert len(service.ask(Backups()).backups) == 1
    service.close()


def test_copies_go_to_the_chosen_folder_and_never_to_one_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    service = bootstrap.open_shop(path)
    service.do(CreateShop(name="Firuze"))
    service.close()
    chosen = UiSettings(backup_folder=str(tmp_path / "stick"))
    plan = bootstrap.backups_for(path, lambda: chosen)
    with pytest.raises(Fault) as told:
        plan.make(go_on)
    assert told.value.code == "backup_failed" and not (tmp_path / "stick").exists()
    (tmp_path / "stick").mkdir()
    made = plan.make(go_on)
    assert isinstance(made, BackupView) and Path(made.path).parent == tmp_path / "stick"
