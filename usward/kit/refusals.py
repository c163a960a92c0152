"""Pages for what could not be done: what happened, which setting may be wrong, and what next."""

import logging

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger("usward.hosting")
LONGEST_NAME = 100


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
    words = {"elsewhere": elsewhere, "origin": origin[:LONGEST_NAME], "insecure": insecure}
    return render(request, "403_csrf.html", words, status=403)
