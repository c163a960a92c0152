"""The recovery code: made, replaced, dropped; and the way in with it after a lost passphrase."""

from uuid import UUID, uuid4

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from usward.accounts import hasher
from usward.accounts.actions import ChangedMeanwhile, change_passphrase, suggest_passphrase
from usward.accounts.devices import end_unfinished, request_device, tell
from usward.accounts.models import User
from usward.accounts.unlocking import carry, recall
from usward.entries.door import Insider, door
from usward.kit import clock
from usward.kit.forms import Form, SeeOther
from usward.security.ways import check_present, cut, new_passphrase, often, sent_twice
from usward.vault.envelope import SealBroken
from usward.vault.keys import (
    RECOVERY,
    Unlocked,
    drop_wrap,
    has_wrap,
    make_recovery_code,
    unlock_with_recovery_code,
)

WAITS = 15 * 60  # seconds in which the new passphrase is to be chosen
_RECOVERING = "recovering"
WRONG = "This address and this code do not go together. Look for a slip in either, then try again."


@require_http_methods(["GET", "POST"])
@door
def recovery(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Make a code (shown in the answer, once), replace it, drop it. Each asks for the passphrase."""
    form, user = Form(request), inside.user
    words = {"has": has_wrap(user.id, RECOVERY), "errors": form.errors, "said": request.GET.get("said")}
    if request.method == "GET":
        return render(request, "security/recovery.html", words)
    check_present(form, user)
    if not form.ok:
        return render(request, "security/recovery.html", words, status=422)
    if request.POST.get("do") == "drop":
        with transaction.atomic():
            drop_wrap(user.id, RECOVERY)
            end_unfinished(user)
            tell(user, "recovery code off", request_device(request))
        return SeeOther("/settings/recovery/?said=dropped")
    with transaction.atomic():
        code = make_recovery_code(inside.unlocked)
        end_unfinished(user)
        tell(user, "recovery code made", request_device(request))
    return render(
        request,
        "security/recovery_code.html",
        {"code": code, "groups": code.split("-"), "made": clock.today(inside.me.zone)},
    )


@require_http_methods(["GET", "POST"])
def sign_in_with_code(request: HttpRequest) -> HttpResponse:
    """E-mail and code. Nothing is open yet afterwards: a new passphrase, and a second factor that is on, come first."""
    if request.user.is_authenticated and recall(request) is not None:
        return SeeOther("/")
    form = Form(request)
    if request.method == "GET":
        return render(request, "security/recover.html", {"errors": form.errors})
    email = form.text("email", 254, needed="The address that you sign in with.").lower()
    code = form.text("code", 100, needed="The code that you wrote down.")
    if form.ok:
        if not ratelimit.consume(request, action="recovery"):
            return often(request, "a quarter of an hour")
        unlocked = _opened(email, code)
        if unlocked is not None:
            request.session.flush()
            carry(request, unlocked)
            request.session[_RECOVERING] = {"owner": unlocked.owner.hex, "at": clock.now().timestamp()}
            return SeeOther("/sign-in/recovery/new/")
        form.errors["code"] = WRONG
    return render(request, "security/recover.html", {"errors": form.errors, "email": email, "code": code}, status=422)


def _opened(email: str, code: str) -> Unlocked | None:
    """The keys that a code opens. For unknown people the same work is done, on nobody's keys."""
    user = User.objects.filter(email=email, is_active=True).first()
    try:
        return unlock_with_recovery_code(user.id if user else uuid4(), code)
    except SealBroken:
        return None


def _recovering(request: HttpRequest) -> tuple[User, Unlocked] | None:
    """Who has come in with a code a little while ago, in this browser."""
    kept = request.session.get(_RECOVERING)
    if not kept or clock.now().timestamp() - kept["at"] > WAITS:
        return None
    unlocked = recall(request)
    user = User.objects.filter(pk=UUID(hex=kept["owner"]), is_active=True).first()
    if user is None or unlocked is None or unlocked.owner != user.pk or not has_wrap(user.pk, RECOVERY):
        return None
    return user, unlocked


@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest) -> HttpResponse:
    """Choose a new passphrase, give the second factor where it is on; then everything changes in one transaction."""
    found = _recovering(request)
    if found is None:
        return SeeOther("/sign-in/recovery/")
    user, unlocked = found
    form, second = Form(request), is_mfa_enabled(user)
    words = {"errors": form.errors, "second": second, "suggestion": suggest_passphrase(), "email": user.email}
    if request.method == "GET":
        return render(request, "security/renew.html", words)
    chosen = new_passphrase(form)
    if form.ok and second:
        given = AuthenticateForm(data=request.POST, user=user)
        if given.is_valid():
            given.save()
        else:
            form.errors["code"] = str(given.errors["code"][0])
    if not form.ok:
        return render(request, "security/renew.html", words | {"passphrase": chosen}, status=422)
    hashed = hasher.encode(chosen)
    while True:
        try:
            with transaction.atomic():
                cut(change_passphrase(user, unlocked, hashed, None, "recovery used"))
                drop_wrap(user.pk, RECOVERY)
                request.session.flush()
                get_adapter(request).login(request, user)
                carry(request, unlocked)
            return SeeOther("/settings/recovery/?said=used")
        except ChangedMeanwhile:
            if not sent_twice(user, chosen):
                return SeeOther("/sign-in/recovery/")
