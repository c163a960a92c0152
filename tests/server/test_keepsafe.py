"""Backup while others write, restore, what stays deleted."""

import os
import shutil
import tarfile
import threading
import uuid
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.server.keepsafe import database, put, rows, withdraw
from usward.keepsafe import restore as restoring
from usward.keepsafe.backup import backup, prune
from usward.keepsafe.backup import main as backup_main
from usward.keepsafe.restore import finish, restore
from usward.keepsafe.restore import main as restore_main
from usward.kit.datafolder import DATABASE, UserFacingError, secret

pytestmark = pytest.mark.django_db  # for the tables alone: each test has a database file of its own


def test_there_and_back(folder):
    kept = put(folder, b"kept")
    made = backup(folder)
    assert made.stat().st_mode & 0o777 == 0o600
    put(folder, b"later")
    (folder / "media" / "ab" / "photo").unlink()
    aside = restore(made, folder)
    assert rows(folder, "SELECT id, body FROM entries_entry") == [(kept, b"kept")]
    assert rows(folder, "SELECT * FROM accounts_session") == []
    assert (folder / "media" / "ab" / "photo").stat().st_size == 5000
    assert not (folder / "media" / "ab" / "half.part").exists()
    assert len(rows(aside, "SELECT * FROM entries_entry")) == 2
    assert sorted(p.name for p in folder.iterdir() if p.name.startswith("restoring")) == []


def test_secrets_are_inside_only_when_asked_for(folder, capsys):
    pepper = secret("pepper")
    plain, full = backup(folder), backup(folder, with_secrets=True)
    assert pepper not in plain.read_bytes()
    assert pepper in full.read_bytes()
    assert backup_main([]) == 0
    assert "Not inside" in capsys.readouterr().out

    def elsewhere():
        for path in folder.iterdir():
            if path.name != "backups":
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    elsewhere()
    with pytest.raises(UserFacingError, match="there are none here"):
        restore(plain, folder)
    secret("pepper")
    with pytest.raises(UserFacingError, match="those here are others"):
        restore(plain, folder)
    restore(full, folder)
    assert secret("pepper") == pepper


def test_backup_while_others_write(folder):
    stop = threading.Event()
    written = []

    def write():
        while not stop.is_set():
            written.append(put(folder, os.urandom(3000)))

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    made: list[tuple[Path, int]] = []
    while len(made) < 5:
        before = len(written)
        path = backup(folder)
        made.append((path, before))
    stop.set()
    for writer in writers:
        writer.join()
    for path, before in made:
        with tarfile.open(path) as tar:
            tar.extract(DATABASE, folder / path.stem, filter="data")
        (found,) = rows(folder / path.stem, "SELECT count(*) FROM entries_entry")[0]
        assert before <= found <= len(written)
        assert rows(folder / path.stem, "PRAGMA integrity_check") == [("ok",)]


def test_what_was_withdrawn_stays_withdrawn(folder):
    """The ledger is in the present database, or only in a newer backup; it survives two restores."""
    secretly, kept = put(folder, b"take this back"), put(folder, b"keep this")
    old = backup(folder)
    withdraw(folder, secretly)
    newer = backup(folder)
    restore(old, folder)
    for _ in range(2):
        assert dict(rows(folder, "SELECT id, body FROM entries_entry WHERE act = 1")) == {
            secretly: b"",
            kept: b"keep this",
        }
        assert [name for name, _ in rows(folder, "SELECT * FROM entries_deletion")] == [secretly]
        assert b"take this back" not in (folder / DATABASE).read_bytes()
        (folder / DATABASE).write_bytes(b"a broken disk wrote this")  # now only the newer backup knows
        assert newer.exists()
        restore(old, folder)


@pytest.mark.parametrize("step", range(6))
def test_killed_in_the_middle_of_moving(folder, monkeypatch, step):
    kept = put(folder, b"kept")
    made = backup(folder, with_secrets=True)
    put(folder, b"later")
    moves = []
    real = Path.rename

    def rename(self, target):
        if self.name != restoring.UNPACKED:
            moves.append(self)
            if len(moves) > step:
                raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        with suppress(KeyboardInterrupt):
            restore(made, folder)
    finish(folder)
    assert rows(folder, "SELECT id FROM entries_entry") == [(kept,)]
    (aside,) = folder.glob("before-restore-*")
    assert len(rows(aside, "SELECT id FROM entries_entry")) == 2
    assert (folder / "media" / "ab" / "photo").exists()


def test_what_lets_somebody_in_once_is_not_brought_back(folder):
    """An invitation that was ended, a pass that was used: a backup of an hour before would open them again."""
    space, partner, invitation = (uuid.uuid4().hex for _ in range(3))
    with closing(database(folder)) as db, db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute("INSERT INTO accounts_pass VALUES ('a hash', '2999-01-01')")
        db.execute(
            "INSERT INTO spaces_invitation (id, space_id, inviter_id, lookup, code_for_inviter, capsule, reply, claim, made_at, "
            "expires_at, revoked, confirmed, merged) VALUES (?, ?, ?, x'01', x'02', x'03', x'', x'', '2026-11-26', '2999-01-01', "
            "0, 0, 0)",
            (invitation, space, partner),
        )
    restore(backup(folder), folder)
    assert not rows(folder, "SELECT 1 FROM accounts_pass")
    assert rows(folder, "SELECT revoked, capsule, code_for_inviter FROM spaces_invitation") == [(1, b"", b"")]


def test_an_archive_that_climbs_out(folder, tmp_path):
    made = tmp_path / "evil.tar"
    (tmp_path / "x").write_text("evil")
    with tarfile.open(made, "w") as tar:
        tar.add(tmp_path / "x", arcname="../../climbed")
    with pytest.raises(UserFacingError, match="nothing was changed"):
        restore(made, folder)
    assert not (tmp_path / "climbed").exists()


def test_sentences(folder, tmp_path):
    with pytest.raises(UserFacingError, match="There is no file"):
        restore_main([str(tmp_path / "nothing.tar")])
    with pytest.raises(UserFacingError, match="nothing to back up"):
        backup(tmp_path)


def test_after_thirty_days_it_is_gone(folder):
    made = backup(folder)
    aside = restore(made, folder)
    other = folder / "backups" / "notes.txt"
    other.touch()
    prune(now=datetime.now(UTC) + timedelta(days=29))
    assert made.exists() and aside.exists()
    prune(now=datetime.now(UTC) + timedelta(days=31))
    assert not made.exists() and not aside.exists()
    assert other.exists()
