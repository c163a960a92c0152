"""Dreams: mine, yours, ours; the support that is wanted; steps, news, and how a dream ends."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.given import the_two
from tests.talkback.signs import signs
from usward.entries.models import Draft, Knock, Scope
from usward.kit import clock
from usward.practices.dreams import actions, cards
from usward.practices.dreams.entries import Dream, Rested, Step, cards_of
from usward.practices.dreams.exchange import Standing, standing
from usward.practices.dreams.views import PAGE, PEACE


def tell(person, text: str = "A boathouse with a lamp", who: str = "both", support: str = "cheer") -> str:
    answer = person.post("/us/dreams/new/", text=text, why="", who=who, support=support, id=str(uuid4()))
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]


def mine(where: str) -> str:
    """Where the first one's acts on a shared dream go: its first card has the dream's own id."""
    return where.replace("/us/dreams/", "/us/dreams/mine/")


def own_of(person, where: str) -> str:
    """Where a person's own acts go, as their page says it."""
    found = re.search(r'action="(/us/dreams/mine/[0-9a-f-]+/)"', person.page(where))
    assert found, "there is nothing of one's own on this page"
    return found[1]


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


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


def sight(person, where: list[str]) -> list[str]:
    masked = [
        re.sub(r'(csrfmiddlewaretoken" value="|name="id" value="|nonce=")[^"]+', r"\1", person.page(one))
        for one in where
    ]
    return [*masked, str(person.me.pulse), str(Knock.objects.filter(partner=person.me).count())]


def test_a_private_dream_changes_nothing_that_the_other_sees(two):
    anna, ben = two
    shared = tell(anna, "Known to both")
    ben.page(shared)
    places = ["/", "/us/", "/us/dreams/", "/us/dreams/kept/", shared]
    before = sight(ben, places)
    own = tell(anna, "A room of my own", who="me")
    assert "only you" in anna.page(own) and "A room of my own" in anna.page("/us/dreams/")
    steps = [
        {"act": "step", "step": "Look at rooms", "when": "it is Monday", "then": "ring", "id": str(uuid4())},
        {"act": "setback", "news": "Too dear.", "id": str(uuid4())},
        {"act": "words", "words": "A room", "reason": "Quiet", "id": str(uuid4()), "replaces": own.split("/")[-2]},
        {"act": "support", "support": "help"},
    ]
    for fields in steps:
        assert anna.post(own, **fields).status_code == 303
        assert sight(ben, places) == before
    assert anna.post(own, act="step-done", marked=field(anna.page(own), "marked")).status_code == 303
    ending = field(anna.page(own), "replaces")
    assert anna.post(own, act="let-go", line="", replaces=ending, id=str(uuid4())).status_code == 303
    assert anna.post(own, act="again").status_code == 303
    assert sight(ben, places) == before
    for path in (own, own.replace("mine/", "")):
        assert ben.get(path).status_code == 404
    assert ben.post(own, act="again").status_code == 404
    assert anna.get(own.replace("mine/", "")).status_code == 404, "an own dream is no dream of the two"


def test_what_was_private_is_shared_as_a_new_dream_of_today(two):
    anna, ben = two
    own = tell(anna, "Sing in a choir", who="me")
    anna.post(own, act="step", step="Hum", id=str(uuid4()))
    with clock.travel(timedelta(days=40)):
        fields = {"act": "share", "text": "Sing in a choir", "who": "both", "id": str(uuid4())}
        assert anna.post(own, **fields).status_code == 422
        where = anna.post(own, **fields, support="cheer")["Location"]
        assert anna.post(own, **fields, support="cheer")["Location"] in (where, own), "twice is once"
        page = ben.page(where)
        assert "Sing in a choir" in page and "Hum" not in page and own.split("/")[-2] not in page
        said = ben.inside.reader.exchange(cards_of(where.split("/")[-2].replace("-", "")))
        assert [one.day for one in said] == [clock.today(ben.me.zone)]
        mine_now = anna.page("/us/dreams/")
        assert (
            mine_now.count("Sing in a choir") == 1 and "Hum" in anna.page(own) and "It goes on there" in anna.page(own)
        )


def test_an_hour_and_a_card_for_tonight(two):
    anna, ben = two
    where = tell(anna)
    day = (clock.today(anna.me.zone) + timedelta(days=3)).isoformat()
    assert ben.post(where + "beside/", act="hour-say", day=day, time="20:30").status_code == 303
    assert "Ben would like to talk" in anna.page(where)
    anna.post(where + "beside/", act="hour-agree", at=field(anna.page(where), "at"))
    assert all("Your hour: <strong>" in person.page(where) for person in two)
    assert ben.post(where + "beside/", act="hour-say", day="", time="").status_code == 422
    asked = re.search(r'class="question">([^<]+)<', ben.page(where))[1]
    card = ben.post(where + "beside/", act="tonight", ask=field(ben.page(where), "ask"))["Location"]
    assert asked in ben.page(card) and asked in anna.page(card) and "Open the card for tonight" in anna.page(where)
    other = ben.post(where + "beside/", act="tonight", ask=str(int(field(ben.page(where), "ask")) + 1))["Location"]
    assert asked not in ben.page(other), "the question asked last is the one on the card"
    anna.post("/kept/", exchange="dream-life:" + where.split("/")[-2].replace("-", ""), line="A bench.", next=where)
    assert "A bench." in ben.page(where) and "Open the card for tonight" not in ben.page(where)


def test_two_devices_lose_nothing(two):
    anna, _ = two
    where = tell(anna)
    seen = field(anna.page(where), "replaces")
    anna.post(mine(where), act="words", words="A boathouse by the harbour", replaces=seen, id=str(uuid4()))
    late = anna.post(mine(where), act="words", words="A boathouse on wheels", replaces=seen, id=str(uuid4()))
    assert late.status_code == 409 and "A boathouse on wheels" in late.content.decode()
    assert "by the harbour" in anna.page(where) and "A boathouse on wheels" in anna.page(where), "kept as a draft"
    ticket = str(uuid4())
    for words, status in (("First words.", 303), ("First words.", 303), ("Other words.", 409)):
        assert anna.post(mine(where), act="success", news=words, id=ticket).status_code == status
    assert anna.page(where).count("First words.") == 1 and "Other words." in anna.page(where)
    anna.post(mine(where), act="step", step="Paint", id=str(uuid4()))
    step = re.search(r"\?step=([0-9a-f-]+)", anna.page(where))[1]
    assert "Paint</textarea>" in anna.page(f"{where}?step={step}")
    anna.post(mine(where), act="step", step="Paint it blue", replaces=step, id=str(uuid4()))
    gone = anna.post(mine(where), act="step", step="Paint it red", replaces=step, id=str(uuid4()))
    assert gone.status_code == 409 and "Paint it blue" in anna.page(where)


def test_taking_it_back_takes_all_of_it(two):
    anna, ben = two
    where = tell(anna, "Taken back")
    anna.post(mine(where), act="step", step="A step too far", id=str(uuid4()))
    assert ben.post(mine(where) + "take-back/").status_code == 404
    assert anna.post(mine(where) + "take-back/").status_code == 303
    assert anna.get(where).status_code == ben.get(where).status_code == 404
    left = [str(one.value) for one in ben.inside.reader.everything()]
    assert not any("Taken back" in one or "A step too far" in one for one in left)


def test_bad_input(two):
    anna, ben = two
    assert anna.post("/us/dreams/new/", text=" ", who="both", support="cheer").status_code == 422
    assert anna.post("/us/dreams/new/", text="x", who="all", support="cheer").status_code == 422
    unsaid = anna.post("/us/dreams/new/", text="A long walk", who="both")
    assert unsaid.status_code == 422 and "A long walk" in unsaid.content.decode()
    where = tell(anna)
    assert (
        anna.post(mine(where), act="fly").status_code == 404
        and ben.post(where + "beside/", act="fly").status_code == 404
    )
    assert anna.post(mine(where), act="support", support="applause").status_code == 422
    assert ben.post(where + "beside/", act="company", company=" ").status_code == 422
    assert anna.post(mine(where), act="step", step="").status_code == 422
    assert anna.post(mine(where), act="success", news="").status_code == 422
    assert anna.get(f"/us/dreams/{uuid4()}/").status_code == anna.get(f"/us/dreams/mine/{uuid4()}/").status_code == 404
    assert anna.get(where + "?ask=99999999999&step=nothing").status_code == 200
    sheets = [one.inside.drafts._name("wishes") for one in (anna, ben)]  # kept for whoever looks at Today
    assert not Draft.objects.exclude(composer__in=sheets).exists()


def test_alone_a_dream_waits_for_whoever_comes(stranger):
    where = tell(stranger, "To be told some day", who="ours")
    page = stranger.page(where)
    assert "Ours, once your partner says so too." in page and "Find an hour" not in page
    stranger.post(where + "beside/", act="company", company="To myself.", id=str(uuid4()))
    assert "To be told some day" in stranger.page("/us/dreams/")


def test_what_is_ones_own_asks_for_the_pin(two):
    anna, _ = two
    own = tell(anna, "Under lock", who="me")
    anna.post("/settings/pin/", pin="2468", present=anna.phrase)
    with clock.travel(timedelta(hours=1)):
        assert "/pin/" in anna.get(own)["Location"]
        assert "Under lock" not in anna.page("/us/dreams/") and "opens with your PIN" in anna.page("/us/dreams/")


@pytest.mark.django_db(transaction=True)
def test_a_list_opens_no_more_after_many_years():
    anna, ben = the_two()
    counts = []
    for years in range(3):
        with clock.travel(timedelta(days=years * 365)):
            for n in range(14):
                first, second = (anna, ben) if n % 2 else (ben, anna)
                dream = uuid4()
                actions.tell(first.inside, Dream(f"Dream {n}", support="cheer", for_two=True), dream, Scope.SHARED)
                actions.call_ours(second.inside, now(second, dream.hex))
                actions.plan(first.inside, dream.hex, now(first, dream.hex).card, Step("Begin"), uuid4())
                actions.tell(first.inside, Dream("A private one"), uuid4(), Scope.OWN)
            inside = anna.inside
            assert cards.listing(inside, inside.reader.page(Dream, PAGE))
            counts.append(inside.reader.opened)
    assert counts[1] == counts[2] <= 3 * PAGE, "a page, and at most two cards of each dream on it"


def now(person, dream: str) -> Standing:
    return standing(dream, person.inside.reader.exchange(cards_of(dream)))
