"""The demo: two phones on one page; one click opens it, one wipes it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from usward.demo import couple
from usward.demo.life import life
from usward.demo.visit import forget, sign_in, visiting
from usward.demo.wipe import offered, wipe
from usward.kit import clock
from usward.kit.forms import SeeOther

prepared: list[couple.Couple] = []  # `usward demo` puts its couple here, for whoever comes


@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """GET: the two phones, or the button that opens them. POST: make the couple, and open them."""
    if not offered():
        raise Http404
    here = visiting(request)
    if request.method == "POST":
        return SeeOther("/demo/") if here else _open(request)
    if here is None and prepared:
        response = _page(request)
        sign_in(prepared[0], response)
        return response
    return _page(request) if here else render(request, "demo/begin.html", {"life": life()})


def _page(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/two.html", {"life": life()})


def _open(request: HttpRequest) -> HttpResponse:
    zone = request.POST.get("zone", "")
    try:
        two = prepared[0] if prepared else couple.make(zone if clock.known_zone(zone) else "UTC")
    except couple.Busy:
        return render(request, "demo/begin.html", {"life": life(), "busy": True}, status=503)
    response = SeeOther("/demo/")
    sign_in(two, response)
    return response


@require_POST
def wipe_demo(request: HttpRequest) -> HttpResponse:
    """Destroy the couple that this browser holds; then one's own first page."""
    here = visiting(request)
    if here is not None:
        wipe(here)
        prepared.clear()
    response = SeeOther("/")
    forget(response, request)
    return response
