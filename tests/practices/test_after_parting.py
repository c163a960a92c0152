"""What both had said, on the pages of whoever stays when the other has left, and of whoever went on alone."""

import re
from uuid import uuid4

import pytest

from tests.practices.letters import in_days, leave, name_a_day, write_for
from tests.practices.test_dreams import own_of, tell
from tests.practices.test_plan import agree, propose
from usward.content.loader import library
from usward.kit import clock
from usward.practices.dreams.entries import Dream, News, Step
from usward.practices.letters.entries import Letter


def lived(anna, ben) -> list[str]:
    """They did a little of everything; where it is found."""
    places = ["/", "/talk/", "/us/", "/keep/", "/us/dreams/", "/us/dreams/new/", "/us/dreams/kept/", "/us/vision/"]
    places += ["/us/kind-eye/", "/talk/say-it/", "/talk/say-it/new/", "/talk/inner-world/", "/talk/inner-world/new/"]
    places += ["/talk/evening/", "/keep/letters/", "/keep/letters/write/", "/keep/letters/day/"]
    places += ["/practice/three-good-minutes/", "/practice/what-i-carry/", "/practice/letter-to-myself/"]
    for writer, reader in ((anna, ben), (ben, anna)):
        ours, theirs = tell(writer, who="ours"), tell(writer, text="A bench", support="leave")
        reader.post(f"{ours}beside/", act="ours")
        writer.post(own_of(writer, ours), act="step", step="Measure the door", id=str(uuid4()))
        reader.post(f"{ours}beside/", act="company", company="I carry it.", id=str(uuid4()))
        writer.post(own_of(writer, ours), act="success", news="It fits.", id=str(uuid4()))
        reader.post(f"{theirs}beside/", act="light")
        page = writer.page(ours)
        replaces = re.search(r'name="replaces" value="([^"]+)"', page)[1]
        writer.post(own_of(writer, ours), act="done", line="It stands.", id=str(uuid4()), replaces=replaces)
        places += [ours, theirs]
        said = writer.post("/talk/say-it/new/", saw="The plates.", felt="Tired.", act="send", id=str(uuid4()))
        letter = leave(writer, "Dear you")
        reader.post(f"{letter}open/")
        moment = leave(writer, "It is three", "sleep")
        day = name_a_day(writer)
        write_for(writer, day, "For the day.")
        places += [said["Location"], letter, moment, day]
        ladder = library().ladders[0].id
        evening = writer.post("/talk/evening/", ladder=ladder, phones="two", id=str(uuid4()))["Location"]
        for person in (writer, reader):
            person.post(evening, act="tell", question="0", text="The sea.", id=str(uuid4()))
        places.append(evening)
        writer.post(
            "/talk/inner-world/new/",
            about="me",
            question="everyday-your-own-cup",
            text="The blue one.",
            id=str(uuid4()),
        )
        inner = re.search(r'href="(/talk/inner-world/[0-9a-f]{32}/)"', reader.page("/talk/inner-world/"))[1]
        reader.post(inner, act="tell", text="The green one.", id=str(uuid4()))
        places += [inner, f"{inner}?step=change", "/talk/inner-world/known/them/everyday/"]
        places += ["/talk/inner-world/known/me/everyday/"]
        turn = re.search(r'name="turn" value="([^"]+)"', writer.page("/practice/three-good-minutes/"))
        if turn:
            writer.post("/practice/three-good-minutes/", turn=turn[1], first="The kettle.", id=str(uuid4()))
        writer.post("/practice/what-i-carry/", turn=turn[1] if turn else "", weight="Work.", id=str(uuid4()))
        year = writer.me.space.day_reached.year
        written = {"act": "words", "vision-stay-the-same": "The lamp", "id": str(uuid4())}
        writer.post(f"/us/vision/{year}/", **written)
        places.append(f"/us/vision/{year}/")
    return list(dict.fromkeys(places))


@pytest.mark.parametrize("alone", [False, True], ids=["stays", "goes on alone"])
def test_every_page_stands_when_the_other_has_left(two, alone):
    anna, ben = two
    places = lived(anna, ben)
    anna.post("/settings/leave/", passphrase=anna.phrase)
    if alone:
        ben.post("/settings/leave/", passphrase=ben.phrase)
    found = {where: ben.get(where) for where in places}
    assert {where for where, answer in found.items() if answer.status_code not in (200, 404)} == set()
    assert sum(answer.status_code == 200 for answer in found.values()) > len(places) / 2
    for where, answer in found.items():
        words = re.sub(r"<[^>]*>", " ", re.sub(r"<(script|style)\b.*?</\1>", "", answer.content.decode(), flags=re.S))
        assert not re.search(r"\b(None|Undefined)\b|(^|\s)’s ", words), where


def test_what_came_along_is_for_one_now_and_says_so(two):
    anna, ben = two
    places = lived(anna, ben)
    for person in (anna, ben):
        person.post("/settings/leave/", passphrase=person.phrase)
    seen = set()
    for where in places:
        page = ben.page(where) if ben.get(where).status_code == 200 else ""
        who = re.findall(r'<p class="who">.*?</p>', page, re.S)
        kind = next((one for one in OF_ONE if one in where and page and re.search(r"[0-9a-f]{8}|/20", where)), "")
        if kind and "step=change" not in where:
            seen.add(kind)
            assert "only you" in who[0], (where, who[0])
    assert seen == set(OF_ONE)


OF_ONE = ("/us/dreams/", "/talk/say-it/", "/keep/letters/", "/talk/evening/", "/talk/inner-world/", "/us/vision/2")


def test_what_came_along_stays_for_one_when_it_is_changed_or_goes_on(two):
    anna, ben = two
    dream = tell(ben, text="A bench", support="cheer")
    letter = leave(ben, "Dear Anna", "day", day=in_days(30))
    for person in (anna, ben):
        person.post("/settings/leave/", passphrase=person.phrase)
    own = own_of(ben, dream)
    for fields in (
        {"act": "words", "words": "A red bench"},
        {"act": "step", "step": "Paint"},
        {"act": "success", "news": "Red."},
    ):
        replaces = re.search(r'name="replaces" value="([^"]+)"', ben.page(dream))[1] if fields["act"] == "words" else ""
        assert ben.post(own, **fields, id=str(uuid4()), replaces=replaces).status_code == 303
    page = ben.page(f"{letter}change/")
    assert "only you" in page and "both of you" not in page
    replaces = re.search(r'name="replaces" value="([^"]+)"', page)[1]
    changed = ben.post(f"{letter}change/", text="Dear nobody", id=str(uuid4()), replaces=replaces)
    assert changed.status_code == 303 and "Dear nobody" in ben.page(letter)
    for kind, number in ((Dream, 1), (Step, 1), (News, 1), (Letter, 1)):
        said = ben.inside.reader.latest(kind, 9)
        assert len(said) == number and said[0].never, f"{kind.name} would be read by whoever comes next"


def test_whoever_stays_is_not_asked_to_answer_anybody_nor_reminded_of_an_hour_for_two(two):
    anna, ben = two
    say = {"kind": "thanks", "text": "You waited up.", "when": "now", "id": str(uuid4())}
    anna.post("/thanks/", **say)
    entry = re.search(r"/thanks/([0-9a-f-]{36})/", anna.page("/thanks/"))[1]
    exchange = re.search(r'name="exchange" value="(thanks:[^"]+)"', ben.page(f"/thanks/{entry}/"))[1]
    ben.post("/reply/", exchange=exchange, text="Gladly.", id=str(uuid4()), next="/")
    where = propose(anna, day=str(clock.today(anna.me.zone)), time="23:55", every="once")
    agree(ben, where)
    page = anna.page("/")
    assert "Ben answered you" in page
    assert 'action="/reply/"' in page
    assert "Today belongs to you two" in page
    ben.post("/settings/leave/", passphrase=ben.phrase)
    page = anna.page("/")
    assert "Your partner answered you" in page and "Gladly." in page
    assert 'action="/reply/"' not in page and "Today belongs to you two" not in page
    assert "place of your own now" in ben.page("/settings/?said=alone")
    hours = ben.page("/plan/hours/")
    assert "These suit you<" in hours and "both of you" not in hours
