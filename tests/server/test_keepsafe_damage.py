"""Damage, a full disk, an end in the middle: what backup and restore say, and that nothing gets worse."""

import gzip
import hashlib
import json
import os
import resource
from contextlib import closing

import pytest

from tests.server.keepsafe import database, longer, put, rows, spoil
from usward.keepsafe import restore as restoring
from usward.keepsafe.backup import backup
from usward.keepsafe.restore import finish, restore
from usward.kit.datafolder import DATABASE, UserFacingError

pytestmark = pytest.mark.django_db  # for the tables alone: each test has a database file of its own


@pytest.mark.parametrize(
    "change",
    [
        longer,
        lambda place: (place / "manifest.json").unlink(),
        lambda place: (place / "manifest.json").write_text("[]"),
        lambda place: (place / "settings.py").write_text("evil"),
        lambda place: (place / DATABASE).unlink(),
    ],
)
def test_a_spoilt_backup_changes_nothing(folder, change):
    kept = put(folder, b"kept")
    made = backup(folder)
    spoil(made, change)
    with pytest.raises(UserFacingError, match="nothing was changed"):
        restore(made, folder)
    assert rows(folder, "SELECT id FROM entries_entry") == [(kept,)]
    assert not list(folder.glob("restoring*"))


def test_a_damaged_database_in_a_whole_archive(folder):
    put(folder, b"kept")
    made = backup(folder)

    def break_pages(place):
        data = bytearray((place / DATABASE).read_bytes())
        data[4096:] = os.urandom(len(data) - 4096)
        (place / DATABASE).write_bytes(data)
        about = json.loads((place / "manifest.json").read_text())
        about["files"][DATABASE]["sha256"] = hashlib.sha256(data).hexdigest()
        (place / "manifest.json").write_text(json.dumps(about))

    spoil(made, break_pages)
    with pytest.raises(UserFacingError, match="nothing was changed"):
        restore(made, folder)
    assert len(rows(folder, "SELECT id FROM entries_entry")) == 1


def test_a_damaged_database_is_not_backed_up(folder):
    """A backup that no restore would take must not be made day after day, until those before it are thirty days old."""
    put(folder, b"kept")
    before = backup(folder)
    with closing(database(folder)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entries_entry'").fetchone()[0] - 1
    data = bytearray((folder / DATABASE).read_bytes())
    data[page * 4096 : page * 4096 + 16] = b"\x0d\0\0\xff\xff\0\0\0" * 2
    (folder / DATABASE).write_bytes(data)
    with pytest.raises(UserFacingError, match=r"[Nn]o backup was made"):
        backup(folder)
    assert list((folder / "backups").iterdir()) == [before]


@pytest.mark.parametrize("room", [20_000, 300_000])
def test_a_backup_without_room_is_none(folder, room):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(UserFacingError, match=r"No backup was made|could not be written"):
            backup(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list((folder / "backups").iterdir())


def test_a_packed_archive_that_was_cut_short(folder, tmp_path):
    whole = gzip.compress(backup(folder).read_bytes())
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserFacingError, match="nothing was changed"):
        restore(cut, folder)


def test_nothing_is_restored_over_a_ledger_that_cannot_be_read_just_now(folder):
    """A full disk, a lock: what it knows to be gone would come back. (A broken one is restored over, with a sentence.)"""
    made = backup(folder)
    (folder / DATABASE).rename(folder / "whole")
    (folder / DATABASE).mkdir()  # it is there, and SQLite can't open it
    with pytest.raises(UserFacingError, match=r"just now.*nothing was changed"):
        restore(made, folder)
    assert not list(folder.glob("restoring*"))


def test_killed_when_all_but_a_folder_was_done(folder):
    (folder / restoring.READY).mkdir()
    finish(folder)
    assert not (folder / restoring.READY).exists() and (folder / DATABASE).exists()
