"""What a session's row tells whoever holds the database: as little as can be."""

import json
from datetime import time, timedelta

import pytest
from django.conf import settings
from django.test import Client

from usward.accounts import sessions
from usward.accounts.models import Session
from usward.home import views
from usward.keepsafe.check import SHORTEST
from usward.kit import clock
from usward.vault.padding import FLOOR, padded_length

pytestmark = pytest.mark.django_db(transaction=True)
LIVES = timedelta(seconds=settings.SESSION_COOKIE_AGE)
COOKIES = (settings.SESSION_COOKIE_NAME, settings.UNLOCK_COOKIE_NAME)


def row_of(person) -> Session:
    return Session.objects.get(user=person.user)


def lot(monkeypatch, drawn: int) -> None:
    """From now on this is drawn."""
    monkeypatch.setattr(sessions.secrets, "randbelow", lambda _: drawn)


def test_what_a_session_notes_is_sealed(anna):
    anna.sign_in()
    noted = dict(anna.client.session.items())
    assert noted["device"] == "Firefox on Linux" and noted["pin_ok"]  # when the passphrase was given, to the second
    sealed = bytes(row_of(anna).data)
    for word in (*noted, "password", "Firefox", str(anna.user.id), anna.user.id.hex, anna.user.email):
        assert json.dumps(word).strip('"').encode() not in sealed, word
    inside = len(sealed) - SHORTEST
    assert inside == padded_length(inside) >= FLOOR  # its length is one of few


def test_notes_open_in_their_own_row_alone(anna, ben):
    anna.sign_in()
    phone = Client()
    anna.sign_in(client=phone)
    here = sessions.hash_key(anna.client.cookies[COOKIES[0]].value)
    other = Session.objects.filter(user=anna.user).exclude(key_hash=here).get()
    Session.objects.filter(key_hash=here).update(data=other.data)
    assert not anna.is_in() and anna.is_in(phone)
    changed = bytearray(bytes(other.data))
    changed[-1] ^= 1
    Session.objects.filter(key_hash=other.key_hash).update(data=bytes(changed))
    assert not anna.is_in(phone)
    assert anna.sign_in(client=phone)["Location"] == "/" and anna.is_in(phone)


def test_the_row_does_not_change_with_every_day(anna, monkeypatch):
    lot(monkeypatch, sessions.SPREAD - 1)
    anna.sign_in()
    before = Session.objects.values().get(user=anna.user)
    assert before["expires"].time() == time(0)  # a day, not an hour
    for days in range(sessions.SPREAD - 1):
        with clock.travel(timedelta(days=days, hours=5)):
            assert anna.is_in()
            assert Session.objects.values().get(user=anna.user) == before


@pytest.mark.parametrize("drawn", [0, 13, sessions.SPREAD - 1])
def test_a_device_stays_signed_in_for_ninety_days(anna, monkeypatch, drawn):
    """Whatever was drawn, and whenever it is looked at: row and both cookies last, or are renewed together."""
    lot(monkeypatch, drawn)
    anna.sign_in()
    away = 0
    for days in (1, 29, 31, 60, 89):
        away += days
        with clock.travel(timedelta(days=away)):
            assert anna.is_in()
            left = row_of(anna).expires - clock.now()
            assert LIVES <= left <= LIVES + timedelta(days=sessions.SPREAD)
    for name in COOKIES:
        assert abs(anna.client.cookies[name]["max-age"] - left.total_seconds()) < 5
    with clock.travel(timedelta(days=away) + left + timedelta(seconds=1)):
        assert not anna.is_in()


def test_one_that_ends_while_it_is_renewed_was_still_one(anna, monkeypatch):
    """All devices are signed out by one of them while another waits for its page: it gets the page, and nothing after it."""
    anna.sign_in()
    etag = views.etag

    def meanwhile(*given):
        Session.objects.all().delete()
        return etag(*given)

    monkeypatch.setattr(views, "etag", meanwhile)
    with clock.travel(timedelta(days=sessions.SPREAD + 1)):
        answer = anna.client.get("/")
        assert answer.status_code == 200 and b"Tell Ben" in answer.content
        assert not set(COOKIES) & set(answer.cookies) and not Session.objects.exists()
        assert not anna.is_in()


def test_when_it_ends_is_drawn_by_lot(anna):
    """From the day on which a session ends nobody can reckon the day on which its device was last used."""
    for _ in range(12):
        anna.sign_in(client=Client())
    ends = set(Session.objects.filter(user=anna.user).values_list("expires", flat=True))
    assert len(ends) > 3
