"""What never stands in a log: an address that opens a calendar, and anybody's words."""

import logging
import re
import sqlite3
import traceback
from types import TracebackType

from django.db import DatabaseError

_ADDRESS = re.compile(r"(feed/)[\w-]{8,}")


class NoAddresses(logging.Filter):
    """Cuts the secret out of the address of a calendar, wherever a line names the path of a page that broke."""

    def filter(self, record: logging.LogRecord) -> bool:
        if "feed/" in (line := record.getMessage()):
            record.msg, record.args = _ADDRESS.sub(r"\1…", line), ()
        return True


class NoWords(logging.Formatter):
    """Of an error where it happened and of what kind it is, not what it says: an error likes to quote what it was given."""

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return "\n".join(_told(ei[1])) if ei[1] else ""


def _told(error: BaseException) -> list[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
    return [
        *(_told(before) if before else []),
        *lines,
        f"{type(error).__module__}.{type(error).__qualname__}{_said(error)}",
    ]


def _said(error: BaseException) -> str:
    """What the computer or the database says of itself ("No space left on device"): it knows nothing of what was written."""
    if isinstance(error, OSError):
        return f": {error.strerror}" if error.strerror else ""
    return f": {error}" if isinstance(error, (sqlite3.Error, DatabaseError)) else ""
