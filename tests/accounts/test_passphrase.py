"""Changing the passphrase, and the recovery code."""

import re

import pytest
from django.db import connection
from django.test import Client

from usward.accounts import hasher
from usward.accounts.models import Alert, Session
from usward.live.hub import hub
from usward.vault.keys import RECOVERY, has_wrap

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "quite another passphrase"


@pytest.fixture
def cuts(monkeypatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(hub, "close", found.append)
    return found


def change(person, present: str, new: str = NEW):
    return person.client.post("/settings/passphrase/", {"present": present, "passphrase": new})


def test_changing_it_ends_the_others_and_keeps_this_one(anna, ben, cuts):
    old_phone = Client()
    anna.sign_in(client=old_phone)
    anna.sign_in()
    ben.sign_in()
    elsewhere = Session.objects.filter(user=anna.user).order_by("started")
    assert elsewhere.count() == 2
    assert change(anna, anna.phrase)["Location"] == "/settings/passphrase/?said=changed"
    assert anna.is_in() and not anna.is_in(old_phone) and ben.is_in()
    assert len(cuts) == 1
    assert anna.client.get("/").status_code == 200  # unlocked: Today opens its entries
    assert anna.sign_in(client=Client()).status_code == 422
    assert anna.sign_in(NEW, client=Client())["Location"] == "/"
    assert Alert.objects.filter(user=anna.user, what="passphrase changed").count() == 1
    assert not Alert.objects.filter(user=ben.user, what="passphrase changed").exists()


def test_a_wrong_change_changes_nothing(anna):
    anna.sign_in()
    for present, new, why in [
        ("wrong wrong wrong", NEW, "not your present passphrase"),
        ("", NEW, "is needed for this"),
        (anna.phrase, "short", "15 to 256"),
        (anna.phrase, "x" * 257, "15 to 256"),
        (anna.phrase, anna.phrase, "the one that you have now"),
    ]:
        answer = change(anna, present, new)
        assert answer.status_code == 422 and why in answer.content.decode()
    assert anna.sign_in(client=Client())["Location"] == "/"


def test_guessing_at_an_open_device_is_limited(anna):
    anna.sign_in()
    for _ in range(10):
        change(anna, "wrong wrong wrong")
    answer = change(anna, anna.phrase)
    assert answer.status_code == 422 and "Wait a minute" in answer.content.decode()


def code_of(person) -> str:
    answer = person.client.post("/settings/recovery/", {"present": person.phrase})
    assert answer.status_code == 200
    page = answer.content.decode()
    code = re.search(r'data-code="([^"]+)"', page).group(1)
    rows = re.findall(r"<span>((?:\w{4} ?){3})</span>", page)
    assert len(rows) == 3 and " ".join(rows).replace(" ", "-") == code, "equal rows, and nothing but the code"
    return code


def test_a_code_is_shown_once_and_opens_everything(anna, cuts):
    anna.sign_in()
    code = code_of(anna)
    assert len(code.replace("-", "")) >= 32
    assert code not in anna.client.get("/settings/recovery/").content.decode()
    somewhere = Client()
    answer = somewhere.post("/sign-in/recovery/", {"email": "Anna@example.org ", "code": code.lower()})
    assert answer["Location"] == "/sign-in/recovery/new/"
    assert not anna.is_in(somewhere) and somewhere.get("/invite/").status_code == 302  # nothing is open yet
    assert anna.is_in()
    assert somewhere.post("/sign-in/recovery/new/", {"passphrase": "short"}).status_code == 422
    assert somewhere.post("/sign-in/recovery/new/", {"passphrase": NEW})["Location"] == "/settings/recovery/?said=used"
    assert anna.is_in(somewhere) and somewhere.get("/").status_code == 200
    assert not anna.is_in() and len(cuts) == 2  # and what waited for the new passphrase is over, too
    assert Alert.objects.filter(user=anna.user, what="recovery used").exists()
    assert anna.sign_in(NEW, client=Client())["Location"] == "/"
    assert anna.sign_in(client=Client()).status_code == 422
    assert not has_wrap(anna.user.id, RECOVERY)  # spent
    assert Client().post("/sign-in/recovery/", {"email": "anna@example.org", "code": code}).status_code == 422


def test_codes_are_replaced_and_dropped(anna):
    anna.sign_in()
    first, second = code_of(anna), code_of(anna)
    assert Client().post("/sign-in/recovery/", {"email": "anna@example.org", "code": first}).status_code == 422
    assert Client().post("/sign-in/recovery/", {"email": "anna@example.org", "code": second}).status_code == 303
    assert anna.client.post("/settings/recovery/", {"present": "wrong wrong wrong"}).status_code == 422
    assert anna.client.post("/settings/recovery/", {"present": anna.phrase, "do": "drop"}).status_code == 303
    assert Client().post("/sign-in/recovery/", {"email": "anna@example.org", "code": second}).status_code == 422


@pytest.mark.parametrize("then", [{}, {"do": "drop"}])
def test_a_code_that_was_replaced_or_dropped_goes_no_further(anna, then):
    """Somebody has found it and typed it in; its owner notices in the quarter of an hour in which a passphrase is chosen."""
    anna.sign_in()
    found, thief = code_of(anna), Client()
    assert thief.post("/sign-in/recovery/", {"email": "anna@example.org", "code": found}).status_code == 303
    assert anna.client.post("/settings/recovery/", {"present": anna.phrase} | then).status_code in (200, 303)
    assert thief.post("/sign-in/recovery/new/", {"passphrase": NEW})["Location"] == "/sign-in/recovery/"
    assert anna.is_in() and not anna.is_in(thief)


def test_of_two_changes_at_once_the_second_was_not_asked_for_with_the_present_one(anna, monkeypatch):
    """Somebody who knows the old one must not undo, or be let stay by, a change that was made while theirs was on its way."""
    thief, real = Client(), hasher.encode
    anna.sign_in(client=thief)
    anna.sign_in()

    def meanwhile(typed: str):
        monkeypatch.setattr(hasher, "encode", real)
        assert change(anna, anna.phrase).status_code == 303
        return real(typed)

    monkeypatch.setattr(hasher, "encode", meanwhile)
    answer = thief.post("/settings/passphrase/", {"present": anna.phrase, "passphrase": "what the thief would like"})
    assert answer.status_code == 422 and "not your present passphrase" in answer.content.decode()
    assert anna.is_in() and not anna.is_in(thief)
    assert anna.sign_in(NEW, client=Client())["Location"] == "/"


def test_the_same_change_sent_twice_is_done_twice(anna, monkeypatch):
    """Whichever answer the browser keeps, its cookie is good."""
    anna.sign_in()
    tab, real = Client(), hasher.encode
    tab.cookies.update(anna.client.cookies)

    def meanwhile(typed: str):
        monkeypatch.setattr(hasher, "encode", real)
        assert change(anna, anna.phrase).status_code == 303
        return real(typed)

    monkeypatch.setattr(hasher, "encode", meanwhile)
    answer = tab.post("/settings/passphrase/", {"present": anna.phrase, "passphrase": NEW})
    assert answer.status_code == 303 and anna.is_in(tab) and anna.sign_in(NEW, client=Client())["Location"] == "/"


def test_a_recovery_meets_a_change_that_was_made_meanwhile(anna, monkeypatch):
    anna.sign_in()
    code, somewhere, real = code_of(anna), Client(), hasher.encode
    somewhere.post("/sign-in/recovery/", {"email": "anna@example.org", "code": code})

    def meanwhile(typed: str):
        monkeypatch.setattr(hasher, "encode", real)
        assert change(anna, anna.phrase).status_code == 303
        return real(typed)

    monkeypatch.setattr(hasher, "encode", meanwhile)
    answer = somewhere.post("/sign-in/recovery/new/", {"passphrase": "the third of them all"})
    assert answer["Location"] == "/sign-in/recovery/"
    assert anna.is_in() and not anna.is_in(somewhere) and has_wrap(anna.user.id, RECOVERY)


def test_known_and_unknown_people_are_answered_alike_and_tries_end(anna, stranger):
    anna.sign_in()
    code = code_of(anna)
    pages = []
    for address in ("anna@example.org", "sasha@example.org", "nobody@example.org"):
        given = {"email": address, "code": code if address != "anna@example.org" else "ABCD" * 9}
        answer = Client().post("/sign-in/recovery/", given)
        assert answer.status_code == 422
        pages.append(re.sub(r'(value|nonce)="[^"]*"', "", answer.content.decode()))
    assert pages[0] == pages[1] == pages[2]
    for _ in range(3):
        answer = Client().post("/sign-in/recovery/", {"email": "anna@example.org", "code": "ABCD"})
    assert answer.status_code == 429 and "a quarter of an hour" in answer.content.decode()


def test_the_page_of_the_new_passphrase_is_nobodys_else(anna):
    assert Client().get("/sign-in/recovery/new/")["Location"] == "/sign-in/recovery/"
    assert Client().post("/sign-in/recovery/new/", {"passphrase": NEW})["Location"] == "/sign-in/recovery/"


def test_nobody_waits_in_a_transaction_for_a_slow_hash(anna, ben, monkeypatch, settings):
    """SQLite lets one write at a time: a hash inside a transaction would keep everybody else from writing."""
    settings.OPEN_DOOR = True
    inside: list[bool] = []
    real = hasher.derive

    def derive(*given):
        inside.append(connection.in_atomic_block)
        return real(*given)

    monkeypatch.setattr(hasher, "derive", derive)
    anna.sign_in()
    assert change(anna, anna.phrase).status_code == 303
    assert anna.client.post("/settings/pin/", {"pin": "2580", "present": NEW}).status_code == 303
    page = anna.client.post("/settings/recovery/", {"present": NEW}).content.decode()
    code = re.search(r'data-code="([^"]+)"', page).group(1)
    phone = Client()
    phone.post("/sign-in/recovery/", {"email": anna.user.email, "code": code})
    assert phone.post("/sign-in/recovery/new/", {"passphrase": "the third of them all"}).status_code == 303
    Client().post("/sign-in/lost/ask/", {"email": anna.user.email, "passphrase": "a fourth one, for asking"})
    newcomer = {"name": "Eva", "email": "eva@example.org", "passphrase": "a passphrase of Eva's", "zone": "UTC"}
    assert Client().post("/begin/", newcomer).status_code == 303
    ben.sign_in()
    assert ben.client.post("/settings/leave/", {"passphrase": ben.phrase}).status_code == 303
    assert len(inside) >= 10 and not any(inside)
