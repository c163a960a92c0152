"""The partner who reads everything: every version of every row, all that their own keys open, and every query.

Ben hosts, and answers what Anna opens. What he holds is compared, byte by byte, between two worlds that differ only in
answers of Anna's that did not match. Points cannot be the same bytes in both (a yes stands on G, a no on the point of
nobody), but they are equally likely: so each world is lived with numbers that make them the same bytes. If somebody knew
how many times G the point of nobody is, these are the numbers that they would have to believe; see
test_meeting.test_a_point_tells_nothing_whatever_one_can_compute.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wishes import reference
from tests.wishes.two import Person, Two, shelf
from usward.practices.wishes import exchange
from usward.practices.wishes.entries import Record, Side
from usward.practices.wishes.sheet import to_fields
from usward.practices.wishes.standing import cut, questions
from usward.vault import meeting
from usward.vault.meeting import POINT_BYTES, TAG_BYTES, G

NUMBER = 6
NEVER = (0, 1, 2)  # wishes that Ben never wants: whatever Anna says of them cannot match
LETTERS = st.sampled_from(["y", "m", "l", "n", ""])
UNWANTED = st.sampled_from(["l", "n", ""])

# One act: (who, what, wish, Anna's letter in one world, and in the other). Equal where it could match.
VISITS = st.tuples(st.sampled_from(["anna", "ben"]), st.just("visit"))
WEEKS = st.just(("both", "week"))
HIDDEN = st.tuples(st.just("anna"), st.just("answer"), st.sampled_from(NEVER), LETTERS, LETTERS)
COOL = st.tuples(st.just("anna"), st.just("answer"), st.integers(3, NUMBER - 1), UNWANTED, UNWANTED)
SEEN = st.tuples(st.just("anna"), st.just("answer"), st.integers(3, NUMBER - 1), LETTERS).map(lambda a: (*a, a[3]))
HIS = st.tuples(st.just("ben"), st.just("answer"), st.integers(3, NUMBER - 1), LETTERS).map(lambda a: (*a, a[3]))
HIS_NO = st.tuples(st.just("ben"), st.just("answer"), st.sampled_from(NEVER), UNWANTED).map(lambda a: (*a, a[3]))
MAYBES = st.tuples(st.sampled_from(["anna", "ben"]), st.just("maybes"), st.booleans())
LIVES = st.lists(st.one_of(VISITS, VISITS, WEEKS, HIDDEN, COOL, SEEN, HIS, HIS_NO, MAYBES), max_size=40)


@dataclass
class Seen:
    """What the host has: every version of what lies on the table and of what he can open, in order."""

    rows: list[tuple[str, int, bytes]] = field(default_factory=list)
    drafts: list[int] = field(default_factory=list)
    sides: dict[str, list[Side]] = field(default_factory=lambda: {"anna": [], "ben": []})
    records: dict[str, list[Record]] = field(default_factory=lambda: {"anna": [], "ben": []})
    sizes: list[tuple[str, int, int]] = field(default_factory=list)


def live(acts: list[Any], world: int, seed: str = "") -> Seen:
    """Live one of the two worlds of a life, and give what its host has at the end, and what its people hid from him."""
    two, seen, week = Two(shelf(NUMBER), seed), Seen(), 1
    for name, what, *rest in [*acts, ("both", "week"), *[("anna", "visit"), ("ben", "visit")] * 2]:
        who: Person | None = getattr(two, name, None)
        if what == "week":
            week += 1
        elif what == "answer":
            two.answer(who, (f"wish-{rest[0]}", rest[1 + world]))
        elif what == "maybes":
            two.answer(who, maybes=rest[0])
        elif step := two.visit(who, week):
            raw, own = msgspec.msgpack.encode(step.side), msgspec.msgpack.encode(step.record)
            seen.sides[name].append(step.side)
            seen.records[name].append(step.record)
            seen.rows.append((name, week, raw))
            seen.rows += [(name, week, own)] if name == "ben" else []
            seen.sizes.append((name, len(raw), len(own)))
        if who and name == "anna":
            seen.drafts.append(len(str(to_fields(two.open_sheet(who)))))
    return seen


TIMES_G = 987654321987654321


@pytest.fixture
def coupled(monkeypatch) -> Iterator[None]:
    """Numbers such that a yes and a no of one question have the same point; each is uniform, as it was."""
    yes = False

    def tags(*one):
        nonlocal yes
        yes = one[2]
        return before_tags(*one)

    def points(seed, asked, wants):
        nonlocal yes
        found = []
        for question, yes in zip(asked, wants, strict=True):
            found += meeting.points(seed, [question], [yes])
        return found

    def scalar(seed, question):
        number = reference.scalar(seed, question) * (TIMES_G if yes else 1) % reference.ORDER
        return number.to_bytes(32, "little")

    before_tags = meeting._tags
    monkeypatch.setattr(meeting, "NOBODY", reference.write(reference.times(TIMES_G, reference.G)))
    monkeypatch.setattr(meeting, "_tags", tags)
    monkeypatch.setattr(meeting, "_scalar", scalar)
    monkeypatch.setattr(exchange, "points", points)
    yield


@given(LIVES)
def test_all_that_the_host_has_is_the_same_whatever_did_not_match(coupled, acts):
    one, other = live(acts, 0), live(acts, 1)
    assert one.rows == other.rows
    assert one.drafts == other.drafts
    assert [one.records["ben"][-1].found] == [other.records["ben"][-1].found]


A_WEEK = [("anna", "visit"), ("ben", "visit"), ("anna", "visit"), ("ben", "visit")]


def test_the_comparison_sees_an_answer_that_did_match(coupled):
    acts = [("ben", "answer", 4, "y", "y"), ("anna", "answer", 4, "y", "n"), *A_WEEK]
    assert live(acts, 0).rows != live(acts, 1).rows


def test_the_comparison_sees_an_exchange_that_says_too_much(coupled, monkeypatch):
    """Were every yes confirmed, and not those alone that meet, the worlds would differ."""
    acts = [("anna", "answer", 1, "y", "n"), *A_WEEK]
    assert live(acts, 0).rows == live(acts, 1).rows
    monkeypatch.setattr(exchange, "same", lambda *_: True)
    assert live(acts, 0).rows != live(acts, 1).rows


def test_the_comparison_sees_silence_that_follows_a_change_of_mind(coupled, monkeypatch):
    """Were what waits to be heard made silent where nothing had met, the change would show."""
    acts = [
        *[("anna", "answer", 1, "y", "n"), ("anna", "visit"), ("ben", "visit"), ("anna", "visit")],
        *[("anna", "answer", 1, "n", "n"), ("both", "week"), ("anna", "visit")],
    ]
    assert live(acts, 0).rows == live(acts, 1).rows
    monkeypatch.setattr(
        exchange,
        "_still_waits",
        lambda before: dict(zip(questions(before.record.wishes), exchange.bits(before.record.wants), strict=True)),
    )
    assert live(acts, 0).rows != live(acts, 1).rows


@given(LIVES, st.randoms(use_true_random=False))
def test_shape_size_number_order_and_days_say_nothing(acts, chance):
    """With real numbers, and whatever either answers: what is written when, and how long it is, is the same."""
    plain = [act for act in acts if act[1] in ("visit", "week")]
    other = [
        act if act[1] in ("visit", "week") else (*act[:3], *(chance.choice("ymln") for _ in range(2)))
        for act in acts
        if act[1] != "maybes"
    ]
    one, two, three = live(acts, 0), live(other, 1), live(plain, 0)
    assert one.sizes == two.sizes == three.sizes
    for name in ("anna", "ben"):
        for side, also in zip(one.sides[name], three.sides[name], strict=True):
            assert (side.wishes, side.stamp, side.said_to) == (also.wishes, also.stamp, also.said_to)
            assert (len(side.points), len(side.tags)) == (len(also.points), len(also.tags))
    assert len({*one.drafts, *two.drafts}) <= 1


def everything_tried(seen: Seen, me: str, other: str) -> set[bytes]:
    """Every tag that somebody could make from what they hold: all their seeds, all points of both, both orders."""
    asked = questions([f"wish-{n}" for n in range(NUMBER)])
    mine, theirs = seen.sides[me], seen.sides[other]
    tried: set[bytes] = set()
    for record, side in zip(seen.records[me], mine, strict=True):
        for their_side in theirs:
            rows = zip(asked, cut(side.points, POINT_BYTES), cut(their_side.points, POINT_BYTES), strict=True)
            for question, my_point, their_point in rows:
                number = meeting._scalar(record.seed, question)
                secrets = [meeting._times(number, point) for point in (their_point, my_point, G, meeting.NOBODY)]
                for secret in (*secrets, their_point, my_point):
                    tried |= {
                        meeting._tag(secret, my_point, their_point, question),
                        meeting._tag(secret, their_point, my_point, question),
                    }
    return tried


def said(seen: Seen, who: str) -> list[dict[bytes, bytes]]:
    """All that somebody has said in tags, a question each, in every version."""
    asked = questions([f"wish-{n}" for n in range(NUMBER)])
    return [dict(zip(asked, cut(side.tags, TAG_BYTES), strict=True)) for side in seen.sides[who]]


WEEKS_OF_VISITS = [act for _ in range(3) for act in (*A_WEEK, ("both", "week"))]


@pytest.mark.parametrize(("host", "other"), [("ben", "anna"), ("anna", "ben")])
@pytest.mark.parametrize("letters", ["yyynnn", "mmmmmm", "nnnnnn", "yyyyyy"])
def test_what_comes_to_mind_is_tried_in_vain(host, other, letters):
    """Whoever of the two hosts: with all seeds of theirs and all rows of both they recognise what met, and no more."""
    hosts = "nynnmy"
    acts = [
        *[(other, "answer", n, letter, letter) for n, letter in enumerate(letters)],
        *[(host, "answer", n, letter, letter) for n, letter in enumerate(hosts)],
        *[("anna", "maybes", True), ("ben", "maybes", False)],
        *WEEKS_OF_VISITS,
    ]
    seen = live(acts, 0)
    tried = everything_tried(seen, host, other)
    met = {b"yes/wish-%d" % n for n in range(NUMBER) if letters[n] == hosts[n] == "y"}
    recognised = {question for tags in said(seen, other) for question, tag in tags.items() if tag in tried}
    assert recognised == met


@given(LIVES)
def test_nothing_comes_twice(acts):
    """No point and no tag of Ben's is ever seen again; of Anna's tags, those that wait to be heard, unchanged."""
    seen = live(acts, 0)
    for name in ("anna", "ben"):
        sides = {side.stamp: side for side in seen.sides[name]}
        laid = [point for side in sides.values() for point in cut(side.points, POINT_BYTES)]
        assert len(set(laid)) == len(laid)
    spoken = {
        (name, side.said_to): side.tags for name in ("anna", "ben") for side in seen.sides[name] if any(side.said_to)
    }
    tags = [tag for whole in spoken.values() for tag in cut(whole, TAG_BYTES)]
    assert len(set(tags)) == len(tags)


@given(st.lists(LETTERS, min_size=NUMBER, max_size=NUMBER), st.lists(LETTERS, min_size=NUMBER, max_size=NUMBER))
def test_who_says_yes_to_everything_learns_the_yeses_and_is_seen_to(anna, ben):
    """The most that a partner can learn by answering: and the other learns the same, of them."""
    acts = [("anna", "answer", n, letter, letter) for n, letter in enumerate(anna)]
    acts += [("ben", "answer", n, "y", "y") for n in range(NUMBER)]
    seen = live([*acts, *A_WEEK], 0)
    found = [seen.records[name][-1].found for name in ("anna", "ben")]
    assert found[0] == found[1] == bytes(letter == "y" for letter in anna)


def test_a_forged_answer_must_show_itself_to_be_answered():
    """Ben writes an answer of his own making into the database: yes to all in its points, and noise for tags.

    He could have recognised any tag of Anna's. She says none: she confirms what was said to her, and nothing else.
    """
    two = Two(shelf(NUMBER))
    two.answer(two.anna, *((f"wish-{n}", "y") for n in range(NUMBER)))
    two.answer(two.ben, *((f"wish-{n}", "y") for n in range(NUMBER)))
    two.visit(two.anna, 1)
    two.visit(two.ben, 1)
    honest = two.ben.side
    assert honest is not None
    two.ben.side = msgspec.structs.replace(
        honest, tags=bytes(range(256))[: len(honest.tags)].ljust(len(honest.tags), b"!")
    )
    two.visit(two.anna, 1)
    expected = set(cut(two.ben.record.hear, TAG_BYTES))
    assert expected.isdisjoint(cut(two.anna.side.tags, TAG_BYTES)) and two.anna.found() == {}
