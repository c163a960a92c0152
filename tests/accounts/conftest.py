"""Three people as the server knows them: Anna and Ben in one space, and a stranger; each signs in through the forms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.core.cache import cache
from django.test import Client

from usward.accounts.actions import create_person
from usward.accounts.models import User
from usward.entries.joining import merge
from usward.spaces import invitations
from usward.spaces.actions import begin_space, confirm_words
from usward.spaces.card import Card
from usward.spaces.models import Invitation, Partner

PHRASE = "a long enough passphrase of {}"


@dataclass
class Someone:
    """A person and a browser of theirs."""

    name: str
    user: User
    client: Client = field(default_factory=lambda: Client(headers={"User-Agent": "Firefox/1 Linux"}))

    @property
    def phrase(self) -> str:
        return PHRASE.format(self.name)

    @property
    def partner(self) -> Partner:
        return Partner.objects.select_related("space").get(user=self.user)

    def sign_in(self, phrase: str = "", client: Client | None = None, **more):
        said = {"login": self.user.email, "password": phrase or self.phrase} | more
        return (client or self.client).post("/sign-in/", said)

    def is_in(self, client: Client | None = None) -> bool:
        return (client or self.client).get("/settings/devices/").status_code == 200


@pytest.fixture(autouse=True)
def plain_files(settings) -> None:
    """No static files are built."""
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def make(name: str) -> tuple[Someone, object]:
    user, unlocked = create_person(f"{name.lower()}@example.org", PHRASE.format(name))
    begin_space(user, unlocked, Card(name), "Europe/Copenhagen", "tide" if name == "Anna" else "plum", "leaf")
    return Someone(name, user), unlocked


@pytest.fixture
def couple(db) -> tuple[Someone, Someone]:
    anna, annas_keys = make("Anna")
    ben, bens_keys = make("Ben")
    capsule = invitations.Capsule("Anna", "tide", "leaf", "A question?", "us-1", "q:us-1", "An answer.")
    code = invitations.invite(anna.partner, annas_keys, capsule)
    Invitation.objects.update(invitee=ben.partner)
    assert code
    confirm_words(Invitation.objects.get(), annas_keys)
    merge(ben.partner, bens_keys)
    assert ben.partner.space_id == anna.partner.space_id
    return anna, ben


@pytest.fixture
def anna(couple) -> Someone:
    return couple[0]


@pytest.fixture
def ben(couple) -> Someone:
    return couple[1]


@pytest.fixture
def stranger(db) -> Someone:
    return make("Sasha")[0]


def words_in(html: str) -> list[str]:
    """The four words on a page."""
    found = re.search(r'<ol class="words4">(.*?)</ol>', html, re.S)
    return re.findall(r"<li>(\w+)</li>", found.group(1)) if found else []
