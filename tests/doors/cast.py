"""The people of these tests, each signed in by the forms, and what they have said: made once a session.

Nothing of them stays in the database: it is made, taken as a snapshot and rolled back; the fixture `cast` lays it out
again inside the transaction of one test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from tests.doors import steps
from tests.doors.snapshot import Snapshot, lay_out, take
from tests.doors.table import before
from tests.doors.visitor import Inside
from usward.accounts.models import User
from usward.accounts.sessions import SessionStore, hash_key
from usward.accounts.unlocking import from_cookie
from usward.entries.moving import leave
from usward.kit import clock
from usward.security import readmission
from usward.spaces.models import Invitation

PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@dataclass
class Cast:
    """Cookies by role; and for each couple the addresses and ids of what its first one said."""

    cookies: dict[str, dict[str, str]]
    things: dict[str, dict[str, str]]

    def visitor(self, role: str) -> Inside:
        return Inside(self.cookies[role])

    def things_for(self, role: str) -> dict[str, str]:
        """Whose things a role is tried on: the ex and who stayed on those of their own place, all others on Anna's."""
        return self.things["cleo" if role in ("ex", "stayed") else "anna"]


def _things(host: Inside, guest: Inside) -> dict[str, str]:
    """One of everything that has an owner."""
    ids = {name: str(uuid4()) for name in ("thanks", "later", "own", "tonight", "reply", "checkin")}
    fields: dict[str, Any] = {"text": "You made the long call.", "kind": "thanks", "when": "now", "id": ids["thanks"]}
    host.post("/thanks/", fields)
    host.post("/thanks/", fields | {"text": "For tomorrow.", "when": "tomorrow", "id": ids["later"]})
    host.post("/questions/own/", {"question": "Where to?", "text": "To the sea.", "id": ids["own"]})
    host.post("/checkin/", {"mood": "tired", "line": "Slept badly.", "seen_by": "both", "id": ids["checkin"]})
    exchange = f"thanks:{ids['thanks'].replace('-', '')}"
    host.post("/tonight/", {"exchange": exchange, "text": "The long call", "id": ids["tonight"]})
    answer = guest.post("/reply/", {"exchange": exchange, "text": "Gladly.", "id": ids["reply"]})
    assert answer.status == 303, "the guest could not reply"
    later = f"thanks:{ids['later'].replace('-', '')}"
    more = _said_before(host, guest, ids)
    return (
        ids | more | {"exchange": exchange, "later_exchange": later, "question": f"q:own-{ids['own'].replace('-', '')}"}
    )


def _said_before(host: Inside, guest: Inside, ids: dict[str, str]) -> dict[str, str]:
    """What practices want said; the ids of what they give a name."""
    things = dict(ids) | {"tomorrow": (clock.now() + timedelta(days=1)).date().isoformat()}
    for step in before():
        given = {name: str(value).format(**things) for name, value in step.get("fields", {}).items()}
        given.setdefault("id", str(uuid4()))
        path = step["path"].format(**things)
        answer = {"self": host, "partner": guest}[step["who"]].post(path, given)
        assert answer.status in (204, 302, 303), f"[[before]]: {path} was answered with {answer.status}"
        things |= {step["name"]: given["id"]} if "name" in step else {}
    return things


def unlocked_of(person: Inside) -> Any:
    store = SessionStore(person.cookies[settings.SESSION_COOKIE_NAME])
    return from_cookie(store.get("unlock"), person.cookies[settings.UNLOCK_COOKIE_NAME])


def _turn_second_factor_on(name: str) -> None:
    person = Inside()
    steps.sign_in(person, name)
    page = person.follow(person.get("/settings/second-factor/on/"))
    if "/sign-in/again/" in page.path:
        again = page.form(page.path.partition("?")[0])
        page = person.submit(again, {"password": steps.PHRASE.format(name)})
    secret = SessionStore(person.cookies[settings.SESSION_COOKIE_NAME]).get(SECRET_SESSION_KEY) or page.find(
        r"\b([A-Z2-7]{32})\b"
    )
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    done = person.submit(page.form("second-factor/on/"), {"code": code}, follow=False)
    assert done.status in (302, 303), f"the second factor could not be turned on: {done.status}"


def _make() -> Cast:
    people = {name: Inside() for name in ("anna", "ben", "cleo", "eva", "olaf", "pia", "inga", "ines")}
    for host, guest in (("anna", "ben"), ("cleo", "eva"), ("olaf", "pia")):
        steps.pair(people[host], people[guest], (host.capitalize(), guest.capitalize()))
    things = {host: _things(people[host], people[guest]) for host, guest in (("anna", "ben"), ("cleo", "eva"))}
    eva = User.objects.select_related("partner__space").get(email=steps.email_of("Eva"))
    leave(eva.partner, unlocked_of(people["eva"]))
    steps.sign_up(people["inga"], "Inga")
    steps.join(people["ines"], "Ines", steps.code_for(people["inga"]))
    asked = readmission.ask(steps.email_of("Pia"), "quite another passphrase").id
    for host in things:
        again = Inside()
        steps.sign_in(again, host.capitalize())
        things[host] |= {"device": hash_key(again.cookies[settings.SESSION_COOKIE_NAME]), "asked": str(asked)}
    things["anna"]["invitation"] = str(Invitation.objects.get(inviter__user__email=steps.email_of("Inga")).pk)
    things["cleo"]["invitation"] = things["anna"]["invitation"]
    steps.sign_up(Inside(), "Theo")
    _turn_second_factor_on("Theo")
    pending = Inside()
    assert "second" in steps.sign_in(pending, "Theo").header("Location")
    by_role = {"self": "anna", "partner": "ben", "stayed": "cleo", "ex": "eva", "other": "olaf", "invitee": "ines"}
    cookies = {role: people[name].cookies for role, name in by_role.items()}
    cookies |= {
        "anonymous": {},
        "second": pending.cookies,
        "ben": people["ben"].cookies,
        "inviter": people["inga"].cookies,
    }
    cookies["locked"] = {k: v for k, v in people["anna"].cookies.items() if k != settings.UNLOCK_COOKIE_NAME}
    return Cast(cookies, things)


@pytest.fixture(scope="session")
def made_cast(django_db_setup: None, django_db_blocker: Any) -> tuple[Cast, Snapshot]:
    cache.clear()
    with django_db_blocker.unblock(), override_settings(OPEN_DOOR=True, STORAGES=PLAIN_FILES), transaction.atomic():
        cast = _make()
        snapshot = take()
        transaction.set_rollback(True)
    return cast, snapshot


@pytest.fixture
def cast(made_cast: tuple[Cast, Snapshot], db: None) -> Iterator[Cast]:
    """The people, at home in the database of this test."""
    cache.clear()
    lay_out(made_cast[1])
    with override_settings(STORAGES=PLAIN_FILES):
        yield made_cast[0]


@pytest.fixture
def people(made_cast: tuple[Cast, Snapshot], db: None) -> Iterator[Cast]:
    """The people, before an empty database: each moment of `life` brings its own."""
    cache.clear()
    with override_settings(STORAGES=PLAIN_FILES):
        yield made_cast[0]
