"""Signing in and out: alike for known and unknown people, and nothing open before it is finished."""

import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from usward.accounts import hasher
from usward.accounts.models import Alert, Session
from usward.vault import password

pytestmark = pytest.mark.django_db


def told(html: str) -> str:
    """What a page says, without its tokens and what was typed."""
    html = re.sub(r'(csrfmiddlewaretoken" value|nonce|value)="[^"]*"', "", html)
    return re.sub(r"\s+", " ", html)


def test_everybody_with_the_right_passphrase_comes_in(anna, ben, stranger):
    for person in (anna, ben, stranger):
        answer = person.sign_in()
        assert answer.status_code == 302 and answer["Location"] == "/"
        assert person.is_in()
        assert 90 <= person.client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] / (24 * 3600) <= 120
        assert person.client.cookies[settings.UNLOCK_COOKIE_NAME]["httponly"]
        assert "remember" not in Client().get("/sign-in/").content.decode()
    assert Alert.objects.filter(user=anna.user, what="signed in").count() == 1


def test_wrong_answers_are_alike(anna):
    known = Client().post("/sign-in/", {"login": "anna@example.org", "password": "not it at all, really"})
    unknown = Client().post("/sign-in/", {"login": "nobody@example.org", "password": "not it at all, really"})
    assert known.status_code == unknown.status_code == 422
    assert told(known.content.decode()) == told(unknown.content.decode())
    assert "do not go together" in known.content.decode()
    assert known.cookies.keys() == unknown.cookies.keys()


@pytest.mark.parametrize("address", ["anna@example.org", "nobody@example.org"])
def test_one_slow_hash_whoever_asks(anna, monkeypatch, address):
    runs = []
    slow = password.Argon2id

    def counted(**given):
        runs.append(given["memory_cost"])
        return slow(**given)

    monkeypatch.setattr(password, "Argon2id", counted)
    Client().post("/sign-in/", {"login": address, "password": "not it at all, really"})
    assert len(runs) == 1
    Client().post("/sign-in/lost/ask/", {"email": address, "passphrase": "something long and new"})
    assert len(runs) == 2


def test_where_one_was_going_is_kept_if_it_is_here(anna):
    answer = anna.client.get("/settings/passphrase/")
    assert answer["Location"] == "/sign-in/?next=%2Fsettings%2Fpassphrase%2F"
    assert 'name="next" value="/settings/passphrase/"' in anna.client.get(answer["Location"]).content.decode()
    assert anna.sign_in(next="/settings/passphrase/")["Location"] == "/settings/passphrase/"
    for elsewhere in ("https://example.com/", "//example.com", "javascript:alert(1)", "/\\example.com"):
        assert anna.sign_in(client=Client(), next=elsewhere)["Location"] == "/"


def test_many_tries_are_told_in_words(anna):
    for _ in range(5):
        anna.sign_in("wrong wrong wrong")
    answer = anna.sign_in("wrong wrong wrong")
    assert answer.status_code == 422 and "Wait five minutes" in answer.content.decode()
    assert anna.sign_in().status_code == 422  # the right one waits, too: nobody learns that it was right
    for _ in range(30):
        answer = Client().post("/sign-in/", {"login": "x@example.org", "password": "y"})
    assert answer.status_code == 429 and "Wait a minute" in answer.content.decode()


def test_tries_are_not_forgotten_for_the_many_tries_of_others(anna):
    """Whoever comes from many addresses could else fill the place where they are counted, and begin again."""
    for _ in range(5):
        anna.sign_in("wrong wrong wrong")
    for n in range(1200):
        cache.set(f"tries-of-{n}", [n], 300)
    answer = anna.sign_in(client=Client(REMOTE_ADDR="192.0.2.7"))
    assert answer.status_code == 422 and "many tries" in answer.content.decode()


def test_signing_out_is_a_post_and_ends_the_row(anna):
    anna.sign_in()
    assert anna.client.get("/sign-out/").status_code == 405
    assert anna.is_in()
    answer = anna.client.post("/sign-out/")
    assert answer.status_code == 303
    assert not Session.objects.filter(user=anna.user).exists()
    assert not anna.is_in()


def test_a_session_without_its_key_comes_to_the_sign_in_page(anna):
    anna.sign_in()
    del anna.client.cookies[settings.UNLOCK_COOKIE_NAME]
    assert "Come in" in anna.client.get("/sign-in/").content.decode()
    assert anna.sign_in()["Location"] == "/"
    assert anna.is_in()


def test_composed_and_decomposed_letters_are_one_passphrase():
    encoded, _ = hasher.encode("caf\u00e9 au lait toujours")
    assert hasher.check("cafe\u0301 au lait toujours", encoded)


def test_the_code_of_an_invitation_is_not_guessed(anna):
    """Each question that a wrong code gets says the same; after twenty in a minute it is told to wait."""
    stranger = Client()
    tries = [stranger.post("/i/", {"code": f"AAAA-BBBB-CCCC-{number:04}".replace("0", "2")}) for number in range(30)]
    assert {one.status_code for one in tries[:15]} == {410} and tries[-1].status_code == 429
    assert len({one.content.count(b"<") for one in tries[:15]}) == 1
