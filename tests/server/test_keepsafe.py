"""Backup while others write, restore, what stays deleted."""

import gzip
import hashlib
import json
import os
import resource
import shutil
import sqlite3
import tarfile
import threading
import uuid
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from usward.keepsafe import restore as restoring
from usward.keepsafe.backup import backup, prune
from usward.keepsafe.backup import main as backup_main
from usward.keepsafe.restore import finish, restore
from usward.keepsafe.restore import main as restore_main
from usward.kit.datafolder import DATABASE, UserFacingError, secret

pytestmark = pytest.mark.django_db  # for the tables alone: each test has a database file of its own


@pytest.fixture(scope="session")
def schema(django_db_setup):
    """The tables, as migrations make them."""
    with closing(sqlite3.connect(str(settings.DATABASES["default"]["NAME"]))) as db:
        made = db.execute(
            "SELECT sql FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        )
        return ";\n".join(["PRAGMA journal_mode=WAL", *(row[0] for row in made)])


@pytest.fixture
def folder(tmp_path, monkeypatch, schema):
    place = tmp_path / "data"
    monkeypatch.setenv("USWARD_DATA", str(place))
    monkeypatch.delenv("USWARD_PEPPER_FILE", raising=False)
    monkeypatch.delenv("USWARD_SECRET_KEY_FILE", raising=False)
    for name in ("secret_key", "pepper"):
        secret(name)
    with closing(database(place)) as db:
        db.executescript(schema)
        with db:
            db.execute(
                "INSERT INTO accounts_session (key_hash, data, expires, device, started) "
                "VALUES ('phone', x'00', '2999-01-01', '', '2026-11-01')"
            )
    (place / "media" / "ab").mkdir(parents=True)
    (place / "media" / "ab" / "photo").write_bytes(os.urandom(5000))
    (place / "media" / "ab" / "half.part").write_bytes(b"unfinished")
    return place


def database(place):
    return sqlite3.connect(place / DATABASE, timeout=10, check_same_thread=False)


def put(place, words):
    name = uuid.uuid4().hex
    row = {"id": name, "space_id": "5" * 32, "author_id": "a" * 32, "exchange": b"e", "step": b"s", "act": 1}
    row |= {"day": "2026-11-20", "reveal": 1, "scope": 3, "tag": b"t", "slot": name.encode(), "version": 1, "epoch": 1}
    row |= {"body": words, "current": 1}
    with closing(database(place)) as db, db:
        marks = ", ".join(f":{name}" for name in row)
        db.execute(f"INSERT INTO entries_entry ({', '.join(row)}) VALUES ({marks})", row)
    return name


def withdraw(place, name):
    with closing(database(place)) as db, db:
        db.execute("UPDATE entries_entry SET body = x'' WHERE id = ?", (name,))
        db.execute("INSERT INTO entries_deletion VALUES (?, '2026-11-22')", (name,))


def rows(place, query):
    with closing(database(place)) as db:
        return db.execute(query).fetchall()


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


def spoil(tar_path, change):
    """Rewrite an archive with one thing changed."""
    with tarfile.open(tar_path) as tar:
        place = tar_path.parent / "spoilt"
        tar.extractall(place, filter="data")
    change(place)
    tar_path.unlink()
    with tarfile.open(tar_path, "w") as tar:
        tar.add(place, arcname=".")
    shutil.rmtree(place)


def longer(place):
    with (place / "media" / "ab" / "photo").open("ab") as file:
        file.write(b"!")


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
