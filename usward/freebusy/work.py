"""Reading calendars behind the pages: one thread of its own, one calendar after another. The truth is in the rows.

A file lives in memory until it is read, and nowhere else. If the server stops before, its row says that it was not read.
"""

import logging
import queue
import threading
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import close_old_connections, transaction
from django.db.models import F, Q

from usward.calendars import apart, fetch
from usward.freebusy import deposits
from usward.freebusy.models import Calendar
from usward.kit import clock
from usward.live.hub import hub
from usward.spaces.actions import bump
from usward.spaces.models import Partner
from usward.vault.envelope import SealBroken
from usward.vault.server import seal_for_server, unseal_for_server

log = logging.getLogger(__name__)
AGAIN = timedelta(hours=4)  # an address is asked so often
LEASE = timedelta(minutes=5)
DAILY = timedelta(days=1)  # the plans are compared with a file so often, though it is read once: they have come nearer
WHOLLY = timedelta(days=30)  # after which it is read even if it says that it has not changed: the span moves on
ADDRESS, STATE = "calendar-address", "calendar-state"


class State(msgspec.Struct, frozen=True):
    """How the last reading went: the conditions of the next request, what was skipped, and what was wrong, in sentences."""

    etag: str = ""
    modified: str = ""
    said: str = ""
    wrong: str = ""


_waiting: "queue.SimpleQueue[tuple[UUID, bytes] | None]" = queue.SimpleQueue()
_starting = threading.Lock()
_thread: threading.Thread | None = None


def take(calendar: UUID, data: bytes) -> None:
    """Read a file as soon as may be."""
    _waiting.put((calendar, data))
    _start()


def wake() -> None:
    """See to the addresses that are due."""
    _waiting.put(None)
    _start()


def _start() -> None:
    global _thread
    with _starting:
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_work, name="calendars", daemon=True)
            _thread.start()


def _work() -> None:
    while True:
        task = _waiting.get()
        try:
            do(task)
        except Exception:  # the thread outlives whatever a calendar or a busy database does
            log.exception("A calendar could not be seen to.")
        finally:
            close_old_connections()


def do(task: tuple[UUID, bytes] | None) -> None:
    """Read one file, or see to all calendars that are due; now, in this thread."""
    if task is not None:
        calendar, data = task
        if row := Calendar.objects.select_related("partner").filter(pk=calendar).first():
            _read(row, data, State())
        return
    while (row := _due()) is not None:
        if row.address:
            _ask(row)
        else:
            Calendar.objects.filter(pk=row.pk).update(checked=False, due_at=clock.now() + DAILY)


def _due() -> Calendar | None:
    """The next address that is to be asked, or file that is to be compared anew, leased: two processes never do it at once."""
    now = clock.now()
    with transaction.atomic():
        due = Calendar.objects.filter(~Q(address=b"") | Q(read_at__isnull=False), partner__left_on=None)
        never = Q(address=b"", due_at=None)
        # The two have become one place since: it is sealed anew.
        moved = ~Q(address=b"") & ~Q(space=F("partner__space_id"))
        row = (
            due.filter(Q(due_at__lte=now) | never | moved & Q(due_at__lte=now + AGAIN - LEASE))
            .order_by("due_at")
            .first()
        )
        if row is not None:
            Calendar.objects.filter(pk=row.pk).update(due_at=now + LEASE)
    return row


def _ask(row: Calendar) -> None:
    state, now = state_of(row), clock.now()
    fresh = row.space == row.partner.space_id and row.read_at is not None and now - row.read_at < WHOLLY
    try:
        address = unseal_for_server(ADDRESS, bytes(row.address), row.pk.bytes).decode()
        found = fetch.fetch(address, *((state.etag, state.modified) if fresh else ()))
    except SealBroken:
        _note(row, State(wrong="This server has a new secret, and cannot read the address any more. Add it anew."), now)
    except fetch.Refused as refused:
        _note(row, msgspec.structs.replace(state, wrong=str(refused)), now)
    else:
        if found.data is None:
            row.checked = False
            _note(row, msgspec.structs.replace(state, wrong=""), now, "checked")
        else:
            _read(row, found.data, State(found.etag, found.modified))


def _read(row: Calendar, data: bytes, state: State) -> None:
    now = clock.now()
    try:
        found = apart.read(data, *deposits.window(now), row.partner.zone)
    except apart.Unreadable as error:
        _note(row, State(wrong=str(error)), now)
        return
    deposits.leave(row, found.spans)
    row.read_at, row.checked = now, False
    _note(row, msgspec.structs.replace(state, said=found.said), now, "deposit", "space", "epoch", "read_at", "checked")


def _note(row: Calendar, state: State, now: datetime, *more: str) -> None:
    row.state = seal_for_server(STATE, msgspec.msgpack.encode(state), row.pk.bytes)
    row.due_at = now + (AGAIN if row.address else DAILY)
    if Calendar.objects.filter(pk=row.pk).exists():  # it may have been taken away meanwhile
        row.save(update_fields=["state", "due_at", *more])
    # Both look again whether or not anything has changed, so that nothing can be told from it.
    both = list(Partner.objects.filter(space_id=row.partner.space_id).values_list("pk", flat=True))
    bump(*(both if row.address else [row.partner_id]))
    hub.ping(row.partner_id)


def state_of(row: Calendar) -> State:
    """How the last reading of a calendar went; empty where it was never read, or the server has a new secret."""
    try:
        return msgspec.msgpack.decode(unseal_for_server(STATE, bytes(row.state), row.pk.bytes), type=State)
    except (SealBroken, msgspec.MsgspecError, ValueError):
        return State()
