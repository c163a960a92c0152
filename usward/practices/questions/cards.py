"""What questions offer to Today: the day's, and one that the other holds out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from usward.content.loader import library
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import CLOSER, DAILY, KEEP, MORE, Card
from usward.kit.cards import Offer as Door
from usward.kit.forms import Fields
from usward.kit.unkept import by_the_way
from usward.practices.questions import actions
from usward.practices.questions.entries import Draw, Offer, draw_exchange
from usward.practices.questions.exchange import Standing, standing
from usward.talkback.thread import composer as reply_composer
from usward.talkback.thread import thread

Seen = dict[str, list[Said[Any]]]
Drafts = dict[str, dict[str, str]]


def wanted(inside: Insider) -> list[str]:
    """The exchange of today's draw."""
    return [draw_exchange(clock.today(inside.me.zone).isoformat())]


def composers(exchange: str) -> list[str]:
    """The drafts that one question may hold: an answer, a reply."""
    return [actions.composer(exchange), reply_composer(exchange)]


@dataclass(frozen=True)
class Asked:
    """The question of today, and what the other holds out."""

    drawn: Draw | None
    offers: Sequence[Said[Offer]]

    def wanted(self) -> list[str]:
        """The exchanges that the cards need then."""
        names = [offer.value.exchange for offer in self.offers]
        if self.drawn:
            names += [self.drawn.exchange, f"skip:{self.drawn.exchange}", self.drawn.again]
        return [name for name in names if name]

    def composers(self) -> list[str]:
        """The drafts that the card of the day's question may hold."""
        return composers(self.drawn.exchange) if self.drawn else []


def gather(inside: Insider, seen: Seen) -> Asked:
    """What there is to ask today. The question is drawn if nobody has yet."""
    there = next(iter(seen.get(wanted(inside)[0], [])), None)
    drawn = there.value if there else _draw(inside, clock.today(inside.me.zone))
    offers = inside.reader.latest(Offer, 3, mine=False) if inside.other else []
    return Asked(drawn, offers)


def _draw(inside: Insider, day: date) -> Draw | None:
    """The day's question, drawn; where that can't be kept, the one that the next look will draw."""
    drawn = None
    with by_the_way(inside.me):
        drawn = actions.draw(inside, day)
    return drawn.value if drawn else actions.due(inside, day)


def cards(inside: Insider, asked: Asked, said: Seen, drafts: Drafts) -> list[Card]:
    """The day's question; and at most one that the other holds out."""
    found: list[Card] = []
    value = asked.drawn
    if value and f"skip:{value.exchange}" not in said:
        found.append(todays(inside, value, said, drafts))
    for offer in asked.offers:
        if standing(said.get(offer.value.exchange, [])).mine is None:
            found.append(Card("offer", "questions/offer.html", {"offer": offer}, MORE, 50))
            break
    return found


def left_open(inside: Insider, drawn: Sequence[Said[Draw]]) -> list[Said[Draw]]:
    """Of some days' questions those that I have neither answered nor put aside. What the other did plays no part."""
    said: Seen = {}
    names = [one.value.exchange for one in drawn]
    for one in inside.reader.exchanges([*names, *(f"skip:{name}" for name in names)]):
        said.setdefault(one.exchange, []).append(one)
    return [
        one
        for one in drawn
        if standing(said.get(one.value.exchange, [])).mine is None and f"skip:{one.value.exchange}" not in said
    ]


def todays(inside: Insider, value: Draw, said: Seen, drafts: Drafts) -> Card:
    """The card of the day's question."""
    again = standing(said.get(value.again, [])) if value.again else None
    words = context(inside, value, said.get(value.exchange, []), drafts, again, visited=False) | {"daily": True}
    words["thread"] = replace(words["thread"], next="/#question")  # a reply from Today comes back to Today
    return Card("question", "questions/card.html", words, DAILY, 20)


def context(
    inside: Insider,
    value: Draw | Offer,
    said: list[Said[Any]],
    drafts: Drafts,
    again: Standing | None = None,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    visited: bool = True,
) -> dict[str, Any]:
    """What the card and the page of one question need."""
    now = standing(said)
    composer, reply = composers(value.exchange)
    text = (typed or drafts.get(composer, {})).get("text", "")
    where = f"questions/{value.exchange}/"
    reply_draft = drafts.get(reply, {}).get("text", "")
    why = "year-later" if again else "question"
    return {
        "question": value,
        "standing": now,
        "still": not now.fresh(clock.now()),
        "again": again,
        "composer": composer,
        "text": text or (now.mine.value.text if now.mine else ""),
        "thread": thread(inside, value.exchange, said, "tender", reply_draft, "/" + where, visited=visited),
        "why": library().whys.get(why),
        "errors": Fields(errors or {}),
        "where": where,
    }


def offers(_: Insider) -> list[Door]:
    """The questions so far, and one's own."""
    return [
        Door(
            CLOSER,
            "A question of your own",
            "Ask what no library knows to ask.",
            "questions/own/",
            "pencil",
            "2 minutes",
            "",
            40,
        ),
        Door(KEEP, "Answers", "Every question that you have both met.", "questions/", "message-circle", weight=40),
    ]
