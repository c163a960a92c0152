"""The same thing said again: stale edits, two phones at once, words of somebody else's."""

import threading

import pytest
from django.db import connection

from tests.given import Someone, Word, given, the_two
from usward.entries.models import Entry, Reveal
from usward.entries.writer import NotYours

pytestmark = pytest.mark.django_db(transaction=True)


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
