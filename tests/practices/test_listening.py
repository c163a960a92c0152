"""Listening: the floor passes by the speaker's yes and by nothing else, on two phones or one; and what stays private."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.talkback.signs import signs
from usward.accounts.pin import set_pin
from usward.content.loader import library
from usward.kit import clock
from usward.practices.listening.entries import (
    ANSWERS,
    BACK,
    JUDGED,
    MOVED,
    PAUSED,
    SAY,
    SPOKEN,
    TALK,
    YES,
    Judged,
    Moved,
    Paused,
    Spoken,
    Talk,
)
from usward.practices.listening.exchange import AGREED, BACK_AGAIN, ENDED, ROUND, first_does, standing
from usward.practices.listening.pauses import SOON, comes_back, in_words

TOPIC = next(one for one in library().topics if one.kind == "stress outside")
HEARD = "You have both been heard"


def begin(person, phones: str = "two", begins: str = "me", **fields: str) -> str:
    fields = {"topic": TOPIC.id} | fields
    answer = person.post("/talk/listening/", phones=phones, begins=begins, id=str(uuid4()), **fields)
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]


def place(page: str) -> str:
    found = re.search(r'name="at" value="([^"]+)"', page)
    return found[1] if found else ""


def act(person, where: str, what: str, **fields: str) -> Any:
    return person.post(where, **({"act": what, "at": place(person.page(where)), "id": str(uuid4())} | fields))


def tell(person, where: str, text: str) -> None:
    assert act(person, where, "tell", text=text).status_code == 303


def round_of(where: str, first, second) -> None:
    for speaker, listener in ((first, second), (second, first)):
        act(speaker, where, "aloud")
        act(listener, where, "aloud")
        act(speaker, where, YES)


def test_the_whole_road_on_two_phones(two, stranger):
    anna, ben = two
    where = begin(anna)
    assert signs(ben) == ["Anna has one small thing to tell you"] and TOPIC.text in anna.page("/talk/")
    assert "You have the floor" in anna.page(where)
    assert "Anna has the floor" in ben.page(where) and "Now you listen" in ben.page(where)
    assert signs(ben) == [], "whoever has been there is not called again"
    tell(anna, where, "I slept four hours.")
    assert "I slept four hours." in ben.page(where) and "Send it back" in ben.page(where)
    tell(ben, where, "You are tired.")
    assert "You are tired." in anna.page(where) and "Was that it?" in anna.page(where)
    assert act(anna, where, "partly", text="More worn out than tired.").status_code == 303
    assert "More worn out than tired." in ben.page(where) and place(ben.page(where)) == "0.1.back"
    tell(ben, where, "It wears you out.")
    act(anna, where, "again", text="It scares me.")
    assert place(ben.page(where)) == "0.2.back" and "It scares me." in ben.page(where), "said again with the answer"
    tell(ben, where, "It scares you.")
    assert HEARD not in anna.page(where) and "I, Ben" not in anna.page(where), "no solving until both have been heard"
    act(anna, where, YES)
    assert "You have the floor" in ben.page(where) and "Ben has the floor" in anna.page(where)
    act(ben, where, "aloud")
    act(anna, where, "aloud")
    assert "said it aloud" in ben.page(where)
    act(ben, where, "again")
    assert place(ben.page(where)) == "1.1.say"
    act(ben, where, "aloud")
    act(anna, where, "aloud")
    act(ben, where, YES)
    for person in two:
        page = person.page(where)
        assert HEARD in page and "It scares me." in page and "One more round" in page and "Answer each other" in page
    assert stranger.get(where).status_code == 404 and stranger.get(f"{where}heard/").status_code == 404
    assert stranger.post(where, act="end").status_code == 404
    ben.post("/reply/", exchange=f"listening:{where.split('/')[3]}", text="Come here.", id=str(uuid4()), next=where)
    assert "Come here." in anna.page(where)
    here = anna.page("/")
    assert "Ben answered you" in here and "It scares you." in here
    assert here.count("<blockquote>") == here.count("<figure"), "no empty words on Today"
    act(anna, where, "round", number="1")
    assert place(anna.page(where)) == "2.0.say"
    act(ben, where, "end")
    assert "Enough for today" in anna.page(where) and "it is open" not in anna.page("/talk/")


def test_in_the_end_the_others_side(two):
    anna, ben = two
    where = begin(anna)
    refused = anna.post(where, act="other-view", feels="I am tired.", id=str(uuid4()))
    assert refused.status_code == 303 and "I am tired." not in ben.page(where), "not before both have been heard"
    round_of(where, anna, ben)
    assert anna.post(where, act="other-view", feels=" ", id=str(uuid4())).status_code == 422
    ids = {"id": str(uuid4()), "turn": "0"}
    for _ in range(2):
        wrote = anna.post(where, act="other-view", feels="I am tired.\n\nI am proud.", matters="I want rest.", **ids)
        assert wrote.status_code == 303
    other = anna.post(where, act="other-view", feels="Other words.", turn="0", id=str(uuid4()))
    assert other.status_code == 409 and b"Other words." in other.content
    page = ben.page(where)
    assert "I, Ben, …" in page and "I am proud." in page and page.count('class="thought"') == 3
    view = re.search(r'name="view" value="(\w+)"', page)[1]
    wordless = ben.post(where, act="view-marks", view=view, **{"mark-0": "how"}, id=str(uuid4()))
    assert wordless.status_code == 422 and b"Write how it is for you" in wordless.content
    assert ben.post(where, act="view-marks", view=view, id=str(uuid4())).status_code == 422
    assert anna.post(where, act="view-marks", view=view, **{"mark-0": "yes"}).status_code == 404, "not on one's own"
    marks = {"mark-0": "yes", "mark-1": "not-quite", "mark-2": "how", "words-2": "I want a walk."}
    assert ben.post(where, act="view-marks", view=view, id=str(uuid4()), **marks).status_code == 303
    page = anna.page(where)
    assert "Not quite" in page and "I want a walk." in page and "Tell it once more" in page
    page = ben.page(where)
    marked = re.search(r'name="replaces" value="([\w-]+)"', page)[1]
    marks = dict.fromkeys(("mark-0", "mark-1", "mark-2"), "yes")
    assert ben.post(where, act="view-marks", view=view, id=str(uuid4()), replaces=marked, **marks).status_code == 303
    assert "Understood, line by line." in anna.page(where)


def test_how_heard_one_felt_is_nobody_elses(two):
    anna, ben = two
    where = begin(anna)
    round_of(where, anna, ben)
    before, pulse = ben.page(where), ben.me.pulse
    assert anna.post(f"{where}heard/", felt="2", id=str(uuid4())).status_code == 303
    assert anna.post(f"{where}heard/", felt="4", id=str(uuid4())).status_code == 303
    assert 'value="4" aria-pressed="true"' in anna.page(f"{where}heard/") and "Mostly" not in anna.page(where)
    token = re.compile(r'name="(id|csrfmiddlewaretoken)" value="[^"]+"|nonce="[^"]+"')
    assert token.sub("", ben.page(where)) == token.sub("", before) and ben.me.pulse == pulse
    assert "aria-pressed" not in ben.page(f"{where}heard/") and "Lately" not in ben.page(f"{where}heard/")
    assert not [one for one in ben.inside.reader.everything() if one.step == "heard"]
    assert [one.value.felt for one in anna.inside.reader.everything() if one.step == "heard"] == [4]
    assert anna.post(f"{where}heard/", felt="9").status_code == 404
    set_pin(anna.user, "4711")
    with clock.travel(timedelta(minutes=20)):
        assert anna.get(f"{where}heard/").status_code == 302, "the PIN is asked for first"


def test_one_phone_carries_both_and_says_whose_words_they_are(two):
    anna, ben = two
    where = begin(anna, "one", "other")
    assert signs(ben) == [] and "Ben has the floor" in anna.page(where)
    tell(anna, where, "I hate that bus.")
    tell(anna, where, "You hate the bus.")
    assert "The phone goes to Ben" in anna.page(where)
    act(anna, where, YES)
    said = [one for one in anna.inside.reader.everything() if one.step in (SPOKEN, JUDGED)]
    assert [(one.value.passed, one.author == anna.me.pk) for one in said] == [(True, True), (False, True), (True, True)]
    assert place(anna.page(where)) == "1.0.say" and "Anna has the floor" in anna.page(where)
    act(ben, where, "aloud")  # on the other phone, all the same
    act(ben, where, "aloud")
    act(anna, where, YES)
    assert HEARD in anna.page(where) and signs(ben) == [] and signs(anna) == []
    wrote = anna.post(where, act="other-view", feels="I was cold.", passed="yes", id=str(uuid4()))
    assert wrote.status_code == 303 and "as Ben would tell it" in anna.page(where)


def test_nobody_acts_for_the_other_on_two_phones(two):
    anna, ben = two
    where = begin(anna)
    for what in ("tell", "aloud", YES, "partly", "again"):
        ben.post(where, act=what, at="0.0.say", text="Me first.", id=str(uuid4()))
        anna.post(where, act=YES, at="0.0.judge", text="", id=str(uuid4()))
    assert place(anna.page(where)) == "0.0.say" and "Me first." not in anna.page(where)
    tell(anna, where, "I am glad.")
    anna.post(where, act="aloud", at="0.0.back", id=str(uuid4()))
    assert place(ben.page(where)) == "0.0.back"
    act(ben, where, "aloud")
    for answer in ANSWERS:
        ben.post(where, act=answer, at="0.0.judge", id=str(uuid4()))
    assert place(anna.page(where)) == "0.0.judge"


def test_words_that_come_too_late_are_kept(two):
    anna, ben = two
    where = begin(anna)
    first = {"act": "tell", "at": "0.0.say", "text": "I am glad.", "id": str(uuid4())}
    assert anna.post(where, **first).status_code == 303
    assert anna.post(where, **first).status_code == 303, "a double tap is one"
    late = anna.post(where, act="tell", at="0.0.say", text="From the tablet.", id=str(uuid4()))
    assert late.status_code == 409 and b"From the tablet." in late.content
    assert "From the tablet." not in ben.page(where) and "I am glad." in ben.page(where)
    assert anna.post(where, act="tell", at="0.0.say", text=" ").status_code == 422
    assert ben.post(where, act="tell", at="0.0.back", text="x" * 9000).status_code == 422


def test_a_pause_at_any_moment_with_an_agreed_return(two):
    anna, ben = two
    where = begin(anna)
    tell(anna, where, "I am glad.")
    assert act(ben, where, "pause").status_code == 422
    assert act(ben, where, "pause", at_time="25:99").status_code == 422
    assert act(ben, where, "pause", back="day").status_code == 303
    assert signs(anna) == ["Ben asked for a pause in your talk"]
    assert "comes back tomorrow at" in anna.page(where) and "You asked for it" in ben.page(where)
    assert "a pause; you go on tomorrow at" in anna.page("/talk/")
    assert act(ben, where, "tell", text="In between.", at="0.0.back").status_code == 409, (
        "kept, and not said in a pause"
    )
    act(anna, where, "pause", back="60")
    about = re.search(r'name="about" value="(\w+)"', ben.page(where))[1]
    act(anna, where, "agree", about=about)
    assert "You go on" not in ben.page(where), "nobody agrees to their own"
    act(ben, where, "agree", about=about)
    assert "You go on" in anna.page(where) and "You go on" in ben.page(where)
    act(ben, where, "back", number="7")
    assert "A pause" in ben.page(where)
    act(ben, where, "back", number="0")
    assert place(ben.page(where)) == "0.0.back" and "In between." in ben.page(where), "what was typed is still there"
    act(anna, where, "pause", back="20")
    act(anna, where, "back", number="1")
    act(anna, where, "back", number="0")
    assert place(ben.page(where)) == "0.0.back"


def test_the_day_of_the_return_both_are_reminded(two):
    anna, ben = two
    where = begin(anna)
    anna.page(where), ben.page(where)
    act(ben, where, "pause", back="day")
    act(anna, where, "agree", about=re.search(r'name="about" value="(\w+)"', anna.page(where))[1])
    assert signs(ben) == []
    with clock.travel(timedelta(days=1)):
        assert signs(anna) == ["Ben and you meant to go on with your talk today"]
        assert signs(ben) == ["Anna and you meant to go on with your talk today"]
        act(ben, where, "back", number="0")
        anna.page(where), ben.page(where)
        assert signs(anna) == [] and signs(ben) == []


def test_who_was_not_here_just_now_finds_a_card(two):
    anna, ben = two
    where = begin(anna)
    anna.page(where), ben.page(where)
    tell(anna, where, "I am glad.")
    assert signs(ben) == [], "one card is enough until they have done something"
    act(ben, where, "aloud")
    assert signs(anna) == [], "she was here a moment ago, and her page looks again by itself"
    with clock.travel(timedelta(hours=5)):
        act(anna, where, "partly")
        assert signs(ben) == ["It is your turn in the talk with Anna"]
        ben.page(where)
        assert signs(ben) == [], "whoever has been there is not called again"
        act(ben, where, "aloud")
        assert signs(anna) == []
    with clock.travel(timedelta(hours=9)):
        act(anna, where, YES)
        assert signs(ben) == ["It is your turn in the talk with Anna"], "to speak, now"


def test_choosing(two):
    anna, ben = two
    page = anna.page("/talk/listening/")
    assert page.index("Outside</a>") < page.index("Us</a>") and TOPIC.text in page
    assert 'aria-current="true">Glad' in anna.page("/talk/listening/?kind=glad")
    assert anna.post("/talk/listening/", phones="two").status_code == 422
    where = begin(anna, topic="", own="The neighbour's dog")
    assert "The neighbour&#39;s dog" in ben.page(where)
    assert "Your turn" in anna.page("/talk/listening/") and "Go on with it" in ben.page("/talk/listening/")
    begin(ben, begins="other")
    assert "Ben would like to listen to you" in signs(anna)
    assert anna.get("/talk/listening/none/").status_code == 404
    assert anna.post(where, act="fly").status_code == 404


# The fold


ANNA, BEN = UUID(int=1), UUID(int=2)


class One(SimpleNamespace):
    """An entry, as the fold sees it."""

    def at(self, seq: int) -> Any:
        return One(**(vars(self) | {"seq": seq}))


def one(step: str, value, author: UUID, seq: int = 0) -> Any:
    return One(step=step, value=value, author=author, mine=author == ANNA, seq=seq, id=uuid4())


def spoken(turn: int, attempt: int, part: str, by: UUID, passed: bool = False) -> Any:
    return one(SPOKEN, Spoken(part, turn, attempt, f"{by.int}", passed), by)


def judged(turn: int, attempt: int, answer: str, by: UUID, passed: bool = False) -> Any:
    return one(JUDGED, Judged(turn, attempt, answer, passed=passed), by)


def people(turn: int) -> tuple[UUID, UUID]:
    return (ANNA, BEN) if turn % 2 == 0 else (BEN, ANNA)


@st.composite
def roads(draw) -> list[Any]:
    """A talk as two people hold it, with some number of misses in each turn, up to some act."""
    acts: list[Any] = []
    for turn in range(draw(st.integers(1, 6))):
        speaker, listener = people(turn)
        if turn and turn % 2 == 0:
            acts.append(one(MOVED, Moved(ROUND, turn // 2), draw(st.sampled_from([ANNA, BEN]))))
        answers = [*draw(st.lists(st.sampled_from(["partly", "again"]), max_size=3)), YES]
        for attempt, answer in enumerate(answers):
            if attempt == 0 or answers[attempt - 1] == "again":
                acts.append(spoken(turn, attempt, SAY, speaker))
            acts += [spoken(turn, attempt, BACK, listener), judged(turn, attempt, answer, speaker)]
    return acts[: draw(st.integers(0, len(acts)))]


NUMBERS = st.integers(0, 4)
ANYBODY = st.sampled_from([ANNA, BEN])
ANY_ACT = st.one_of(
    st.builds(spoken, NUMBERS, NUMBERS, st.sampled_from([SAY, BACK]), ANYBODY, st.booleans()),
    st.builds(judged, NUMBERS, NUMBERS, st.sampled_from(sorted(ANSWERS)), ANYBODY, st.booleans()),
    st.builds(
        lambda what, number, by: one(MOVED, Moved(what, number), by),
        st.sampled_from([ROUND, AGREED, BACK_AGAIN, ENDED]),
        NUMBERS,
        ANYBODY,
    ),
    st.builds(lambda number, by: one(PAUSED, Paused(number, 1.8e9), by), NUMBERS, ANYBODY),
)
OPENED = one(TALK, Talk("A small thing"), ANNA)


def arrived(acts: Sequence[Any]) -> list[Any]:
    return [act.at(seq) for seq, act in enumerate([OPENED, *acts])]


def by_holder(act: Any) -> bool:
    """Whether an act is by the one whose part it is (in these talks Anna speaks first)."""
    first = (act.author == ANNA) != act.value.passed
    return first == first_does(act.value.turn, act.value.part if act.step == SPOKEN else "judge")


@for_all(roads())
def test_the_road_leads_where_the_last_act_says(acts):
    now = standing(arrived(acts))
    steps = [act for act in acts if act.step != MOVED]
    assert now.heard == sum(act.step == JUDGED and act.value.answer == YES for act in acts)
    if not steps:
        assert str(now.place) == "0.0.say"
        return
    last = steps[-1]
    at, answer = (last.value.turn, last.value.attempt), getattr(last.value, "answer", "")
    if last.step == SPOKEN:
        assert (now.place.turn, now.place.attempt, now.place.phase) == (
            *at,
            "back" if last.value.part == SAY else "judge",
        )
    elif answer == YES:
        round_begun = acts[-1].step == MOVED
        expected = (at[0] + 1, 0, "say") if at[0] % 2 == 0 or round_begun else None
        assert (now.place and (now.place.turn, now.place.attempt, now.place.phase)) == expected
    else:
        assert (now.place.turn, now.place.attempt) == (at[0], at[1] + 1)
        assert now.place.phase == ("say" if answer == "again" else "back")


def foreign(turn: int, attempt: int) -> list[Any]:
    """Whatever could be done at a place by the one whose part it is not, or under their name."""
    speaker, listener = people(turn)
    said = [spoken(turn, attempt, SAY, listener), spoken(turn, attempt, BACK, speaker)]
    said += [judged(turn, attempt, answer, listener) for answer in ANSWERS]
    passed = [spoken(turn, attempt, SAY, speaker, True), spoken(turn, attempt, BACK, listener, True)]
    return said + passed + [judged(turn, attempt, answer, speaker, True) for answer in ANSWERS]


@for_all(roads(), st.lists(ANY_ACT), st.data())
def test_the_floor_passes_by_the_speakers_yes_and_by_nothing_else(acts, noise, data):
    places = {(act.value.turn, act.value.attempt) for act in acts if act.step != MOVED}
    mixed = [extra for place in places for extra in foreign(*place)] + acts
    for extra in noise:
        mixed.insert(data.draw(st.integers(0, len(mixed))), extra)
    now = standing(arrived(mixed))
    yes = {act.value.turn for act in mixed if act.step == JUDGED and act.value.answer == YES and by_holder(act)}
    passed = {number for number, turn in enumerate(now.turns) if turn.done}
    assert passed <= yes and passed == set(range(now.heard))
    for number, turn in enumerate(now.turns):
        assert turn.by_first == (number % 2 == 0)
        for attempt in turn.attempts:
            assert all(by_holder(part) for part in (attempt.say, attempt.back, attempt.judged) if part)


@for_all(roads(), st.lists(ANY_ACT))
def test_no_act_of_the_one_whose_part_it_is_not_moves_it(acts, noise):
    before = standing(arrived(acts))
    others = [act for act in noise if act.step in (SPOKEN, JUDGED) and not by_holder(act)]
    if before.place:
        others += foreign(before.place.turn, before.place.attempt)
    after = standing(arrived([*acts, *others]))
    assert (after.place, after.turns, after.heard) == (before.place, before.turns, before.heard)


@for_all(roads(), st.lists(st.sampled_from([ROUND, AGREED, BACK_AGAIN, ENDED]), max_size=3), st.randoms())
def test_any_order_replay_and_double_of_acts_lead_to_the_same_place(acts, moves, chance):
    acts = [*acts, *(one(MOVED, Moved(what), BEN) for what in moves)]
    now = standing(arrived(acts))
    doubled = acts + chance.sample(acts, chance.randint(0, len(acts)))
    chance.shuffle(doubled)
    after = standing(arrived(doubled))
    same = [replace(one, talk=None, turns=(), pause=None) for one in (now, after)]
    assert same[0] == same[1] and after.heard == now.heard
    shuffled = arrived(acts)
    chance.shuffle(shuffled)
    assert standing(shuffled) == now, "what arrives is sorted by when it arrived"


@for_all(roads(), st.randoms())
def test_the_first_at_a_place_counts(acts, chance):
    """Two phones of one person at once: what came first stands, in whatever order the store hands them out."""
    second = [one(JUDGED, replace_answer(act.value), act.author) for act in acts if act.step == JUDGED]
    now, seen = standing(arrived(acts)), arrived([*acts, *second])
    chance.shuffle(seen)
    after = standing(seen)
    assert (after.place, after.turns, after.heard) == (now.place, now.turns, now.heard)


def replace_answer(value: Judged) -> Judged:
    """Another answer at the same place."""
    return Judged(value.turn, value.attempt, "again" if value.answer == YES else YES)


@for_all(roads(), ANYBODY, st.lists(ANY_ACT))
def test_a_pause_and_the_end_move_no_floor(acts, by, noise):
    still = [act for act in noise if act.step == PAUSED or (act.step == MOVED and act.value.what != ROUND)]
    before, after = standing(arrived(acts)), standing(arrived([*acts, *still]))
    assert (after.place, after.turns, after.rounds) == (before.place, before.turns, before.rounds)
    if after.ended:
        assert after.pause is None


@for_all(st.booleans(), st.booleans(), roads())
def test_it_is_always_exactly_ones_turn(other_begins, one_phone, acts):
    opened = one(TALK, Talk("A small thing", "", other_begins, one_phone), ANNA)
    seen = [opened.at(0), *(act.at(seq + 1) for seq, act in enumerate(acts))]
    for_ben = [One(**(vars(act) | {"mine": not act.mine})) for act in seen]
    hers, his = standing(seen), standing(for_ben)
    assert hers.place == his.place and hers.i_am_first != his.i_am_first
    if hers.place:
        assert hers.my_turn != his.my_turn


# When one comes back


@for_all(
    st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)),
    st.sampled_from([*SOON, ""]),
    st.times().map(lambda at: f"{at:%H:%M}"),
    st.sampled_from(["Europe/Copenhagen", "Pacific/Honolulu"]),
)
def test_a_return_lies_ahead_and_within_about_a_day(now, choice, at, zone):
    moment = now.replace(tzinfo=UTC)
    for back in (comes_back(choice, "", moment, zone), comes_back(choice, at, moment, zone)):
        if back is None:
            assert choice == ""
        else:
            assert timedelta(0) < back - moment < timedelta(hours=26)
    assert comes_back("", "no time", moment, zone) is None and comes_back("9999", "", moment, zone) is None


def test_a_return_in_words():
    back = datetime(2026, 3, 14, 19, 40, tzinfo=UTC)
    assert in_words(back, date(2026, 3, 14), "Europe/Copenhagen") == "at 20:40"
    assert in_words(back, date(2026, 3, 13), "Europe/Copenhagen") == "tomorrow at 20:40"
    assert in_words(back, date(2026, 3, 1), "Europe/Copenhagen") == "on 14 March at 20:40"


def test_what_was_typed_is_not_lost_to_a_tap_that_it_was_said_aloud(two):
    """On one phone the words lie right under that button."""
    anna, ben = two
    where = anna.post("/talk/listening/", own="the bins", begins="me", phones="one", id=str(uuid4()))["Location"]
    at = re.search(r'name="at" value="([^"]+)"', anna.page(where))[1]
    anna.post(where, act="aloud", at=at, text="I carry them down alone.", id=str(uuid4()))
    assert "I carry them down alone." in anna.page(where)
    assert "I carry them down alone." not in ben.page(where)


def test_the_same_page_sent_twice_with_other_words_gives_them_back(two):
    anna, _ = two
    where = anna.post("/talk/listening/", own="the bins", begins="me", phones="two", id=str(uuid4()))["Location"]
    at, tap = re.search(r'name="at" value="([^"]+)"', anna.page(where))[1], str(uuid4())
    for _ in range(2):
        assert anna.post(where, act="tell", at=at, text="It is dark.", id=tap).status_code == 303
    other = anna.post(where, act="tell", at=at, text="It is dark, and cold.", id=tap)
    assert other.status_code == 409 and "It is dark, and cold." in other.content.decode()
    begun = str(uuid4())
    anna.post("/talk/listening/", own="the stairs", begins="me", phones="two", id=begun)
    other = anna.post("/talk/listening/", own="the lamp", begins="me", phones="two", id=begun)
    assert other.status_code == 409 and "the lamp" in other.content.decode()
