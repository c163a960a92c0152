"""What the pages about access share: checking the present passphrase, reading a new one, saying "that was often"."""

from collections.abc import Iterable
from functools import partial

from allauth.core import ratelimit
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from usward.accounts import hasher
from usward.accounts.actions import MAX_PASSPHRASE, MIN_PASSPHRASE
from usward.accounts.models import User
from usward.kit.forms import Form
from usward.live.hub import hub

OFTEN = "That was many tries. Wait a minute, then try again. Nothing was changed."

NOT_PRESENT = "This is not your present passphrase. Nothing was changed."


def check_present(form: Form, user: User, field: str = "present") -> None:
    """Check the present passphrase of somebody who is signed in; what is wrong goes to the form's errors."""
    typed = form.request.POST.get(field, "")
    if not typed:
        form.errors[field] = "Your present passphrase is needed for this."
    elif not ratelimit.consume(form.request, action="reauthenticate", user=user):
        form.errors[field] = OFTEN
    elif hasher.check(typed, user.password) is None:
        form.errors[field] = NOT_PRESENT


def new_passphrase(form: Form, field: str = "passphrase") -> str:
    """Read a passphrase that somebody has chosen."""
    typed = form.request.POST.get(field, "")
    if not MIN_PASSPHRASE <= len(typed) <= MAX_PASSPHRASE:
        form.errors[field] = f"A passphrase has {MIN_PASSPHRASE} to {MAX_PASSPHRASE} characters. A few words do well."
    return typed


def sent_twice(user: User, chosen: str) -> bool:
    """Whether the passphrase was changed to this very one meanwhile: the same form, sent twice, is to be done twice."""
    user.refresh_from_db(fields=["password"])
    return hasher.check(chosen, user.password) is not None


def cut(sessions: Iterable[str]) -> None:
    """Cut the open pages of sessions that have ended, once that is committed."""
    for session in list(sessions):
        transaction.on_commit(partial(hub.close, session), robust=True)


def often(request: HttpRequest, wait: str) -> HttpResponse:
    """The page that says that this was often, and when to try again."""
    return render(request, "429.html", {"wait": wait}, status=429)


def drop_unlock_cookie(response: HttpResponse) -> HttpResponse:
    """Take the unlocking secret from the browser."""
    response.delete_cookie(settings.UNLOCK_COOKIE_NAME, path=settings.SESSION_COOKIE_PATH, samesite="Lax")
    return response
