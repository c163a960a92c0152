"""Changing the passphrase."""

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from usward.accounts import hasher
from usward.accounts.actions import ChangedMeanwhile, change_passphrase, suggest_passphrase
from usward.accounts.devices import session_hash
from usward.entries.door import Insider, door
from usward.kit.forms import Form, SeeOther
from usward.security.ways import NOT_PRESENT, check_present, cut, new_passphrase, sent_twice


@require_http_methods(["GET", "POST"])
@door
def passphrase(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Change it: this device stays signed in and unlocked, every other one is signed out at once."""
    form = Form(request)
    words = {"suggestion": suggest_passphrase(), "errors": form.errors, "said": request.GET.get("said")}
    if request.method == "GET":
        return render(request, "security/passphrase.html", words)
    chosen = new_passphrase(form)
    if form.ok:
        check_present(form, inside.user)
    if form.ok and chosen == request.POST.get("present"):
        form.errors["passphrase"] = "This is the one that you have now. Choose another."
    if not form.ok:
        return render(request, "security/passphrase.html", words | {"passphrase": chosen}, status=422)
    hashed = hasher.encode(chosen)
    while True:
        try:
            with transaction.atomic():
                ended = change_passphrase(inside.user, inside.unlocked, hashed, session_hash(request))
                update_session_auth_hash(request, inside.user)
                request.session.save()
                cut(ended)
            return SeeOther("/settings/passphrase/?said=changed")
        except ChangedMeanwhile:
            if not sent_twice(inside.user, chosen):
                form.errors["present"] = NOT_PRESENT
                return render(request, "security/passphrase.html", words | {"passphrase": chosen}, status=422)
