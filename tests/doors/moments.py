"""Moments at which a form stood on somebody's page, filled by them, with the whole database as it was then.

Anna and Ben walk through everything for some days. Whatever route a form of theirs goes to, whatever thing an address
names: it was kept as they saw it, and can be tried by everybody else. New routes are found without being listed.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from tests.doors.cast import PLAIN_FILES, Cast
from tests.doors.filling import Filling
from tests.doors.page import SeenForm
from tests.doors.snapshot import Snapshot, lay_out, take, written
from tests.doors.table import samples
from tests.doors.visitor import Answer
from tests.doors.walk import Sent, Walk, route_of
from usward.kit import clock

DAYS = (0, 0, 1, 8)  # rounds, and days after the first at which each is walked
MOST = 4  # moments of one route
WALKERS = ("self", "partner", "anonymous")


@dataclass
class Moment:
    """Somebody (a role of the cast) on a page, or in front of a form, some days after the first."""

    role: str
    path: str
    days: int
    snapshot: Snapshot
    form: SeenForm | None = None
    turn: int = 0
    # What becomes of the snapshot when somebody leaves, by their name, once it was tried; shared by all moments of one page.
    parted: dict[str, Snapshot] = field(default_factory=dict)


@dataclass
class Life:
    """What the walk met: moments by route, with a form (`acts`) and without (`pages`); and how it ended."""

    acts: dict[str, list[Moment]] = field(default_factory=lambda: defaultdict(list))
    pages: dict[str, list[Moment]] = field(default_factory=lambda: defaultdict(list))
    sent: list[Sent] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    looked: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    end: Snapshot = field(default_factory=dict)
    days: int = 0

    @property
    def met_by_both(self) -> set[str]:
        """Addresses that both came to."""
        return {path for path, people in self.looked.items() if len(people) > 1}


class Keeping:
    """Listens to the walk, and keeps each route's first moments: forms of the same make once."""

    def __init__(self, life: Life) -> None:
        self.life, self.days, self.turn = life, 0, 0
        self._known: set[tuple[Any, ...]] = set()
        self._last: tuple[tuple[int, int], Snapshot, dict[str, Snapshot]] = ((0, 0), {}, {})

    def looked(self, person: int, page: Answer) -> None:
        cache.clear()
        route, new = route_of(page.path), []
        self.life.looked[page.path].add(person)
        if self._room(self.life.pages[route], (route, page.path)):
            new.append((self.life.pages[route], page.path, None))
        for form in page.forms:
            to = route_of(form.action)
            make = (to, *sorted(form.kinds), *sorted(form.buttons))
            if form.method == "POST" and self._room(self.life.acts[to], make):
                new.append((self.life.acts[to], form.action, form))
        if new:
            now, parted = self._now()
            for moments, path, form in new:
                moments.append(Moment(WALKERS[person], path, self.days, now, form, self.turn, parted))

    def _now(self) -> tuple[Snapshot, dict[str, Snapshot]]:
        """All as it is now, taken once for as long as nothing is written, and what will have become of it."""
        since = (self.days, written())
        if self._last[0] != since:
            self._last = (since, take(), {})
        return self._last[1:]

    def _room(self, moments: list[Moment], key: tuple[Any, ...]) -> bool:
        if key in self._known or len(moments) >= MOST:
            return False
        self._known.add(key)
        return True


def words(name: str) -> str:
    """What the walkers write."""
    return f"Some words for {name}"


def filling() -> Filling:
    """How the walkers fill: with the samples that practices name."""
    return Filling(words, samples())


def live(cast: Cast) -> Life:
    """The walk, over some days."""
    life = Life()
    keeping = Keeping(life)
    people = [cast.visitor(role) for role in WALKERS]
    walk = Walk(people, filling(), looked=keeping.looked, sent=life.sent.append, broken=life.broken)
    for days in DAYS:
        keeping.days, keeping.turn = days, walk.turn
        with clock.travel(timedelta(days=days)):
            walk.round()
    life.end, life.days = take(), DAYS[-1]
    return life


@pytest.fixture(scope="session")
def life(made_cast: tuple[Cast, Snapshot], django_db_setup: None, django_db_blocker: Any) -> Life:
    """Anna and Ben, some days on: made once a session."""
    cast, snapshot = made_cast
    with django_db_blocker.unblock(), override_settings(STORAGES=PLAIN_FILES), transaction.atomic():
        lay_out(snapshot)
        found = live(cast)
        transaction.set_rollback(True)
    cache.clear()
    return found
