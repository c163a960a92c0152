"""Every form of every practice, found by walking: where an act leaves what the other may read as it was, nothing that
the other sees has changed; no page, length or ETag, no ping, no knock. New practices are tried without being listed.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction

from tests.doors import steps
from tests.doors.filling import Filling
from tests.doors.moments import filling
from tests.doors.snapshot import lay_out, written
from tests.doors.table import practice_of, samples
from tests.doors.trying import NAMES
from tests.doors.visitor import Inside
from tests.doors.walk import Walk, route_of
from tests.given import frozen
from tests.interference.seeing import RANDOM, difference, pings_to, sight, told
from usward import practices
from usward.accounts.models import User
from usward.entries.models import Act, Entry
from usward.entries.queries import open_to_other, with_opened
from usward.kit import clock

PLACES = ("/", "/talk/", "/keep/", "/us/")
FEW = 3  # addresses of one route
TALKBACK = ("reply", "tonight", "keep", "open-early", "draft")


class Watched(Inside):
    """Somebody whose every form is weighed: what is told to the other is rolled back, and all else must be unseen."""

    def __init__(self, cast, life, me, other, commits):
        super().__init__(cast.cookies[me])
        self.cast, self.commits, self.other = cast, commits, other
        self.me = User.objects.get(email=steps.email_of(NAMES[me])).partner
        self.them = User.objects.get(email=steps.email_of(NAMES[other])).partner.pk
        self.paths = self._paths(life, {"self": 0, "partner": 1}[other])
        self.alone, self.shared, self.wrong, self.first = Counter(), Counter(), [], {}
        self._readable = (-1, set())

    def _paths(self, life, index):
        """Pages that the other came to on the walk: a few of each route."""
        often, found = Counter(), list(PLACES)
        for path, people in life.looked.items():
            route = route_of(path)
            if index in people and often[route] < FEW and not any(part in path for part in RANDOM):
                often[route] += 1
                found.append(path)
        return list(dict.fromkeys(found))

    def readable(self):
        """What of mine the other may read now; asked again once anything has been written."""
        if self._readable[0] != written():
            self.me.space.refresh_from_db()
            mine = Entry.objects.filter(author_id=self.me.pk, act=Act.SAY, current=True)
            open_now = with_opened(mine).filter(open_to_other(self.me.space.day_reached))
            self._readable = (written(), set(open_now.values_list("id", "version")))
        return self._readable[1]

    def seen(self, practice=None):
        """What the other sees: everything, or the places and one practice's pages."""
        near = [p for p in self.paths if practice is None or p in PLACES or practice_of(route_of(p)) == practice]
        near = [p for p in near if practice is None or not p.startswith("/settings/")]
        jar = self.cast.cookies[self.other]
        due = [one for one in told(self.them)["knocks"] if one <= str(clock.now())]
        return sight(Inside(jar), near, jar) | told(self.them) | {"knocks": due}

    def post(self, path, *given, **more):
        route, readable = route_of(path), self.readable()
        practice, before = practice_of(route), written()
        with transaction.atomic():
            with pings_to(self.them) as heard, self.commits(execute=True):
                answer = super().post(path, *given, **more)
            if self.readable() != readable:
                self.shared[practice or route] += 1
                transaction.set_rollback(True)
                return answer
        self.alone[practice or route] += 1
        if written() == before:  # nothing at all is kept of it; that the pages are as they were is seen at the end
            self.wrong += [f"{route} ({answer.status}): a ping"] if heard else []
            return answer
        now = self.seen(practice)
        changed = difference({name: self.first[name] for name in now}, now) + (["a ping"] if heard else [])
        self.wrong += [f"{route} ({answer.status}): {one}" for one in changed]
        return answer


def of_practices(route):
    """Forms of practices, and what may follow anything revealed."""
    return bool(practice_of(route)) or route in TALKBACK


@pytest.mark.parametrize("me", ["self", "partner"])
def test_what_is_not_told_is_not_seen(people, life, me, django_capture_on_commit_callbacks):
    other = {"self": "partner", "partner": "self"}[me]
    with frozen(clock.now()), clock.travel(timedelta(days=life.days + 1)):
        lay_out(life.end)
        for role in (me, other):
            people.visitor(role).get("/")
        somebody = Watched(people, life, me, other, django_capture_on_commit_callbacks)
        somebody.seen()  # whatever a first look of the day keeps is kept now
        somebody.first = somebody.seen()
        assert not difference(somebody.first, somebody.seen()), "the masks leave something out"
        for turn, fill in enumerate((filling(), Filling(lambda _: "", samples()))):
            walk = Walk([somebody], fill, may_send=of_practices, drafts=True, turn=turn)
            walk.round([one for one in walk.starts() if one in PLACES or practice_of(route_of(one))])
        assert not somebody.wrong, "; ".join(somebody.wrong[:5])[:3000]
        assert not (changed := difference(somebody.first, somebody.seen())), "; ".join(changed)[:3000]
    tried = somebody.alone + somebody.shared
    missed = set(practices.NAMES) - set(tried)
    assert not missed, f"no form of {', '.join(missed)} was found"
    assert sum(somebody.alone.values()) >= 10, f"hardly anything was done alone: {somebody.alone}"
    print(f"{me}: alone {dict(somebody.alone)}, told {dict(somebody.shared)}")
