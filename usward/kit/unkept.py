"""What can't be written: a full disk, a database that may only be read, another's long write."""

import errno
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from django.db import OperationalError, transaction

log = logging.getLogger("usward.hosting")
DISK, BUSY = "disk", "busy"
_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_CODES = {
    sqlite3.SQLITE_FULL: DISK,
    sqlite3.SQLITE_READONLY: DISK,
    sqlite3.SQLITE_IOERR_WRITE: DISK,
    sqlite3.SQLITE_IOERR_FSYNC: DISK,
    sqlite3.SQLITE_BUSY: BUSY,
}


class Counted(Protocol):
    """Somebody whose row counts what they put."""

    pulse: int


@contextmanager
def by_the_way(who: Counted | None = None) -> Iterator[None]:
    """What a page notes when somebody looks at it. Where that can't be kept, the page is shown all the same.

    To be the outermost transaction: that the disk is full may show no sooner than at its end. `who` counts nothing then: a
    page's tag is made of that count, and would be that of another page, later.
    """
    pulse = who.pulse if who else 0
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        if who:
            who.pulse = pulse
        log.warning("Not noted while a page was shown: %s.", error)


def why_not(error: BaseException | None) -> str:
    """Why something could not be kept: DISK, BUSY, what an error says of itself as its `why`, or "" where it is none of them."""
    while error is not None:
        if why := getattr(error, "why", ""):
            return str(why)
        if isinstance(error, OSError) and error.errno in _ERRNOS:
            return DISK
        code = getattr(error, "sqlite_errorcode", 0)
        if why := _CODES.get(code) or _CODES.get(code & 0xFF):
            return why
        error = error.__cause__ or error.__context__
    return ""
