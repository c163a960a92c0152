"""Two people and a stranger at the real store, doing anything in any order, against the oracle after every step."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.entries import oracle
from tests.entries.test_fold import RULES, SCOPES
from tests.given import Someone, Word, frozen, pings, someone, the_two
from usward.entries import heads
from usward.entries.joint import joint
from usward.entries.models import Entry, Knock
from usward.entries.writer import NotYours
from usward.kit import clock
from usward.spaces.models import Partner
from usward.vault import keys, ring

pytestmark = pytest.mark.django_db(transaction=True)
BEGINNING = datetime(2026, 3, 27, 10, 30, tzinfo=UTC)  # two days before the clocks change in Europe
ZONES = ["Europe/Copenhagen", "Pacific/Honolulu", "Pacific/Auckland", "America/New_York"]
PLACES = [("a", "say"), ("a", "answer"), ("b", "answer")]
who = st.sampled_from(["anna", "ben"])
pick = st.integers(0, 100)
texts = st.sampled_from(["one", "two", "three"])
rules = st.sampled_from(sorted(RULES))


@joint
def everything(mine, theirs):
    return sorted(one.value.text for one in mine), sorted(one.value.text for one in theirs)


class Store(RuleBasedStateMachine):
    """The store as two people use it; `self.story` is what really happened."""

    @initialize(zone=st.sampled_from(ZONES), other=st.sampled_from(ZONES))
    def begin(self, zone, other):
        self.stack = ExitStack()
        self.stack.enter_context(frozen(BEGINNING))
        self.heard = self.stack.enter_context(pings())
        anna, ben = the_two(zone, other)
        self.people = {"anna": anna, "ben": ben}
        self.stranger = someone("Cleo")
        self.zones = {"anna": zone, "ben": other}
        self.story: list[oracle.Event] = []
        self.slots: dict[tuple, UUID] = {}  # (who, scope, slot) -> root
        self.reached = self.day()
        self.once_read: set[tuple[str, UUID]] = set()

    def teardown(self):
        if hasattr(self, "stack"):
            self.stack.close()

    def day(self) -> date:
        return min(clock.today(zone) for zone in self.zones.values())

    def other(self, name: str) -> str:
        return "ben" if name == "anna" else "anna"

    def readable(self, name: str) -> set[tuple[UUID, str]]:
        things = oracle.things_at(self.story)
        return {
            (thing.event.id, thing.event.text)
            for thing in things.values()
            if oracle.may_read(name, thing, self.story, self.reached)
        }

    def acting(self, name: str):
        """Around one act: the other is told if what they can read has changed, and only then."""
        return _Told(self, name)

    def ids(self) -> list[UUID]:
        return [event.id for event in self.story if event.verb == "say"]

    def event_of(self, entry_id: UUID) -> oracle.Event:
        return next(event for event in self.story if event.id == entry_id)

    @rule(name=who, text=texts, place=st.sampled_from(PLACES), slot=st.sampled_from(["", "", "x"]), reveal=rules,
          scope=st.sampled_from(["shared", "shared", "shared", "own", "joint"]), days=st.integers(-1, 3))  # fmt: skip
    def say(self, name, text, place, slot, reveal, scope, days):
        day = clock.today(self.zones[name]) + timedelta(days) if reveal == "day" else None
        entry_id = uuid4()
        with self.acting(name):
            put = self.people[name].inside.writer.put(
                Word(text), exchange=place[0], step=place[1], slot=slot, entry_id=entry_id, scope=SCOPES[scope],
                reveal=RULES[reveal], reveal_day=day,
            )  # fmt: skip
            key = (name, scope, slot)
            standing = oracle.things_at(self.story).get(self.slots.get(key))
            if slot and standing and not standing.gone:
                same = standing.event.text == text
                assert put.outcome == ("same" if same else "conflict")
                assert (put.id, put.standing.value.text) == (standing.event.id, standing.event.text)
                return
            assert (put.outcome, put.id) == ("kept", entry_id)
            if slot:
                self.slots[key] = entry_id
            rule_now = reveal if scope == "shared" else "never"
            self.story.append(oracle.Event(name, "say", entry_id, entry_id, text, place, scope, rule_now, day))

    @precondition(lambda self: self.story)
    @rule(name=who, n=pick, text=texts, reveal=rules, days=st.integers(-1, 3), place=st.sampled_from(PLACES))
    def edit(self, name, n, text, reveal, days, place):
        wanted = self.ids()[n % len(self.ids())]
        before = self.event_of(wanted)
        thing = oracle.things_at(self.story)[before.root]
        day, entry_id = clock.today(self.zones[name]) + timedelta(days) if reveal == "day" else None, uuid4()
        readable = oracle.may_read(self.other(name), thing, self.story, self.reached)

        def put():
            return self.people[name].inside.writer.put(
                Word(text), exchange=place[0], step=place[1], entry_id=entry_id, replaces=wanted,
                scope=SCOPES[before.scope], reveal=RULES[reveal], reveal_day=day,
            )  # fmt: skip

        with self.acting(name):
            if before.who != name:
                with pytest.raises(NotYours):
                    put()
                return
            made = put()
            if thing.gone:
                assert (made.outcome, made.standing) == ("conflict", None)
            elif thing.event.id != wanted:
                assert made.outcome == ("same" if thing.event.text == text else "conflict")
                assert made.standing.value.text == thing.event.text
            else:
                assert made.outcome == "kept"
                now = replace(thing.event, id=entry_id, text=text)
                if before.scope == "shared" and not readable and thing.event.rule != "never":
                    now = replace(now, rule=reveal, day=day)
                self.story.append(now)

    @precondition(lambda self: self.story)
    @rule(name=who, n=pick, text=texts)
    def replay(self, name, n, text):
        """The same id again, after a tunnel: with the same words it is one; with others nothing is overwritten."""
        event = self.event_of(self.ids()[n % len(self.ids())])
        gone = oracle.things_at(self.story)[event.root].gone
        with self.acting(name):
            put = self.people[name].inside.writer.put(
                Word(text), exchange=event.place[0], step=event.place[1], entry_id=event.id, scope=SCOPES[event.scope]
            )
            same = event.who == name and event.text == text and not gone
            assert put.outcome == ("same" if same else "conflict")
            if event.who == name and not gone:
                assert put.standing.value.text == event.text

    @precondition(lambda self: self.story)
    @rule(name=who, n=pick)
    def open_early(self, name, n):
        self._act(name, n, "open")

    @precondition(lambda self: self.story)
    @rule(name=who, n=pick)
    def withdraw(self, name, n):
        self._act(name, n, "withdraw")

    def _act(self, name: str, n: int, verb: str) -> None:
        wanted = self.ids()[n % len(self.ids())]
        event = self.event_of(wanted)
        thing = oracle.things_at(self.story)[event.root]
        with self.acting(name):
            writer = self.people[name].inside.writer
            act = writer.open_early if verb == "open" else writer.withdraw
            if event.who != name:
                with pytest.raises(NotYours):
                    act(wanted)
                return
            act(wanted)
            newest = thing.event.id == wanted and event.scope == "shared"
            if not thing.gone and (verb == "withdraw" or newest):
                self.story.append(oracle.Event(name, verb, event.root))

    @rule(hours=st.sampled_from([1, 5, 13, 24, 71]))
    def time_passes(self, hours):
        self.stack.enter_context(clock.travel(timedelta(hours=hours)))
        self.visit()

    @rule(name=who, zone=st.sampled_from(ZONES))
    def moves(self, name, zone):
        Partner.objects.filter(user_id=self.people[name].id).update(zone=zone)
        self.zones[name] = zone
        self.visit()

    @rule(name=who)
    def new_epoch(self, name):
        one, other = self.people[name], self.people[self.other(name)]
        space = one.row.space_id
        ring.start_epoch(one.unlocked, space, ring.open_ring(one.unlocked, space).epoch + 1)
        ring.hand_over(ring.open_ring(one.unlocked, space), other.id, keys.public_key(other.id))

    def visit(self) -> None:
        self.people["anna"].inside  # noqa: B018  the door brings the day forward
        self.reached = max(self.reached, self.day())

    def seen_by(self, person: Someone) -> dict[str, set[tuple[UUID, str]]]:
        """What somebody reads, by every way there is."""
        reader = person.inside.reader
        pages, cursor = [], ""
        while True:
            page = reader.page(Word, 3, cursor)
            pages += page.items
            cursor = page.next
            if not cursor:
                break
        ways = {
            "exchanges": reader.exchanges(["a", "b"]),
            "one by one": reader.exchange("a") + reader.exchange("b"),
            "latest": reader.latest(Word, 500),
            "of each": reader.latest(Word, 500, mine=True) + reader.latest(Word, 500, mine=False),
            "pages": pages,
            "days": reader.on_days(Word, date(2026, 1, 1), date(2030, 1, 1)),
            "ids": [said for i in self.ids() if (said := reader.one(i))],
        }
        assert reader.broken == []
        return {way: {(said.id, said.value.text) for said in found} for way, found in ways.items()}

    @invariant()
    def everybody_reads_what_they_may(self):
        if not hasattr(self, "story"):
            return
        self.reached = max(self.reached, self.day())
        things = oracle.things_at(self.story)
        for name, person in self.people.items():
            expected = self.readable(name)
            for way, found in self.seen_by(person).items():
                assert found == expected, way
            now = {
                (name, thing.event.root) for thing in things.values() if (thing.event.id, thing.event.text) in expected
            }
            kept = {(reader, root) for reader, root in self.once_read if reader == name and not things[root].gone}
            assert kept <= now, "something that was readable is not any more"
            self.once_read |= now
            mine, theirs = person.inside.reader.joint(everything, Word)
            living = [t.event for t in things.values() if not t.gone and t.event.scope == "joint"]
            assert mine == sorted(e.text for e in living if e.who == name)
            assert theirs == sorted(e.text for e in living if e.who != name)
            for entry_id in self.ids():
                said = person.inside.reader.one(entry_id)
                if said and said.mine and said.shared:
                    assert said.open == ((said.id, said.value.text) in self.readable(self.other(name)))

    @invariant()
    def a_stranger_reads_nothing(self):
        if not hasattr(self, "story"):
            return
        assert all(found == set() for found in self.seen_by(self.stranger).values())
        reader, writer = self.stranger.inside.reader, self.stranger.inside.writer
        assert reader.joint(everything, Word) == ([], [])
        for entry_id in self.ids()[-1:]:
            assert reader.history(entry_id) == []
            assert reader.version(entry_id) is None
            for verb in (writer.open_early, writer.withdraw):
                with pytest.raises(NotYours):
                    verb(entry_id)
        assert Partner.objects.get(user_id=self.stranger.id).pulse == 0

    @invariant()
    def the_index_is_the_fold(self):
        if not hasattr(self, "story"):
            return
        space = self.people["anna"].row.space_id
        assert heads.stored(space) == heads.computed(space)
        rows = list(Entry.objects.filter(space_id=space))
        assert {row.seq for row in rows if row.current} == heads.living(rows)

    @precondition(lambda self: self.story)
    @rule()
    def rebuild(self):
        space = self.people["anna"].row.space_id
        before = heads.stored(space)
        heads.rebuild(space)
        assert heads.stored(space) == before

    @precondition(lambda self: self.story)
    @rule(name=who, n=pick)
    def history(self, name, n):
        event = self.event_of(self.ids()[n % len(self.ids())])
        found = [(said.id, said.value.text) for said in self.people[name].inside.reader.history(event.id)]
        versions = [(e.id, e.text) for e in self.story if e.root == event.root and e.verb == "say"]
        mine = event.who == name and not oracle.things_at(self.story)[event.root].gone
        if mine and not any(root == event.root for root in self.slots.values()):
            assert found == versions
        elif not mine and event.who != name:
            assert found == []


class _Told:
    """What the other hears of an act."""

    def __init__(self, store: Store, name: str) -> None:
        self.store, self.name = store, name
        self.them = store.people[store.other(name)].row
        self.me = store.people[name].row

    def __enter__(self) -> None:
        self.store.visit()
        self.before = self.store.readable(self.store.other(self.name))
        self.pulse = Partner.objects.get(pk=self.them.pk).pulse
        self.knocks = set(Knock.objects.filter(partner=self.them).values_list("pk", flat=True))
        self.store.heard.clear()

    def __exit__(self, kind, error, trace) -> None:
        if kind is not None:
            return
        now = self.store.readable(self.store.other(self.name))
        changed = now != self.before
        assert (Partner.objects.get(pk=self.them.pk).pulse != self.pulse) == changed
        assert (str(self.them.pk) in self.store.heard) == changed
        assert set(self.store.heard) <= {str(self.them.pk), str(self.me.pk)}
        new = Knock.objects.filter(partner=self.them, not_before__lte=clock.now()).exclude(pk__in=self.knocks)
        assert new.exists() == bool(now - self.before)  # what is taken away knocks at nobody's door


def test_anything_in_any_order():
    nightly = settings().max_examples > 100
    how_hard = settings(
        max_examples=300 if nightly else 10,
        stateful_step_count=40 if nightly else 30,
        phases=list(Phase) if nightly else [Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes
    )
    run_state_machine_as_test(Store, settings=how_hard)
