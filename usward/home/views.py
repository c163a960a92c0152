"""The first page: Today for whoever is inside; for everybody else, one good question."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from usward.accounts.devices import alerted, session_hash
from usward.entries.door import Insider, door, request_insider
from usward.entries.moving import kept_until
from usward.front.cards import ON_ACCESS, house_cards
from usward.front.views import first_page
from usward.home.places import context
from usward.home.today import etag, only, paused, today
from usward.kit import clock
from usward.kit.cards import CLOSER, HARD, KEEP, US
from usward.kit.forms import SeeOther
from usward.kit.headers import headers_only
from usward.kit.version import VERSION
from usward.security.cards import drawn
from usward.spaces.actions import told_closed


@require_GET
def home(request: HttpRequest) -> HttpResponseBase:
    """GET /"""
    if request_insider(request) is None and not request.user.is_authenticated:
        return first_page(request)
    return inside_home(request)  # asks to sign in where a session's keys do not open: it would find no other way to


@door
def inside_home(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Today. Asked with If-None-Match it answers 304 without opening a single entry, where nothing has changed."""
    tag = etag(inside, session_hash(request), VERSION)
    if request.META.get("HTTP_IF_NONE_MATCH") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    resting = paused(inside)
    house = house_cards(inside, alerted(request))
    cards = only(house, ON_ACCESS) if resting else today(inside, house)
    if cards.instead:
        return SeeOther(cards.instead)
    if not headers_only(request):
        drawn(cards.arrived)
        told_closed(inside.me)
    # What this look itself has put (the draw of a day) is on the page.
    tag = etag(inside, session_hash(request), VERSION)
    words = {
        "today": cards,
        "resting": resting,
        "until": inside.me.paused_until,
        "other": inside.their_card,
        "closed": inside.me.space.closed_on is not None,
        "kept_until": kept_until(inside.me.space),
        "day": clock.today(inside.me.zone),
        "place": "today",
        "tag": tag,
        "zone": inside.me.zone,
    }
    response = render(request, "home/today.html", words)
    response["ETag"] = tag
    return response


@require_GET
@door
def talk(request: HttpRequest, inside: Insider) -> HttpResponse:
    """GET /talk/: come closer, or say something hard."""
    return render(request, "home/talk.html", context(inside, CLOSER, HARD) | {"place": "talk"})


@require_GET
@door
def keep(request: HttpRequest, inside: Insider) -> HttpResponse:
    """GET /keep/: what the two have written to each other."""
    return render(request, "home/place.html", context(inside, KEEP) | KEEP_WORDS)


@require_GET
@door
def us(request: HttpRequest, inside: Insider) -> HttpResponse:
    """GET /us/: dreams, wishes, touch."""
    return render(request, "home/place.html", context(inside, US) | US_WORDS)


KEEP_WORDS = {
    "place": "keep",
    "title": "Keep",
    "lead": "What you have written to each other, to find again.",
    "key": KEEP,
}
US_WORDS = {"place": "us", "title": "Us", "lead": "What you wish for, and what is yours alone.", "key": US}


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """GET /health: the version, and whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"version": VERSION, "database": "ok"})
