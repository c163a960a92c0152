"""My calendars: added by an address or a file, seen by nobody, not even by myself."""

from datetime import time
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from usward.calendars.apart import LARGEST
from usward.calendars.fetch import LONGEST, Refused
from usward.entries.door import Insider, door
from usward.freebusy import actions, work
from usward.freebusy.comparing import NIGHT
from usward.freebusy.entries import SLEEP, Sleep
from usward.freebusy.models import Calendar
from usward.kit import clock
from usward.kit.forms import Fields, Form, SeeOther, uuid_or_none

PATH = "plan/calendars/"
LOST = 120  # seconds after which a file that is still not read will not be: the server was stopped meanwhile
ACTS = ("address", "file", "away", "sleep")


@require_http_methods(["GET", "POST"])
@door
def calendars(request: HttpRequest, inside: Insider) -> HttpResponse:
    """GET /plan/calendars/: mine. POST: add one, take one away, or say when I sleep."""
    if request.method == "GET":
        return render(request, "freebusy/calendars.html", {"c": _context(inside, Form(request))})
    form = Form(request)
    act = form.choice("act", ACTS, needed="Choose one of these.")
    if form.ok:
        {"address": _address, "file": _file, "away": _away, "sleep": _sleep}[act](inside, form)
    if form.ok:
        return SeeOther(PATH)
    return render(request, "freebusy/calendars.html", {"c": _context(inside, form)}, status=422)


def _address(inside: Insider, form: Form) -> None:
    address = form.text("address", LONGEST, needed="Paste the address of your calendar.")
    if not form.ok:
        return
    try:
        actions.add_address(inside, form.entry_id(), address)
    except Refused as refused:
        form.errors["address"] = str(refused)
    except actions.TooMany:
        form.errors["address"] = _too_many()


def _file(inside: Insider, form: Form) -> None:
    file = form.request.FILES.get("file")
    if file is None or not file.size:
        form.errors["file"] = "Choose a file. Calendar files end in .ics."
    elif file.size > LARGEST:
        form.errors["file"] = "This file is larger than 10 MB. Export a shorter time of it."
    else:
        try:
            actions.add_file(inside, form.entry_id(), file.read())
        except actions.TooMany:
            form.errors["file"] = _too_many()


def _away(inside: Insider, form: Form) -> None:
    calendar = uuid_or_none(form.request.POST.get("calendar", ""))
    actions.take_away(inside, calendar or UUID(int=0))


def _sleep(inside: Insider, form: Form) -> None:
    try:
        first, last = (time.fromisoformat(form.request.POST.get(name, "")) for name in ("first", "last"))
    except ValueError:
        form.errors["sleep"] = "Choose two times of the day."
        return
    actions.sleep(inside, *(one.replace(second=0, microsecond=0, tzinfo=None) for one in (first, last)))


def _too_many() -> str:
    return f"{actions.MOST} calendars are enough for one person. Take one away first."


def _context(inside: Insider, form: Form) -> dict[str, object]:
    said = inside.reader.own(Sleep, SLEEP)
    first, last = (said.value.first, said.value.last) if said else NIGHT
    rows = Calendar.objects.filter(partner=inside.me).order_by("added_at", "pk")
    return {
        "calendars": [_shown(inside, row) for row in rows],
        "first": f"{first:%H:%M}",
        "last": f"{last:%H:%M}",
        "address": form.request.POST.get("address", ""),
        "errors": Fields(form.errors),
    }


def _shown(inside: Insider, row: Calendar) -> dict[str, object]:
    """One of mine: what it is, and how it goes; not where it is, nor what is in it."""
    state, age = work.state_of(row), (clock.now() - row.added_at).total_seconds()
    dead = row.read_at is not None and row.space != inside.me.space_id
    waits = row.read_at is None and not state.wrong
    lost = waits and not row.address and age > LOST
    return {
        "id": row.pk,
        "address": bool(row.address),
        "read": row.read_at,
        "said": state.said,
        "waits": waits and not lost,
        "wrong": state.wrong
        or ("It could not be read. Add it once more." if lost else "")
        or ("It was read before the two of you were one. Add it once more." if dead and not row.address else ""),
    }
