"""Ideas as the two use them, step by step, in words that their tests share."""

import re
from datetime import timedelta
from uuid import uuid4

from tests.behind.conftest import Person
from tests.hour import coming
from usward.content.loader import library
from usward.content.schema import Idea

URL = "/ideas/"
A_DAY = timedelta(days=1)
MONDAY = coming(0, 17)
MET = "There is something that you would both like to do"
FRAME = {"minutes": "180", "money": "1", "energy": "2", "where": "", "when": "evening"}
MASKS = (r'name="csrfmiddlewaretoken" value="[^"]+"', r'name="id" value="[^"]+"', r'nonce="[^"]+"')


def seen(person: Person, path: str = URL) -> str:
    """A page, but for the few bytes that are new in every answer."""
    page = person.page(path)
    for mask in MASKS:
        page = re.sub(mask, "", page)
    return page


def three(person: Person) -> list[str]:
    """The ideas that stand on somebody's page, in their order."""
    return re.findall(r'<section class="card idea[^"]*" id="idea-([^"]+)"', person.page(URL).split('id="earlier"')[0])


def draw(person: Person, **fields: str) -> None:
    after = re.search(r'name="after" value="([^"]*)"', person.page(URL))[1]
    said = person.post(URL, **FRAME | {"after": after, "id": str(uuid4())} | fields)
    assert (said.status_code, said["Location"]) == (303, URL), said.content.decode()


def say(person: Person, idea: str, answer: str) -> None:
    page = person.page(URL)
    drawn, nth = re.search(
        rf'id="(?:earlier-)?idea-{idea}".*?name="round" value="([^"]+)".*?name="nth" value="(.)"', page, re.S
    ).groups()
    assert person.post(URL + "answer/", round=drawn, nth=nth, answer=answer).status_code == 303


def match_of(person: Person) -> str:
    """Where the match on the page leads."""
    return re.search(r'href="(/ideas/[0-9a-f-]{36}/)"', person.page(URL))[1]


def hobby_drawn(anna: Person) -> str:
    """Draw until there is a hobby among the three, and give it."""
    for _ in range(40):
        draw(anna)
        if found := [one for one in three(anna) if library().one(Idea, one).hobby]:
            return found[0]
    raise AssertionError("forty rounds without a hobby")
