"""The whole database, taken once and laid out again for a test: so that people need to sign up only once."""

from functools import cache
from sqlite3 import Connection
from typing import Any

from django.db import connection

Snapshot = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
_NOT_OURS = ("django_migrations", "django_content_type", "auth_permission", "sqlite_sequence")


def _raw() -> Connection:
    """SQLite's own connection: values as they lie there, that nobody reads into anything and writes back."""
    connection.ensure_connection()
    return connection.connection


def written() -> int:
    """How many rows have been written so far, also those rolled back since. While this stands, all is as it was."""
    return _raw().total_changes


@cache
def _columns() -> dict[str, list[str]]:
    """The columns of each table of ours. No test changes any."""
    query = "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY 1, c.cid"
    found: dict[str, list[str]] = {}
    for table, column in _raw().execute(query):
        if table not in _NOT_OURS:
            found.setdefault(table, []).append(column)
    return found


def take(*prefixes: str) -> Snapshot:
    """All rows of all tables, or of those whose names begin so."""
    found: Snapshot = {}
    for table, columns in _columns().items():
        if prefixes and not table.startswith(prefixes):
            continue
        plain = ", ".join(f'+"{one}"' for one in columns)  # with a + it is no column of a type, which would be read
        found[table] = (columns, _raw().execute(f'SELECT {plain} FROM "{table}"').fetchall())
    return found


def lay_out(snapshot: Snapshot) -> None:
    """Put the rows back, into empty tables. To be called in a transaction: rows may name rows that come later."""
    _raw().execute("PRAGMA defer_foreign_keys=ON")
    for table, (columns, rows) in snapshot.items():
        names, marks = ", ".join(f'"{one}"' for one in columns), ", ".join("?" for _ in columns)
        _raw().executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
