"""Pages for what could not be done: what happened, which setting may be wrong, and what next."""

import logging
import re
import sys
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import get_script_prefix, resolve

from usward.kit.unkept import why_not

log = logging.getLogger("usward.hosting")
LONGEST_NAME = 100
# What nobody has typed: ids, numbers, days, times and places; and one small word in a field for choices. Elsewhere it may be all
# that somebody has typed ("sorry").
_MACHINE = re.compile(r"[0-9a-f-]{32,}|[0-9:.,+-]*|/[^ ]*", re.ASCII)
_CHOICE = re.compile(r"[a-z0-9:;,._/#?=&+-]*", re.ASCII)
_CHOICES = frozenset(
    "about act after answer any-season apart aside asked at at_time back begins calendar calm card ceiling closed "
    "colour comfort composer day days device do door energy entry exchange fits for from gesture held how id invitation "
    "kind ladder last level marked maybes minutes mood next nth number occasion of offer part passed past phones "
    "photo_stays pile places question reading replaces round same says seen seen_by shape step strokes support "
    "take_back theme time to topic turn undo unsuited until use view waits want warmth was weeks what when who zone".split()
)
_SECRET = frozenset(("passphrase", "password", "present", "old", "pin", "code"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django would not take. Most often it came under a name that is not ours: say which setting names us."""
    words: dict[str, object] = {"url_set": bool(settings.URL.hostname)}
    if isinstance(exception, DisallowedHost):
        if request.path_info in settings.WAY_OUT:
            way_out: HttpResponse = resolve(request.path_info).func(request)
            return way_out
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
    pairs = [(name, value) for name in fields if name != "csrfmiddlewaretoken" for value in fields.getlist(name)]
    return sorted({value for name, value in pairs if not _machines(name, value.strip())}, key=len, reverse=True)


def _machines(name: str, value: str) -> bool:
    choice = name in _CHOICES or name.startswith(("answer-", "mark-", "wish-"))
    return bool((_CHOICE if choice else _MACHINE).fullmatch(value))


def unsent(request: HttpRequest, why: str, where: str, go: str, status: int = 401) -> HttpResponse:
    """A form that nobody may send just now, with its words, and the way to be able to: an address, and what it says."""
    words = {"why": why, "typed": typed(request), "where": where, "go": go}
    return render(request, "unsent.html", words, status=status)


def broken(request: HttpRequest) -> HttpResponse:
    """An error of ours. What was typed is given back; nothing that may have broken (the person's keys, the database) is asked."""
    words = {"root": get_script_prefix(), "typed": typed(request), "why": why_not(sys.exc_info()[1])}
    return HttpResponse(get_template("500.html").render(words), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came from elsewhere, or from a page that was open for too long. Names the setting that may be wrong."""
    origin = request.headers.get("Origin", "")
    ours = {f"{request.scheme}://{request.META.get('HTTP_HOST', '')}", *settings.CSRF_TRUSTED_ORIGINS}
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
