"""How often a page asks the database: a small number, whatever there is to read."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import login
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from usward.accounts.actions import create_person
from usward.accounts.models import User
from usward.accounts.sessions import SessionStore
from usward.accounts.unlocking import carry, hand_out
from usward.entries.door import find_insider
from usward.kit import clock
from usward.practices.checkin import actions as checkin
from usward.practices.checkin.entries import CheckIn
from usward.practices.questions import actions as questions
from usward.practices.questions.entries import Answer
from usward.practices.thanks import actions as thanks
from usward.practices.thanks.entries import THANKS, Thanks
from usward.spaces.actions import begin_space
from usward.spaces.card import Card, write_card
from usward.spaces.models import Partner
from usward.vault.keys import public_key
from usward.vault.ring import hand_over, open_ring, take_over

TODAY, UNCHANGED, PAGE = 16, 1, 8

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_files(settings):
    """Static files by their own names: nothing is collected here."""
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture
def couple():
    """Two people in one space."""
    people = [create_person(f"{name}@example.org", "a long enough passphrase") for name in ("anna", "ben")]
    (anna, anna_keys), (ben, ben_keys) = people
    partner = begin_space(anna, anna_keys, Card("Anna"), "UTC", "ember", "drop")
    ring = open_ring(anna_keys, partner.space_id)
    hand_over(ring, ben.pk, public_key(ben.pk))
    take_over(ben_keys, partner.space_id)
    other = Partner(user=ben, space_id=partner.space_id, zone="UTC")
    write_card(other, ring, Card("Ben"))
    other.save(force_insert=True)
    return people


def live(couple, days):
    """Some days up to today, with everything that belongs to a day."""
    for ago in range(days - 1, -1, -1):
        with clock.travel(timedelta(days=-ago)):
            for user, unlocked in couple:
                inside = find_insider(User.objects.select_related("partner__space").get(pk=user.pk), unlocked)
                checkin.check_in(inside, CheckIn("steady", "hug", "A line."), "both", uuid4(), None)
                drawn = questions.draw(inside, clock.today("UTC")).value
                answer = Answer(drawn.question, drawn.text, "An answer.")
                questions.answer(inside, drawn.exchange, answer, uuid4(), None, offer=False)
                thanks.thank(inside, Thanks(THANKS, "You waited."), uuid4(), None)


def browser_of(user, unlocked):
    """A client that is signed in."""
    request, client = HttpRequest(), Client(HTTP_HOST="localhost")
    request.session = SessionStore()
    login(request, user, backend="usward.accounts.backend.VaultBackend")
    carry(request, unlocked)
    request.session.save()
    answer = HttpResponse()
    hand_out(request, answer)
    client.cookies.update(answer.cookies)
    client.cookies["usward"] = str(request.session.session_key)
    return client


def asked(client, path, **headers):
    """How many queries a page takes, once it is warm and wishes have taken the steps that were due; and the page."""
    for _ in range(3):
        client.get(path)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path, headers=headers)
    return len(queries), response


def test_today_asks_a_few_times_however_much_there_is_to_read(couple):
    live(couple, 1)
    client = browser_of(*couple[0])
    few, response = asked(client, "/")
    assert response.status_code == 200
    assert b"You waited." in response.content
    assert few <= TODAY
    with clock.travel(timedelta(days=3)):
        live(couple, 4)
        many, response = asked(client, "/")
    assert b"You waited." in response.content
    assert many <= few


def test_an_unchanged_today_is_one_query(couple):
    live(couple, 1)
    client = browser_of(*couple[0])
    client.get("/")  # the first look notes that both answers were seen here
    tag = client.get("/").headers["ETag"]
    count, response = asked(client, "/", if_none_match=tag)
    assert response.status_code == 304
    assert count <= UNCHANGED


@pytest.mark.parametrize("path", ["/thanks/", "/questions/"])
def test_a_list_asks_a_few_times_however_long_it_is(couple, path):
    live(couple, 1)
    client = browser_of(*couple[0])
    few, _ = asked(client, path)
    with clock.travel(timedelta(days=16)):
        live(couple, 16)
        many, response = asked(client, path)
    assert response.status_code == 200
    assert few <= PAGE
    assert many == few
