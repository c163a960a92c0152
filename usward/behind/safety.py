"""Help lines, and the way out in a hurry. Neither looks at who is signed in; neither leaves anything behind.

The page of help lines opens no session, sets no cookie and writes no row, so that nothing of a visit can be seen by
anybody afterwards but in the browser's own history, which the page says.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from usward.accounts.devices import session_hash
from usward.content.loader import library
from usward.content.schema import Country, Line
from usward.kit.forms import SeeOther
from usward.kit.refusals import csrf_failure
from usward.kit.unkept import by_the_way
from usward.live.hub import hub

ABOUT = {"emergency": "In danger now", "violence": "Violence and fear at home", "crisis": "Somebody to talk to"}
COOKIES = (settings.SESSION_COOKIE_NAME, settings.UNLOCK_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "usward_claim")


@dataclass(frozen=True)
class Group:
    """The lines about one thing, each with the number that a phone dials."""

    title: str
    lines: list[tuple[Line, str]]


def dialled(phone: str) -> str:
    """A number as a `tel:` link has it: digits, and + * # where they belong."""
    kept = re.sub(r"[^0-9+*#]", "", phone)
    return kept[:1] + kept[1:].replace("+", "")


def guessed_country(request: HttpRequest) -> str:
    """The first region that the browser's languages name ("da-DK" says DK), or an empty string."""
    regions = re.findall(
        r"[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})\b", request.headers.get("Accept-Language", "")[:200].lower()
    )
    return next((code.upper() for code in regions if library().country(code)), "")


def groups(country: Country | None) -> list[Group]:
    """A country's lines, the most urgent first."""
    lines = country.lines if country else ()
    found = [(title, [line for line in lines if line.about == about]) for about, title in ABOUT.items()]
    return [Group(title, [(line, dialled(line.phone)) for line in some]) for title, some in found if some]


@require_GET
def safety(request: HttpRequest) -> HttpResponse:
    """GET /safety/"""
    chosen = library().country(request.GET.get("country", "")[:2] or guessed_country(request))
    countries = sorted(library().help, key=lambda one: one.name)
    words = {"country": chosen, "groups": groups(chosen), "countries": countries}
    return render(request, "behind/safety.html", words)


def _from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site's page sent this: browsers say so in one of two headers."""
    own = (f"{request.scheme}://{request.META.get('HTTP_HOST', '')}", *settings.CSRF_TRUSTED_ORIGINS)
    site, origin = request.headers.get("Sec-Fetch-Site", "same-origin"), request.headers.get("Origin", own[0])
    return site not in ("same-origin", "none") or (origin not in own and origin != "null")


@csrf_exempt  # it must work from a page that has lain open for long; a foreign page is refused below
@require_POST
def leave_quickly(request: HttpRequest) -> HttpResponse:
    """POST /exit/: this session ends here, this browser is asked to forget us, and a harmless page comes.

    Under a name that is not this server's (kit/refusals.py:bad_request) there is no session, and the way out all the same.
    """
    if _from_elsewhere(request):
        return csrf_failure(request)
    response = SeeOther("/exit/done/")
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME) and hasattr(request, "session"):
        hub.close(session_hash(request))
        with by_the_way():  # where the disk is full the way out is there all the same
            logout(request)
    for name in COOKIES:
        if name in request.COOKIES:
            response.delete_cookie(name, path=settings.SESSION_COOKIE_PATH, samesite="Lax")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_GET
def done(request: HttpRequest) -> HttpResponse:
    """GET /exit/done/: a page about something else."""
    return render(request, "behind/measures.html")
