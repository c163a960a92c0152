"""Touch: only what both are comfortable with is drawn, a change waits for the next week's draw, and nothing is kept."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.given import frozen, pings
from tests.interference.seeing import masked
from usward.accounts.pin import set_pin
from usward.content.loader import library
from usward.content.schema import PLACES, Gesture
from usward.entries.models import Entry
from usward.kit import clock
from usward.practices.touch import cards
from usward.practices.touch.entries import SLOT, Bounds, Comfort
from usward.practices.touch.exchange import A_WEEK, IN_A_DECK, allows, changed, deck, drawn, for_now, in_week, week_of
from usward.spaces.models import Partner

KEY = b"k" * 32
MONDAY = date(2026, 6, 1)
NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)  # a Wednesday
ALL = {"comfort": "yes", "warmth": "5", "places": ["anywhere", "home", "out", "apart"], "energy": "3"}
GESTURES = library().gestures


@pytest.fixture(autouse=True)
def _wednesday():
    with frozen(NOON):
        yield


def set_up(person, **fields):
    answer = person.client.post("/us/touch/comfort/", ALL | fields)
    assert answer.status_code == 303, answer.content.decode()


def shown(person, query: str = "") -> str:
    found = re.search(r'class="big-question">([^<]+)<', person.page(f"/us/touch/{query}"))
    return found[1] if found else ""


def drawn_card(card) -> str:
    return unescape(render_to_string(card.template, {"c": card.context, "root": "/"}))


def whole_deck(person) -> set[str]:
    return {one.id for one in cards.deal(person.inside)}


def test_from_both_having_said_yes_to_a_gesture(two, stranger):
    anna, ben = two
    assert "Say what suits you" in anna.page("/us/touch/") and "Touch" in anna.page("/us/")
    set_up(anna)
    set_up(ben, warmth="2", places=["anywhere", "home"])
    assert "counts from 8 June 2026" in anna.page("/us/touch/")
    with clock.travel(A_WEEK):
        texts = {one.text: one for one in GESTURES}
        seen = {shown(anna, f"?n={n}") for n in range(40)}
        assert 12 < len(seen) <= IN_A_DECK
        assert all(texts[one].warmth <= 2 and texts[one].place in ("anywhere", "home") for one in seen)
        assert seen == {shown(ben, f"?n={n}") for n in range(40)}, "the deck is the same for both"
        assert "here they come again" in anna.page("/us/touch/?n=40")
        offered = []
        for day in range(cards.EVERY_DAYS):
            with clock.travel(timedelta(days=day)):
                offered += cards.for_today(anna.inside)
        [card] = offered
        assert card.id == "touch" and card.context["gesture"]["text"] in drawn_card(card)
        week = whole_deck(anna)
    with clock.travel(2 * A_WEEK):
        assert len(week & whole_deck(anna)) <= 2, "other gestures next week, while there are any"
    assert shown(stranger) == ""


def test_the_moment_narrows_it(two):
    for person in two:
        set_up(person)
    with clock.travel(A_WEEK):
        anna, _ = two
        texts = {one.text: one for one in GESTURES}
        for query, fits in (
            ("place=apart", lambda one: one.place == "apart"),
            ("place=home&energy=1", lambda one: one.place in ("anywhere", "home") and one.energy == 1),
            ("place=out&minutes=1", lambda one: one.place in ("anywhere", "out") and one.minutes == 1),
        ):
            found = {shown(anna, f"?{query}&n={n}") for n in range(12)}
            assert found and all(fits(texts[one]) for one in found), query
        assert shown(anna, "?place=nowhere&energy=9&n=x") == shown(anna)


def test_home_is_drawn_when_both_say_that_they_share_one(two):
    anna, ben = two
    set_up(anna)
    set_up(ben, places=["anywhere", "out"])
    with clock.travel(A_WEEK):
        assert all(one.place in ("anywhere", "out") for one in cards.deal(anna.inside))


def test_a_change_counts_for_me_at_once_and_for_the_other_next_week(two):
    anna, ben = two
    for person in two:
        set_up(person)
    with clock.travel(A_WEEK):
        before, mine = masked_page(ben), whole_deck(anna)
        knows, told = ben.me.pulse, cards.deal(ben.inside)
        with pings() as heard:
            set_up(anna, warmth="1")
            one = next(gesture for gesture in cards.deal(anna.inside))
            anna.post("/us/touch/aside/", gesture=one.id, next="/us/touch/?aside=last")
        assert {gesture.warmth for gesture in cards.deal(anna.inside)} == {1}
        assert one.id not in whole_deck(anna) < mine
        assert masked_page(ben) == before and ben.me.pulse == knows and cards.deal(ben.inside) == told
        assert str(ben.me.pk) not in heard
    with clock.travel(2 * A_WEEK):
        assert {gesture.warmth for gesture in cards.deal(ben.inside)} == {1} and one.id not in whole_deck(ben)


def test_put_aside_and_brought_back(two):
    anna, _ = two
    for person in two:
        set_up(person)
    with clock.travel(A_WEEK):
        one = cards.deal(anna.inside)[0]
        answer = anna.post("/us/touch/aside/", gesture=one.id, next="/us/touch/?aside=last")
        assert "Put aside" in anna.page(answer["Location"]) and one.text in anna.page("/us/touch/comfort/")
        assert one.id not in whole_deck(anna)
        anna.post("/us/touch/aside/", gesture=one.id, back="yes")
        assert one.id in whole_deck(anna)
        assert anna.post("/us/touch/aside/", gesture="no-such").status_code == 404


def masked_page(person, path: str = "/us/touch/"):
    answer = person.get(path)
    headers = list(answer.headers.items())
    return masked(SimpleNamespace(status=answer.status_code, headers=headers, body=answer.content))


def test_not_opted_in_looks_like_nothing_that_suits(two):
    anna, ben = two
    set_up(anna, places=["out"])
    seen = []
    with clock.travel(A_WEEK):
        seen.append(masked_page(anna))
    for fields in ({"comfort": "no"}, {"places": ["apart"]}, {"comfort": "no", "warmth": ""}):
        set_up(ben, **fields)
        with clock.travel(A_WEEK):
            assert cards.for_today(anna.inside) == []
            seen.append(masked_page(anna))
    assert seen == seen[:1] * 4 and b"Nothing suits you both this week" in seen[0][3]


def test_a_journey_west_does_not_bring_a_change_forward(two):
    """On Monday Ben flies to where it is still Sunday, and changes his mind there."""
    anna, ben = two
    for person in two:
        set_up(person)
    with clock.travel(timedelta(days=4, hours=10, minutes=30) + A_WEEK):  # Monday, half past midnight in Copenhagen
        before = masked_page(anna)
        Partner.objects.filter(pk=ben.me.pk).update(zone="Pacific/Honolulu")
        set_up(ben, comfort="no")
        assert masked_page(anna) == before and b"big-question" in before[3]


def test_nothing_is_kept_but_what_stands(two):
    anna, _ = two
    for warmth in ("1", "2", "3"):
        set_up(anna, warmth=warmth)
    anna.page("/us/touch/?n=3&place=out")
    stands = anna.inside.reader.own(Comfort, SLOT)
    assert stands.value.now.warmth == 3
    assert stands.value.before == Bounds() != stands.value.now
    left = [row for row in Entry.objects.filter(author_id=anna.me.pk).exclude(body=b"") if row.scope == 2]
    assert [row.id for row in left] == [stands.id]
    with clock.travel(A_WEEK):
        anna.page("/us/touch/")
        stands = anna.inside.reader.own(Comfort, SLOT)
        assert stands.value.before == stands.value.now and stands.value.now.warmth == 3
        assert not anna.inside.reader.history(stands.id)[:-1], "what stood before is gone once the change counts"


def test_missing_choices_are_named_and_kept(two):
    anna, ben = two
    answer = anna.client.post("/us/touch/comfort/", {"comfort": "yes", "warmth": "4"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Choose one place" in page and 'value="4" checked' in page
    assert anna.client.post("/us/touch/comfort/", {"warmth": "9"}).status_code == 422
    set_up(anna, comfort="no", warmth="", places=[], energy="")
    assert "Say what suits you" in anna.page("/us/touch/")
    set_pin(anna.user, "4711")
    with clock.travel(timedelta(minutes=20)):
        assert anna.get("/us/touch/comfort/").status_code == 302, "the PIN is asked for first"
    assert "Ben sees what is drawn" in page and "runs this server could look up" in page
    assert "Anna sees" in ben.page("/us/touch/comfort/")


BOUNDS = st.builds(
    Bounds,
    yes=st.sampled_from([True, True, True, False]),
    warmth=st.integers(0, 5),
    places=st.lists(st.sampled_from(PLACES), unique=True).map(tuple),
    energy=st.integers(0, 3),
    aside=st.lists(st.sampled_from(GESTURES).map(lambda one: one.id), max_size=9, unique=True).map(tuple),
)
WEEKS = st.integers(0, 600).map(lambda n: MONDAY + n * A_WEEK)


def said(value: Comfort) -> list:
    return [SimpleNamespace(value=value)]


@for_all(BOUNDS, BOUNDS, WEEKS)
def test_never_outside_either_comfort_and_alike_for_both(one, other, week):
    found = deck(one, other, week, KEY, GESTURES)
    assert all(allows(one, gesture) and allows(other, gesture) for gesture in found)
    assert found == deck(other, one, week, KEY, GESTURES)
    assert len({gesture.id for gesture in found}) == len(found) <= IN_A_DECK
    assert bool(found) == any(allows(one, gesture) and allows(other, gesture) for gesture in GESTURES)
    assert not ((not one.yes or not other.yes) and found)


@for_all(st.lists(st.tuples(st.integers(0, 3), st.booleans(), BOUNDS), max_size=12))
def test_what_one_sets_changes_nothing_that_the_other_sees_before_the_next_draw(changes):
    """However often, whenever: in any week each sees one deck, less what they have ruled out themselves."""
    week, anna, ben = MONDAY, Comfort(), Comfort()
    for later, hers, bounds in changes:
        week += later * A_WEEK
        theirs = drawn(said(ben), said(anna), week, KEY, GESTURES)
        mine = drawn(said(anna), said(ben), week, KEY, GESTURES)
        if not hers:
            anna, ben, theirs, mine = ben, anna, mine, theirs
        anna = changed(anna, bounds, week)
        assert drawn(said(ben), said(anna), week, KEY, GESTURES) == theirs
        assert all(allows(bounds, gesture) for gesture in drawn(said(anna), said(ben), week, KEY, GESTURES))
        after = week + A_WEEK
        assert in_week(anna, after) == bounds
        assert all(allows(bounds, gesture) for gesture in drawn(said(ben), said(anna), after, KEY, GESTURES))
        if not hers:
            anna, ben = ben, anna


@for_all(
    st.lists(st.sampled_from(GESTURES)),
    st.sampled_from(["", "home", "out", "apart"]),
    st.integers(0, 3),
    st.integers(0, 60),
)
def test_the_moment_only_takes_away(gestures, place, energy, minutes):
    found = for_now(gestures, place, energy, minutes)
    assert [one for one in gestures if one in found] == found
    assert for_now(found, place, energy, minutes) == found and for_now(gestures, "", 0, 0) == gestures


@for_all(st.dates(date(2024, 1, 1), date(2060, 1, 1)))
def test_a_week_begins_on_monday(day):
    week = week_of(day)
    assert week.weekday() == 0 and week <= day < week + A_WEEK


def test_a_year_of_decks_brings_everything_before_anything_comes_again():
    every = Bounds(True, 5, PLACES, 3)
    seen: list[Gesture] = []
    for n in range(9):
        fresh = [one for one in deck(every, every, MONDAY + n * A_WEEK, KEY, GESTURES) if one not in seen]
        seen += fresh
        assert n > 4 or len(fresh) == IN_A_DECK
    assert len(seen) > 150
