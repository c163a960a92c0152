"""A data folder with a database of its own, and no server on it."""

import os
import sqlite3
from contextlib import closing

import pytest
from django.conf import settings

from tests.server.keepsafe import database
from usward.kit.datafolder import secret


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
