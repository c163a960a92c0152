"""The store against its enemies: a tampered database, two phones at once, edits that come too late."""

import json
import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import signing
from django.db import connection

from tests.given import Someone, Word, frozen, given, snapshot, someone, the_two
from usward.entries.kinds import encode
from usward.entries.models import Entry, Head, Knock, Reveal, Scope
from usward.entries.sealing import seal_row
from usward.entries.writer import NotYours
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


def test_same_id_same_place_stale_edit():
    anna, ben = the_two()
    first = given(anna).said(Word("first"), "here", slot="s")
    again = given(anna).said(Word("first"), "here", slot="s", entry_id=first.id).put
    assert (again.outcome, Entry.objects.filter(author=anna.row).count()) == ("same", 1)
    other = given(anna).said(Word("other"), "here", slot="s", entry_id=first.id).put
    assert (other.outcome, other.standing.value.text) == ("conflict", "first")
    twice = given(anna).said(Word("other"), "here", slot="s").put
    assert (twice.outcome, twice.id, twice.standing.value.text) == ("conflict", first.id, "first")
    second = given(anna).said(Word("second"), "here", slot="s", replaces=first.id)
    for how in ({"slot": "s"}, {}):  # the tablet still shows the first
        stale = given(anna).said(Word("third"), "here", replaces=first.id, **how).put
        assert (stale.outcome, stale.id, stale.standing.value.text) == ("conflict", second.id, "second")
    replay = given(anna).said(Word("first"), "here", slot="s", entry_id=first.id).put
    assert replay.outcome == "same"
    assert [one.value.text for one in ben.inside.reader.exchange("here")] == ["second"]
    assert [one.value.text for one in anna.inside.reader.history(second.id)] == ["first", "second"]
    anna.inside.writer.withdraw(second.id)
    for how in ({"slot": "s"}, {}):
        late = given(anna).said(Word("fourth"), "here", replaces=second.id, **how).put
        assert (late.outcome, late.standing) == ("conflict", None)
    assert ben.inside.reader.exchange("here") == []
    assert anna.inside.reader.history(second.id) == []
    assert not Entry.objects.filter(author=anna.row).exclude(body=b"").exists()


def test_what_was_taken_back_twice_leaves_what_came_into_its_place():
    """A page that is still open elsewhere takes back what is gone, and not the new words that it does not show."""
    anna, ben = the_two()
    first = given(anna).said(Word("first"), "here", slot="s")
    anna.inside.writer.withdraw(first.id)
    second = given(anna).said(Word("second"), "here", slot="s")
    anna.inside.writer.withdraw(first.id)
    assert [one.value.text for one in ben.inside.reader.exchange("here")] == ["second"]
    given(anna).said(Word("third"), "here", slot="s", replaces=second.id)
    anna.inside.writer.withdraw(second.id)  # any version names the thing
    assert ben.inside.reader.exchange("here") == []


def test_an_edit_stays_where_and_as_it_was_read():
    anna, ben = the_two()
    said = given(anna).said(Word("read"), "here", step="say")
    edit = given(anna).said(Word("edited"), "elsewhere", step="x", replaces=said.id, reveal=Reveal.NEVER).put
    assert edit.outcome == "kept"
    (found,) = ben.inside.reader.exchange("here")
    assert (found.value.text, found.step, found.changed, found.root) == ("edited", "say", True, said.id)


def test_nobody_touches_the_others_words():
    anna, ben = the_two()
    said = given(anna).said(Word("mine"), "here")
    with pytest.raises(NotYours):
        ben.inside.writer.withdraw(said.id)
    with pytest.raises(NotYours):
        ben.inside.writer.open_early(said.id)
    with pytest.raises(NotYours):
        given(ben).said(Word("yours"), "here", replaces=said.id)
    assert given(ben).said(Word("yours"), "here", slot="s", replaces=said.id).put.outcome == "conflict"
    assert given(ben).said(Word("yours"), "here", entry_id=said.id).put.standing is None
    assert ben.inside.reader.history(said.id) == []
    assert [one.value.text for one in anna.inside.reader.exchange("here")] == ["mine"]


@pytest.mark.parametrize("same_words", [False, True])
def test_two_phones_at_once(same_words):
    anna, ben = the_two()
    for turn in range(4):
        barrier, outcomes, errors = threading.Barrier(2), {}, []

        def send(text: str, slot=f"s{turn}", barrier=barrier, outcomes=outcomes, errors=errors) -> None:
            try:
                inside = anna.inside
                barrier.wait()
                outcomes[threading.get_ident()] = text, inside.writer.put(Word(text), exchange="here", slot=slot)
            except Exception as error:
                errors.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=send, args=[word]) for word in ("x", "x" if same_words else "y")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        kept = [text for text, put in outcomes.values() if put.outcome == "kept"]
        (left,) = [put for _, put in outcomes.values() if put.outcome != "kept"]
        assert len(kept) == 1
        assert (left.outcome, left.standing.value.text) == ("same" if same_words else "conflict", kept[0])
        assert [one.value.text for one in ben.inside.reader.exchange("here")][turn:] == kept


def test_many_phones_lose_nothing():
    anna, ben = the_two()
    errors: list[Exception] = []

    def send(who: Someone, name: str) -> None:
        try:
            for n in range(10):
                given(who).said(Word(f"{name} {n}"), "here")
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[who, f"{i}"]) for i, who in enumerate((anna, ben, anna, ben))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert {one.value.text for one in anna.inside.reader.exchange("here")} == {
        f"{i} {n}" for i in range(4) for n in range(10)
    }


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
