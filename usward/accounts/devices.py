"""The devices on which a person is signed in, and the alerts that only they see."""

import re
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from usward.accounts.models import Alert, Session, User
from usward.accounts.sessions import hash_key
from usward.kit import clock

_KNOWN = [
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android.*Mobile", "Android phone"),
    (r"Android", "Android tablet"),
    (r"Macintosh", "Mac"),
    (r"Windows", "Windows"),
    (r"CrOS", "Chromebook"),
    (r"Linux", "Linux"),
]
_BROWSERS = [(r"Firefox/", "Firefox"), (r"Edg/", "Edge"), (r"(Chrome|CriOS)/", "Chrome"), (r"Safari/", "Safari")]


def device_name(user_agent: str) -> str:
    """A device in two words, from what the browser says of itself ("Firefox on Linux")."""
    system = next((name for pattern, name in _KNOWN if re.search(pattern, user_agent)), "a device")
    browser = next((name for pattern, name in _BROWSERS if re.search(pattern, user_agent)), "A browser")
    return f"{browser} on {system}"


def tell(user: User, what: str, device: str = "") -> None:
    """Leave an alert for the account's owner alone."""
    Alert.objects.create(user=user, what=what, device=device[:60], at=clock.now())


def request_device(request: HttpRequest) -> str:
    """The name of the device that asks."""
    return device_name(request.headers.get("User-Agent", ""))


def alerted(request: HttpRequest) -> bool:
    """Whether something has happened to this person's account that they have not been told."""
    store: Any = request.session
    return bool(store.alerted)


def session_hash(request: HttpRequest) -> str:
    """The hash that names this request's session in the table."""
    return hash_key(request.session.session_key or "")


def signed_in(user: User) -> QuerySet[Session]:
    """The devices on which a person is signed in."""
    return Session.objects.filter(user=user, expires__gt=clock.now()).exclude(device="")


def end_unfinished(user: User) -> None:
    """End what began with something that is no longer good (a recovery code), and has not become a sign-in yet."""
    Session.objects.filter(user=user, device="").delete()


def end_others(user: User, keep: str | None) -> list[str]:
    """Sign a person out everywhere but (perhaps) here. Returns the hashes of the sessions that ended."""
    rows = Session.objects.filter(user=user)
    if keep:
        rows = rows.exclude(key_hash=keep)
    ended = list(rows.values_list("key_hash", flat=True))
    rows.delete()
    return ended
