"""Lives for tests: people without a passphrase (no slow hash), alone or two, and what they said.

    anna, ben = the_two()
    given(anna).said(Thanks("thanks", "for the soup"))
    anna.inside.reader.latest(Thanks, 5)

Everything goes through the product's own doors: keys are made, rings handed over, spaces merged as they are for people.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection

from usward.accounts.models import User
from usward.entries.door import Insider, find_insider
from usward.entries.kinds import Kind, register
from usward.entries.models import Reveal, Scope
from usward.entries.writer import Put
from usward.kit import clock
from usward.live import hub
from usward.spaces import invitations
from usward.spaces.actions import begin_space, confirm_words
from usward.spaces.card import Card
from usward.spaces.models import Invitation, Partner
from usward.vault import keys

COPENHAGEN = "Europe/Copenhagen"


@register
class Word(Kind, frozen=True):
    """Something said in a test. Its scope and rule are given where it is put."""

    name, version, scope, reveal = "test-word", 1, Scope.SHARED, Reveal.AT_ONCE
    or_scopes = (Scope.OWN, Scope.JOINT)
    text: str


@dataclass
class Someone:
    """A person with open keys."""

    id: UUID
    unlocked: keys.Unlocked

    @property
    def inside(self) -> Insider:
        """This person at the door, as in a new request."""
        found = find_insider(User.objects.select_related("partner__space").get(pk=self.id), self.unlocked)
        assert found is not None
        return found

    @property
    def row(self) -> Partner:
        """Their partner row, as it is now."""
        return Partner.objects.select_related("space").get(user_id=self.id)


def someone(name: str = "Anna", zone: str = COPENHAGEN, colour: str = "ember") -> Someone:
    """A person alone, in a space of their own."""
    user = User.objects.create(id=uuid4(), email=f"{uuid4().hex}@example.org", password="!")
    unlocked = keys.create_keys(user.pk)
    begin_space(user, unlocked, Card(name), zone, colour, "circle")
    return Someone(user.pk, unlocked)


def confirmed(inviter: Someone, invitee: Someone) -> Invitation:
    """The inviter has confirmed the four words; the invitee's next visit merges the spaces."""
    capsule = invitations.Capsule("A", "ember", "circle", "?", "everyday-1", "q:everyday-1", "!")
    code = invitations.invite(inviter.row, inviter.unlocked, capsule)
    opened = invitations.open_code(code)
    invitations.answer(opened, "an answer")
    Invitation.objects.filter(pk=opened.row.pk).update(invitee=invitee.row)
    confirm_words(opened.row, inviter.unlocked)
    return Invitation.objects.get(pk=opened.row.pk)


def pair(inviter: Someone, invitee: Someone) -> None:
    """Make two people the two of one space."""
    confirmed(inviter, invitee)
    assert invitee.inside.other is not None


def the_two(zone: str = COPENHAGEN, other_zone: str = COPENHAGEN) -> tuple[Someone, Someone]:
    """Anna and Ben, in one space."""
    anna, ben = someone("Anna", zone), someone("Ben", other_zone, "tide")
    pair(anna, ben)
    return anna, ben


class Given:
    """What somebody did before the test begins."""

    def __init__(self, who: Someone) -> None:
        self.who = who
        self.put: Put | None = None

    def said(self, value: Kind, exchange: str = "", **how: Any) -> "Given":
        """They said it, in an exchange of its own where none is named."""
        self.put = self.who.inside.writer.put(value, exchange=exchange or f"{value.name}:{uuid4().hex}", **how)
        return self

    @property
    def id(self) -> UUID:
        """The id of what was said last."""
        assert self.put is not None
        return self.put.id


def given(who: Someone) -> Given:
    """Begin to tell what somebody did."""
    return Given(who)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock still (`clock.travel` moves it), for what depends on the day or on the hour."""
    before = clock.now
    clock.now = lambda: at + clock._travelled.get()
    try:
        yield
    finally:
        clock.now = before


@contextmanager
def pings() -> Iterator[list[str]]:
    """The partners whose pages are told to look again, in order, once transactions have committed."""
    heard: list[str] = []
    before = hub.hub.ping

    def hear(partner_id: UUID | str) -> None:
        heard.append(str(partner_id))

    hub.hub.ping = hear
    try:
        yield heard
    finally:
        hub.hub.ping = before


def snapshot() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as another connection sees it: what has been committed."""
    with sqlite3.connect(str(settings.DATABASES["default"]["NAME"])) as other:
        names = [row[0] for row in other.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: sorted(other.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}
    other.close()
    return found


class Crash(Exception):
    """The power went."""


def crash_everywhere(act: Callable[[], object]) -> int:
    """Run an act again and again, crashing at its first write, its second…; each time all must be as before.

    Returns at how many writes it crashed. The last run is let through.
    """
    before, writes = snapshot(), 0
    while True:
        left = writes

        def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal left
            if sql.split(None, 1)[0].upper() in ("INSERT", "UPDATE", "DELETE", "REPLACE"):
                if left == 0:
                    raise Crash
                left -= 1
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(count):
                act()
        except Crash:
            assert snapshot() == before, f"a crash at write {writes + 1} left something behind"
            writes += 1
        else:
            return writes
