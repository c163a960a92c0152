"""Where one is signed in, and what happened to one's account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from usward.accounts.devices import end_others, session_hash, signed_in
from usward.accounts.models import Alert, Session
from usward.entries.door import Insider, door, outsider
from usward.kit import clock
from usward.kit.forms import SeeOther
from usward.security.ways import cut
from usward.spaces.actions import bump

ALERTS = 40


@require_GET
@door
def devices(request: HttpRequest, inside: Insider) -> HttpResponse:
    """The list. It says since when, never when last."""
    here = session_hash(request)
    rows = signed_in(inside.user).order_by("-started", "key_hash")
    words = {
        "devices": [{"row": row, "here": row.key_hash == here} for row in rows],
        "alerts": list(Alert.objects.filter(user=inside.user).order_by("-at")[:ALERTS]),
        "utc_day": clock.now().date(),
        "said": request.GET.get("said"),
    }
    return render(request, "security/devices.html", words)


@require_POST
@door
def end_device(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Sign one device out; its open pages are cut at once."""
    wanted = request.POST.get("device", "")[:64]
    ended, _ = (
        Session.objects.filter(user=inside.user, key_hash=wanted).exclude(key_hash=session_hash(request)).delete()
    )
    if not ended:
        raise outsider()
    cut([wanted])
    return SeeOther("/settings/devices/?said=ended")


@require_POST
@door
def end_all(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Sign out everywhere else. (Here, too: the sign-out on the same page.)"""
    cut(end_others(inside.user, session_hash(request)))
    return SeeOther("/settings/devices/?said=all")


@require_POST
@door
def seen(request: HttpRequest, inside: Insider) -> HttpResponse:
    """The alerts have been read: Today does not show them again."""
    Alert.objects.filter(user=inside.user, seen=False).update(seen=True)
    bump(inside.me.pk)
    return SeeOther("/settings/devices/")
