"""People who have signed up and been brought together over HTTP, as people are: Anna, Ben, and Cleo, a stranger."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from usward.accounts import hasher
from usward.accounts.models import User
from usward.entries.door import Insider, find_insider
from usward.spaces.models import Invitation, Partner
from usward.vault.keys import PASSWORD, Unlocked, unwrap

PHRASE = "a long enough passphrase for {}"
PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@dataclass
class Person:
    """Somebody with a browser (without JavaScript)."""

    name: str
    client: Client
    unlocked: Unlocked

    @property
    def phrase(self) -> str:
        return PHRASE.format(self.name)

    @property
    def user(self) -> User:
        return User.objects.select_related("partner__space").get(email=f"{self.name.lower()}@example.org")

    @property
    def me(self) -> Partner:
        return self.user.partner

    @property
    def inside(self) -> Insider:
        found = find_insider(self.user, self.unlocked)
        assert found is not None
        return found

    def get(self, path: str, **extra) -> Any:
        return self.client.get(path, **extra)

    def post(self, path: str, **fields) -> Any:
        return self.client.post(path, fields)

    def page(self, path: str = "/") -> str:
        return self.get(path).content.decode()


@pytest.fixture(autouse=True)
def plain(settings, tmp_path: Path) -> None:
    cache.clear()  # tries are counted there
    settings.STORAGES = PLAIN
    settings.STATIC_URL = "/static/"
    settings.OPEN_DOOR = True
    settings.MEDIA = tmp_path / "media"
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]


def _unlocked(name: str) -> Unlocked:
    # The slow hash is the same as at sign-up; the tests need the key itself, to look as this person would.
    from_store = User.objects.get(email=f"{name.lower()}@example.org")
    derived = hasher.check(PHRASE.format(name), from_store.password)
    assert derived is not None
    return unwrap(from_store.pk, PASSWORD, derived.kek)


def _fields(name: str) -> dict[str, str]:
    return {
        "name": name,
        "email": f"{name.lower()}@example.org",
        "passphrase": PHRASE.format(name),
        "zone": "Europe/Copenhagen",
    }


@pytest.fixture
def come(db) -> Callable[[str], Person]:
    """Somebody who begins alone, with an answer."""

    def begin(name: str) -> Person:
        client = Client()
        answer = client.post("/begin/", _fields(name) | {"text": f"{name}'s first answer."})
        assert answer.status_code == 303, answer.content
        return Person(name, client, _unlocked(name))

    return begin


@pytest.fixture
def two(come) -> tuple[Person, Person]:
    """Anna and Ben, in one space."""
    anna = come("Anna")
    anna.get("/invite/")
    code = re.search(r'class="code">([^<]+)<', anna.get("/invite/").content.decode())[1]
    client = Client()
    client.post("/i/answer/", {"code": code, "text": "Ben's first answer."})
    assert client.post("/i/join/", _fields("Ben") | {"code": code}).status_code == 303
    anna.post("/confirm/", invitation=str(Invitation.objects.get().pk), same="yes")
    ben = Person("Ben", client, _unlocked("Ben"))
    ben.get("/")
    assert ben.me.space_id == anna.me.space_id
    return anna, ben


@pytest.fixture
def stranger(come) -> Person:
    return come("Cleo")
