"""The PIN before own things, and the list of devices."""

from datetime import timedelta

import pytest
from django.test import Client

from usward.accounts.models import Alert, Session, User
from usward.kit import clock
from usward.live.hub import hub

pytestmark = pytest.mark.django_db(transaction=True)
OWN = "/questions/limits/"


def with_pin(person, pin: str = "2580") -> None:
    person.sign_in()
    answer = person.client.post("/settings/pin/", {"pin": pin, "present": person.phrase})
    assert answer["Location"] == "/settings/pin/?said=set"


def test_it_is_asked_after_a_quarter_of_an_hour(anna):
    with_pin(anna)
    assert "2580" not in User.objects.get(pk=anna.user.pk).pin
    assert anna.client.get(OWN).status_code == 200
    with clock.travel(timedelta(minutes=16)):
        assert anna.client.get(OWN)["Location"] == "/pin/?next=%2Fquestions%2Flimits%2F"
        assert anna.client.get("/").status_code == 200  # what the two share does not ask
        assert "Your PIN" in anna.client.get("/pin/?next=/questions/limits/").content.decode()
        assert anna.client.post(OWN, {"ceiling": "2"})["Location"].startswith("/pin/")
        assert "4 more tries" in anna.client.post("/pin/", {"pin": "1111", "next": OWN}).content.decode()
        assert anna.client.post("/pin/", {"pin": "2580", "next": OWN})["Location"] == OWN
        assert anna.client.get(OWN).status_code == 200
        assert anna.client.post("/pin/", {"pin": "2580", "next": "//example.com/"})["Location"] == "/"


def test_taking_everything_along_asks_for_it(anna):
    """The file holds what is hers alone: whoever holds the unlocked phone does not get it."""
    with_pin(anna)
    assert anna.client.post("/settings/export/")["Content-Type"] == "application/zip"
    with clock.travel(timedelta(minutes=16)):
        for answer in (anna.client.get("/settings/export/"), anna.client.post("/settings/export/")):
            assert answer["Location"] == "/pin/?next=%2Fsettings%2Fexport%2F"
        anna.client.post("/pin/", {"pin": "2580"})
        assert anna.client.post("/settings/export/")["Content-Type"] == "application/zip"


def test_five_wrong_ones_end_this_session_alone(anna, monkeypatch):
    cuts: list[str] = []
    monkeypatch.setattr(hub, "close", cuts.append)
    laptop = Client()
    anna.sign_in(client=laptop)
    with_pin(anna)
    with clock.travel(timedelta(hours=1)):
        for _ in range(4):
            assert anna.client.post("/pin/", {"pin": "0000"}).status_code == 422
        assert anna.client.post("/pin/", {"pin": "0000"})["Location"] == "/sign-in/?said=pin"
        assert not anna.is_in() and anna.is_in(laptop) and len(cuts) == 1
        assert "PIN was wrong five times" in anna.client.get("/sign-in/?said=pin").content.decode()
        assert Alert.objects.filter(user=anna.user, what="PIN wrong five times").exists()
        assert anna.sign_in()["Location"] == "/"
        assert anna.client.get(OWN).status_code == 200  # the passphrase is more than the PIN


def test_the_tries_do_not_start_again_with_time(anna):
    with_pin(anna)
    with clock.travel(timedelta(hours=1)):
        for _ in range(4):
            anna.client.post("/pin/", {"pin": "0000"})
    with clock.travel(timedelta(hours=5)):
        assert anna.client.post("/pin/", {"pin": "0000"})["Location"] == "/sign-in/?said=pin"


def test_changing_and_dropping_it_ask_for_the_passphrase(anna):
    with_pin(anna)
    wrong = {"pin": "1234", "present": "wrong wrong wrong"}
    assert anna.client.post("/settings/pin/", wrong).status_code == 422
    for bad in ("", "123", "123456789", "12a4", "١٢٣٤"):
        answer = anna.client.post("/settings/pin/", {"pin": bad, "present": anna.phrase})
        assert answer.status_code == 422 and "4 to 8 digits" in answer.content.decode()
    assert anna.client.post("/settings/pin/", {"do": "drop", "present": anna.phrase}).status_code == 303
    with clock.travel(timedelta(hours=1)):
        assert anna.client.get(OWN).status_code == 200


def test_devices_are_listed_and_ended(anna, ben, monkeypatch):
    cuts: list[str] = []
    monkeypatch.setattr(hub, "close", cuts.append)
    phone = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone) Safari/1"})
    anna.sign_in(client=phone)
    anna.sign_in()
    ben.sign_in()
    page = anna.client.get("/settings/devices/").content.decode()
    assert "Safari on iPhone" in page and "this one, signed in today" in page and "signed in today" in page
    mine = Session.objects.get(user=anna.user, device="Safari on iPhone").key_hash
    assert ben.client.post("/settings/devices/end/", {"device": mine}).status_code == 404
    assert anna.client.post("/settings/devices/end/", {"device": mine}).status_code == 303
    assert cuts == [mine] and not anna.is_in(phone) and anna.is_in()
    here = Session.objects.get(user=anna.user).key_hash
    assert anna.client.post("/settings/devices/end/", {"device": here}).status_code == 404


def test_log_out_everywhere(anna, ben, monkeypatch):
    cuts: list[str] = []
    monkeypatch.setattr(hub, "close", cuts.append)
    others = [Client(), Client()]
    for one in others:
        anna.sign_in(client=one)
    anna.sign_in()
    ben.sign_in()
    assert anna.client.post("/settings/devices/end-all/").status_code == 303
    assert len(cuts) == 2 and not any(anna.is_in(one) for one in others) and anna.is_in() and ben.is_in()


def test_alerts_are_seen_by_their_owner_alone(anna, ben):
    anna.sign_in()
    ben.sign_in()
    anna.client.post("/settings/passphrase/", {"present": anna.phrase, "passphrase": "quite another passphrase"})
    assert "Passphrase changed" in anna.client.get("/").content.decode()
    assert "Passphrase changed" not in ben.client.get("/").content.decode()
    assert "Passphrase changed" not in ben.client.get("/settings/devices/").content.decode()
    ben.client.post("/settings/devices/seen/")
    assert Alert.objects.filter(user=anna.user, seen=False).exists()
    anna.client.post("/settings/devices/seen/")
    assert not Alert.objects.filter(user=anna.user, seen=False).exists()
    assert "Passphrase changed" not in anna.client.get("/").content.decode()
