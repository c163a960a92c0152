"""Pages for what could not be done: what happened, which setting may be wrong, and what next."""

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

log = logging.getLogger("usward.hosting")
LONGEST_NAME = 100
_MACHINE = re.compile(r"[a-z0-9:;,._/#?=&+-]*", re.ASCII)  # ids, days, choices, places: nothing that a person has typed
_SECRET = frozenset(("passphrase", "password", "present", "old", "pin", "code"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django would not take. Most often it came under a name that is not ours: say which setting names us."""
    words: dict[str, object] = {"url_set": bool(settings.URL.hostname)}
    if isinstance(exception, DisallowedHost):
        words["asked"] = request.META.get("HTTP_HOST", "")[:LONGEST_NAME]
        log.warning(
            "Refused: somebody asked for the host %r. Usward answers to %s (USWARD_URL, USWARD_HOSTS).",
            words["asked"],
            ", ".join(settings.ALLOWED_HOSTS),
        )
    return render(request, "400.html", words, status=400)


def OnlyForForms(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Innermost: the address of a form, asked for by a tab that came back, is a page with a way on and not a white one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code != 405 or request.method != "GET":
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware


def typed(request: HttpRequest) -> list[str]:
    """The words in a form that was not taken, for the page that says so to give them back: nobody types a letter twice.

    None where the form asks for a secret.
    """
    fields = request.POST
    if _SECRET.intersection(fields):
        return []
    values = {value for name in fields if name != "csrfmiddlewaretoken" for value in fields.getlist(name)}
    return sorted((value for value in values if not _MACHINE.fullmatch(value.strip())), key=len, reverse=True)


def unsent(request: HttpRequest, why: str, where: str, go: str) -> HttpResponse:
    """A form that nobody may send just now, with its words, and the way to be able to: an address, and what it says."""
    words = {"why": why, "typed": typed(request), "where": where, "go": go}
    return render(request, "unsent.html", words, status=401)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came from elsewhere, or from a page that was open for too long. Names the setting that may be wrong."""
    origin = request.headers.get("Origin", "")
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    elsewhere = bool(origin) and origin not in ours
    if elsewhere:
        log.warning(
            "Refused: a form came from %r. USWARD_URL says %s.",
            origin[:LONGEST_NAME],
            settings.URL.geturl() or "nothing",
        )
    insecure = settings.SECURE and origin.startswith("http:")  # there a browser sends no secure cookie
    words: dict[str, object] = {"elsewhere": elsewhere, "origin": origin[:LONGEST_NAME], "insecure": insecure}
    words |= {"typed": [] if elsewhere else typed(request)}
    return render(request, "403_csrf.html", words, status=403)
