"""Work it through, over HTTP: the whole road of two people, on two phones and on one; and what nobody may see."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.talkback.signs import signs
from usward.entries.models import Entry, Scope
from usward.kit import clock
from usward.practices.workthrough.entries import Rated
from usward.practices.workthrough.exchange import Standing
from usward.practices.workthrough.talks import find

VIEW = {"difference": "{0}: quiet or company", "feelings": "{0} feels alone", "outside": "", "pattern": "{0} goes out"}


class Side:
    """One of the two in one talk."""

    def __init__(self, person, path=""):
        self.person, self.path = person, path

    def begin(self, text="the morning rush"):
        answer = self.person.post("/talk/work-it-through/", text=text, id=str(uuid4()))
        assert answer.status_code == 303
        self.path = answer["Location"]
        return self.path

    @property
    def now(self) -> Standing:
        return find(self.person.inside, uuid_of(self.path)).now

    def page(self) -> str:
        return self.person.page(self.path)

    def act(self, act, expect=303, /, **fields):
        given = {"act": act, "id": str(uuid4()), "step": self.now.key} | fields
        if act == "propose" and "seen" not in fields:
            newest = self.now.here.newest
            given["seen"] = newest.id.hex if newest else ""
        answer = self.person.post(self.path, **given)
        assert answer.status_code == expect, answer.content.decode()[:2000]
        return answer.content.decode()

    def agree(self, expect=303):
        return self.act("agree", expect, to=self.now.here.newest.id.hex)

    def rate(self, *words, **more):
        ideas = self.now.ideas
        return self.act(
            "rate", 303, **{f"r-{one.id.hex}": word for one, word in zip(ideas, words, strict=True)}, **more
        )

    def signs(self):
        return signs(self.person)


def ratings_kept(side) -> int:
    """How many ratings lie in the database of the two, in whatever version."""
    tag = side.person.inside.keyring.tag(Scope.JOINT, Rated.name)
    return Entry.objects.filter(scope=Scope.JOINT, tag=tag).exclude(body=b"").count()


def uuid_of(path) -> UUID:
    return UUID(path.rstrip("/").rpartition("/")[2])


@pytest.fixture
def sides(two):
    anna, ben = (Side(person) for person in two)
    ben.path = anna.begin()
    return anna, ben


def to_views(anna, ben):
    ben.agree()
    anna.act("ready")
    ben.act("ready")
    assert anna.now.at == ben.now.at == "views"


def to_needs(anna, ben):
    to_views(anna, ben)
    for side in (anna, ben):
        side.act("write", **{name: text.format(side.person.name) for name, text in VIEW.items()})
    for side in (anna, ben):
        side.act("ready")
    assert anna.now.at == "needs"


def to_ideas(anna, ben):
    to_needs(anna, ben)
    for side in (anna, ben):
        side.act("write", text=f"{side.person.name} needs calm")


def to_rating(anna, ben, ideas=("Bags in the evening", "Kettle at seven", "Up at six")):
    to_ideas(anna, ben)
    for nth, text in enumerate(ideas):
        (anna, ben)[nth % 2].act("idea", text=text)
    for side in (anna, ben):
        side.act("ready")
    assert anna.now.at == "rate"


def to_agreement(anna, ben):
    to_rating(anna, ben)
    anna.rate("gladly", "no", "no")
    ben.rate("could", "very gladly", "no")
    assert anna.now.at == ben.now.at == "agreement"


def agreed(anna, ben, again="14"):
    to_agreement(anna, ben)
    anna.act("propose", what="Ben packs.", by="Monday", notice="No shouting.", again=again)
    ben.agree()
    assert anna.now.at == "look"


def test_the_whole_road_on_two_phones(sides, stranger):
    anna, ben = sides
    assert ben.signs() == ["Anna would like to work something through, with you"]
    assert "Anna would call it" in ben.page() and "the morning rush" in ben.page()
    assert ben.signs() == [], "whoever has come need not be called again"
    ben.act("propose", text="the seven o'clock storm")
    assert "Ben would call it" in anna.page() and "the seven o&#39;clock storm" in anna.page()
    anna.agree()
    assert anna.now.at == "when"

    tomorrow = clock.today("Europe/Copenhagen") + timedelta(days=1)
    anna.act("propose", day=tomorrow.isoformat(), time="20:30")
    assert "tomorrow at 20:30" in ben.page()
    ben.agree()
    assert "You talk" in anna.page() and anna.now.at == "when", "an agreed hour is not yet a talk"
    anna.act("ready")
    assert "Anna is ready to begin" in ben.page() and ben.now.at == "when"
    ben.act("ready")

    anna.act("write", **{name: text.format("Anna") for name, text in VIEW.items()})
    assert "Anna feels alone" in anna.page() and "Anna feels alone" not in ben.page()
    ben.act("write", **{name: text.format("Ben") for name, text in VIEW.items()})
    for side in sides:
        assert "Anna feels alone" in side.page() and "Ben feels alone" in side.page() and side.now.at == "read"
    for side, text in ((anna, "I want it quiet."), (ben, "I want company.")):
        side.act("other-view", feels=text)
    for side in sides:
        view = re.search(r'name="view" value="(\w+)"', side.page())[1]
        side.act("view-marks", **{"view": view, "mark-0": "yes"})
    assert anna.now.at == ben.now.at == "needs" and "line by line" in ben.page()

    anna.act("write", text="To leave without a knot in me.")
    assert "a knot in me" not in ben.page()
    ben.act("write", text="Ten minutes before words.")
    assert anna.now.at == "ideas" and "a knot in me" in ben.page()
    for side, text in ((anna, "Bags in the evening"), (ben, "Kettle first"), (ben, "Up at six")):
        side.act("idea", text=text)
    anna.act("ready")
    assert ben.now.at == "ideas"
    ben.act("ready")

    anna.rate("gladly", "no", "no")
    assert anna.now.at == "rate" and "Yours are in" in anna.page()
    ben.rate("could", "very gladly", "no")
    assert anna.now.at == "agreement"
    for side in sides:
        shown = re.search(r'<ol class="fair">(.*?)</ol>', side.page(), re.S)[1]
        assert re.findall(r"<li>(.*?)</li>", shown) == ["Bags in the evening", "Kettle first"]

    anna.act("propose", what="Ben packs.", by="Monday", notice="No shouting.", again="14")
    ben.act("propose", what="Both pack.", by="Monday", notice="No shouting.", again="30")
    assert "Earlier wordings" in anna.page() and "Both pack." in anna.page()
    anna.agree()
    for side in sides:
        assert side.now.at == "look" and "What we agreed" in side.page()
        assert "look again on" in side.person.page("/talk/work-it-through/")
    for person in (stranger,):
        assert person.get(anna.path).status_code == 404
        assert person.post(anna.path, act="stop").status_code == 404
    assert "storm" not in stranger.page("/talk/work-it-through/")


def test_the_day_comes_and_they_look_again(sides):
    anna, ben = sides
    agreed(anna, ben)
    with clock.travel(timedelta(days=13)):
        assert anna.signs() == ben.signs() == []
    with clock.travel(timedelta(days=14)):
        for side, name in ((anna, "Ben"), (ben, "Anna")):
            side.person.get("/")
            assert side.signs() == [f"Today is meant for looking again, with {name}"]
            assert "time to look again" in side.person.page("/talk/")
        anna.act("write", text="He hums when he is rested.")
        assert "hums" not in ben.page()
        ben.act("write", text="She plans so as not to be afraid.")
        assert "hums" in ben.page() and "so as not to be afraid" in anna.page()
        anna.act("propose", verdict="keep", again="30")
        assert "keep it, and look again" in ben.page()
        ben.act("propose", verdict="change")
        anna.agree()
        assert anna.now.at == "agreement" and "As it stands until you change it" in anna.page()
        ben.act("propose", what="Anna packs, Ben cooks.", by="", notice="", again="90")
        anna.agree()
        assert anna.now.at == "look" and "Anna packs" in anna.page() and "Ben packs." in anna.page()
        anna.act("propose", verdict="keep", again="14")
        ben.agree()
        assert ben.now.at == "look" and ben.now.again == clock.today("Europe/Copenhagen") + timedelta(days=14)
        ben.act("propose", verdict="retire")
        anna.agree()
        for side in sides:
            assert side.now.at == "end" and "It has done its work" in side.page() and "hums" in side.page()
            home = side.person.page("/talk/work-it-through/")
            assert "In force" not in home and "Earlier" in home


@pytest.mark.parametrize(("near", "far"), [(2, 4), (6, 11)])
def test_another_hour_is_called_on_its_own_day_alone(sides, near, far):
    anna, ben = sides
    ben.agree()
    day = clock.today("Europe/Copenhagen")
    anna.act("propose", day=(day + timedelta(days=near)).isoformat(), time="20:00")
    ben.act("propose", day=(day + timedelta(days=far)).isoformat(), time="21:00")
    with clock.travel(timedelta(days=near)):
        assert "Today is meant for your talk with Anna" not in ben.signs(), "he has named another"
    anna.agree()
    for side in sides:
        side.page()
    for days, expected in ((near, 0), (far, 1)):
        with clock.travel(timedelta(days=days)):
            for side in sides:
                side.person.get("/")
                assert len(side.signs()) == expected, (days, side.signs())


def test_what_was_begun_early_or_stopped_calls_nobody_on_its_day(two):
    day = clock.today("Europe/Copenhagen") + timedelta(days=2)
    for how in ("ready", "stop"):
        anna, ben = (Side(person) for person in two)
        ben.path = anna.begin(f"the {how} thing")
        ben.agree()
        anna.act("propose", day=day.isoformat(), time="20:00")
        ben.agree()
        for side in (anna, ben):
            if not side.now.stopped:
                side.act(how)
        for side in (anna, ben):
            side.page()
        with clock.travel(timedelta(days=2)):
            for side in (anna, ben):
                side.person.get("/")
                assert side.signs() == [], how


def test_one_who_is_ready_in_the_morning_is_not_ready_at_night(sides):
    anna, ben = sides
    ben.agree()
    anna.act("ready")
    with clock.travel(timedelta(hours=9)):
        assert "ready to begin now" not in ben.page()
        ben.act("ready")
        assert ben.now.at == "when"
        anna.act("ready")
        assert ben.now.at == "views"


def test_a_pause_comes_back_when_both_do(sides):
    anna, ben = sides
    to_views(anna, ben)
    anna.act("pause", back="soon")
    assert "Anna comes back" in ben.page() and not ben.now.open
    assert "Words for when it gets hard" in ben.page() and "Quiet help is here" in ben.page()
    ben.act("write", 409, difference="Typed while she went.")
    ben.act("pause", back="tomorrow")
    assert "Ben comes back" in anna.page() and "tomorrow" in anna.page()
    anna.act("agree", step="pause", to=anna.now.pause.newest.id.hex)
    assert "You both come back" in ben.page() and anna.page()
    with clock.travel(timedelta(days=1)):
        for side, name in ((anna, "Ben"), (ben, "Anna")):
            side.person.get("/")
            assert side.signs() == [f"Today is meant for going on, with {name}, after a pause"]
    anna.act("back")
    assert "Anna is back" in ben.page() and ben.now.pause
    ben.act("back")
    assert anna.now.open and anna.now.at == "views"


def test_a_day_that_only_one_named_calls_nobody(sides):
    anna, ben = sides
    ben.agree()
    day = clock.today("Europe/Copenhagen") + timedelta(days=2)
    anna.act("propose", day=day.isoformat(), time="20:00")
    ben.page()
    with clock.travel(timedelta(days=2)):
        for side in sides:
            side.person.get("/")
            assert side.signs() == [], "an hour of Anna's that Ben has said nothing to"


def test_on_one_phone_a_day_is_agreed_and_calls_both(sides):
    anna, ben = sides
    anna.act("pass", on="yes")
    anna.act("agree", to=anna.now.here.newest.id.hex)
    day = clock.today("Europe/Copenhagen") + timedelta(days=2)
    anna.act("propose", day=day.isoformat(), time="20:00")
    assert "A card comes to both of you" in anna.page() and "A card comes to both of you" in ben.page()
    with clock.travel(timedelta(days=2)):
        for side, name in ((anna, "Ben"), (ben, "Anna")):
            side.person.get("/")
            assert side.signs() == [f"Today is meant for your talk with {name}"]
            side.page()
        anna.act("pause", back="tomorrow")
        for side in sides:
            assert "You both come back" in side.page() and "That suits me" not in side.page()
    with clock.travel(timedelta(days=3)):
        for side, name in ((anna, "Ben"), (ben, "Anna")):
            side.person.get("/")
            assert side.signs() == [f"Today is meant for going on, with {name}, after a pause"]


def test_an_hour_that_was_put_aside_calls_again_when_it_is_taken_up(sides):
    anna, ben = sides
    ben.agree()
    day = clock.today("Europe/Copenhagen") + timedelta(days=2)
    anna.act("propose", day=day.isoformat(), time="20:00")
    ben.agree()
    ben.act("stop")
    anna.act("up")
    for side in sides:
        side.page()
    with clock.travel(timedelta(days=2)):
        for side, name in ((anna, "Ben"), (ben, "Anna")):
            side.person.get("/")
            assert side.signs() == [f"Today is meant for your talk with {name}"]


def test_a_stop_needs_no_reason_and_loses_nothing(sides):
    anna, ben = sides
    to_needs(anna, ben)
    before = ben.signs()
    anna.act("stop")
    for side in sides:
        assert "Quiet help is here" in side.page()
        assert "Enough for now" in side.page() and "Ben feels alone" in side.page()
    assert before == ben.signs() or ben.signs() == [], "nobody is called to an end"
    ben.act("write", 409, text="Too late.")
    ben.act("up")
    assert anna.now.open and anna.now.at == "needs"


def test_nobody_sees_who_has_rated(sides):
    anna, ben = sides
    to_rating(anna, ben)
    ben.page()
    before = [re.sub(r'value="[^"]{30,}"|nonce="[^"]*"', "", ben.page()), ben.signs()]
    anna.rate("gladly", "no", "could")
    anna.rate("very gladly", "hardly", "no")
    assert [re.sub(r'value="[^"]{30,}"|nonce="[^"]*"', "", ben.page()), ben.signs()] == before
    half = ben.act("rate", 422, **{f"r-{ben.now.ideas[0].id.hex}": "no"})
    assert half.count("Choose one of the five") == 2 and anna.now.at == "rate"
    ben.rate("no", "very gladly", "no")
    assert anna.now.at == "agreement"
    assert ratings_kept(anna) == 2, "Ben’s went with the order; Anna has weighed twice"
    for side in sides:
        assert not re.search(r"\b(hardly|very gladly)\b", side.page())
        assert not [one for one in side.person.inside.reader.everything() if hasattr(one.value, "ratings")]
    assert ratings_kept(anna) == 0, "Anna's went when she came"


def test_what_is_weighed_comes_from_both(sides):
    anna, ben = sides
    to_ideas(anna, ben)
    for text in ("Bags in the evening", "Kettle at seven"):
        anna.act("idea", text=text)
    assert "At least one from each of you" in anna.page() and "I have no more" not in anna.page()
    for side in (anna, ben):
        side.act("ready")
    assert anna.now.at == "ideas"
    ben.act("idea", text="Up at six")
    for side in (anna, ben):
        side.act("ready")
    assert anna.now.at == ben.now.at == "rate"


def test_more_ideas_mean_new_ratings(sides):
    anna, ben = sides
    to_agreement(anna, ben)
    ben.act("more")
    assert anna.now.at == "ideas" and len(anna.now.ideas) == 3
    anna.act("idea", text="A later train")
    for side in sides:
        side.act("ready")
    assert anna.now.key == "rate:2" and not anna.now.weighed
    for side in sides:
        side.rate("no", "no", "no", "very gladly")
    assert [one.value.text for one in anna.now.fair] == ["A later train"]


def test_one_phone_carries_both_and_says_whose_words_they_are(sides):
    anna, ben = sides
    before = ben.page()
    anna.act("pass", on="yes")
    assert len(ben.page()) == len(before) and "We both call it that" in anna.page()
    anna.agree()
    anna.act("ready")
    assert anna.now.at == "views" and "Anna first" in anna.page()
    anna.act("write", feelings="Alone by the stove.")
    assert "Alone by the stove." not in anna.page() and "pass the phone to Ben" in anna.page()
    assert "Alone by the stove." not in ben.page()
    anna.act("write", passed="yes", feelings="Chased through the flat.")
    for side in sides:
        assert side.now.at == "read" and "Alone by the stove." in side.page() and "Chased through" in side.page()
    assert "on Anna’s phone" in ben.page() and "on your phone" in anna.page()
    anna.act("other-view", feels="I am chased.")
    anna.act("other-view", feels="I am alone.", passed="yes")
    anna.act("ready")
    anna.act("write", text="Warm words.")
    anna.act("write", text="Quiet.", passed="yes")
    anna.act("idea", text="Coffee first", passed="no")
    anna.act("idea", text="A walk", passed="yes")
    assert [anna.now.ideas[n].value.passed for n in (0, 1)] == [False, True]
    anna.act("ready")
    anna.rate("gladly", "could")
    assert "pass the phone to Ben" in anna.page() and not re.search(r'value="gladly" checked', anna.page())
    anna.rate("no", "gladly", passed="yes")
    assert [one.value.text for one in ben.now.fair] == ["A walk", "Coffee first"]
    assert ratings_kept(anna) == 0, "what Ben rated on her phone was never kept, and what Anna did no longer is"
    anna.act("propose", what="A walk, both.", by="", notice="", again="14")
    assert anna.now.at == ben.now.at == "look"
    assert "Both said yes on Anna’s phone" in ben.page() and "Both said yes on your phone" in anna.page()
    assert all(one.author == anna.person.me.pk for one in anna.now.acts["agreement"]), "nobody writes as the other"


def test_what_is_changed_meanwhile_is_not_agreed_to(sides):
    anna, ben = sides
    stale = ben.now.here.newest.id.hex
    anna.act("propose", text="the shoes in the hall")
    page = ben.act("agree", 409, to=stale)
    assert "changed just now" in page and "the shoes in the hall" in page and ben.now.at == "name"
    page = ben.act("propose", 409, text="my own word", seen=stale)
    assert "my own word" in page and "the shoes in the hall" in page
    assert "my own word" in ben.page(), "kept as a draft"
    anna.act("agree", 409, to=anna.now.here.newest.id.hex)
    assert anna.now.at == "name", "nobody agrees with themselves"


def test_double_submits_are_one(sides):
    anna, ben = sides
    same = str(uuid4())
    for _ in range(2):
        ben.act("propose", id=same, text="storm", seen=anna.now.here.proposals[0].id.hex)
    assert len(anna.now.here.proposals) == 2
    assert "storm" in ben.act("propose", 409, id=same, text="another storm")
    anna.agree()
    for side in sides:
        side.act("ready")
    first = str(uuid4())
    for _ in range(2):
        anna.act("write", id=first, feelings="tired")
    assert "less tired" in anna.act("write", 409, id=str(uuid4()), feelings="less tired")
    anna.act("write", feelings="rested", replaces=first)
    assert anna.now.here.mine.value.feelings == "rested"


def test_bad_input(sides, two):
    anna, ben = sides
    person = anna.person
    assert person.post("/talk/work-it-through/", text=" ").status_code == 422
    assert person.get("/talk/work-it-through/none/").status_code == 404
    assert person.get(f"/talk/work-it-through/{uuid4().hex}/").status_code == 404
    assert person.post(anna.path, act="fly").status_code == 404
    anna.act("propose", 422, text="x" * 81)
    ben.agree()
    for wrong in (
        {"day": "2020-01-01", "time": "20:00"},
        {"day": "9999-01-01", "time": "20:00"},
        {"day": "", "time": "x"},
    ):
        anna.act("propose", 422, **wrong)
    anna.act("pause", 422, back="never")
    anna.act("pause", 422, back="day", day="")
    to_views_after_name(anna, ben)
    anna.act("write", 422, feelings=" ")
    assert anna.now.at == "views"


def to_views_after_name(anna, ben):
    for side in (anna, ben):
        side.act("ready")


def test_a_name_or_a_view_that_is_taken_back_breaks_no_page(sides):
    anna, ben = sides
    to_needs(anna, ben)
    views = anna.now.last("views")
    anna.person.post("/withdraw/", entry=str(views.mine.id))
    for side in sides:
        assert side.now.at == "views" and side.page()
    name = anna.now.last("name").newest
    anna.person.post("/withdraw/", entry=str(name.id))
    for side in sides:
        assert side.now.at == "name" and "Other words" in side.page()
