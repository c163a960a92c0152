"""The old passphrase has come back: what was one's own opens again."""

from allauth.core import ratelimit
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from usward.accounts import hasher
from usward.entries.door import Insider, door
from usward.entries.returning import bring_back
from usward.kit.forms import Form, SeeOther
from usward.security import readmission
from usward.security.ways import OFTEN
from usward.spaces.actions import bump
from usward.spaces.models import Readmission
from usward.vault.archive import open_put_away
from usward.vault.envelope import SealBroken
from usward.vault.keys import destroy_keys


@require_http_methods(["GET", "POST"])
@door
def old_own(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Try the old passphrase on what was put away when the partner let this person in again."""
    rested, form = readmission.kept_away(inside.me), Form(request)
    until = max((row.completed_at + readmission.KEEPS for row in rested if row.completed_at), default=None)
    words = {"until": until, "errors": form.errors, "said": request.GET.get("said")}
    if request.method == "GET" or not rested:
        return render(request, "security/old_own.html", words)
    if not ratelimit.consume(request, action="reauthenticate", user=inside.user):
        form.errors["old"] = OFTEN
    elif not any(_brought_back(inside, row, request.POST.get("old", "")) for row in rested):
        form.errors["old"] = "This is not the old passphrase. What is sealed stays as it is; try as often as you like."
    if not form.ok:
        return render(request, "security/old_own.html", words, status=422)
    return SeeOther("/settings/old-own/?said=back")


def _brought_back(inside: Insider, row: Readmission, typed: str) -> bool:
    derived = hasher.check(typed, row.old_password)
    if derived is None or row.old_owner is None:
        return False
    try:
        old = open_put_away(inside.user.id, row.old_owner, derived.kek)
    except SealBroken:
        return False
    with transaction.atomic():
        bring_back(inside.me, row, old, inside.unlocked)
        destroy_keys(row.old_owner)
        Readmission.objects.filter(pk=row.pk).delete()
        bump(inside.me.pk)
    return True
