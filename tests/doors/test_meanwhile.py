"""A place changes in the middle of a request: the same person leaves it or deletes their account in another tab, or the other
leaves. Whatever was on its way breaks nothing, leaves nothing behind in the place that was, and loses no words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape

import pytest
from django.core.cache import cache

from tests.doors.cast import unlocked_of
from tests.doors.filling import WORDY
from tests.doors.moments import Moment, filling, words
from tests.doors.steps import email_of
from tests.doors.trying import NAMES, at, moment_of
from tests.doors.visitor import Answer, Inside
from usward.accounts.models import User
from usward.behind.parting import delete_account, part
from usward.entries import door
from usward.entries.door import Insider, find_insider
from usward.entries.models import Draft, Entry, Feed, Scope
from usward.freebusy.models import Calendar
from usward.home import views as home
from usward.spaces.models import Partner
from usward.vault.models import CoupleEpoch

TAKEN = (204, 302, 303)


class Meanwhile:
    """Lets something happen when a request has come through the door, and its view has not begun."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.act: Callable[[], None] | None = None
        self.keys_open = False
        self._find = door.request_insider
        for module in (door, home):
            monkeypatch.setattr(module, "request_insider", self._found)

    def _found(self, request):
        inside = self._find(request)
        if inside is not None and self.act is not None:
            act, self.act = self.act, None
            if self.keys_open:
                assert inside.keyring.ring and inside.keyring.unlocked.personal
            act()
        return inside


def inside_of(role: str, visitor: Inside) -> Insider:
    user = User.objects.select_related("partner__space").get(email=email_of(NAMES[role]))
    found = find_insider(user, unlocked_of(visitor))
    assert found is not None
    return found


def left_behind(partner: Partner) -> tuple[object, ...]:
    """All that somebody has in a place."""
    kept = [set(kind.objects.filter(partner=partner).values_list("pk", flat=True)) for kind in (Draft, Feed, Calendar)]
    return *kept, set(Entry.objects.filter(author=partner).values_list("pk", "current"))


@contextmanager
def standing(people, moment: Moment, meanwhile: Meanwhile) -> Iterator[tuple[Inside, Insider, Insider]]:
    """A moment: who stands there, and both of the two with open keys."""
    with moment_of(people, moment):
        cache.clear()
        trials = {trial.role: trial for trial in at(people, moment)}
        trials["self"].visitor.token()
        mate = {"self": "partner", "partner": "self"}[moment.role]
        two = [inside_of(role, trials[part].visitor) for part, role in (("self", moment.role), ("partner", mate))]
        yield trials["self"].visitor, two[0], two[1]
        assert meanwhile.act is None, "the request did not come to the door"


def send(visitor: Inside, moment: Moment) -> tuple[Answer, list[str]]:
    """The form of a moment, or its page; and the words that were in it."""
    if moment.form is None:
        return visitor.get(moment.path), []
    pairs = [pair for pair in filling().fill(moment.form, moment.turn) if pair[0] != "csrfmiddlewaretoken"]
    wordy = {name for name, kind in moment.form.kinds.items() if kind in WORDY} - {"password", "passphrase", "present"}
    typed = [value for name, value in pairs if name in wordy and value.startswith(words(""))]
    return visitor.post(moment.path, pairs), typed


def behind(life, pages: bool) -> list[tuple[str, Moment]]:
    """The first moment of every route that leads through the door."""
    found = [(route, moments[0]) for route, moments in sorted((life.pages if pages else life.acts).items()) if moments]
    open_to_all = ("account_login", "account_logout", "exit", "invitation", "lost", "lost_ask", "recover", "safety")
    return [(route, moment) for route, moment in found if route not in open_to_all]


def goes(who: Insider, how: str) -> None:
    """In another tab."""
    if how == "leaves":
        part(who, "", take_back=False)
    else:
        delete_account(who, take_back=False)


@pytest.mark.parametrize(
    ("how", "pages", "keys_open"),
    [
        ("leaves", False, False),
        ("leaves", False, True),
        ("leaves", True, False),
        ("deletes their account", False, True),
    ],
)
def test_who_goes_in_another_tab_loses_nothing_and_leaves_nothing(people, life, monkeypatch, how, pages, keys_open):
    meanwhile, wrong, tried = Meanwhile(monkeypatch), [], 0
    meanwhile.keys_open = keys_open
    for route, moment in behind(life, pages):
        with standing(people, moment, meanwhile) as (visitor, me, _):
            after: list[object] = []

            def go(me=me, after=after) -> None:
                goes(me, how)
                after.append(left_behind(me.me))

            meanwhile.act = go
            answer, typed = send(visitor, moment)
            if answer.status >= 500:
                wrong.append(f"{route}: {answer.status}")
            if after != [left_behind(me.me)]:
                wrong.append(f"{route}: {answer.status}, and something of theirs stays where they have left")
            gone = [one for one in typed if escape(one) not in answer.text and one not in answer.text]
            if gone and not route.startswith(("settings-", "plan-calendars")):  # theirs alone, and to be chosen anew
                wrong.append(f"{route}: {answer.status}, and {gone} are lost")
            tried += 1
    assert tried > 50 and not wrong, "\n".join(wrong)


def test_what_is_written_when_the_other_has_just_left_is_under_a_key_that_they_never_held(people, life, monkeypatch):
    meanwhile, wrong, new = Meanwhile(monkeypatch), [], 0
    meanwhile.keys_open = True
    for route, moment in behind(life, pages=False):
        with standing(people, moment, meanwhile) as (visitor, me, mate):
            last = max(CoupleEpoch.objects.filter(space=me.me.space_id).values_list("epoch", flat=True))
            there: set[object] = set()

            def leave(mate=mate, me=me, there=there) -> None:
                part(mate, "", take_back=False)
                there.update(Entry.objects.filter(space=me.me.space_id).values_list("pk", flat=True))

            meanwhile.act = leave
            answer, _ = send(visitor, moment)
            said = Entry.objects.filter(author=me.me).exclude(pk__in=there).exclude(scope=Scope.OWN).exclude(body=b"")
            new += said.count()
            if answer.status >= 500 or said.filter(epoch__lte=last).exists():
                wrong.append(f"{route}: {answer.status}")
    assert new > 10 and not wrong, "\n".join(wrong)
