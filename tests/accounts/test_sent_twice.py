"""The form that makes an account, sent twice: whoever sent it is inside, and nobody else learns or gains anything."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client

from tests.doors import steps
from tests.doors.visitor import Inside
from usward.accounts import hasher, passes
from usward.accounts.models import User
from usward.front import actions
from usward.kit import clock
from usward.spaces.models import Invitation, Space

pytestmark = pytest.mark.django_db
FIELDS = {"name": "Eva", "email": "eva@example.org", "passphrase": "a long enough passphrase", "text": "Tea."}


def send(path: str = "/begin/", **other: str) -> tuple[Client, object]:
    client = Client()
    return client, client.post(path, FIELDS | other)


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session and client.get("/settings/").status_code == 200


@pytest.mark.parametrize("way", ["first", "open", "pass"])
def test_signing_up_twice_goes_on_as_if_the_first_had_answered(settings, way):
    """The first tap has made the account, and its answer went nowhere."""
    door = {}
    if way != "first":
        send(email="host@example.org")
    settings.OPEN_DOOR = way == "open"
    if way == "pass":
        door = {"door": passes.make()}
    sent = [send(**door) for _ in range(3)]
    assert [(one.status_code, one["Location"]) for _, one in sent] == [(303, "/invite/")] * 3
    assert all(is_in(client) for client, _ in sent)
    assert User.objects.filter(email=FIELDS["email"]).count() == 1
    assert 'class="code"' in sent[-1][0].get("/invite/").content.decode()


def test_another_passphrase_is_answered_as_ever(settings):
    settings.OPEN_DOOR = True
    send()
    client, answer = send(passphrase="another long passphrase")
    assert answer.status_code == 422 and "can’t be used for a new account here" in answer.content.decode()
    assert not is_in(client)
    settings.OPEN_DOOR = False
    client, answer = send(passphrase="another long passphrase")
    assert answer.status_code == 403 and not is_in(client)


def test_later_one_signs_in(settings):
    settings.OPEN_DOOR = True
    send()
    cache.clear()  # what was noted a moment ago is forgotten
    client, answer = send()
    assert answer.status_code == 422 and not is_in(client)


def test_a_second_factor_is_not_gone_around(settings, monkeypatch):
    settings.OPEN_DOOR = True
    send()
    monkeypatch.setattr(actions, "is_mfa_enabled", lambda user: True)
    client, answer = send()
    assert answer.status_code == 422 and not is_in(client)


@pytest.mark.parametrize("settings_open", [True, False])
def test_one_slow_hash_whoever_asks(settings, monkeypatch, settings_open):
    settings.OPEN_DOOR = True
    send()
    settings.OPEN_DOOR = settings_open
    runs: list[str] = []
    slow = hasher.derive

    def counted(passphrase, *how):
        runs.append(passphrase)
        return slow(passphrase, *how)

    monkeypatch.setattr(hasher, "derive", counted)
    for address in ("eva@example.org", "nobody@example.org"):
        send(email=address, passphrase="another long passphrase")
        assert len(runs) == 1
        runs.clear()


def test_joining_twice_goes_on(settings):
    settings.OPEN_DOOR = False
    anna = Inside()
    steps.sign_up(anna, "Anna")
    code = steps.code_for(anna)
    guest = Client()
    for _ in range(2):
        moment = Client()
        answer = moment.post("/i/answer/", {"code": code, "text": "Mine."})  # the answer of the first was lost, too
        assert answer.status_code == 200 and "usward_claim" in answer.cookies
    assert Client().post("/i/answer/", {"code": code, "text": "Another."}).status_code == 410
    with clock.travel(timedelta(minutes=2)):
        assert Client().post("/i/answer/", {"code": code, "text": "Mine."}).status_code == 410
    guest.cookies = moment.cookies
    claim = moment.cookies["usward_claim"].value
    join = FIELDS | {"code": code}
    assert guest.post("/i/join/", join)["Location"] == "/"
    again = Client()
    again.cookies["usward_claim"] = claim
    answer = again.post("/i/join/", join)
    assert (answer.status_code, answer["Location"]) == (303, "/") and is_in(again)
    assert "Four words" in again.get("/").content.decode()
    wrong = Client()
    assert wrong.post("/i/join/", join | {"passphrase": "another long passphrase"}).status_code == 410
    assert not is_in(wrong) and Invitation.objects.get().invitee.user.email == FIELDS["email"]


def test_where_the_door_is_shut_only_the_first_comes_in(settings, monkeypatch):
    """Two meet on a new server: the second has looked while nobody was there, and its hash took a moment."""
    settings.OPEN_DOOR = False
    others: list[str] = []
    begin = actions.begin

    def late(request, new, *rest):
        if new.email == "second@example.org" and not others:
            others.append(new.email)
            assert send(email="first@example.org")[1].status_code == 303
        return begin(request, new, *rest)

    monkeypatch.setattr(actions, "begin", late)
    client, answer = send(email="second@example.org")
    assert answer.status_code == 403 and "by invitation" in answer.content.decode() and not is_in(client)
    assert User.objects.count() == 1 and Space.objects.count() == 1


def test_the_second_of_two_taps_may_come_when_the_first_has_let_in(settings):
    """The browser has the new cookies already, and sends the form of before with them."""
    settings.OPEN_DOOR = True
    anna, ben = Inside(), Inside()
    page = anna.submit(anna.get("/").form("begin/"), {"text": "Tea."})
    moment = None
    for person, name in ((anna, "Anna"), (ben, "Ben")):
        fields = {"name": name, "email": steps.email_of(name), "passphrase": steps.PHRASE.format(name)}
        if moment is None:
            form = page.form("begin/")
        else:
            form = moment.form("i/join/")
        for _ in range(2):
            answer = person.submit(form, fields, follow=False)
            assert answer.status == 303, answer.text
        assert person.get("/settings/").status == 200
        if moment is None:
            asked = ben.submit(ben.get("/i/").form("i/"), {"code": steps.code_for(anna)})
            moment = ben.submit(asked.form("i/answer/"), {"text": "Mine."})
