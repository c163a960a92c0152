"""Say it: gentler words to take or leave, sent at once or after a night of which nobody learns, read without agreeing."""

import logging
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.given import frozen, pings
from tests.practices.letters import masked
from tests.talkback.signs import signs
from usward.accounts.pin import set_pin
from usward.entries.models import Draft, Entry
from usward.home.places import offers
from usward.kit import clock
from usward.practices.sayit import cards
from usward.practices.sayit.entries import Carefully, Waiting
from usward.practices.sayit.exchange import rested
from usward.softening import look
from usward.talkback.soften import heard, instead, typed

HERE, NEW, LOOK = "/talk/say-it/", "/talk/say-it/new/", "/talk/say-it/look/"
NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)
WORDS = {"saw": "The plates stood there until Thursday.", "felt": "Tired, and alone with it.", "need": "", "ask": ""}
BLAME = "You never help with the dishes."
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_noon():
    with frozen(NOON):
        yield


def send(person, where: str = NEW, **fields):
    return person.post(where, **(WORDS | {"act": "send", "id": str(uuid4())} | fields))


def waiting_path(person) -> str:
    found = re.search(r'href="(/talk/say-it/waits/[^"]+)"', person.page(HERE))
    return found[1] if found else ""


def seen_by(person) -> list[str]:
    paths = ["/", "/talk/", HERE]
    return [masked(person.page(path)) for path in paths]


def test_it_is_said_read_answered_and_taken_back(two, stranger):
    anna, ben = two
    assert "Say it" in anna.page("/talk/")
    answer = send(anna, ask="Would you wash up tonight?")
    assert answer.status_code == 303
    where = answer.headers["Location"]
    assert signs(ben) == ["Anna has something to tell you, carefully said"] and signs(anna) == []
    mine = anna.page(where)
    theirs = ben.page(where)
    for part in ("What I saw", WORDS["saw"], "What I felt", "What I ask", "Would you wash up tonight?"):
        assert part in mine and part in theirs
    assert ">What I need<" not in theirs, "a part without words is not there"
    assert signs(ben) == [], "whoever has been there is not called again"
    assert "To have heard it is not to agree" in theirs and "data-insert" in theirs
    assert "Take it back" in mine and "Take it back" not in theirs
    exchange = re.search(r'name="exchange" value="([^"]+)"', theirs)
    assert exchange and ben.post("/reply/", exchange=exchange[1], text="I see it.", next=where).status_code == 303
    assert "I see it." in anna.page(where)
    assert WORDS["saw"] in ben.page(HERE) and WORDS["saw"] in anna.page(HERE)
    assert stranger.get(where).status_code == 404 and stranger.post(f"{where}back/").status_code == 404
    assert ben.post(f"{where}back/").status_code == 404
    assert anna.post(f"{where}back/").status_code == 303
    assert ben.get(where).status_code == 404 and WORDS["saw"] not in ben.page(HERE)


def test_taken_back_before_it_was_read_it_calls_nobody(two):
    anna, ben = two
    where = send(anna).headers["Location"]
    anna.post(f"{where}back/")
    assert signs(ben) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"saw": " "}, "Begin with what you saw or heard"),
        ({"felt": ""}, "Say one thing more"),
        ({"need": "x" * 9000}, "9,000 characters long"),
        ({"act": "shout"}, "Tell it now, or read it again first"),
        ({"act": ""}, "Tell it now, or read it again first"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(two, fields, said):
    anna, ben = two
    answer = send(anna, **fields)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    assert all(words.strip() in page for words in (fields.get(part, WORDS[part]) for part in WORDS))
    assert signs(ben) == [] and not anna.inside.reader.latest(Carefully, 1)


def test_a_double_tap_is_one_and_other_words_under_it_are_kept(two):
    anna, ben = two
    entry_id = str(uuid4())
    first, again = send(anna, id=entry_id), send(anna, id=entry_id)
    assert first.headers["Location"] == again.headers["Location"]
    other = send(anna, id=entry_id, felt="Quite another word.")
    assert other.status_code == 409 and "Quite another word." in other.content.decode()
    assert ben.page(HERE).count("/talk/say-it/" + first.headers["Location"].split("/")[3]) == 1


def test_what_waits_changes_nothing_that_the_other_sees(two, stranger):
    anna, ben = two
    before = seen_by(ben)
    with pings() as rung:
        assert send(anna, act="wait").headers["Location"] == HERE
    assert str(ben.me.pk) not in rung
    assert seen_by(ben) == before
    where = waiting_path(anna)
    assert "it comes back tomorrow" in anna.page(HERE) and WORDS["saw"] not in anna.page(HERE)
    assert cards.for_today(anna.inside) == []
    for person in (ben, stranger):
        assert person.get(where).status_code == 404
        assert person.post(where, **WORDS, act="send", id=str(uuid4())).status_code == 404
    with clock.travel(A_DAY):
        [card] = cards.for_today(anna.inside)
        assert where == f"/{card.context['path']}" and cards.for_today(ben.inside) == []
        before = [seen_by(ben), seen_by(ben)][1]  # the first visit of a day draws its question
        assert "a night has passed over it" in anna.page(HERE) and WORDS["saw"] in anna.page(where)
        stands = re.search(r'name="replaces" value="([^"]+)"', anna.page(where))[1]
        assert send(anna, where, act="let-go", replaces=stands).status_code == 303
        assert anna.get(where).status_code == 404 and cards.for_today(anna.inside) == []
        assert seen_by(ben) == before
    assert not anna.inside.reader.latest(Waiting, 5)


def test_sent_later_it_looks_as_if_it_had_never_waited(two):
    anna, ben = two
    send(anna, act="wait", felt="Furious.")
    where = waiting_path(anna)
    with clock.travel(A_DAY):
        stands = re.search(r'name="replaces" value="([^"]+)"', anna.page(where))
        entry_id = str(uuid4())
        answer = send(anna, where, id=entry_id, replaces=stands[1])
        assert answer.status_code == 303
        assert send(anna, where, id=entry_id, replaces=stands[1]).headers["Location"] == answer.headers["Location"]
        said = ben.page(answer.headers["Location"])
        assert WORDS["felt"] in said and "Furious" not in said and ">today<" in said
        [sent] = ben.inside.reader.latest(Carefully, 5)
        assert sent.day == clock.today("UTC") and not sent.edited
        assert waiting_path(anna) == "" and not anna.inside.reader.latest(Waiting, 5)


def test_it_may_wait_another_night_and_two_pages_do_not_overwrite_each_other(two):
    anna, _ = two
    send(anna, act="wait")
    where = waiting_path(anna)
    with clock.travel(A_DAY):
        stands = re.search(r'name="replaces" value="([^"]+)"', anna.page(where))[1]
        assert send(anna, where, act="wait", replaces=stands, felt="Sad.").status_code == 303
        assert cards.for_today(anna.inside) == [] and waiting_path(anna) == where
        for act in ("wait", "send", "let-go"):
            late = send(anna, where, act=act, replaces=stands, felt="Cross.")
            assert late.status_code == 409 and "Cross." in late.content.decode()
        [waits] = anna.inside.reader.latest(Waiting, 5)
        assert waits.value.felt == "Sad." and not anna.inside.reader.latest(Carefully, 5)


def test_the_pin_guards_what_waits(two):
    anna, _ = two
    send(anna, act="wait")
    where = waiting_path(anna)
    set_pin(anna.user, "2468")
    assert anna.get(where).headers["Location"].startswith("/pin/")
    assert WORDS["saw"] not in anna.page(HERE)


def test_somebody_helps_with_the_words_and_keeps_none_of_them(two, caplog):
    anna, _ = two
    entries, drafts = Entry.objects.count(), Draft.objects.count()
    with caplog.at_level(logging.DEBUG):
        piece = anna.post("/soften/", text=f"It is June.\r\n{BLAME}").content.decode()
        kind = anna.post("/soften/", text="I felt alone on Tuesday.").content.decode()
    assert "You never" in piece and "When you do not help with the dishes" in unescape(piece)
    ask = unescape(anna.post("/soften/", text=BLAME, part="ask").content.decode())
    assert "Would you help with the dishes?" in ask and "I feel" not in ask
    assert "I feel" in unescape(anna.post("/soften/", text=BLAME, part="strange").content.decode())
    assert piece.count("data-instead") == 2 and "softer" not in kind
    assert (Entry.objects.count(), Draft.objects.count()) == (entries, drafts)
    assert "dishes" not in caplog.text


def test_without_a_script_words_are_put_in_and_taken_out_again(two):
    anna, _ = two
    looked = anna.post(LOOK, **(WORDS | {"saw": BLAME})).content.decode()
    assert "You never" in looked and 'value="saw 0 0"' in looked
    used = unescape(anna.post(LOOK, **(WORDS | {"saw": BLAME, "use": "saw 0 1"})).content.decode())
    way = heard(BLAME, "saw")[0].ways[1]
    assert way == "On …, you did not help with the dishes.", "what was felt and is asked has fields of its own"
    assert f">{way}</textarea>" in used and f'name="was" value="{BLAME}"' in used
    undone = unescape(anna.post(LOOK, **(WORDS | {"saw": way, "was": BLAME, "undo": "saw"})).content.decode())
    assert f">{BLAME}</textarea>" in undone
    for strange in ("saw 9 9", "saw x y", "else 0 0", "saw", "saw ² 0"):
        assert f">{BLAME}</textarea>" in anna.post(LOOK, **(WORDS | {"saw": BLAME, "use": strange})).content.decode()
    assert "Nothing here sounds like blame" in anna.post(LOOK, **WORDS).content.decode()
    send(anna, act="wait")
    waits = waiting_path(anna).split("/")[4]
    assert f'action="{waiting_path(anna)}"' in anna.post(LOOK, **WORDS, waits=waits, replaces="x").content.decode()
    assert send(anna, saw=BLAME).status_code == 303, "blame is sent like all else"


def state(person) -> str:
    return next(one.state for one in offers(person.inside, "hard")["hard"] if one.title == "Say it")


def test_the_door_and_the_card_tell_its_author_alone_and_tell_no_words(two):
    anna, ben = two
    send(anna, act="wait")
    assert state(anna) == ""
    with clock.travel(A_DAY):
        assert state(anna) == "something of yours to read again" and state(ben) == ""
        [card] = cards.for_today(anna.inside)
        drawn = render_to_string(card.template, {"c": card.context, "root": "/"})
        assert waiting_path(anna) in drawn and WORDS["saw"] not in drawn and "only you" in drawn


@for_all(
    st.lists(st.sampled_from(["You never ask.", "It is June. ", "\r\n", "You are lazy, ", "I felt 😔 alone; ", "é"]))
)
def test_putting_words_in_changes_their_sentence_alone(pieces):
    text = typed("".join(pieces))
    for nth, one in enumerate(heard(text)):
        assert text[one.start : one.start + len(one.sentence)] == one.sentence
        assert all(words in one.sentence for found in one.found.values() for words in found)
        for way, words in enumerate(one.ways):
            assert look(words) == ()
            after = instead(text, nth, way)
            assert after == text[: one.start] + words + text[one.start + len(one.sentence) :]
    assert instead(text, 99, 0) == text


class Kept:
    def __init__(self, day: int, seq: int) -> None:
        self.day, self.seq = date(2026, 6, day), seq


@for_all(st.lists(st.builds(Kept, st.integers(1, 9), st.integers())), st.integers(1, 9))
def test_a_night_has_passed_over_what_is_offered_again(kept, today):
    found = rested(kept, date(2026, 6, today))
    assert all(one.day.day < today for one in found) and len(found) == sum(one.day.day < today for one in kept)
    assert found == sorted(found, key=lambda one: (one.day, one.seq))
