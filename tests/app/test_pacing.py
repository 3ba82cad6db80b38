"""Long work tells how far it is, can be called off at every step, and leaves nothing when it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.backup_views import BackupView
from loyalty_pos.app.pacing import Pace, go_on
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.store import beating
from tests.shop import Shop


class Ear:
    """Hears how far work is, and calls it off at the n-th word; 0: never."""

    def __init__(self, stop_at: int = 0) -> None:
        self.heard: list[tuple[int, int]] = []
        self.stop_at = stop_at

    def __call__(self, done: int, whole: int) -> bool:
        self.heard.append((done, whole))
        return len(self.heard) != self.stop_at


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    monkeypatch.setattr(beating, "STEPS", 50)
    opened = Shop(tmp_path / "shop.db")
    opened.publish("points", "points", step_minor=10)
    opened.enrol()
    for _ in range(30):
        opened.sell(1_000)
    yield opened
    opened.proved()
    opened.close()


def files(folder: Path) -> set[str]:
    return {
        path.name for path in folder.rglob("*") if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_stages_make_one_whole_and_never_run_back() -> None:
    ear = Ear()
    pace = Pace(ear)
    pace.stage(0, 40)
    with pace.measured(lambda: 3, 4):
        assert pace.beat() is False
    pace.stage(40, 100)
    pace.reach(1, 2)
    pace.reach(9, 2)
    pace.beat()
    assert ear.heard == [(0, 100), (30, 100), (40, 100), (70, 100), (100, 100), (100, 100)]
    pace.past_return()
    pace.beat()
    assert len(ear.heard) == 6 and go_on(0, 0)


def test_of_an_unknown_number_what_is_done_is_told() -> None:
    ear = Ear()
    pace = Pace(ear)
    pace.begin(0)
    pace.reach_step(7)
    assert list(pace.along("ab")) == ["a", "b"]
    assert ear.heard == [(0, 0), (7, 0), (9, 0)]


def test_a_copy_and_an_audit_tell_how_far_they_are(shop: Shop) -> None:
    for request in (c.Backup(), q.Audit()):
        ear = Ear()
        if isinstance(request, c.Backup):
            assert shop.service.do_watched(request, ear).made
        else:
            assert shop.service.ask_watched(request, ear).ok
        shares = [done for done, whole in ear.heard if whole == 100]
        assert shares == sorted(shares) and shares[-1] >= 80 and len(set(shares)) > 5


def test_a_copy_called_off_anywhere_leaves_no_file_and_older_copies_as_they_were(shop: Shop) -> None:
    folder = shop.path.parent
    shop.service.do(c.Backup())
    shop.sell(1_000)
    ear = Ear()
    before = files(folder)
    shop.service.do_watched(c.Backup(), ear)
    shop.sell(1_000)
    before, words = files(folder), len(ear.heard)
    for stop_at in {1, 2, words // 8, words // 4, words // 2, words * 3 // 4, words - 5}:
        with pytest.raises(Rejection, match="stopped"):
            shop.service.do_watched(c.Backup(), Ear(stop_at))
        assert files(folder) == before, stop_at
    assert shop.service.do(c.Backup()).made, "afterwards nobody is asked any more"


def test_a_way_back_called_off_changes_nothing_and_past_the_swap_it_cannot_be(shop: Shop) -> None:
    copy: BackupView = shop.service.do(c.Backup())
    shop.sell(7_000)
    figures, before = shop.audit().figures, files(shop.path.parent)
    ear = Ear()
    for stop_at in (1, 2, 9, 40):
        with pytest.raises(Rejection, match="stopped"):
            shop.service.do_watched(c.Restore(path=copy.path), Ear(stop_at))
        assert (shop.audit().figures, files(shop.path.parent)) == (figures, before)
    done = shop.service.do_watched(c.Restore(path=copy.path), ear)
    assert done.postings_lost == 1 and ear.heard[-1][1] == 100


def test_an_audit_called_off_answers_nothing_and_the_till_goes_on(shop: Shop) -> None:
    with pytest.raises(Rejection, match="stopped"):
        shop.service.ask_watched(q.Audit(), Ear(3))
    assert shop.sell(1_000).number == 31
