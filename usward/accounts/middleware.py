"""Sessions that roll, and the person of a request without a second query."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions import middleware
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from usward.accounts.models import User
from usward.accounts.unlocking import hand_out


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's, and: a signed-in session is renewed when it is due, together with its unlocking cookie."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session: Any = request.session
        due = session.accessed and session.get(SESSION_KEY) and session.due
        asked, session.modified = session.modified, session.modified or due
        try:
            answered: HttpResponse = super().process_response(request, response)
        except SessionInterrupted:
            return response  # ended elsewhere while this was answered: it was asked in time, and the next request finds nobody
        except OperationalError:
            if asked:
                raise
            return response  # it is renewed when there is room again
        if due or hasattr(request, "_unlock_secret"):
            hand_out(request, answered)
        return answered


def PersonMiddleware(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], Any]:
    """Sets `request.user`, lazily, from the session's own row."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.user = SimpleLazyObject(lambda: person(request))  # type: ignore[assignment]
        return get_response(request)

    return middleware


def person(request: HttpRequest) -> User | AnonymousUser:
    """Who is signed in: the session names them, and was made under their present passphrase."""
    session: Any = request.session
    named = session.get(SESSION_KEY)
    if not named:
        return AnonymousUser()
    user: User | None = session.person
    if user is None or str(user.pk) != named or not user.is_active:
        return AnonymousUser()
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        session.flush()
        return AnonymousUser()
    return user
