"""Hours in one's own calendar: the page with the address, what stands behind it, and one hour as a file."""

from hashlib import sha256
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import parse_etags
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from usward.accounts.limits import allowed
from usward.accounts.pin import own_things
from usward.entries.door import Insider, door, outsider
from usward.entries.feeds import OpenFeed, read, secret_of
from usward.kit.forms import Form, SeeOther
from usward.kit.qr import qr
from usward.practices.plan import feeds
from usward.practices.plan.reading import one_plan

ACTS = ("make", "choose", "end")
TITLES = ("busy", "titles")
CALENDAR = "text/calendar; charset=utf-8"


@require_http_methods(["GET", "POST"])
@door
@own_things
def feed(request: HttpRequest, inside: Insider) -> HttpResponse:
    """One's own address: make it, choose what it says, make another, switch it off."""
    if request.method == "GET":
        feeds.looked(inside)
        return _page(request, inside)
    form = Form(request)
    act = form.choice("act", ACTS, needed="Choose one of these.")
    says = form.choice("says", TITLES, needed="Choose what it says.") if act in ("make", "choose") else ""
    if not form.ok:
        return _page(request, inside, form.errors)
    if act == "make":
        feeds.begin(inside, says == "busy")
    elif act == "choose":
        feeds.choose(inside, says == "busy")
    else:
        feeds.end(inside)
    return SeeOther("/plan/feed/")


def _page(request: HttpRequest, inside: Insider, errors: dict[str, str] | None = None) -> HttpResponse:
    mine = feeds.mine(inside)
    c: dict[str, object] = {"feed": mine, "says": "busy" if mine is None or mine.neutral else "titles"}
    c |= {"errors": errors or {}, "open": request.is_secure()} | (_address(request, inside, mine) if mine else {})
    return render(request, "plan/feed.html", {"c": c, "place": "plan"}, status=422 if errors else 200)


def _address(request: HttpRequest, inside: Insider, mine: OpenFeed) -> dict[str, object]:
    """The address in the ways in which one gives it to a calendar; nothing where its owner's keys are others since."""
    secret = secret_of(mine, inside.unlocked)
    if not secret:
        return {}
    link = request.build_absolute_uri(reverse("feed", args=[secret]))
    subscribe = "webcal:" + link.partition(":")[2]
    return {"link": link, "subscribe": subscribe, "qr": qr(subscribe)}


@require_safe
def served(request: HttpRequest, secret: str) -> HttpResponse:
    """GET /feed/<secret>.ics: the file, for whoever has the address. It opens no session and sets no cookie."""
    if not allowed(request, "feed"):
        return HttpResponse("That was often. Ask again in a minute.", status=429, content_type="text/plain")
    data = read(secret)
    if data is None:
        return HttpResponse("There is nothing here.", status=404, content_type="text/plain")
    if not data:  # after a restore, until one of the two looks in
        return HttpResponse("Not yet.", status=503, content_type="text/plain", headers={"Retry-After": "3600"})
    tag = f'"{sha256(data).hexdigest()[:32]}"'
    asked = [one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))]
    if tag in asked:
        return HttpResponse(status=304, headers={"ETag": tag})
    return HttpResponse(data, content_type=CALENDAR, headers={"ETag": tag, "Content-Disposition": _named("inline")})


@require_GET
@door
def invitation(request: HttpRequest, inside: Insider, plan_id: UUID) -> HttpResponse:
    """GET /plan/<id>/invitation.ics: one plan, for either of the two, as a file."""
    plan = one_plan(inside, plan_id.hex)
    if plan is None:
        raise outsider()
    try:
        data = feeds.invitation(inside, plan)
    except LookupError:
        raise outsider() from None
    return HttpResponse(data, content_type=CALENDAR, headers={"Content-Disposition": _named("attachment")})


def _named(how: str) -> str:
    return f'{how}; filename="hours.ics"'
