"""Inner world: guess and learn on two phones or one, a map that grows by topic and fades by age, and no score."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.given import frozen, pings
from tests.talkback.signs import signs
from usward.content.loader import library
from usward.entries.reader import Reader
from usward.kit import clock
from usward.practices.innerworld import actions, rounds
from usward.practices.innerworld.entries import Asked, Guess, Mark, Passed, Told, round_exchange
from usward.practices.innerworld.exchange import (
    A_YEAR,
    AHEAD,
    DEEPEST,
    age_words,
    fold,
    glow,
    handful,
    suited,
    suits,
)

NEW, WORLD = "/talk/inner-world/new/", "/talk/inner-world/"
CUP = "everyday-your-own-cup"
NOON = datetime(2026, 6, 3, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    with frozen(NOON):
        yield


def begin(person, about: str = "me", text: str = "The blue one.", question: str = CUP, **more: str):
    fields = {"id": str(uuid4()), "about": about, "question": question, "text": text}
    return person.post(NEW, **fields | more)


def tell(person, where: str, text: str, **more: str):
    return person.post(where, **{"act": "tell", "text": text, "id": str(uuid4())} | more)


def test_a_whole_round_and_the_other_way_round(two, stranger):
    anna, ben = two
    where = begin(anna)["Location"]
    assert "The blue one." in anna.page(where) and "The blue one." not in ben.page(where)
    assert signs(ben) == ["Guess what Anna said"] and "Your guess" in ben.page(where)
    assert "A question of Anna’s is open" in ben.page("/talk/") and "’s is open" not in anna.page("/talk/")
    assert "about Anna" in ben.page(WORLD)
    assert tell(ben, where, "The chipped white one.").status_code == 303
    for person in two:
        page = person.page(where)
        assert "The blue one." in page and "The chipped white one." in page and 'data-lit="both"' in page
    assert "You guessed" in ben.page(where) and "Ben guessed" in anna.page(where)
    assert "What do you say to it?" in anna.page(where) and "What do you say to it?" not in ben.page(where)
    assert ben.post(where, act="mark", fits="me").status_code == 404, "the owner alone marks"
    marked = anna.post(where, act="mark", fits="close", line="White until May, blue since.", id=str(uuid4()))
    assert marked.status_code == 303 and signs(ben) == ["Anna has looked at your guess"]
    for person in two:
        assert re.search(r"Close\. White until May", person.page(where))
    assert signs(ben) == [], "who has been there is not called again"
    swap = re.search(r'href="/([^"]+)">The other way round', ben.page(where))[1].replace("&amp;", "&")
    assert "A question about you" in ben.page(f"/{swap}") and "which cup" in ben.page(f"/{swap}").lower()
    other = begin(ben, text="The one without a handle.")["Location"]
    assert other != where and "without a handle" in ben.page(other) and "without a handle" not in anna.page(other)
    assert stranger.get(where).status_code == 404 and tell(stranger, where, "x").status_code == 404


def test_whoever_guesses_may_begin(two):
    anna, ben = two
    where = begin(anna, about="them", text="Tea, black.")["Location"]
    assert signs(ben) == ["Anna has made a guess about you"] and "Tea, black." not in ben.page(where)
    tell(ben, where, "Coffee.")
    assert "Tea, black." in ben.page(where) and "What do you say to it?" in ben.page(where)
    assert signs(anna) == ["A guess and an answer lie side by side"]
    assert "Coffee." in anna.page(where) and signs(anna) == []


def test_on_one_phone_one_answers_and_hands_over(two):
    anna, ben = two
    where = begin(anna)["Location"]
    cover = anna.page(f"{where}?step=hand")
    assert "This is for Ben now" in cover and "The blue one." not in cover
    answer = anna.post(f"{where}?step=hand", act="hand", text="The tall one.", id=str(uuid4()))
    assert answer.status_code == 303
    for person, phone in ((anna, "on your phone"), (ben, "on Anna’s phone")):
        page = person.page(where)
        assert "The blue one." in page and "The tall one." in page and phone in page
    assert "Ben guessed" in anna.page(where)
    guess = next(one for one in ben.inside.reader.exchange(round_of(anna)) if isinstance(one.value, Guess))
    assert guess.value.handed and not guess.mine, "nobody writes as the other"
    again = anna.post(f"{where}?step=hand", act="hand", text="Other words.", id=str(uuid4()))
    assert again.status_code == 409 and "Other words." in again.content.decode(), "they are given back"
    assert "Other words." not in anna.page(where) and "Other words." not in ben.page(where)


def round_of(person, question: str = CUP) -> str:
    return round_exchange(question, person.me.pk, 1)


def test_on_one_phone_the_other_answers_and_marks_there(two):
    anna, ben = two
    where = begin(anna, about="them", text="Tea.")["Location"]
    anna.post(where, act="hand", text="Coffee.", id=str(uuid4()))
    assert "Ben, what do you say to it?" in anna.page(where)
    anna.post(where, act="mark", fits="new", line="Since Tuesday.", id=str(uuid4()))
    assert "Something new. Since Tuesday." in ben.page(where)
    room = "/talk/inner-world/known/{}/everyday/"
    assert "Coffee." in anna.page(room.format("them")) and "Coffee." in ben.page(room.format("me"))
    assert "Coffee." not in anna.page(room.format("me")) and "Coffee." not in ben.page(room.format("them"))
    form = ben.page(f"{where}?step=mark")
    assert 'value="new" checked' in form and 'name="replaces"' not in form, "what stands there is in Anna's hand"
    assert ben.post(where, act="mark", fits="me", id=str(uuid4())).status_code == 303
    assert "Ben: Yes, that’s me" in anna.page(where), "their own word goes before what they said on another's phone"
    assert anna.post(where, act="hand", text=" ").status_code == 422


def test_ones_own_words_go_before_those_on_the_others_phone(two):
    """Anna takes her part back after the phone was handed over: what Ben typed there stays, and he can say it himself."""
    anna, ben = two
    where = begin(anna)["Location"]
    anna.post(where, act="hand", text="The tall one.", id=str(uuid4()))
    mine = next(one for one in anna.inside.reader.exchange(round_of(anna)) if isinstance(one.value, Told))
    anna.post("/withdraw/", entry=str(mine.id), next=where)
    page = ben.page(where)
    assert "The tall one." in page and "The blue one." not in page and "Take it back" not in page
    assert ben.post(where, act="hand", text="x").status_code == 404
    assert tell(ben, where, "The short one.").status_code == 303 and "The short one." in ben.page(where)
    tell(anna, where, "The green one.")
    for person in two:
        assert "The short one." in person.page(where) and "The tall one." not in person.page(where)


def test_what_waits_is_not_told(two):
    """A part that waits, a question that is passed by: the other sees, hears and counts nothing."""
    anna, ben = two
    where = begin(anna)["Location"]
    own = begin(ben, question="", asked="What do I hum?", about="me", text="The kettle song.")["Location"]
    before = [anna.page(path) for path in (WORLD, f"{WORLD}?of=me", where)], anna.me.pulse
    with pings() as heard:
        ben.post(where, act="pass")
    tell(anna, own, "Nothing at all.")
    assert str(anna.me.pk) not in heard
    assert "What do I hum?" not in signs(ben)
    pages = [anna.page(path) for path in (WORLD, f"{WORLD}?of=me", where)]
    assert "Open for you" in before[0][0] and "Open for you" not in pages[0]
    mask = lambda page: re.sub(r'value="[^"]{30,}"|nonce="[^"]*"', "", page)  # noqa: E731  (used once)
    assert mask(before[0][2]) == mask(pages[2])
    assert "Open for you" not in ben.page(WORLD) and "everyday" in ben.page(WORLD)
    assert signs(ben) != ["Guess what Anna said"]


def test_two_who_ask_the_same_have_asked_once(two):
    anna, ben = two
    first = begin(anna, about="me", text="The blue one.")["Location"]
    second = begin(ben, about="them", text="The tall one.")["Location"]
    assert second == first and "The tall one." in anna.page(first)
    assert anna.get(f"{NEW}?about=me&q={CUP}")["Location"] == first
    assert len([one for one in anna.inside.reader.exchange(round_of(anna)) if isinstance(one.value, Asked)]) == 1


def test_a_double_tap_is_one_and_other_words_are_kept(two):
    anna, ben = two
    once = str(uuid4())
    where = begin(anna, id=once)["Location"]
    assert begin(anna, id=once)["Location"] == where and signs(ben) == ["Guess what Anna said"]
    tablet = begin(anna, text="The tablet says green.")
    assert tablet.status_code == 409 and "The tablet says green." in tablet.content.decode()
    assert "The blue one." in tablet.content.decode()
    drafted = anna.inside.drafts.read([actions.composer(round_of(anna))])
    assert drafted[actions.composer(round_of(anna))]["text"] == "The tablet says green."
    mine = next(one for one in anna.inside.reader.exchange(round_of(anna)) if isinstance(one.value, Told))
    assert tell(anna, where, "The navy one.", replaces=str(mine.id)).status_code == 303
    assert tell(anna, where, "Too late.", replaces=str(mine.id)).status_code == 409
    anna.post("/withdraw/", entry=str(anna.inside.reader.exchange(round_of(anna))[-1].id), next=where)
    tell(ben, where, "White.")
    assert "navy" not in ben.page(where) and 'data-lit="mine"' in ben.page(where)


def test_bad_input(two, stranger):
    anna, _ = two
    where = begin(anna)["Location"]
    assert begin(anna, text=" ").status_code == 422
    assert begin(anna, question="", asked=" ", text="x").status_code == 422
    assert begin(anna, question="no-such").status_code == 404
    assert begin(anna, nth="3").status_code == 404, "what was not asked is not asked again"
    deep = next(one for one in library().questions if one.depth > DEEPEST)
    assert begin(anna, question=deep.id).status_code == 404
    assert anna.post(where, act="fly").status_code == 404 and anna.get(f"{WORLD}nothing/").status_code == 404
    assert anna.get(f"{WORLD}known/them/nothing/").status_code == 404
    assert anna.get(f"{WORLD}known/nobody/us/").status_code == 404
    assert "This takes two" in stranger.page(WORLD) and "This takes two" in stranger.page(NEW)
    assert begin(stranger)["Location"] == WORLD and not stranger.inside.reader.latest(Asked, 1)


def test_questions_are_light_first_and_never_come_twice(two):
    anna, ben = two
    seen = []
    for _ in range(4):
        one = rounds.propose(anna.inside, False, 0)
        assert one.question not in seen
        assert one.text in anna.page(NEW) and one.text == rounds.propose(anna.inside, False, 0).text
        assert rounds.propose(anna.inside, False, 1).question != one.question
        begin(anna, about="them", question=one.question)
        seen.append(one.question)
    depths = [library().question(one).depth for one in seen]
    assert depths[0] == 1 and depths == sorted(depths)
    assert rounds.propose(ben.inside, True, 0).question not in seen
    assert len({rounds.propose(anna.inside, False, n).question for n in range(30)}) == AHEAD - len(seen)


def test_what_either_has_closed_is_not_asked(two):
    anna, ben = two
    topics = {"childhood", "us", "dreams", "beliefs", "play", "body", "hard"}
    ben.client.post("/questions/limits/", {"ceiling": "5", "closed": list(topics)})
    offered = lambda who: {one.topic for one in rounds.suited_questions(who.inside)}  # noqa: E731  (used thrice)
    assert offered(ben) == {"everyday"}, "mine count at once"
    assert topics <= offered(anna), "theirs from the next day on: nobody sees when they were set"
    with clock.travel(timedelta(days=1)):
        anna.page("/")
        assert offered(anna) == {"everyday"}


def test_a_year_later_it_is_asked_again(two):
    anna, ben = two
    hum = actions.Chosen("own-hum", "What do I hum?", "own", ben.me)
    with clock.travel(-A_YEAR - timedelta(days=2)):
        whole_round(anna, ben, rounds.choose(anna.inside, True, CUP, 1), "The blue one.")
        whole_round(ben, anna, hum, "The kettle song.")
    room = "/talk/inner-world/known/them/everyday/"
    page = ben.page(WORLD)
    assert "A year ago" in page and ("The blue one." in page or "The kettle song." in page)
    assert 'class="dim"' in page and "a year ago" in page
    again = re.search(r'href="/(talk/inner-world/new/[^"]+)">Is it still so', ben.page(room))[1]
    asked = ben.page("/" + again.replace("&amp;", "&"))
    assert "A year ago Anna said" in asked and "The blue one." in asked
    second = begin(ben, about="them", text="Blue still.", nth="2")["Location"]
    assert "A year ago you said" in anna.page(second)
    assert "Is it still so?" not in ben.page(room)
    tell(anna, second, "The green one now.")
    page = ben.page(second)
    assert "The green one now." in page and "A year ago Anna said" in page and "The blue one." in page
    assert ben.page(room).index("The green one now.") < ben.page(room).index("The blue one.")
    assert begin(ben, about="them", question="own-nothing", nth="2").status_code == 404
    third = begin(ben, question="own-hum", text="A march.", nth="2")["Location"]
    assert "What do I hum?" in anna.page(third) and "A year ago" not in anna.page(WORLD)


def whole_round(owner, other, chosen, text: str) -> None:
    """One answers, the other guesses, without a browser."""
    actions.begin(owner.inside, chosen, text, uuid4())
    now = fold(other.inside.reader.exchange(chosen.exchange))
    assert actions.tell(other.inside, now, "I guess.", uuid4(), None).outcome == "kept"


def test_what_was_just_told_is_not_asked_again(two):
    anna, ben = two
    with clock.travel(timedelta(days=1) - A_YEAR):
        whole_round(anna, ben, rounds.choose(anna.inside, True, CUP, 1), "The blue one.")
    page = ben.page(WORLD)
    assert "Is it still so?" not in page + ben.page("/talk/inner-world/known/them/everyday/")
    assert 'class="low"' in page and "nearly a year ago" in page


def test_ones_own_question_can_go_the_other_way_round(two):
    anna, ben = two
    where = begin(anna, question="", asked="What do I hum?", text="The kettle song.")["Location"]
    assert "What do I hum?" in ben.page(where)
    question = anna.inside.reader.latest(Asked, 1)[0].value.question
    assert "What do I hum?" in ben.page(f"{NEW}?about=me&q={question}")
    tell(ben, where, "A march.")
    assert "The kettle song." in ben.page("/talk/inner-world/known/them/own/")
    assert "The kettle song." in anna.page("/talk/inner-world/known/me/own/")


def test_nobody_is_scored(two):
    anna, ben = two
    for question in ("everyday-your-own-cup", "everyday-lost-again", "us-bad-dear-photo"):
        where = begin(anna, question=question)["Location"]
        tell(ben, where, "White.")
        anna.post(where, act="mark", fits="me", id=str(uuid4()))
    for path in (WORLD, f"{WORLD}?of=me", where, "/talk/inner-world/known/me/everyday/"):
        main = re.sub(r"<[^>]+>", " ", ben.page(path).split("<main")[1].split("<details")[0])
        assert not re.search(r"\b\d+ ?(%|of|right|points?)|score|streak|correct", main), path


def opened(person, path: str) -> tuple[int, int]:
    """How many entries a page opens, and how often it asks the database."""
    person.get(path)
    count, before = Counter(), Reader._said

    def said(self, row):
        count["opened"] += 1
        return before(self, row)

    Reader._said = said
    try:
        with CaptureQueriesContext(connection) as queries:
            assert person.get(path).status_code == 200
    finally:
        Reader._said = before
    return count["opened"], len(queries)


PATHS = (WORLD, f"{WORLD}?of=me", NEW, "/talk/inner-world/known/them/everyday/", "/talk/")


def test_the_map_opens_as_much_after_years_as_after_one(two):
    anna, ben = two
    everyday = [one.id for one in library().questions if one.topic == "everyday" and one.depth <= DEEPEST]
    others = [one.id for one in library().questions if one.topic in ("us", "play", "dreams") and one.depth <= DEEPEST]
    asked = [one for pair in zip(everyday, others, strict=False) for one in pair]

    def live(questions: list[str], years: int) -> None:
        """One a week of each of the two, up to some years ago."""
        for n, question in enumerate(questions):
            with clock.travel(-A_YEAR * years - timedelta(days=7) * n):
                for one, other in ((anna, ben), (ben, anna)):
                    whole_round(one, other, rounds.choose(one.inside, True, question, 1), "So it is.")

    for years in (0, 1):
        live(asked[20 * years : 20 * years + 20], years)
    two_years = [opened(ben, path) for path in PATHS]
    for years in (2, 3):
        live(asked[20 * years : 20 * years + 20], years)
    four_years = [opened(ben, path) for path in PATHS]
    for path, few, many in zip(PATHS, two_years, four_years, strict=True):
        lot = 4 * AHEAD if path == NEW else 2  # the questions of a lot are looked up: at most all have been asked
        assert many[0] <= few[0] + lot and many[1] <= few[1], (path, few, many)
        assert many[0] <= 60 and many[1] <= 24, (path, many)


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
