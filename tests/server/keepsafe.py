"""What tests of backup and restore do with a data folder, by the database alone."""

import shutil
import sqlite3
import tarfile
import uuid
from contextlib import closing

from usward.kit.datafolder import DATABASE


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
