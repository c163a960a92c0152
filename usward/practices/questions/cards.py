"""What questions offer to Today: the day's, and one that the other holds out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from usward.content.loader import library
from usward.entries.door import Insider
from usward.entries.models import Scope
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import CLOSER, DAILY, KEEP, MORE, Card
from usward.kit.cards import Offer as Door
from usward.kit.forms import Fields
from usward.kit.unkept import by_the_way
from usward.practices.questions import actions
from usward.practices.questions.entries import Draw, Offer, draw_exchange, skipped
from usward.practices.questions.exchange import Standing, standing
from usward.talkback.entries import TONIGHT, Kept
from usward.talkback.thread import composer as reply_composer
from usward.talkback.thread import thread

Seen = dict[str, list[Said[Any]]]
Drafts = dict[str, dict[str, str]]
HELD_OUT = 6  # of the newest the first that is open comes to Today; all of them are listed


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
        names = [offer.value.exchange for offer in self.offers] + ([self.drawn.exchange] if self.drawn else [])
        again = [self.drawn.again] if self.drawn and self.drawn.again else []
        return [*names, *map(skipped, names), *again]

    def composers(self) -> list[str]:
        """The drafts that the card of the day's question may hold."""
        return composers(self.drawn.exchange) if self.drawn else []


def gather(inside: Insider, seen: Seen) -> Asked:
    """What there is to ask today. The question is drawn if nobody has yet."""
    there = next(iter(seen.get(wanted(inside)[0], [])), None)
    drawn = there.value if there else _draw(inside, clock.today(inside.me.zone))
    offers = inside.reader.latest(Offer, HELD_OUT, mine=False) if inside.other else []
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
    if value:
        aside = skipped(value.exchange) in said and not standing(said.get(value.exchange, [])).settled
        found.append(put_aside(value) if aside else todays(inside, value, said, drafts))
    for offer in asked.offers:
        name = offer.value.exchange
        if value and name == value.exchange:
            continue  # it is the day's, too
        now = standing(said.get(name, []))
        if skipped(name) not in said and not now.settled:
            found.append(Card("offer", "questions/offer.html", {"offer": offer, "theirs": now.theirs}, MORE, 50))
            break
    return found


def standings(inside: Insider, asked: Sequence[Said[Any]]) -> list[tuple[Said[Any], Standing]]:
    """Some questions (draws, offers), each with where it stands for me."""
    said: Seen = {}
    for one in inside.reader.exchanges([one.value.exchange for one in asked], Scope.SHARED):
        said.setdefault(one.exchange, []).append(one)
    return [(one, standing(said.get(one.value.exchange, []))) for one in asked]


def left_open(inside: Insider, drawn: Sequence[Said[Draw]]) -> list[tuple[Said[Draw], Standing]]:
    """Of some days' questions those that I have not answered nor we talked about, what I have put aside among them."""
    return [(one, now) for one, now in standings(inside, drawn) if not now.settled]


def talked_about(inside: Insider, kept: Sequence[Said[Kept]]) -> list[tuple[Said[Kept], str]]:
    """Of lines that were kept from talks those about questions, each with what its card for the evening asked."""
    found = [one for one in kept if one.exchange.startswith("q:")]
    said = inside.reader.exchanges([one.exchange for one in found], Scope.SHARED)
    asked = {one.exchange: one.value.text for one in said if one.step == TONIGHT}
    return [(one, asked[one.exchange]) for one in found if one.exchange in asked]


def todays(inside: Insider, value: Draw, said: Seen, drafts: Drafts) -> Card:
    """The card of the day's question."""
    again = standing(said.get(value.again, [])) if value.again else None
    words = context(inside, value, said.get(value.exchange, []), drafts, again, visited=False) | {"daily": True}
    words["thread"] = replace(words["thread"], next="/#question")  # a reply from Today comes back to Today
    return Card("question", "questions/card.html", words, DAILY, 20)


def put_aside(value: Draw) -> Card:
    """What stands in the place of the day's question, for as long as the day lasts: a way back to it."""
    return Card("question", "questions/aside.html", {"exchange": value.exchange}, DAILY, 20)


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
