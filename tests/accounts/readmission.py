"""Asking to be let in again, in words that its tests share."""

from datetime import timedelta

from django.test import Client

from usward.accounts import hasher
from usward.accounts.models import User
from usward.entries.door import find_insider
from usward.kit import clock
from usward.spaces.models import Readmission
from usward.vault.keys import PASSWORD, unwrap

NEW = "a passphrase from scratch"
DAY = timedelta(hours=24)


def ask(address: str = "anna@example.org", phrase: str = NEW) -> Client:
    browser = Client()
    answer = browser.post("/sign-in/lost/ask/", {"email": address, "passphrase": phrase})
    assert answer["Location"] == "/sign-in/lost/asked/"
    return browser


def yes(ben, phrase: str = ""):
    row = Readmission.objects.get(completed_at=None)
    return ben.client.post("/let-in/yes/", {"asked": str(row.pk), "present": phrase or ben.phrase})


def inside(person, phrase: str = ""):
    user = User.objects.select_related("partner__space").get(pk=person.user.pk)
    derived = hasher.check(phrase or person.phrase, user.password)
    found = find_insider(user, unwrap(user.id, PASSWORD, derived.kek))
    assert found
    return found


def let_in(anna, ben) -> Client:
    """The whole road. Returns the browser in which Anna is signed in with her new passphrase."""
    ben.sign_in()
    ask()
    anna.client.get("/")  # where she is still signed in, it shows that somebody asks
    assert yes(ben).status_code == 303
    with clock.travel(DAY + timedelta(minutes=1)):
        browser = Client()
        assert anna.sign_in(NEW, client=browser)["Location"] == "/"
    return browser


def people() -> set:
    return set(User.objects.values_list("id", flat=True))


def leave(person, phrase: str, browser: Client) -> None:
    assert browser.post("/settings/leave/", {"passphrase": phrase}).status_code == 303
