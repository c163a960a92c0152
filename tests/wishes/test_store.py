"""Wishes in the real store: two people who come by, and the host among them with a whole database and their own keys."""

import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from tests.given import Someone, frozen, pair, pings, someone, the_two
from tests.wishes.two import shelf
from usward.content.schema import Wish
from usward.entries import returning
from usward.entries.door import Insider
from usward.entries.models import Act, Draft, Entry, Knock, Scope
from usward.entries.moving import leave
from usward.entries.sealing import context
from usward.kit import clock
from usward.practices.wishes import actions
from usward.practices.wishes.entries import OwnWish, Record, Side
from usward.practices.wishes.sheet import OWN_LIMIT, from_fields
from usward.vault import archive, keys
from usward.vault import ring as rings
from usward.vault.envelope import SealBroken, unseal
from usward.vault.padding import unpad

pytestmark = pytest.mark.django_db
NUMBER = 8
THURSDAY = datetime(2026, 10, 1, 12, tzinfo=UTC)
WEEK, DAY = timedelta(7), timedelta(1)


@pytest.fixture(autouse=True)
def _shelf(monkeypatch):
    monkeypatch.setattr(actions, "library", lambda: SimpleNamespace(wishes=shelf(NUMBER, intimate=3)))


@pytest.fixture(autouse=True)
def _thursday():
    with frozen(THURSDAY):
        yield


def say(who: Someone, letters: str, maybes: bool = False, level: int = 0) -> None:
    """Answer the first wishes, a letter each."""
    actions.answer(who.inside, [(f"wish-{n}", letter.replace("-", "")) for n, letter in enumerate(letters)])
    actions.settle(who.inside, maybes, level)


def come_by(*people: Someone) -> None:
    for who in people:
        actions.come_by(who.inside)


def found(who: Someone) -> list[str]:
    mine = actions.look(who.inside)
    assert mine is not None
    return [match.wish.id for match in mine.matches]


def test_from_answers_to_a_match():
    anna, ben = the_two()
    come_by(anna, ben)
    say(anna, "yymn")
    say(ben, "ynmy", maybes=True)
    come_by(anna, ben, anna, ben)
    assert found(anna) == found(ben) == []  # they count from Friday on
    with clock.travel(DAY):
        come_by(anna, ben, anna)
        assert found(ben) == found(anna) == [] and not actions.news(ben.inside)
        come_by(ben)
        assert actions.news(ben.inside) and not actions.news(anna.inside)
        come_by(anna)
        assert found(anna) == found(ben) == ["wish-0"]
        assert not actions.news(ben.inside)
        say(anna, "lyyn", maybes=True)
        mine = actions.look(anna.inside)
        assert mine.matches[0].leaving and found(ben) == ["wish-0"]
    with clock.travel(DAY + WEEK):
        come_by(anna, ben, anna, ben, anna)
        assert found(anna) == found(ben) == ["wish-2"]
        assert [match.maybe for match in actions.look(ben.inside).matches] == [True]


def test_nobody_to_wish_with():
    anna = someone("Anna")
    come_by(anna)
    actions.answer(anna.inside, [("wish-1", "y")])
    actions.settle(anna.inside, True, 3)
    assert actions.look(anna.inside) is None and not actions.news(anna.inside)
    assert not Entry.objects.exists() and not Draft.objects.exists()


def test_whoever_was_invited_opens():
    anna, ben = the_two()
    come_by(anna)
    assert not Entry.objects.exists()
    come_by(ben)
    assert set(Entry.objects.values_list("author", flat=True)) == {ben.row.pk}
    cleo, dara = the_two("Pacific/Auckland", "Pacific/Honolulu")
    come_by(dara, cleo, dara)
    assert cleo.inside.reader.own(Record, "wishes").value.said_to != bytes(16)


def test_a_wish_of_ones_own():
    anna, ben = the_two()
    put = actions.write(anna.inside, OwnWish("The lake, at night.", "adventure"), uuid4())
    wish = next(wish for wish in actions.look(ben.inside).wishes if wish.entry)
    assert (wish.text, wish.mine, wish.entry) == ("The lake, at night.", False, put.id.hex)
    for who in (anna, ben):
        actions.answer(who.inside, [(wish.id, "y")])
    come_by(ben, anna, ben, anna)
    assert found(anna) == found(ben) == [wish.id]
    anna.inside.writer.withdraw(put.id)
    assert found(anna) == found(ben) == []
    for n in range(OWN_LIMIT):
        assert actions.write(ben.inside, OwnWish(f"Number {n}.", "time"), uuid4())
    assert actions.write(anna.inside, OwnWish("One more.", "time"), uuid4()) is None


def live(couple: tuple[Someone, Someone], answers: list[tuple[str, str]]) -> None:
    """Three weeks in which both come by; in between they answer."""
    for week, (hers, his) in enumerate(answers):
        with clock.travel(week * WEEK):
            say(couple[0], hers)
            say(couple[1], his)
            for _ in range(2):
                come_by(couple[1], couple[0])
                for who in couple:
                    actions.look(who.inside)


HERS = ["nnynnn-y", "nnynnn-y", "nnynyn--"]
HIS = ["yynml-yn", "yynml-yn", "ynnml-y-"]


def shape(couple: tuple[Someone, Someone]) -> dict[str, Any]:
    """All that a database shows of two people but random bytes: who, when, in which order, how long, how often."""
    people = [who.row for who in couple]
    role = {row.pk: n for n, row in enumerate(people)}
    rows = list(Entry.objects.filter(space=people[0].space).order_by("seq"))
    fields = ("act", "day", "reveal", "reveal_day", "scope", "version", "epoch", "current")
    names: dict[bytes, int] = {}
    named = [
        [names.setdefault(bytes(getattr(row, column)), len(names)) for column in ("exchange", "step", "tag", "slot")]
        for row in rows
    ]
    told = [[role[row.author_id], len(row.body), *(getattr(row, name) for name in fields)] for row in rows]
    return {
        "entries": list(zip(told, named, strict=True)),
        "gaps": [later.seq - row.seq for row, later in pairwise(rows)],
        "drafts": sorted((role[d.partner_id], len(d.body)) for d in Draft.objects.filter(partner__in=people)),
        "pulse": [row.pulse for row in people],
        "knocks": Knock.objects.filter(partner__in=people).count(),
    }


def test_the_database_has_one_shape_whatever_is_answered():
    shapes = []
    for his in (HIS, ["lynyn---", "--------", "mmnmnmmn"], ["--------"] * 3, ["yyyyyyyy"] * 3):
        couple = the_two()
        live(couple, list(zip(HERS, his, strict=True)))
        shapes.append(shape(couple))
    assert all(one == shapes[0] for one in shapes)
    assert len(shapes[0]["entries"]) == 4  # a side and a record each, however many weeks
    assert len(shapes[0]["drafts"]) == 2


def test_neither_hears_of_answers_and_steps():
    anna, ben = the_two()
    for mine, theirs in ((anna, ben), (ben, anna)):
        before = (
            theirs.row.pulse,
            mine.row.pulse,
        )  # one's own would tell, at a step that answers, that the other was there
        with pings() as heard:
            for week in range(3):
                with clock.travel(week * WEEK):
                    say(mine, "yyyy")
                    come_by(mine)
                    actions.look(mine.inside)
        assert (theirs.row.pulse, mine.row.pulse) == before and heard == []
    assert not Knock.objects.exists()


def all_keys(who: Someone) -> list[bytes]:
    """Every key that opens with somebody's login."""
    inside = who.inside
    return [who.unlocked.user_key, who.unlocked.personal, who.unlocked.pair.private, *inside.keyring.ring.keys.values()]


def opened_by_host(inside: Insider, tries: list[bytes]) -> tuple[list[Any], list[Entry]]:
    """What the host opens, past every rule of the Reader; and the rows that none of their keys opens."""
    values, shut = [], []
    for row in Entry.objects.filter(space=inside.me.space, act=Act.SAY).order_by("seq"):
        opened = None
        for key in tries:
            try:
                opened = unpad(unseal(key, bytes(row.body), context(row)))
            except SealBroken:
                continue
        values.append((row, opened)) if opened else shut.append(row)
    return values, shut


@pytest.mark.django_db(transaction=True)
def test_the_host_with_the_whole_database_and_their_own_keys():
    """Anna hosts. She opens what her keys open, of every row there is, and looks through the bytes of the file."""
    anna, ben = the_two()
    live((anna, ben), list(zip(HERS, HIS, strict=True)))
    mine, shut = opened_by_host(anna.inside, all_keys(anna))
    assert {(row.author_id, row.scope) for row in shut} == {(ben.row.pk, Scope.OWN)}
    assert {(row.author_id, row.scope) for row, _ in mine} == {
        (anna.row.pk, Scope.OWN),
        (anna.row.pk, Scope.JOINT),
        (ben.row.pk, Scope.JOINT),
    }
    draft = Draft.objects.get(partner=ben.row)
    places = [[b"draft", owner.bytes, bytes(draft.composer)] for owner in (ben.id, anna.id)]
    for key in all_keys(anna):
        for place in places:
            with pytest.raises(SealBroken):
                unseal(key, bytes(draft.body), place)
    his = actions.look(ben.inside).sheet
    assert "".join(his.answers[:NUMBER]) == HIS[-1]
    for secret in (his.answers.encode(), ben.inside.reader.own(Record, "wishes").value.seed):
        assert not any(secret in raw for _, raw in mine)
        assert not any(secret in blob for blob in every_byte())
    hers = anna.inside.reader.own(Record, "wishes").value
    assert any(hers.seed in raw for _, raw in mine)  # the control: what is hers, she finds


def every_byte() -> list[bytes]:
    """Every value of every row of every table."""
    with sqlite3.connect(str(settings.DATABASES["default"]["NAME"])) as other:
        names = [row[0] for row in other.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        values = [value for name in names for row in other.execute(f'SELECT * FROM "{name}"') for value in row]
    other.close()
    return [value if isinstance(value, bytes) else str(value).encode() for value in values if value is not None]


def test_a_step_leaves_nothing_behind():
    anna, ben = the_two()
    live((anna, ben), list(zip(HERS, HIS, strict=True)))
    sides = Entry.objects.filter(space=anna.row.space)
    assert sides.count() == 4 and all(row.current and row.version > 2 for row in sides)
    assert anna.inside.reader.history(anna.inside.reader.own(Record, "wishes").id)[0].value.week > 0
    with pytest.raises(PermissionError):
        anna.inside.reader.joint(lambda mine, theirs: (mine, theirs), Side)


def test_words_that_changed_are_a_wish_not_answered(monkeypatch):
    anna, ben = the_two()
    for who in (anna, ben):
        say(who, "y")
    mended = [Wish("wish-0", "home", "Other words."), *shelf(NUMBER)[1:]]
    monkeypatch.setattr(actions, "library", lambda: SimpleNamespace(wishes=mended))
    come_by(ben, anna, ben, anna)
    assert found(anna) == found(ben) == []
    assert actions.look(anna.inside).sheet.answers == "-" * NUMBER


def test_after_a_parting_nothing_counts_with_somebody_new():
    anna, ben = the_two()
    for who in (anna, ben):
        say(who, "yy")
    come_by(ben, anna, ben, anna)
    assert found(anna) == ["wish-0", "wish-1"]
    leave(ben.row, ben.unlocked)
    assert not Entry.objects.filter(author=ben.row.pk, scope=Scope.JOINT).exclude(body=b"").exists()
    come_by(anna)
    assert actions.look(anna.inside) is None and actions.look(ben.inside) is None
    cleo = someone("Cleo")
    pair(cleo, ben)
    say(cleo, "yy")
    with clock.travel(WEEK):
        come_by(ben, cleo, ben, cleo)
    assert found(ben) == found(cleo) == []
    assert set(actions.look(ben.inside).sheet.answers) == {"-"}


def readmitted(who: Someone) -> tuple[Someone, Any]:
    """Somebody whose old keys rest, with new ones in their place. Returns them, and what opens the old."""
    ring, rest, fresh = rings.open_ring(who.unlocked, who.row.space_id), uuid4(), keys.create_keys(uuid4())
    keys.wrap(who.unlocked, keys.PASSWORD, b"k" * 32)
    archive.put_away(who.id, rest)
    now = archive.move_in(fresh, who.id)
    rings.drop_ring(who.id, ring.space)
    rings.hand_over(ring, who.id, now.pair.public)
    rings.take_over(now, ring.space)
    return Someone(who.id, now), archive.open_put_away(who.id, rest, b"k" * 32)


@pytest.mark.parametrize("lost", ["anna", "ben"])
def test_a_lost_passphrase_and_one_that_came_back(lost):
    anna, ben = the_two()
    for who in (anna, ben):
        say(who, "yyn", maybes=True, level=2)
    come_by(ben, anna, ben, anna)
    again, old = readmitted(anna if lost == "anna" else ben)
    anna, ben = (again, ben) if lost == "anna" else (anna, again)
    assert set(actions.look(again.inside).sheet.answers) == {"-"}
    with clock.travel(WEEK):
        come_by(ben, anna, ben, anna)
        assert found(anna) == found(ben) == []
        actions.answer(again.inside, [("wish-1", "n")])
        returning.bring_back(again.row, old, again.unlocked)
        sheet = actions.look(again.inside).sheet
        assert sheet.answers.startswith("ynn-")
        assert actions.look(again.inside).sheet == sheet
    with clock.travel(WEEK * 2):
        come_by(ben, anna, ben, anna)
        assert found(anna) == found(ben) == ["wish-0"]
        assert len(again.inside.reader.history(again.inside.reader.own(Record, "wishes").id)) == 1


def test_an_answer_taken_back_does_not_come_again():
    anna, ben = the_two()
    say(anna, "yy")
    come_by(ben, anna)
    again, old = readmitted(anna)
    come_by(again)
    returning.bring_back(again.row, old, again.unlocked)
    assert actions.look(again.inside).sheet.answers.startswith("yy")
    actions.answer(again.inside, [("wish-0", "")])
    assert actions.look(again.inside).sheet.answers.startswith("-y")


def test_a_draft_that_is_not_a_sheet():
    anna, ben = the_two()
    say(anna, "yy")
    come_by(ben, anna)
    anna.inside.drafts.keep("wishes", {"sheet": "nonsense"})
    assert actions.look(anna.inside).sheet.answers.startswith("yy")
    assert from_fields(anna.inside.drafts.read(["wishes"])["wishes"])
