"""Gestures and wishes: the promised numbers, well spread, no two alike, and words that neither press nor presume."""

import re
from collections import Counter
from collections.abc import Sequence

import pytest

from usward.content import loader
from usward.content.schema import INTIMACY, PLACES, WISH_TOPICS, Gesture, Wish
from usward.content.tests.likeness import most_alike
from usward.content.tests.test_library import FORBIDDEN, FORBIDDEN_PHRASES
from usward.content.tests.test_likeness import THRESHOLD

LIBRARY = loader.library()
GESTURES, WISHES = LIBRARY.gestures, LIBRARY.wishes
EVERYTHING: tuple[Gesture | Wish, ...] = (*GESTURES, *WISHES)

# Gestures end where a wish of intimacy begins.
NOT_A_GESTURE = re.compile(
    r"\b(sex\w*|naked|nude|undress\w*|strip\w*|desire|thighs?|lips|on the mouth|make love|nothing on)\b"
)
GRAPHIC = re.compile(
    r"\b(sex\w*|orgasm\w*|climax\w*|come inside|genitals?|breasts?|nipples?|thighs?|buttocks|crotch|penis|vagina|cock"
    r"|pussy|oral|thrust\w*|penetrat\w*|erect\w*|arous\w*|horny|naughty|fetish\w*|submit\w*|dominat\w*)\b"
)
# A wish that counts, compares with what was, or reproaches is a complaint; one that demands is no wish.
PRESSING = re.compile(
    r"\b(must|have to give|owe|owed|duty|deserve\w*|need you|finally|at last|more often|instead of|never|every time"
    r"|like before|used to|as long as you|if you loved|prove|enough of)\b"
)
ADDRESSED = re.compile(r"\b(you|your|yours|yourself)\b")
OF_BOTH = re.compile(r"\b(we|us|our|ours|both|each other|the two of us|each of us|together|neither)\b")
PRESUMES = re.compile(
    r"\b(he|she|him|her|his|hers|man|woman|men|women|child|children|kids|son|daughter|parents?|pregnan\w*|god|pray\w*"
    r"|church|bless\w*|wine|beer|champagne|gold|expensive|luxury)\b"
)
# Gestures that ask for legs, and not for feet or wheels alike, would leave some people out.
WANTS_LEGS = re.compile(r"\b(kneel|squat|climb|jump|run|lift them|carry them|stand up|stairs)\b")


def plain(item: Gesture | Wish) -> str:
    return item.text.casefold().replace("’", "'")


def test_the_promised_numbers_are_there():
    assert len(GESTURES) >= 132
    assert len(WISHES) >= 140


@pytest.mark.parametrize("warmth", range(1, 6))
def test_a_warmth_has_enough_gestures_in_every_place(warmth):
    places = Counter(gesture.place for gesture in GESTURES if gesture.warmth == warmth)
    assert places.total() >= 20
    assert set(places) == set(PLACES)
    assert min(places.values()) >= 5


@pytest.mark.parametrize("warmth", range(1, 6))
def test_a_warmth_has_enough_for_tired_days(warmth):
    easy = Counter(gesture.place for gesture in GESTURES if gesture.warmth == warmth and gesture.energy == 1)
    assert easy.total() >= 10
    assert easy["anywhere"] >= 5
    assert easy["apart"] >= 4


def test_energy_is_spread_and_few_gestures_want_much():
    energies = Counter(gesture.energy for gesture in GESTURES)
    assert set(energies) == {1, 2, 3}
    assert energies[1] >= len(GESTURES) / 2
    assert energies[3] <= len(GESTURES) / 8


def test_two_who_are_far_apart_have_enough():
    assert len([gesture for gesture in GESTURES if gesture.place == "apart"]) >= 16


def test_most_gestures_take_little_time():
    short = [gesture for gesture in GESTURES if gesture.minutes <= 5]
    assert len(short) / len(GESTURES) >= 0.6


@pytest.mark.parametrize("topic", WISH_TOPICS)
def test_a_topic_has_enough_wishes(topic):
    assert len([wish for wish in WISHES if wish.topic == topic]) >= 24


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_level_of_intimacy_has_enough_wishes(level):
    assert len([wish for wish in WISHES if (wish.topic, wish.level) == (INTIMACY, level)]) >= 14


@pytest.mark.parametrize("items", [GESTURES, WISHES], ids=["gestures", "wishes"])
def test_no_two_are_alike(items: Sequence[Gesture | Wish], capsys):
    pairs = most_alike(item.text for item in items)
    with capsys.disabled():
        print(f"\nmost alike: {pairs[0].likeness:.3f}\n  {pairs[0].one}\n  {pairs[0].other}")
    assert not [pair for pair in pairs if pair.likeness >= THRESHOLD]


@pytest.mark.parametrize(("items", "share"), [(GESTURES, 0.03), (WISHES, 0.22)], ids=["gestures", "wishes"])
def test_no_beginning_rules_a_list(items: Sequence[Gesture | Wish], share: float):
    beginnings = Counter(" ".join(item.text.split()[:2]) for item in items)
    assert beginnings.most_common(1)[0][1] <= len(items) * share


@pytest.mark.parametrize("item", EVERYTHING, ids=lambda item: item.id)
def test_words_are_in_our_voice(item):
    assert item.text.endswith((".", "?"))
    assert len(item.text) <= 130
    assert not re.search(r"[!'\"]|--", item.text), "curved quotation marks, and nothing that shouts"
    assert not FORBIDDEN.search(plain(item))
    assert not [phrase for phrase in FORBIDDEN_PHRASES if phrase in plain(item)]
    assert not PRESUMES.search(plain(item))


@pytest.mark.parametrize("gesture", GESTURES, ids=lambda gesture: gesture.id)
def test_a_gesture_is_tender_and_for_any_body(gesture):
    assert not NOT_A_GESTURE.search(plain(gesture))
    assert not GRAPHIC.search(plain(gesture))
    assert not WANTS_LEGS.search(plain(gesture))


def test_the_coolest_gestures_touch_nobody():
    touching = re.compile(r"\b(touch|hug|kiss|stroke|lean|lap|embrace|round them|against (them|theirs))\b")
    assert not [gesture.id for gesture in GESTURES if gesture.warmth == 1 and touching.search(plain(gesture))]


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.id)
def test_a_wish_can_be_said_by_either_and_presses_no_one(wish):
    assert OF_BOTH.search(plain(wish))
    assert not ADDRESSED.search(re.sub("“.*?”", "", plain(wish)))
    assert not PRESSING.search(plain(wish))
    assert not GRAPHIC.search(plain(wish))


@pytest.mark.parametrize("item", EVERYTHING, ids=lambda item: item.id)
def test_an_id_is_a_few_words(item):
    words = item.id.split("-")
    assert 2 <= len(words) <= 6
    assert not isinstance(item, Wish) or words[0] == item.topic


def test_nothing_bare_stands_below_the_second_level():
    bare = re.compile(r"\b(undress\w*|nothing on|skin to skin|make love|making love|love-making|lovers|bath)\b")
    assert not [wish.id for wish in WISHES if wish.level < 2 and bare.search(plain(wish))]
    loving = re.compile(r"\b(make love|making love|love-making|lovers)\b")
    assert not [wish.id for wish in WISHES if wish.level < 3 and loving.search(plain(wish))]
    assert [wish.id for wish in WISHES if wish.level == 3 and loving.search(plain(wish))]


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (PRESSING, "i would like us to kiss more often."),
        (PRESSING, "we must talk about this."),
        (ADDRESSED, "i would like you to plan our evening."),
        (GRAPHIC, "let us have sex in the kitchen."),
        (NOT_A_GESTURE, "help them undress, slowly."),
        (PRESUMES, "when the children are asleep, open the wine."),
        (WANTS_LEGS, "kneel beside their chair."),
    ],
)
def test_the_checks_find_what_they_are_for(check: re.Pattern[str], text: str):
    assert check.search(text)
