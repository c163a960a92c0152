"""Dreams that are one's own, and what keeps any dream whole."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.given import the_two
from tests.practices.dreams import field, mine, tell
from usward.entries.models import Draft, Knock, Scope
from usward.kit import clock
from usward.practices.dreams import actions, cards
from usward.practices.dreams.entries import Dream, Step, cards_of
from usward.practices.dreams.exchange import Standing, standing
from usward.practices.dreams.views import PAGE


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
