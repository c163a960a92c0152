"""The store against its enemies: a tampered database, and what a row, a knock or a cursor might tell."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import signing

from tests.given import Someone, Word, frozen, given, snapshot, someone, the_two
from usward.entries.kinds import encode
from usward.entries.models import Entry, Head, Knock, Reveal, Scope
from usward.entries.sealing import seal_row
from usward.kit import clock

pytestmark = pytest.mark.django_db(transaction=True)
COLUMNS: dict[str, Any] = {
    "id": lambda row: uuid4(),
    "author_id": None,  # the other's; set in the test
    "space_id": None,
    "exchange": lambda row: bytes(reversed(bytes(row.exchange))),
    "step": lambda row: bytes(reversed(bytes(row.step))),
    "about": lambda row: uuid4(),
    "day": lambda row: row.day + timedelta(days=1),
    "reveal": lambda row: Reveal.WHEN_BOTH if row.reveal == Reveal.AT_ONCE else Reveal.AT_ONCE,
    "reveal_day": lambda row: date(2020, 1, 1),
    "scope": lambda row: Scope.OWN if row.scope == Scope.SHARED else Scope.SHARED,
    "tag": lambda row: bytes(8),
    "slot": lambda row: bytes(16),
    "version": lambda row: row.version + 1,
    "epoch": lambda row: row.epoch + 1,
    "body": lambda row: bytes(row.body[:-1]) + bytes([row.body[-1] ^ 1]),
}


def everything(who: Someone, ids):
    reader = who.inside.reader
    found = [*reader.latest(Word, 50), *reader.page(Word, 50).items, *reader.exchange("here"), *reader.history(ids[0])]
    return {said.value.text for said in found} | {one.value.text for i in ids if (one := reader.one(i))}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("scope", [Scope.SHARED, Scope.OWN])
def test_what_is_changed_in_the_database_is_unreadable(column, scope):
    anna, ben = the_two()
    stranger = someone("Cleo")
    secret = (
        given(anna).said(Word("hidden"), "here", scope=scope, reveal=Reveal.FROM_DAY, reveal_day=date(2999, 1, 1)).id
    )
    row = Entry.objects.get(id=secret)
    changes: dict[str, list[Any]] = {
        "author_id": [ben.row.pk],
        "space_id": [stranger.row.space_id],
    }
    make = COLUMNS[column]
    for value in changes.get(column) or [make(row)]:
        Entry.objects.filter(seq=row.seq).update(**{column: value})
        # every way of opening it that a database offers does not help either
        Head.objects.get_or_create(space_id=row.space_id, exchange=row.exchange, step=row.step, author_id=row.author_id,
                                   defaults={"opened": row.seq})  # fmt: skip
        for person in (anna, ben, stranger):
            ids = [secret, Entry.objects.get(seq=row.seq).id]
            assert everything(person, ids) == set()


def test_the_control_reads_it():
    anna, ben = the_two()
    said = given(anna).said(Word("hidden"), "here").id
    assert everything(ben, [said]) == everything(anna, [said]) == {"hidden"}


def test_a_broken_entry_is_skipped_and_noted():
    anna, ben = the_two()
    ids = [given(anna).said(Word(f"word {n}"), "here").id for n in range(3)]
    row = Entry.objects.get(id=ids[1])
    for wrong in (b"", b"nonsense", COLUMNS["body"](row), bytes(row.body)[:-5]):
        Entry.objects.filter(id=ids[1]).update(body=wrong)
        for person in (anna, ben):
            reader = person.inside.reader
            assert [one.value.text for one in reader.exchange("here")] == ["word 0", "word 2"]
            assert reader.broken == [ids[1]]
            assert [one.value.text for one in reader.page(Word, 5).items] == ["word 2", "word 0"]
    put = given(anna).said(Word("mended"), "here", slot="s").put
    Entry.objects.filter(id=put.id).update(body=b"nonsense")
    assert given(anna).said(Word("again"), "here", slot="s").put.outcome == "kept"


def test_bodies_sealed_by_other_programs_are_skipped():
    """A kind that this program does not know, a body that is no body, a moment that is none."""
    anna, _ = the_two()
    keyring = anna.inside.keyring
    good = encode(Word("good"), clock.now(), "here", "", "s")
    for raw in (b"", b"\xc1", good.replace(b"test-word", b"word-test"), encode(Word("x"), FarAway(), "here", "", "s")):
        entry_id = given(anna).said(Word("good"), "here").id
        row = Entry.objects.get(id=entry_id)
        seal_row(row, keyring, raw)
        row.save()
        reader = anna.inside.reader
        assert reader.one(entry_id) is None
        assert reader.broken == [entry_id]


class FarAway(datetime):
    """A moment that no calendar has."""

    def __new__(cls):
        return super().__new__(cls, 2000, 1, 1, tzinfo=UTC)

    def timestamp(self):
        return 1e300


def test_a_letter_stays_closed_whatever_else_opens():
    """Found by reading: an early opening, or an answer of the other at its step, opened letters for another day."""
    with frozen(datetime(2026, 6, 1, 12, tzinfo=UTC)):
        anna, ben = the_two()
        june = {"reveal": Reveal.FROM_DAY, "reveal_day": date(2026, 7, 1)}
        first = given(anna).said(Word("first"), "letters", **june)
        anna.inside.writer.open_early(first.id)
        given(anna).said(Word("second"), "letters", **june)
        given(ben).said(Word("answer"), "letters", reveal=Reveal.WHEN_BOTH)
        assert {one.value.text for one in ben.inside.reader.exchange("letters")} == {"first", "answer"}
        assert {one.value.text for one in anna.inside.reader.exchange("letters")} == {"first", "second"}


@pytest.mark.parametrize(
    ("author", "reader"), [("Pacific/Honolulu", "Pacific/Auckland"), ("Pacific/Auckland", "Pacific/Honolulu")]
)
def test_a_knock_for_a_day_finds_something(author, reader):
    """It comes when the words can be read and not before; it goes with them; two letters for a day knock once."""
    with frozen(datetime(2026, 6, 1, 12, tzinfo=UTC)):
        anna, ben = the_two(author, reader)
        later = {"reveal": Reveal.FROM_DAY, "reveal_day": date(2026, 6, 9)}
        knocks = Knock.objects.filter(partner=ben.row)
        one, two = given(anna).said(Word("one"), **later), given(anna).said(Word("two"), **later)
        (knock,) = knocks.all()
        local = knock.not_before.astimezone(ZoneInfo(reader))
        assert local.hour >= 9
        moved = given(anna).said(Word("two!"), replaces=two.id, **later | {"reveal_day": date(2026, 6, 20)})
        assert knocks.all().count() == 2
        anna.inside.writer.withdraw(one.id)
        last = knocks.all().get()
        with clock.travel(last.not_before - clock.now() - timedelta(hours=22)):
            assert ben.inside.reader.latest(Word, 5) == []
        anna.inside.writer.withdraw(moved.id)
        assert not knocks.all().exists()
        given(anna).said(Word("three"), **later)
        with clock.travel(knocks.all().get().not_before - clock.now()):
            assert [one.value.text for one in ben.inside.reader.latest(Word, 5)] == ["three"]


def test_no_row_tells_the_time_of_day_at_which_something_was_said():
    """The day stands in the row, and the moment inside the seal."""
    with frozen(datetime(2026, 6, 1, 13, 47, 29, tzinfo=UTC)):
        anna, ben = the_two()
        before = snapshot()
        given(anna).said(Word("one"), "a talk", reveal=Reveal.WHEN_BOTH)
        given(ben).said(Word("two"), "a talk", reveal=Reveal.WHEN_BOTH)
        given(anna).said(Word("three"), reveal=Reveal.FROM_DAY, reveal_day=date(2026, 6, 9))
        rows = [repr(row) for table, some in snapshot().items() for row in some if row not in before.get(table, [])]
    assert len(rows) > 6 and not [row for row in rows if "13:47" in row or "15:47" in row]
    assert Knock.objects.exists()


def test_what_is_joint_or_own_takes_nothings_place():
    anna, ben = the_two()
    for scope in Scope:
        assert given(anna).said(Word(scope.name), "here", slot="s", scope=scope).put.outcome == "kept"
    assert [one.value.text for one in ben.inside.reader.exchange("here")] == ["SHARED"]


def test_a_cursor_is_signed_and_ones_own():
    anna, ben = the_two()
    for n in range(5):
        given(anna).said(Word(str(n)))
    page = anna.inside.reader.page(Word, 2)
    assert [one.value.text for one in anna.inside.reader.page(Word, 2, page.next).items] == ["2", "1"]
    told = json.loads(signing.b64_decode(page.next.partition(":")[0].encode()))
    assert (
        told == page.items[-1].id.hex
    )  # and no number, from which one could count what the other has put for themselves
    anna.inside.writer.withdraw(page.items[-1].id)
    assert [one.value.text for one in anna.inside.reader.page(Word, 2, page.next).items] == ["2", "1"]
    given(anna).said(Word("5"))
    for wrong in (page.next[:-1] + "x", "x", "::", "é", page.next.upper()):
        assert [one.value.text for one in anna.inside.reader.page(Word, 2, wrong).items] == ["5", "4"]
    assert [one.value.text for one in ben.inside.reader.page(Word, 2, page.next).items] == ["5", "4"]
