"""Two narrower ways of asking: a page of one step's name, and joint things as they stood before a day."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.given import Word, frozen, given, the_two
from usward.entries.joint import joint
from usward.entries.models import Reveal, Scope
from usward.entries.reader import Said
from usward.kit import clock

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@joint
def words_of_both(
    mine: list[Said[Word]], theirs: list[Said[Word]], *more: str
) -> tuple[list[str], list[str], list[str]]:
    return sorted(one.value.text for one in mine), sorted(one.value.text for one in theirs), list(more)


def texts(page) -> list[str]:
    return [one.value.text for one in page.items]


def test_a_page_keeps_to_a_step_whatever_the_exchange():
    anna, ben = the_two()
    for n in range(5):
        given(anna).said(Word(f"sea {n}"), f"walk {n}", step="sea")
        given(ben).said(Word(f"hills {n}"), f"walk {n}", step="hills")
    given(anna).said(Word("sea, sealed"), "walk", step="sea", reveal=Reveal.WHEN_BOTH)
    given(anna).said(Word("sea, her own"), "walk", step="sea", scope=Scope.OWN)
    reader = ben.inside.reader
    first = reader.page(Word, 3, step="sea")
    assert texts(first) == ["sea 4", "sea 3", "sea 2"]
    assert texts(reader.page(Word, 3, first.next, step="sea")) == ["sea 1", "sea 0"]
    assert texts(reader.page(Word, 9, step="sea", mine=True)) == [] and texts(reader.page(Word, 9, step="dunes")) == []
    assert texts(anna.inside.reader.page(Word, 2, step="sea")) == ["sea, her own", "sea, sealed"]
    assert reader.opened == 5, "what was said at other steps is not opened"


def test_joint_things_as_they_stood_before_a_day():
    with frozen(NOON):
        anna, ben = the_two()
        today, how = clock.today(anna.row.zone), {"scope": Scope.JOINT, "slot": "limits"}
        with clock.travel(timedelta(days=-3)):
            first = given(anna).said(Word("three days ago"), **how)
            gone = given(ben).said(Word("taken back"), **how)
        with clock.travel(timedelta(days=-1)):
            given(anna).said(Word("yesterday"), replaces=first.id, **how)
        ben.inside.writer.withdraw(gone.id)
        given(ben).said(Word("today"), **how)
        reader = ben.inside.reader
        assert reader.joint(words_of_both, Word) == (["today"], ["yesterday"], [])
        assert reader.joint(words_of_both, Word, "a week", before=today) == ([], ["yesterday"], ["a week"])
        assert reader.joint(words_of_both, Word, before=today - timedelta(days=1)) == ([], ["three days ago"], [])
        assert reader.joint(words_of_both, Word, before=today - timedelta(days=3)) == ([], [], [])
        with clock.travel(timedelta(days=1)):
            later = ben.inside.reader.joint(words_of_both, Word, before=today + timedelta(days=1))
        assert later == (["today"], ["yesterday"], [])


def test_whoever_is_not_registered_sees_nothing():
    anna, _ = the_two()
    with pytest.raises(PermissionError):
        anna.inside.reader.joint(lambda mine, theirs: (mine, theirs), Word)
