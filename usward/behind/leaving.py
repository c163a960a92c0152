"""Taking one's words along, seeing that they open, and leaving."""

from allauth.core import ratelimit
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from usward.accounts.devices import request_device, session_hash, tell
from usward.accounts.pin import own_things
from usward.behind import parting
from usward.entries.door import Insider, door
from usward.entries.moving import kept_until
from usward.keepsafe import export as exports
from usward.kit import clock
from usward.kit.forms import Form, SeeOther
from usward.kit.headers import headers_only
from usward.security.readmission import kept_away
from usward.spaces.actions import told_closed

WRONG = "This is not your passphrase. Nothing was changed."
OFTEN = "That was many tries. Wait a minute, then type it once more. Nothing was changed."


@require_http_methods(["GET", "POST"])
@door
@own_things
def export(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Everything that this person may read, as a folder in a ZIP file."""
    if request.method == "GET":
        return render(request, "behind/export.html", {"closed": inside.me.space.closed_on is not None})
    today = clock.today(inside.me.zone)
    blob = exports.archive(inside, today)
    tell(inside.user, "exported", request_device(request))
    answer = HttpResponse(blob, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{exports.folder(today)}.zip"'
    return answer


@require_http_methods(["GET", "POST"])
@door
def check(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Open everything that this person may read, and say how it went."""
    words: dict[str, object] = {"done": request.method == "POST"}
    if request.method == "POST":
        found = inside.reader.everything()
        photos, lost = exports.photos(found)
        words |= {"opened": len(found), "broken": inside.reader.broken, "photos": len(photos), "lost": lost}
        words |= {"resting": len(inside.reader.resting), "kept": bool(kept_away(inside.me))}
    return render(request, "behind/check.html", words)


def _asked(request: HttpRequest, inside: Insider, form: Form) -> None:
    """Ask for the passphrase; what is wrong with it goes into the form's errors."""
    if not ratelimit.consume(request, action="reauthenticate", user=inside.user):
        form.errors["passphrase"] = OFTEN
    elif not parting.knows_passphrase(inside, request.POST.get("passphrase", "")):
        form.errors["passphrase"] = WRONG


def _words(inside: Insider, form: Form) -> dict[str, object]:
    closed = inside.me.space.closed_on is not None
    return {
        "closed": closed,
        "until": kept_until(inside.me.space),
        "alone": inside.other is None and not closed,
        "email": inside.user.email,
        "errors": form.errors,
        "take_back": form.request.POST.get("take_back") == "yes",
    }


@require_http_methods(["GET", "POST"])
@door
def leave(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Leave quietly; or, in a closed place, go on alone."""
    form = Form(request)
    if not headers_only(request):
        told_closed(inside.me)
    if request.method == "POST" and (inside.other is not None or inside.me.space.closed_on):
        _asked(request, inside, form)
        if form.ok:
            parting.part(inside, session_hash(request), request.POST.get("take_back") == "yes")
            rotate_token(request)  # pages of before, in other tabs, hold words that were meant for the other
            return SeeOther("/settings/?said=alone")
    return render(request, "behind/leave.html", _words(inside, form), status=200 if form.ok else 422)


@require_http_methods(["GET", "POST"])
@door
def delete(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Delete the account altogether. Its confirmation names it."""
    form = Form(request)
    if request.method == "POST":
        _asked(request, inside, form)
        if request.POST.get("email", "").strip().lower() != inside.user.email:
            form.errors["email"] = f"To be sure that it is meant: write {inside.user.email} here."
        if form.ok:
            parting.delete_account(inside, request.POST.get("take_back") == "yes")
            logout(request)
            return SeeOther("/")
    return render(request, "behind/delete.html", _words(inside, form), status=200 if form.ok else 422)
