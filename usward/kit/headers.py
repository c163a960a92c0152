"""Headers of every answer: nothing is stored, nothing is told to other sites, nothing of the device is used."""

from collections.abc import Callable
from functools import cache

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
_PLACE = "the-nonce-stands-here"


def SecurityHeaders(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Outermost: sets what is missing. Static files keep their own caching, and need nothing that is said to documents."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not (request.path.startswith(settings.STATIC_URL) and "Cache-Control" in response):
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("Referrer-Policy", "no-referrer")
            response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
            response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if settings.SECURE:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response

    return middleware


def HeadLikeGet(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Whoever asks for the headers alone (a watch over the server) gets those of the page, whose body is not sent."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD":
            return get_response(request)
        request.method = "GET"
        response = get_response(request)
        request.method = "HEAD"
        return response

    return middleware


def headers_only(request: HttpRequest) -> bool:
    """Whether nobody sees the page that is made: then it has told nobody anything."""
    return str(request.META["REQUEST_METHOD"]) == "HEAD"


@cache
def _policy(nonce: bool) -> str:
    """The Content-Security-Policy of our settings, built once; with or without a place for a nonce."""
    return build_policy(nonce=_PLACE if nonce else None)


class ContentSecurityPolicy(CSPMiddleware):
    """django-csp's, which builds the same words anew for every answer; an answer that has its own still goes that way."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        own = HEADER in response or any(name.startswith("_csp_") for name in vars(response))
        if own or settings.DEBUG:
            answered: HttpResponseBase = super().process_response(request, response)
            return answered
        nonce: str | None = getattr(request, "_csp_nonce", None)
        response.headers[HEADER] = _policy(nonce is not None).replace(_PLACE, nonce or "")
        if nonce is None:
            # As django-csp does it: a nonce asked for from now on would not stand in the header, and is an error.
            request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # type: ignore[attr-defined]  # likewise
        return response
