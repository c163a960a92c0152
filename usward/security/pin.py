"""The pages of the short PIN. The guard itself is in usward.accounts.pin, where practices can reach it."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from usward.accounts.devices import request_device, session_hash, tell
from usward.accounts.pin import needs_pin, own_things, passed, set_pin, try_pin
from usward.entries.door import Insider, door
from usward.kit.forms import Form, SeeOther, back
from usward.security.ways import check_present, cut, drop_unlock_cookie

__all__ = ["ask", "needs_pin", "own_things", "pin"]
_PIN = re.compile(r"[0-9]{4,8}")


@require_http_methods(["GET", "POST"])
@door
def pin(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Set it, change it, drop it. Each asks for the passphrase."""
    form, user = Form(request), inside.user
    words = {"has": bool(user.pin), "errors": form.errors, "said": request.GET.get("said")}
    if request.method == "GET":
        return render(request, "security/pin.html", words)
    dropping = request.POST.get("do") == "drop"
    typed = "" if dropping else request.POST.get("pin", "")
    if not dropping and not _PIN.fullmatch(typed):
        form.errors["pin"] = "A PIN has 4 to 8 digits, and nothing else."
    if form.ok:
        check_present(form, user)
    if not form.ok:
        return render(request, "security/pin.html", words, status=422)
    set_pin(user, typed)
    passed(request)
    tell(user, "PIN removed" if dropping else "PIN set", request_device(request))
    return SeeOther(f"/settings/pin/?said={'dropped' if dropping else 'set'}")


@require_http_methods(["GET", "POST"])
@door
def ask(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Ask for it. After the fifth wrong one this session ends."""
    going = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "GET":
        return render(request, "security/pin_ask.html", {"next": going}) if inside.user.pin else SeeOther("/")
    left = try_pin(request, inside.user, request.POST.get("pin", "")[:8]) if inside.user.pin else -1
    if left < 0:
        return back(request)
    if left == 0:
        ended = session_hash(request)
        tell(inside.user, "PIN wrong five times", request_device(request))
        request.session.flush()
        cut([ended])
        return drop_unlock_cookie(SeeOther("/sign-in/?said=pin"))
    return render(request, "security/pin_ask.html", {"next": going, "left": left}, status=422)
