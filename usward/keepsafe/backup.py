"""`usward backup`: everything in one file, made while Usward runs. What is sealed stays sealed in it."""

import argparse
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from usward.kit.datafolder import BACKUPS, DATABASE, MEDIA, SECRETS, UserFacingError, data_folder, ensure

KEEP = timedelta(days=30)
STAMP = "%Y%m%d-%H%M%S"
FORMAT = 1
_OLD = re.compile(r"(?:usward|before-restore)-(\d{8}-\d{6})(?:-\d+)?(?:\.tar)?")


def main(arguments: list[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="usward backup", description=__doc__)
    parser.add_argument(
        "--to", type=Path, metavar="FOLDER", help="where to put the file (default: backups/ in the data)"
    )
    parser.add_argument(
        "--with-secrets",
        action="store_true",
        help="put the server's two secrets in as well: one file restores everything, but whoever finds "
        "it can try to guess passphrases; keep it locked away",
    )
    options = parser.parse_args(arguments)
    folder = data_folder()
    made = backup(folder, options.to, with_secrets=options.with_secrets)
    print(f"Backed up to {made} ({made.stat().st_size / 1e6:.1f} MB).")
    print("Inside: the database, and photos and recordings. What the two wrote is sealed in it.")
    if options.with_secrets:
        print("Also inside: this server's secrets. Whoever has this file can try to guess passphrases: lock it away.")
    else:
        names = " and ".join(str(secret_path(folder, name)) for name in SECRETS)
        print(f"Not inside: {names}. Without them no backup opens: keep a copy of them somewhere else.")
    print(f"Backups are deleted after {KEEP.days} days, so that what was deleted is really gone.")
    return 0


def backup(folder: Path, to: Path | None = None, with_secrets: bool = False) -> Path:
    """Write a backup of the data folder and give its path; delete those that are too old."""
    if not (folder / DATABASE).exists():
        raise UserFacingError(f"There is no database in {folder} yet, so there is nothing to back up.")
    place = ensure(folder / BACKUPS) if to is None else to
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place, prefix=".making-") as work:
            unfinished = Path(work) / "backup.tar"
            _write(folder, unfinished, Path(work), with_secrets)
            made = free_name(place, "usward", ".tar")
            unfinished.rename(made)
    except OSError as error:
        raise UserFacingError(f"The backup could not be written to {place}: {error.strerror}.") from error
    except sqlite3.Error as error:
        raise UserFacingError(f"No backup was made in {place}: the database could not be copied ({error}).") from error
    prune(place)
    return made


def prune(place: Path | None = None, now: datetime | None = None) -> None:
    """Delete backups, and what a restore has put aside, after 30 days. Without a place: in the data folder."""
    before = (now or datetime.now(UTC)) - KEEP
    for folder in [place] if place else [data_folder(), data_folder() / BACKUPS]:
        for path in folder.iterdir() if folder.exists() else ():
            found = _OLD.fullmatch(path.name)
            if found and datetime.strptime(found[1], STAMP).replace(tzinfo=UTC) < before:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def secret_path(folder: Path, name: str) -> Path:
    """Where a secret is, or would be."""
    return Path(os.environ.get(f"USWARD_{name.upper()}_FILE") or folder / name)


def fingerprint(folder: Path) -> str:
    """Tells one server's pepper from another's, and nothing else about it. Empty when there is none."""
    path = secret_path(folder, "pepper")
    return hashlib.sha256(b"usward pepper" + path.read_bytes().strip()).hexdigest()[:16] if path.exists() else ""


def _write(folder: Path, archive: Path, work: Path, with_secrets: bool) -> None:
    copy = work / DATABASE
    _copy_database(folder / DATABASE, copy)
    files: dict[str, dict[str, int | str]] = {}
    with open(os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        with tarfile.open(fileobj=out, mode="w") as tar:
            for name, path in _members(folder, copy, with_secrets):
                try:
                    source = path.open("rb")
                except FileNotFoundError:
                    continue  # withdrawn a moment ago
                with source:
                    files[name] = _add(tar, name, source)
            about = {"format": FORMAT, "pepper": fingerprint(folder), "files": files}
            text = json.dumps(about, indent=1).encode()
            _add(tar, "manifest.json", io.BytesIO(text), len(text))
        out.flush()
        os.fsync(out.fileno())


def _copy_database(source: Path, target: Path) -> None:
    """SQLite's online backup: one consistent moment, while others write."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
    with (
        closing(sqlite3.connect(f"file:{source}?mode=rw", uri=True, timeout=30)) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")  # one file, no journal beside it
        if here.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise UserFacingError(
                f"The database {source} is damaged, so no backup was made of it, and those before it are kept. "
                "`usward check` says more; `usward restore FILE` puts one of them back."
            )


def _members(folder: Path, database: Path, with_secrets: bool) -> Iterable[tuple[str, Path]]:
    yield DATABASE, database
    for path in sorted((folder / MEDIA).rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.suffix != ".part":  # not what is still being written
            yield path.relative_to(folder).as_posix(), path
    for name in SECRETS if with_secrets else ():
        yield f"secrets/{name}", secret_path(folder, name)


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, source: BinaryIO) -> None:
        self.source, self.sha256 = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.sha256.update(data)
        return data


def _add(tar: tarfile.TarFile, name: str, source: BinaryIO, size: int | None = None) -> dict[str, int | str]:
    info = tarfile.TarInfo(name)
    info.size = os.fstat(source.fileno()).st_size if size is None else size
    info.mode, info.mtime = 0o600, int(datetime.now(UTC).timestamp())
    reader = _Hashing(source)
    tar.addfile(info, reader)
    return {"size": info.size, "sha256": reader.sha256.hexdigest()}


def free_name(place: Path, before: str, after: str = "") -> Path:
    """A path with this moment in its name, that nothing has yet; `prune` reads the moment."""
    stamp = datetime.now(UTC).strftime(STAMP)
    path, number = place / f"{before}-{stamp}{after}", 1
    while path.exists():
        number += 1
        path = place / f"{before}-{stamp}-{number}{after}"
    return path
