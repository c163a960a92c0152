"""The whole database, taken once and laid out again for a test: so that people need to sign up only once."""

from datetime import time
from typing import Any

from django.db import connection

Snapshot = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
_NOT_OURS = ("django_migrations", "django_content_type", "auth_permission", "sqlite_sequence")


def _plain(value: Any) -> Any:
    """As SQLite takes it back."""
    if isinstance(value, memoryview):
        return bytes(value)
    return value.isoformat() if isinstance(value, time) else value


def take(*prefixes: str) -> Snapshot:
    """All rows of all tables, or of those whose names begin so."""
    found: Snapshot = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in _NOT_OURS or (prefixes and not table.startswith(prefixes)):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = [tuple(_plain(value) for value in row) for row in cursor.fetchall()]
            found[table] = ([column[0] for column in cursor.description], rows)
    return found


def lay_out(snapshot: Snapshot) -> None:
    """Put the rows back, into empty tables. To be called in a transaction: rows may name rows that come later."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys=ON")
        for table, (columns, rows) in snapshot.items():
            names, marks = ", ".join(f'"{c}"' for c in columns), ", ".join("%s" for _ in columns)
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
