"""The short PIN that *own* things ask for: checked here, never on the device, five tries, then the session ends.

It opens no key. It keeps somebody who holds the unlocked phone from reading what is its owner's alone.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from urllib.parse import urlencode

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from usward.accounts import hasher
from usward.accounts.devices import session_hash
from usward.accounts.models import User
from usward.kit import clock
from usward.kit.refusals import typed, unsent

LASTS = timedelta(minutes=15)
TRIES = 5
_PASSED, _TRIED = "pin_ok", "pin_tries"


class Inside(Protocol):
    """All that the guard needs to know of an insider."""

    @property
    def user(self) -> User: ...


P = ParamSpec("P")
I_ = TypeVar("I_", bound=Inside)


def passed(request: HttpRequest) -> None:
    """Note that the right PIN (or, at sign-in, the passphrase) was just given."""
    request.session[_PASSED] = clock.now().timestamp()
    request.session.pop(_TRIED, None)


def needs_pin(request: HttpRequest, inside: Inside) -> bool:
    """Whether this session is to give the PIN before it sees *own* things."""
    return bool(due(request, inside.user))


def due(request: HttpRequest, user: User) -> str:
    """A name, made of this session and of when its PIN was last given, of the time since which it owes its PIN again; empty
    where it owes none. Two such times never have the same name."""
    age = clock.now().timestamp() - float(request.session.get(_PASSED, 0)) if user.pin else 0
    if 0 <= age <= LASTS.total_seconds():
        return ""
    return f"{session_hash(request)}:{request.session.get(_PASSED, 0)}"


def try_pin(request: HttpRequest, user: User, typed: str) -> int:
    """Try a PIN. Returns -1 when it is right, else how many tries are left; at 0 the caller ends the session."""
    # Counted twice: in the session, which has no window to wait out, and under a lock, for tries at the same moment.
    tried = int(request.session.get(_TRIED, 0)) + 1
    allowed = ratelimit.consume(request, action="pin", user=user)
    right = allowed and hasher.check(typed, user.pin) is not None
    left = -1 if right else max(TRIES - tried, 0) if allowed else 0
    if left <= 0:
        ratelimit.clear(request, action="pin", user=user)
    if right:
        passed(request)
    else:
        request.session[_TRIED] = tried
    return left


def own_things(
    view: Callable[Concatenate[HttpRequest, I_, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, I_, P], HttpResponseBase]:
    """Between `@door` and a view that shows what is a person's own: asks for the PIN first, where there is one."""

    @wraps(view)
    def guarded(request: HttpRequest, inside: I_, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if needs_pin(request, inside):
            return ask_first(request)
        return view(request, inside, *args, **kwargs)

    guarded.asks_pin = True  # type: ignore[attr-defined]  # tests tell guarded routes by it
    return guarded


def ask_first(request: HttpRequest) -> HttpResponseBase:
    """To the PIN, and back here when it is given; what was typed into a form comes back on a page of its own."""
    query = request.META.get("QUERY_STRING", "") if request.method == "GET" else ""
    where = f"{reverse('pin_ask')}?{urlencode({'next': request.path_info + (f'?{query}' if query else '')})}"
    if request.method == "POST" and typed(request):
        return unsent(request, "Your PIN comes first", where, "Give my PIN")
    return HttpResponseRedirect(where)


def set_pin(user: User, typed: str) -> None:
    """Set a PIN, or with an empty one drop it."""
    user.pin = hasher.encode(typed)[0] if typed else ""
    User.objects.filter(pk=user.pk).update(pin=user.pin)
