"""The door to saying it, the quiet card for whoever wanted to read something again, and what the pages need."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from usward.content.loader import library
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import HARD, MORE, Card, Offer
from usward.kit.forms import Fields
from usward.practices.sayit.actions import composer
from usward.practices.sayit.entries import PARTS, Carefully, Waiting, path_of
from usward.practices.sayit.exchange import rested
from usward.talkback.soften import heard
from usward.talkback.thread import composer as reply_composer
from usward.talkback.thread import thread

PAGE, WAITS = 12, 24
ASKED = {
    "saw": "One moment, as somebody at the window would have seen it.",
    "felt": "A word or two. Feelings, rather than thoughts about the other.",
    "need": "What it is about for you: rest, a say in things, being met.",
    "ask": "One small thing, to which the answer may be yes, no, or something better.",
}
EXAMPLES = {
    "saw": "On Tuesday I cooked, and you ate in front of the screen.",
    "felt": "Alone, and a bit foolish.",
    "need": "To have you for half an hour of the day.",
    "ask": "Would you eat with me tomorrow, phones in the hall?",
}


@dataclass(frozen=True)
class Composing:
    """A form as it is to be shown: what stands in its fields, for which thing that waits, what is wrong or was looked at."""

    typed: Fields
    waits: Said[Waiting] | None = None
    replaces: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    looked: bool = False
    was: tuple[str, str] = ("", "")


def offers(inside: Insider) -> list[Offer]:
    """The way in. Whoever wanted to read something again is told so, from the next day on."""
    sentence = "Something hard in four small parts, with help to leave the blame out."
    state = "something of yours to read again" if _ready(inside) else ""
    return [Offer(HARD, "Say it", sentence, "talk/say-it/", "message-circle", "ten minutes", state, 90)]


def for_today(inside: Insider, _: Sequence[Said[Any]] = ()) -> list[Card]:
    """The same on Today, for oneself; none of its words."""
    ready = _ready(inside)
    return [Card("sayit-waits", "sayit/card.html", {"path": path_of(ready[0].exchange)}, MORE, 90)] if ready else []


def _ready(inside: Insider) -> list[Said[Waiting]]:
    return rested(inside.reader.latest(Waiting, WAITS), clock.today(inside.me.zone))


def everything(inside: Insider, cursor: str) -> dict[str, Any]:
    """What waits, and what either of the two has said."""
    today = clock.today(inside.me.zone)
    waits = [] if cursor else inside.reader.latest(Waiting, WAITS)
    return {
        "waits": [{"path": path_of(one.exchange), "day": one.day, "rested": one.day < today} for one in waits],
        "page": inside.reader.page(Carefully, PAGE, cursor),
        "first": not cursor,
        "path_of": path_of,
        "why": library().whys.get("sayit"),
    }


def begun(inside: Insider, waits: Said[Waiting] | None = None) -> Composing:
    """The composer as it is found: with what was being typed, or with what waits."""
    draft = inside.drafts.read([composer(waits)]).get(composer(waits), {})
    stands = {part: getattr(waits.value, part) for part in PARTS} if waits else {}
    return Composing(Fields(draft or stands), waits, str(waits.id) if waits else "")


def compose(inside: Insider, form: Composing) -> dict[str, Any]:
    """The page of the composer."""
    today = clock.today(inside.me.zone)
    return {
        "parts": PARTS,
        "asked": ASKED,
        "examples": EXAMPLES,
        "typed": form.typed,
        "errors": Fields(form.errors),
        "to": path_of(form.waits.exchange) if form.waits else "talk/say-it/new/",
        "waits": form.waits,
        "rested": bool(form.waits and form.waits.day < today),
        "replaces": form.replaces,
        "composer": composer(form.waits),
        "looked": form.looked,
        "heard": {part: heard(form.typed[part], part) if form.looked else [] for part in PARTS},
        "was": form.was,
        "why": library().whys.get("sayit"),
    }


def read(inside: Insider, said: Said[Carefully], everything: list[Said[Any]]) -> dict[str, Any]:
    """The page of one thing said."""
    name = reply_composer(said.exchange)
    draft = inside.drafts.read([name]).get(name, {}).get("text", "")
    talk = thread(inside, said.exchange, everything, "hard", draft, f"/{path_of(said.exchange)}")
    return {"said": said, "parts": PARTS, "path": path_of(said.exchange), "thread": talk}
