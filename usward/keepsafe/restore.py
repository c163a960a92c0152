"""`usward restore FILE`: puts a backup back. What was deleted since stays deleted; everybody signs in again."""

import argparse
import hashlib
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from usward.keepsafe.backup import FORMAT, fingerprint, free_name, secret_path
from usward.keepsafe.replay import columns, replay_deletions
from usward.kit.datafolder import BACKUPS, DATABASE, MEDIA, SECRETS, UserFacingError, data_folder, ensure, held

UNPACKED = "restoring.new"  # being unpacked and checked: worth nothing yet
READY = "restoring"  # checked: from here on only moved into place, which any later start completes
ASIDE = "aside"
SESSIONS = ("accounts_session", "django_session")


def main(arguments: list[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="usward restore", description=__doc__)
    parser.add_argument("file", type=Path, help="a file that `usward backup` has made")
    options = parser.parse_args(arguments)
    folder = ensure(data_folder())
    with held(folder):
        finish(folder)
        aside = restore(options.file, folder)
    print(f"Restored {options.file} into {folder}.")
    if aside.exists():
        print(f"What was there before is in {aside}; it is deleted after 30 days.")
    print("Everybody has been signed out. Start Usward again with `usward serve`.")
    return 0


def restore(archive: Path, folder: Path) -> Path:
    """Check a backup, repeat later deletions on it, put it in place. Gives where the present data went.
    The caller holds the folder."""
    fresh = folder / UNPACKED
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    try:
        about = _unpack(archive, fresh)
        _choose_secrets(about, fresh, folder)
        with closing(sqlite3.connect(fresh / DATABASE)) as restored:
            if restored.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise UserFacingError(
                    f"The database in {archive} is damaged; nothing was changed. Try an older backup."
                )
            restored.execute("PRAGMA secure_delete=ON")
            for newer in _ledgers(archive, folder, fresh):
                for file in replay_deletions(restored, newer):
                    (fresh / MEDIA / file[:2] / file).unlink(missing_ok=True)
            for table in SESSIONS:
                if columns(restored, "main", table):
                    restored.execute(f"DELETE FROM {table}")
            _shut_doors(restored)
            restored.commit()
            restored.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        shutil.rmtree(fresh)
        raise UserFacingError(f"The database in {archive} can't be read ({error}); nothing was changed.") from error
    except UserFacingError:
        shutil.rmtree(fresh)
        raise
    aside = free_name(folder, "before-restore")
    (fresh / ASIDE).write_text(aside.name)
    (fresh / MEDIA).mkdir(exist_ok=True)
    fresh.rename(folder / READY)
    finish(folder)
    return aside


def _shut_doors(restored: sqlite3.Connection) -> None:
    """What lets somebody in once may have been used or ended since: it is made anew by whoever wants it."""
    if columns(restored, "main", "accounts_pass"):
        restored.execute("DELETE FROM accounts_pass")
    if columns(restored, "main", "spaces_invitation"):
        emptied = "capsule = x'', reply = x'', code_for_inviter = x''"
        restored.execute(f"UPDATE spaces_invitation SET revoked = 1, {emptied} WHERE invitee_id IS NULL AND NOT merged")


def finish(folder: Path) -> None:
    """Move a checked backup into place and the present data aside. Killed anywhere, a second call completes it."""
    ready = folder / READY
    if not ready.exists():
        return
    if not (ready / ASIDE).exists():  # all was in place already, and only this folder was still to be removed
        return shutil.rmtree(ready)
    aside = folder / (ready / ASIDE).read_text()
    aside.mkdir(mode=0o700, exist_ok=True)
    (folder / "prepared.json").unlink(missing_ok=True)  # migrations are looked at again
    for name in (DATABASE, MEDIA, *SECRETS):
        if not (ready / name).exists():
            continue
        # A journal belongs to the database that goes, and would spoil the one that comes.
        for old in (f"{name}-wal", f"{name}-shm", name):
            if (folder / old).exists():
                (folder / old).rename(aside / old)
        (ready / name).rename(folder / name)
    shutil.rmtree(ready)
    if not any(aside.iterdir()):
        aside.rmdir()


def _ledgers(archive: Path, folder: Path, work: Path) -> Iterator[Path]:
    """Databases that may know of later deletions: the present one, and those in the backups that are kept here."""
    if (folder / DATABASE).exists():
        if _readable(folder / DATABASE):
            yield folder / DATABASE
        else:
            print("The present database can't be read: deletions since the last backup can't be repeated.")
    for other in sorted((folder / BACKUPS).glob("usward-*.tar")):
        if other.resolve() == archive.resolve():
            continue
        with tempfile.TemporaryDirectory(dir=work) as place:
            try:
                with tarfile.open(other) as tar:
                    tar.extract(DATABASE, place, filter="data")
            except (tarfile.TarError, KeyError, OSError, EOFError):
                continue  # no backup of ours, or a damaged one
            if _readable(Path(place) / DATABASE):
                yield Path(place) / DATABASE


def _readable(database: Path) -> bool:
    try:
        with closing(sqlite3.connect(database)) as connection:
            known = columns(connection, "main", "entries_deletion")
            return not known or bool(connection.execute("SELECT count(*) FROM entries_deletion").fetchone())
    except sqlite3.OperationalError as error:
        # A full disk, say: it is whole, and what it knows to be gone has to stay gone.
        raise UserFacingError(f"{database} can't be read just now ({error}); nothing was changed.") from error
    except sqlite3.DatabaseError:
        return False


def _unpack(archive: Path, fresh: Path) -> dict[str, Any]:
    """Unpack into an empty folder, every file compared with what the backup says of it."""
    damaged = UserFacingError(f"{archive} is damaged or is not a backup of Usward; nothing was changed.")
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(fresh, filter="data")
        about = json.loads((fresh / "manifest.json").read_bytes())
        files: dict[str, dict[str, Any]] = about["files"]
        found = {path.relative_to(fresh).as_posix(): path for path in fresh.rglob("*") if path.is_file()}
        del found["manifest.json"]
        if DATABASE not in files or found.keys() != files.keys() or about["format"] != FORMAT:
            raise damaged
        for name, path in found.items():
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != files[name]["sha256"]:
                    raise damaged
    except FileNotFoundError as error:
        missing = error.filename is not None and Path(error.filename) == archive
        raise (UserFacingError(f"There is no file {archive}.") if missing else damaged) from None
    except (tarfile.TarError, KeyError, ValueError, TypeError, EOFError):
        raise damaged from None
    except OSError as error:
        raise UserFacingError(f"{archive} can't be unpacked: {error.strerror or error}.") from error
    (fresh / "manifest.json").unlink()
    allowed = {DATABASE, MEDIA, "secrets"}
    if any(path.name not in allowed for path in fresh.iterdir()):
        raise damaged
    return dict(about)


def _choose_secrets(about: dict[str, Any], fresh: Path, folder: Path) -> None:
    """Keep the secrets that are here when they fit; else take those of the backup; else say what is missing."""
    inside = fresh / "secrets"
    here = fingerprint(folder)
    if here != about["pepper"]:
        if secret_path(folder, "pepper").parent != folder:
            raise UserFacingError("This backup belongs to another pepper than the one that USWARD_PEPPER_FILE names.")
        if not inside.exists():
            raise UserFacingError(
                "This backup was made without the server's secrets, and "
                + ("those here are others" if here else "there are none here")
                + f": put the old secret_key and pepper into {folder} first. Nothing was changed."
            )
        for name in SECRETS:
            (inside / name).rename(fresh / name)
    shutil.rmtree(inside, ignore_errors=True)
