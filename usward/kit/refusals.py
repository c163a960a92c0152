"""Pages for what could not be done: what happened, and what next."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came from elsewhere, or from a page that was open for too long. Names the setting that may be wrong."""
    origin = request.headers.get("Origin", "")
    trusted = settings.CSRF_TRUSTED_ORIGINS[0] if settings.CSRF_TRUSTED_ORIGINS else ""
    elsewhere = bool(origin) and origin not in (trusted, f"{request.scheme}://{request.get_host()}")
    words = {"elsewhere": elsewhere, "origin": origin, "setting": "USWARD_URL"}
    return render(request, "403_csrf.html", words, status=403)
