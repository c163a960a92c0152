"""The door: the only way from a request or a socket to a partner with open entries.

A view behind it is written `@door def view(request, inside)`. Whoever is not signed in is asked to sign in; a session
whose keys do not open is ended. What `inside` offers is already limited to what this person may read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from http.cookies import CookieError, SimpleCookie
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.crypto import constant_time_compare

from usward.accounts.models import User
from usward.accounts.pin import due
from usward.accounts.sessions import SessionStore, hash_key
from usward.accounts.unlocking import from_cookie, recall
from usward.entries.drafts import Drafts
from usward.entries.joining import merge
from usward.entries.moving import clear_closed, go_on_alone, kept_until
from usward.entries.reader import Reader
from usward.entries.sealing import Keyring
from usward.entries.writer import Writer
from usward.kit import clock
from usward.kit.forms import SeeOther
from usward.kit.refusals import typed, unsent
from usward.kit.unkept import by_the_way
from usward.spaces.actions import Elsewhere, other_of, still_here
from usward.spaces.card import UNREADABLE, Card, read_card
from usward.spaces.models import Partner, Space
from usward.vault.keys import Unlocked
from usward.vault.ring import RingBroken

P = ParamSpec("P")


@dataclass(frozen=True)
class Insider:
    """A partner, at home: who they are, who the other is, and the only hands that read and write for them. `behind` is empty
    but while their PIN is due (accounts/pin.py:due); `posted` gives the form of the request, which drafts ask for."""

    user: User
    me: Partner
    unlocked: Unlocked
    behind: str = ""
    posted: Callable[[], Mapping[str, str]] | None = None

    @cached_property
    def other(self) -> Partner | None:
        """The other of the two, if there is one: asked for when a page needs them, which an unchanged one does not."""
        return other_of(self.me)

    @cached_property
    def keyring(self) -> Keyring:
        """The keys of this person in their space."""
        return Keyring(self.unlocked, self.me.space_id)

    @cached_property
    def reader(self) -> Reader:
        """Reads what this person may read."""
        return Reader(self.me, self.keyring)

    @cached_property
    def writer(self) -> Writer:
        """Writes as this person."""
        return Writer(self.me, self.keyring, self.reader)

    @cached_property
    def drafts(self) -> Drafts:
        """This person's drafts."""
        return Drafts(self.me, self.keyring, self.behind, self.posted)

    @cached_property
    def my_card(self) -> Card:
        """The name by which this person goes."""
        return self._card(self.me) or Card("You")

    @cached_property
    def their_card(self) -> Card | None:
        """The name by which the other goes, where there is another."""
        return self._card(self.other) or UNREADABLE if self.other else None

    def _card(self, of: Partner) -> Card | None:
        try:
            return read_card(of, self.keyring.ring)
        except RingBroken:
            return None  # what is this person's own, and their settings, need no couple key


def find_insider(user: Any, unlocked: Unlocked) -> Insider | None:
    """The insider for a signed-in person whose key is open. Brings a confirmed newcomer in, and the day forward."""
    partner: Partner | None = getattr(user, "partner", None)
    if partner is None or unlocked.owner != user.pk:
        return None
    if partner.merge_due:
        with by_the_way():
            merge(partner, unlocked)
        partner = Partner.objects.select_related("space").get(pk=partner.pk)
    if partner.left_on is not None:
        partner = go_on_alone(partner, unlocked)
    until = kept_until(partner.space)
    if until and clock.today(partner.zone) > until:
        partner = clear_closed(partner, unlocked)
    inside = Insider(user, partner, unlocked)
    _reach_day(inside)
    return inside


def _reach_day(inside: Insider) -> None:
    """Note the latest day that has begun for both, once a day."""
    partner = inside.me
    if clock.today(partner.zone) <= partner.space.day_reached:
        return
    day = min(clock.today(p.zone) for p in (partner, inside.other) if p)
    if day > partner.space.day_reached:
        with by_the_way():
            Space.objects.filter(pk=partner.space_id, day_reached__lt=day).update(day_reached=day)
        partner.space.day_reached = day


def request_insider(request: HttpRequest) -> Insider | None:
    """Who asks, if they are at home here: found once a request."""
    if not hasattr(request, "_insider"):
        unlocked = recall(request) if request.user.is_authenticated else None
        found = find_insider(request.user, unlocked) if unlocked else None
        found = found and replace(found, behind=due(request, found.user), posted=lambda: request.POST)
        request._insider = found  # type: ignore[attr-defined]  # kept for this request alone
    known: Insider | None = request._insider  # type: ignore[attr-defined]  # set above
    return known


View = Callable[Concatenate[HttpRequest, Insider, P], HttpResponseBase]


def door(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let a view be seen by insiders only, and hand the insider to it."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        inside = request_insider(request)
        if inside is None:
            return ask_to_sign_in(request)
        try:
            return view(request, inside, *args, **kwargs)
        except Exception:
            if not _is_over(request, inside):
                raise
        return look_again(request)

    guarded.behind_door = True  # type: ignore[attr-defined]  # the doors test tells guarded routes by it
    return guarded


def _is_over(request: HttpRequest, inside: Insider) -> bool:
    """Whether this person has left the place, or this session has ended, since the request came through the door."""
    try:
        still_here(inside.me, inside.unlocked)
    except Elsewhere:
        return True
    return not request.session.exists(request.session.session_key or "")


def look_again(request: HttpRequest) -> HttpResponse:
    """Somebody has left, was let in, has deleted all or has new keys, in another tab or on another device, while this was on its
    way. What was looked at is looked at anew; what was sent is given back, since it was meant for the place that was."""
    request._insider = None  # type: ignore[attr-defined]  # their keys of then open nothing any more
    if request.method == "GET":
        return redirect(request.get_full_path())
    if request.method == "POST" and typed(request):
        return unsent(request, "Your place here has changed meanwhile", resolve_url("home"), "Go there", status=409)
    return SeeOther("/")


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to the sign-in page; a session whose keys do not open ends here."""
    if request.user.is_authenticated:
        logout(request)
    where = resolve_url(settings.LOGIN_URL)
    if request.method == "GET":
        where += "?" + urlencode({"next": request.get_full_path()})
    if request.method == "POST" and typed(request):
        return unsent(request, "You were signed out meanwhile", where, "Sign in")
    return redirect(where)


def outsider(*_: object) -> Http404:
    """What anybody gets who asks for what is not theirs."""
    return Http404("There is nothing here.")


def socket_partner(headers: Mapping[str, str]) -> tuple[str, str] | None:
    """Who opens a socket: (partner id, session hash), or None. The same checks as for a request; nothing is opened."""
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return None
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    secret = cookies.get(settings.UNLOCK_COOKIE_NAME)
    if key is None or secret is None:
        return None
    store = SessionStore(key.value)
    user = store.person
    if user is None or not user.is_active or str(user.pk) != store.get(SESSION_KEY):
        return None
    if not constant_time_compare(store.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        return None
    unlocked = from_cookie(store.get("unlock"), secret.value)
    partner: Partner | None = getattr(user, "partner", None)
    if unlocked is None or unlocked.owner != user.pk or partner is None:
        return None
    return str(partner.pk), hash_key(key.value)
