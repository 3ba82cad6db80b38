"""A backup is due every half hour, when there is something new to keep."""

from loyalty_pos.app.backup_schedule import EVERY_MS, RETRY_MS, BackupSchedule


class Watch:
    """A clock and a file that are moved by hand."""

    def __init__(self) -> None:
        self.now_ms = 5_000
        self.file = 0
        self.schedule = BackupSchedule(lambda: self.now_ms, lambda: self.file)

    def keep(self) -> None:
        self.schedule.began()
        self.schedule.succeeded()


def test_the_first_is_due_after_half_an_hour() -> None:
    watch = Watch()
    watch.now_ms += EVERY_MS - 1
    assert not watch.schedule.due()
    watch.now_ms += 1
    assert watch.schedule.due()


def test_nothing_is_due_while_nothing_changes() -> None:
    watch = Watch()
    watch.keep()
    watch.now_ms += 10 * EVERY_MS
    assert not watch.schedule.due()
    assert not watch.schedule.changed()
    watch.file += 1
    assert watch.schedule.due()


def test_what_is_written_during_a_backup_belongs_to_the_next() -> None:
    watch = Watch()
    watch.schedule.began()
    watch.file += 1
    watch.schedule.succeeded()
    assert watch.schedule.changed()
    assert not watch.schedule.due()
    watch.now_ms += EVERY_MS
    assert watch.schedule.due()


def test_a_backup_that_failed_is_tried_again_soon_but_not_at_once() -> None:
    watch = Watch()
    watch.now_ms += EVERY_MS
    watch.schedule.began()
    assert not watch.schedule.due()
    watch.now_ms += RETRY_MS
    assert watch.schedule.due()
    watch.keep()
    assert not watch.schedule.changed()
