"""Dreams: mine, yours, ours; the support that is wanted; steps, news, and how a dream ends."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.practices.dreams import field, mine, tell
from tests.talkback.signs import signs
from usward.entries.models import Knock
from usward.kit import clock
from usward.practices.dreams.entries import Dream, Rested
from usward.practices.dreams.views import PEACE


def own_of(person, where: str) -> str:
    """Where a person's own acts go, as their page says it."""
    found = re.search(r'action="(/us/dreams/mine/[0-9a-f-]+/)"', person.page(where))
    assert found, "there is nothing of one's own on this page"
    return found[1]


def composer(page: str) -> str:
    """The composer beside the other's dream: its heading; or nothing."""
    card = re.search(r'id="told".*?</section>', page, re.S)
    heading = re.search(r"<h2>([^<]*)</h2>", card[0]) if card else None
    return heading[1] if card and heading and 'name="company"' in card[0] else ""


def test_the_whole_road(two, stranger):
    anna, ben = two
    where = tell(anna, support="help")
    assert signs(ben) == ["Anna has told you a dream"]
    assert composer(ben.page(where)) == "Anna could use a hand" and "Offer it" in ben.page(where)
    assert ben.post(where + "beside/", act="company", company="I carry the bench.", id=str(uuid4())).status_code == 303
    assert signs(anna) == ["Ben has written to a dream"] and "I carry the bench." in anna.page(where)
    own = own_of(anna, where)
    anna.post(own, act="step", step="Ask the baker", when="the shop opens", then="go in", id=str(uuid4()))
    assert "When the shop opens, then I go in." in ben.page(where)
    assert 'name="act" value="step-done"' not in ben.page(where), "nobody marks the other's step"
    anna.post(own, act="step-done", marked=field(anna.page(where), "marked"))
    assert "<summary>Done</summary>" in ben.page(where) and "%" not in re.sub(r"%\d", "", ben.page(where))
    anna.post(own, act="setback", news="The baker said no.", id=str(uuid4()))
    assert signs(ben) == ["Anna has had a setback with a dream"]
    assert composer(ben.page(where)) == "Be near first"
    ben.post(where + "beside/", act="company", company="That stings.", id=str(uuid4()))
    assert composer(ben.page(where)) == "Anna could use a hand"
    anna.post(own, act="success", news="The cobbler said yes.", id=str(uuid4()))
    page = ben.page(where)
    assert composer(page) == "Be glad with Anna" and page.count("<em>") == 2
    page = anna.page(where)
    anna.post(own, act="done", line="It has a door.", replaces=field(page, "replaces"), id=str(uuid4()))
    for person in two:
        assert "Come true" in person.page(where) and "It has a door." in person.page(where)
        assert "A boathouse" not in person.page("/us/dreams/") and "A boathouse" in person.page("/us/dreams/kept/")
    for path in (where, own, mine(where)):
        assert stranger.get(path).status_code == 404
        assert stranger.post(path, act="again").status_code in (404, 405)
    assert stranger.post(where + "beside/", act="light").status_code == 404


@pytest.mark.parametrize(
    ("support", "heading"),
    [
        ("cheer", "Anna would like to be cheered on"),
        ("advise", "Anna would like your advice"),
        ("help", "Anna could use a hand"),
        ("leave", ""),
    ],
)
def test_the_composer_follows_what_is_wanted(two, support, heading):
    anna, ben = two
    where = tell(anna, support="cheer" if support != "cheer" else "help")
    before = ben.page(where)
    anna.post(own_of(anna, where), act="support", support=support)
    page = ben.page(where)
    assert composer(page) == heading and composer(page) != composer(before)
    assert ('value="light"' in page) == (support == "leave")
    assert ("Say it tonight" in page) == ("Find an hour" in page) == (support != "leave")
    held = re.search(r'placeholder="([^"]+)"', page)
    assert (held is None) if support == "leave" else (held and held[1] not in before)


def test_left_in_peace_there_is_a_light_and_words_that_came_too_late_are_kept(two):
    anna, ben = two
    where = tell(anna)
    anna.post(own_of(anna, where), act="support", support="leave")
    late = ben.post(where + "beside/", act="company", company="You can do it!", id=str(uuid4()))
    assert late.status_code == 409 and PEACE in late.content.decode() and "You can do it!" in late.content.decode()
    assert "You can do it!" not in anna.page(where)
    knocks = Knock.objects.filter(partner=anna.me).count()
    assert ben.post(where + "beside/", act="light").status_code == 303
    assert "Your light is on." in ben.page(where) and "Ben left a light here today" in anna.page(where)
    assert signs(anna) == [], "a light calls nobody"
    assert ben.post(where + "beside/", act="light").status_code == 303
    assert Knock.objects.filter(partner=anna.me).count() == knocks + 1, "one light a day"
    anna.post(own_of(anna, where), act="setback", news="It rained in.", id=str(uuid4()))
    assert [one for one in signs(ben) if "setback" in one] == [] and "It rained in." in ben.page(where)
    assert 'value="light"' not in anna.page(where)
    day = (clock.today(ben.me.zone) + timedelta(days=3)).isoformat()
    for fields in ({"act": "hour-say", "day": day, "time": "20:30"}, {"act": "tonight"}, {"act": "ours"}):
        assert ben.post(where + "beside/", **fields).status_code == 303
    quiet = anna.page(where)
    assert not any(words in quiet for words in ("would like to talk", "card for tonight", "yours together"))
    anna.post(where + "beside/", act="hour-say", day=day, time="21:00")
    assert "Anna would like to talk" in ben.page(where), "what Anna asks for herself is there to be answered"
    ben.post(where + "beside/", act="hour-agree", at=field(ben.page(where), "at"))
    assert "Your hour: <strong>" in anna.page(where)


def test_it_is_ours_once_both_say_so_and_each_ends_it_for_themselves(two):
    anna, ben = two
    where = tell(anna, who="ours", support="cheer")
    assert signs(ben) == ["Anna asks whether a dream could be yours together"]
    assert "Ours, once Ben says so too." in anna.page(where) and "Ours</h2>" not in anna.page(where)
    assert "Ours</h2>" not in ben.page("/us/dreams/")
    ben.post(where + "beside/", act="ours")
    assert signs(anna) == ["Ben dreams it with you: it is yours together"]
    for person in two:
        assert "Ours</h2>" in person.page(where) and "Ours</h2>" in person.page("/us/dreams/")
    theirs = own_of(ben, where)
    assert theirs != own_of(anna, where) and anna.post(theirs, act="support", support="leave").status_code == 404
    ben.post(theirs, act="step", step="Measure the door", id=str(uuid4()))
    assert "Measure the door" in anna.page(where)
    ben.post(theirs, act="support", support="leave")
    assert 'value="light"' in anna.page(where) and composer(ben.page(where)) == "Anna would like to be cheered on"
    page = anna.page(where)
    anna.post(own_of(anna, where), act="done", replaces=field(page, "replaces"), id=str(uuid4()))
    assert 'value="success"' not in anna.page(where) and 'value="success"' in ben.page(where)
    assert "You say that it has come true." in anna.page(where) and "Come true" not in ben.page(where)
    ben.post(theirs, act="let-go", line="", replaces=field(ben.page(where), "replaces"), id=str(uuid4()))
    assert "Come true" in anna.page(where) and "Mine</h2>" not in ben.page(where), "what Ben lets go is Anna's"


def test_the_other_may_ask_and_either_may_take_it_back(two):
    anna, ben = two
    where = tell(anna)
    ben.post(where + "beside/", act="ours")
    assert "Ben would like this to be yours together." in anna.page(where)
    assert "asks: could it be ours?" in anna.page("/us/dreams/") and "Ours</h2>" not in ben.page(where)
    ben.post(own_of(ben, where), act="not-ours")
    assert "would like this to be yours" not in anna.page(where) and "Mine</h2>" in anna.page(where)
    ben.post(where + "beside/", act="ours")
    anna.post(where + "beside/", act="ours")
    assert "Ours</h2>" in ben.page(where)
    anna.post(own_of(anna, where), act="not-ours")
    assert "Mine</h2>" in anna.page(where) and "Anna’s</h2>" in ben.page(where)


def test_nobody_plans_ends_or_words_the_others_dream(two):
    anna, ben = two
    where = tell(anna)
    for act in ("step", "done", "let-go", "words", "support", "success", "again", "not-ours", "share"):
        assert ben.post(mine(where), act=act, step="Do it", words="Mine now", support="help").status_code == 404
    ben.post(where + "beside/", act="ours")  # asks; that gives no say in it yet
    theirs = own_of(ben, where)
    for act in ("step", "done", "words", "support", "success"):
        fields = {"step": "Do it", "words": "Mine now", "support": "help", "news": "x", "id": str(uuid4())}
        assert ben.post(theirs, act=act, **fields).status_code == 404
    assert "Do it" not in anna.page(where) and "Mine now" not in anna.page(where)


def test_whoever_has_read_a_dream_is_not_called_to_it_again(two):
    anna, ben = two
    where = tell(anna, who="ours", support="cheer")
    assert len(signs(ben)) == 1
    ben.page(where)
    assert signs(ben) == [] and "could it be ours?" in ben.page("/us/dreams/")


def test_sharing_one_dream_leaves_another_half_written_one_alone(two):
    anna, _ = two
    own = tell(anna, who="me")
    anna.post("/draft/", composer="dream:new", **{"draft-text": "Half a dream"})
    share = re.search(r'data-draft="(dream:share:[^"]+)"', anna.page(own))[1]
    anna.post("/draft/", composer=share, **{"draft-text": "A boathouse, told"})
    fields = {"act": "share", "text": "A boathouse, told", "who": "both", "support": "cheer", "id": str(uuid4())}
    where = anna.post(own, **fields).headers["Location"]
    assert "Half a dream" in anna.page("/us/dreams/new/") and anna.inside.drafts.read([share]) == {}
    assert anna.post(own, **fields).headers["Location"] == where, "the same tap, twice"
    late = anna.post(own, **(fields | {"id": str(uuid4()), "text": "Another wording"}))
    assert late.status_code == 409 and "Another wording" in late.content.decode()
    assert "from another page" in late.content.decode() and len(anna.inside.reader.latest(Dream, 9)) == 1


def test_words_that_come_after_it_was_put_to_rest_are_not_lost(two):
    anna, _ = two
    where = tell(anna)
    own, stands = mine(where), field(anna.page(where), "replaces")
    anna.post(own, act="let-go", line="It was good to want it.", id=str(uuid4()), replaces=stands)
    for fields in (
        {"act": "words", "words": "A boathouse by the lake"},
        {"act": "done", "line": "It stands after all"},
    ):
        late = anna.post(own, **fields, id=str(uuid4()), replaces=stands)
        page = late.content.decode()
        assert (
            late.status_code == 409 and "from another page" in page and f"<em>{list(fields.values())[1]}</em>" in page
        )
    anna.post(own, act="again")
    page = anna.page(where)
    assert "A boathouse by the lake</textarea>" in page and "It stands after all</textarea>" in page


def test_let_go_is_kept_quietly_and_may_be_taken_up_again(two):
    anna, ben = two
    where = tell(anna)
    page, ticket = anna.page(where), str(uuid4())
    fields = {"act": "let-go", "line": "It was good to want it.", "replaces": field(page, "replaces"), "id": ticket}
    for _ in range(2):
        assert anna.post(mine(where), **fields).status_code == 303
    assert signs(ben) == ["Anna has told you a dream"] and "It is kept here, for having been dreamed." in ben.page(
        where
    )
    assert composer(ben.page(where)) == "Be near first"
    assert len(anna.inside.reader.history(anna.inside.reader.latest(Rested, 1)[0].id)) == 2, "twice is once"
    anna.post(mine(where), act="again")
    assert "A boathouse" in ben.page("/us/dreams/") and "A boathouse" not in ben.page("/us/dreams/kept/")
