"""A visitor's browser holds the sessions of both: how it gets them, and whose they are."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix

from usward.accounts.models import DEMO_DOMAIN, User
from usward.accounts.sessions import SessionStore
from usward.accounts.unlocking import carry, hand_out
from usward.demo.couple import Couple
from usward.demo.life import SIDES
from usward.demo.sides import cookies_of, keep_apart
from usward.front.actions import BACKEND


def sign_in(couple: Couple, response: HttpResponse) -> None:
    """Give a browser the sessions of both."""
    for side in SIDES:
        unlocked = couple.unlocked[side]
        inner, answer = HttpRequest(), HttpResponse()
        inner.session = SessionStore()
        login(inner, User.objects.get(pk=unlocked.owner), backend=BACKEND)
        carry(inner, unlocked)
        inner.session["device"] = "This demo"
        inner.session.save()
        answer.set_cookie(
            settings.SESSION_COOKIE_NAME,
            inner.session.session_key or "",
            max_age=inner.session.get_expiry_age(),
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
        hand_out(inner, answer)
        keep_apart(side, answer, get_script_prefix())
        response.cookies.update(answer.cookies)


def visiting(request: HttpRequest) -> User | None:
    """One of the couple whose sessions this browser holds; None where it does not hold both, or they have gone."""
    found = [_who(cookies_of(side, request.COOKIES).get(settings.SESSION_COOKIE_NAME, "")) for side in SIDES]
    return found[0] if all(found) else None


def _who(key: str) -> User | None:
    store = SessionStore(key)
    user = store.person if key else None
    signed_in = user is not None and str(user.pk) == store.get(SESSION_KEY) and user.email.endswith(DEMO_DOMAIN)
    return user if signed_in else None


def forget(response: HttpResponse, request: HttpRequest) -> None:
    """Take the cookies of both back."""
    for name in request.COOKIES:
        if name.startswith(tuple(f"{side}_" for side in SIDES)):
            response.delete_cookie(name, path=get_script_prefix() + "demo/")
