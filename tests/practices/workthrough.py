"""Working something through, step by step, in words that its tests share."""

from uuid import UUID, uuid4

from tests.talkback.signs import signs
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


def uuid_of(path) -> UUID:
    return UUID(path.rstrip("/").rpartition("/")[2])


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


def today_is_meant_for(what, anna, ben):
    """Each of the two comes to Today and is called to this, with the other, and to nothing else."""
    for side, name in ((anna, "Ben"), (ben, "Anna")):
        side.person.get("/")
        assert side.signs() == [f"Today is meant for {what.format(name)}"]
