"""Backups and the way back: audited copies, thinned out by age, and restoring one of them."""

from pathlib import PurePath

from loyalty_pos.app.backup_views import BackupsView, BackupView, RestoredView
from loyalty_pos.app.commands import Backup, Restore
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.handlers_shop import shop_view
from loyalty_pos.app.months import count_what_was
from loyalty_pos.app.queries import Backups
from loyalty_pos.domain.dates import business_day
from loyalty_pos.domain.retention import spared


def backup(desk: Desk, command: Backup) -> BackupView:
    """Make a copy; only when it is good may older ones go."""
    shop = desk.shop
    now_ms = desk.clock.now_ms()
    made = desk.store.backup(command.path, shop.view.shop, now_ms, desk.pace)
    held = desk.store.backups(command.path, shop.view.shop)
    keep = spared(
        {copy.at_ms for copy in held},
        now_ms,
        lambda at_ms: business_day(at_ms, shop.zone, shop.view.day_ends_hour),
    )
    desk.store.drop_backups([copy for copy in held if copy.at_ms not in keep and copy.path != made.path])
    return made


def backups(desk: Desk, query: Backups) -> BackupsView:
    shop = desk.shop.view.shop if desk.has_shop else None
    held = desk.store.backups(query.path, shop)
    room = desk.store.room(query.path)
    warned = {"no_backup": not held, "same_disk": room.same_disk, "low_space": room.low}
    journal = desk.store.journal.view()
    told = tuple(code for code, applies in warned.items() if applies)
    return BackupsView(
        folder=room.folder,
        backups=tuple(held),
        free_bytes=room.free_bytes,
        warnings=told if journal is None else told + journal.warnings,
        journal=journal,
    )


def restore(desk: Desk, command: Restore) -> RestoredView:
    """Swap the backup in, and write down in its ledger that it came back."""
    try:
        done = desk.store.restore(command, desk.clock.now_ms(), desk.pace)
    finally:
        desk.forget_everything()
    count_what_was(desk)
    lost = max(0, done.postings_before - done.figures["postings"])
    record = {
        "backup": PurePath(command.path).name,
        "old_file": done.old_file and PurePath(done.old_file).name,
        "postings_lost": lost,
        **({"journal_lines": done.journal_lines} if done.journal_lines else {}),
    }
    with desk.store.transaction():
        key = f"restore:{desk.chance.ref()}"
        desk.store.ledger.append(desk.posting(key, record, "restore", None, desk.now(), record))
    return RestoredView(
        shop=shop_view(desk),
        old_file=done.old_file,
        postings_lost=lost,
        sealed=done.sealed,
        figures=done.figures,
        journal_lines=done.journal_lines,
        head=done.head,
    )
