"""Work it through, over HTTP: the whole road of two people, on two phones and on one; and what nobody may see."""

import re
from datetime import timedelta
from uuid import uuid4

from tests.practices.workthrough import VIEW, to_agreement, to_ideas, to_needs, to_rating
from usward.entries.models import Entry, Scope
from usward.kit import clock
from usward.practices.workthrough.entries import Rated


def ratings_kept(side) -> int:
    """How many ratings lie in the database of the two, in whatever version."""
    tag = side.person.inside.keyring.tag(Scope.JOINT, Rated.name)
    return Entry.objects.filter(scope=Scope.JOINT, tag=tag).exclude(body=b"").count()


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
    home, begun = "/talk/work-it-through/", {"text": "The unopened post", "id": str(uuid4())}
    paths = [anna.person.post(home, **begun)["Location"] for _ in range(2)]
    assert paths[0] == paths[1]
    other = anna.person.post(home, **begun | {"text": "The other post"})
    assert other.status_code == 409 and "The other post" in other.content.decode()


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
