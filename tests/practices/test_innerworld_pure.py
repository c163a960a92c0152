"""Inner world, without a page: a round in any order, what is asked within either limit, and how old a thing is."""

import re
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.practices.innerworld import CUP, NOON
from usward.content.loader import library
from usward.practices.innerworld.entries import Asked, Guess, Mark, Passed, Told
from usward.practices.innerworld.exchange import (
    AHEAD,
    DEEPEST,
    age_words,
    fold,
    glow,
    handful,
    suited,
    suits,
)

ANNA, BEN = UUID(int=1), UUID(int=2)


def act(author: UUID, value: Any, seq: int = 0) -> Any:
    return SimpleNamespace(value=value, mine=author == ANNA, author=author, seq=seq, at=NOON)


def _parts(n: int, author: UUID, handed: bool, about_anna: bool) -> Any:
    """What the practice lets somebody put: words that are the author's own, or the other's on this phone."""
    by_anna = (author == ANNA) != handed
    if by_anna == about_anna:
        return act(author, Told(CUP, "?", f"told {n}", "r", 1, handed))
    return act(author, Guess("?", f"guess {n}", handed))


ACTS = st.lists(
    st.tuples(st.integers(0, 99), st.sampled_from([ANNA, BEN]), st.booleans(), st.sampled_from("pmx")), max_size=9
)


@for_all(ACTS, st.booleans(), st.randoms())
def test_a_round_is_folded_alike_whatever_comes_when(acts, about_anna, chance):
    asked = act(ANNA if about_anna else BEN, Asked(CUP, "?", "everyday", True))
    said = [asked]
    for seq, (n, author, handed, what) in enumerate(acts):
        one = _parts(n, author, handed, about_anna)
        if what == "m":
            one = act(author, Mark("me", f"mark {n}", handed))
        elif what == "x":
            one = act(author, Passed())
        one.seq = seq + 1
        said.append(one)
    now, owner = fold(said), ANNA if about_anna else BEN
    mixed = list(said)
    chance.shuffle(mixed)
    assert fold(mixed) == now == fold([*said, *said]), "neither order nor replay counts"
    assert now.about_me == about_anna and now.both == (now.answer is not None and now.guess is not None)
    whose = lambda one: one.author if not one.value.handed else (BEN if one.author == ANNA else ANNA)  # noqa: E731
    assert now.answer is None or whose(now.answer) == owner
    assert now.guess is None or whose(now.guess) != owner
    assert now.mark is None or whose(now.mark) == owner, "the one it is about marks"
    for found, kind in ((now.answer, Told), (now.guess, Guess)):
        own = [one for one in said if isinstance(one.value, kind) and not one.value.handed]
        assert not own or found is own[-1], "somebody's own words go before those on another's phone"
    assert fold([one for one in said if one is not asked]) is None


LIMITS = st.builds(
    SimpleNamespace,
    ceiling=st.integers(1, 5),
    closed=st.lists(st.sampled_from(["us", "hard", "body"])).map(tuple),
    unsuited=st.lists(st.sampled_from(["no-faith", "grief"])).map(tuple),
    apart=st.booleans(),
)


@for_all(st.lists(LIMITS, max_size=2), st.lists(LIMITS, max_size=1))
def test_nothing_is_asked_beyond_either_limit(both, also):
    said = [SimpleNamespace(value=one) for one in both]
    found = suited(said[:1], said[1:], also, library().questions)
    assert found == suited(said[1:], said[:1], also, library().questions)
    for one in found:
        assert one.depth <= min([DEEPEST, *(limit.ceiling for limit in (*both, *also))])
        assert not any(one.topic in limit.closed or set(limit.unsuited) & set(one.not_for) for limit in (*both, *also))
        assert one.topic != "distance" or any(limit.apart for limit in (*both, *also))
    assert all(suits(one, [*both, *also]) for one in found)


@for_all(st.binary(min_size=32, max_size=32), st.text(max_size=9))
def test_a_handful_is_light_first(key, about):
    some = handful(library().questions, key, about)
    assert len({one.id for one in some}) == AHEAD and [one.depth for one in some] == sorted(one.depth for one in some)
    assert some == handful(library().questions[::-1], key, about)


@for_all(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 5000))
def test_light_fades_and_age_is_told_in_words(day, days):
    then = day + timedelta(days=days)
    order = ("lit", "low", "dim")
    assert glow(None, then) == "dark" and glow(day, then) in order
    assert order.index(glow(day, then)) <= order.index(glow(day, then + timedelta(days=30)))
    words = age_words(day, then)
    assert not re.search(r"\d", words) and ("year" in words) == (days >= 330)
