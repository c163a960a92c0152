"""The second factor: sealed, asked for, and nothing open while it is pending."""

import re
import time
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection
from django.test import Client

from usward.accounts.models import Alert

pytestmark = pytest.mark.django_db(transaction=True)


def code_now(secret: str, off: int = 0) -> str:
    """What an app shows, on a phone whose clock is off by so many seconds."""
    return format_hotp_value(hotp_value(secret, int(time.time() + off) // 30))


def everything_stored() -> str:
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found)


def turn_on(person) -> tuple[str, list[str]]:
    """Turn it on through the pages. Returns the secret and the spare codes."""
    person.sign_in()
    answer = person.client.get("/settings/second-factor/on/")
    assert answer["Location"].startswith("/sign-in/again/?next=")
    wrong = person.client.post("/sign-in/again/", {"password": "wrong wrong wrong"})
    assert "not your passphrase" in wrong.content.decode()
    answer = person.client.post(answer["Location"], {"password": person.phrase, "next": "/settings/second-factor/on/"})
    assert answer["Location"] == "/settings/second-factor/on/"
    page = person.client.get("/settings/second-factor/on/").content.decode()
    secret = re.search(r"data-secret=\"(\w+)\"", page).group(1)
    assert "<svg" in page and "unsafe-inline" not in page
    link = unescape(re.search(r'href="(otpauth://totp/[^"]+)"', page).group(1))
    assert parse_qs(urlsplit(link).query) == {"secret": [secret], "issuer": ["Usward"]}, (
        "for an app on the phone itself"
    )
    assert secret not in everything_stored()
    assert secret not in repr(dict(person.client.session.items()))  # nor to the session's cookie by itself
    assert "not right" in person.client.post("/settings/second-factor/on/", {"code": "000000"}).content.decode()
    answer = person.client.post("/settings/second-factor/on/", {"code": code_now(secret)})
    assert answer["Location"] == "/settings/second-factor/codes/"
    codes = re.findall(r"<li>(\d{8})</li>", person.client.get(answer["Location"]).content.decode())
    assert len(codes) == 10
    cache.clear()  # a code works once in its half minute; the next sign-in here comes at once
    return secret, codes


def test_it_is_sealed_and_asked_for(anna):
    secret, codes = turn_on(anna)
    stored = everything_stored()
    assert secret not in stored and not any(code in stored for code in codes)
    assert Authenticator.objects.filter(user=anna.user).count() == 2
    phone = Client()
    assert anna.sign_in(client=phone)["Location"] == "/sign-in/second/"
    for path in ("/settings/devices/", "/invite/", "/settings/second-factor/", "/settings/passphrase/", "/pin/"):
        answer = phone.get(path)
        assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/"), path
    assert "The way you" not in phone.get("/").content.decode()
    assert "Six digits" in phone.get("/sign-in/second/").content.decode()
    assert "not right" in phone.post("/sign-in/second/", {"code": "123456"}).content.decode()
    assert not anna.is_in(phone)
    assert phone.post("/sign-in/second/", {"code": code_now(secret)})["Location"] == "/"
    assert anna.is_in(phone) and phone.get("/").status_code == 200
    assert not Authenticator.objects.exclude(last_used_at=None).exists()  # nobody's last visit is kept


@pytest.mark.parametrize("off", [-600, 600])
def test_a_phone_whose_clock_is_ten_minutes_off(anna, off):
    """The one place where a device's own clock counts. The sentence names it."""
    secret, _ = turn_on(anna)
    phone = Client()
    anna.sign_in(client=phone)
    answer = phone.post("/sign-in/second/", {"code": code_now(secret, off)}).content.decode()
    assert "not right" in answer and "the clock of your phone" in answer and not anna.is_in(phone)


def test_a_code_of_the_half_minute_before_or_after_is_good_once(anna, monkeypatch):
    at = [time.time() // 30 * 30 + 58]
    monkeypatch.setattr(time, "time", lambda: at[0])
    secret, _ = turn_on(anna)
    phone, laptop = Client(), Client()
    anna.sign_in(client=phone)
    anna.sign_in(client=laptop)
    code = code_now(secret, 30)  # a phone that is half a minute fast
    assert phone.post("/sign-in/second/", {"code": code})["Location"] == "/"
    for later in (1, 32):  # it is good for longer than the half minute in which it is shown
        at[0] += later
        assert laptop.post("/sign-in/second/", {"code": code}).status_code == 422
    assert anna.is_in(phone) and not anna.is_in(laptop)
    just_turned_over = code_now(secret)
    at[0] += 30
    assert laptop.post("/sign-in/second/", {"code": just_turned_over})["Location"] == "/"


def test_a_spare_code_works_once(anna):
    _, codes = turn_on(anna)
    phone, laptop = Client(), Client()
    anna.sign_in(client=phone)
    assert phone.post("/sign-in/second/", {"code": codes[0]})["Location"] == "/"
    anna.sign_in(client=laptop)
    assert laptop.post("/sign-in/second/", {"code": codes[0]}).status_code == 422
    assert not anna.is_in(laptop)


def test_starting_again_forgets_the_pending_sign_in(anna):
    turn_on(anna)
    phone = Client()
    anna.sign_in(client=phone)
    assert phone.post("/sign-out/", {"next": "/sign-in/"})["Location"] == "/sign-in/"
    assert phone.get("/sign-in/second/")["Location"] == "/sign-in/"


def test_turning_it_off_is_told_to_its_owner_alone(anna, ben):
    turn_on(anna)
    assert anna.client.post("/settings/second-factor/off/")["Location"] == "/settings/second-factor/"
    assert not Authenticator.objects.exists()
    assert anna.sign_in(client=Client())["Location"] == "/"
    assert Alert.objects.filter(user=anna.user, what__startswith="second factor").count() == 2
    assert not Alert.objects.filter(user=ben.user).exists()


def test_the_recovery_code_does_not_go_around_it(anna):
    secret, _ = turn_on(anna)
    page = anna.client.post("/settings/recovery/", {"present": anna.phrase}).content.decode()
    code = re.search(r'data-code="([^"]+)"', page).group(1)
    phone = Client()
    phone.post("/sign-in/recovery/", {"email": "anna@example.org", "code": code})
    new = {"passphrase": "quite another passphrase"}
    assert phone.post("/sign-in/recovery/new/", new).status_code == 422
    assert phone.post("/sign-in/recovery/new/", new | {"code": "000000"}).status_code == 422
    assert anna.is_in()  # nothing has changed
    answer = phone.post("/sign-in/recovery/new/", new | {"code": code_now(secret)})
    assert answer["Location"] == "/settings/recovery/?said=used" and anna.is_in(phone)
    cache.clear()
    laptop = Client()
    assert anna.sign_in("quite another passphrase", client=laptop)["Location"] == "/sign-in/second/"
    assert laptop.post("/sign-in/second/", {"code": code_now(secret)})["Location"] == "/"


def test_new_spare_codes_end_the_old(anna):
    _, codes = turn_on(anna)
    assert anna.client.get("/settings/second-factor/codes/new/").status_code == 200
    assert anna.client.post("/settings/second-factor/codes/new/")["Location"] == "/settings/second-factor/codes/"
    page = anna.client.get("/settings/second-factor/codes/").content.decode()
    assert not any(code in page for code in codes)
    assert anna.client.get("/settings/second-factor/codes/file/").content.decode().split()[0] in page


def test_it_is_not_guessed(anna):
    """The limit is the account's: another device does not begin anew, and even the right code has to wait."""
    secret, _ = turn_on(anna)
    phone, laptop = Client(), Client()
    anna.sign_in(client=phone)
    anna.sign_in(client=laptop)
    said = [phone.post("/sign-in/second/", {"code": f"{code:06}"}).content.decode() for code in range(8)]
    assert "not right" in said[0] and "many tries" in said[-1]
    assert "many tries" in laptop.post("/sign-in/second/", {"code": code_now(secret)}).content.decode()
    assert not anna.is_in(phone) and not anna.is_in(laptop)


def test_turning_it_on_twice_at_once_breaks_nothing(anna, monkeypatch):
    real = TOTP.activate

    def twice(user, secret):
        real(user, secret)
        return real(user, secret)

    anna.sign_in()
    anna.client.post("/sign-in/again/", {"password": anna.phrase, "next": "/settings/second-factor/on/"})
    page = anna.client.get("/settings/second-factor/on/").content.decode()
    secret = re.search(r"data-secret=\"(\w+)\"", page).group(1)
    monkeypatch.setattr(TOTP, "activate", twice)
    answer = anna.client.post("/settings/second-factor/on/", {"code": code_now(secret)})
    assert answer.status_code == 303 and answer["Location"] == "/settings/second-factor/"


def test_a_changed_passphrase_ends_a_sign_in_that_waits_for_its_code(anna):
    """Whoever knew the old passphrase, and has a code by now, does not come in with both."""
    secret, _ = turn_on(anna)
    phone = Client()
    assert anna.sign_in(client=phone)["Location"] == "/sign-in/second/"
    changed = {"present": anna.phrase, "passphrase": "quite another passphrase"}
    assert anna.client.post("/settings/passphrase/", changed).status_code == 303
    assert phone.post("/sign-in/second/", {"code": code_now(secret)})["Location"] == "/sign-in/"
    assert not anna.is_in(phone) and anna.is_in()


def test_what_waits_for_its_code_is_no_device_yet(anna):
    turn_on(anna)
    anna.sign_in(client=Client())
    assert "/settings/devices/end/" not in anna.client.get("/settings/devices/").content.decode()
    assert "signed in on this one" in anna.client.get("/settings/").content.decode()
