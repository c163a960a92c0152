"""What questions offer to Today: the day's, and one that the other holds out."""

from collections.abc import Sequence
from typing import Any

from usward.content.loader import library
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import DAILY, MORE, Card
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


def cards(inside: Insider, seen: Seen) -> list[Card]:
    """The day's question, drawn if nobody has yet; and at most one that the other holds out."""
    drawn = next(iter(seen.get(wanted(inside)[0], [])), None) or actions.draw(inside, clock.today(inside.me.zone))
    offers = inside.reader.latest(Offer, 3, mine=False) if inside.other else []
    names = [offer.value.exchange for offer in offers]
    value: Draw | None = drawn.value if drawn else None
    if value:
        names += [value.exchange, f"skip:{value.exchange}"] + ([value.again] if value.again else [])
    said: Seen = {}
    for one in inside.reader.exchanges(names):
        said.setdefault(one.exchange, []).append(one)
    found: list[Card] = []
    if value and f"skip:{value.exchange}" not in said:
        found.append(todays(inside, value, said))
    for offer in offers:
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


def todays(inside: Insider, value: Draw, said: Seen) -> Card:
    """The card of the day's question."""
    again = standing(said.get(value.again, [])) if value.again else None
    words = context(inside, value, said.get(value.exchange, []), again) | {"daily": True}
    return Card("question", "questions/card.html", words, DAILY, 20)


def context(
    inside: Insider,
    value: Draw | Offer,
    said: list[Said[Any]],
    again: Standing | None = None,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> dict[str, Any]:
    """What the card and the page of one question need."""
    now = standing(said)
    composer = actions.composer(value.exchange)
    draft_names = [composer, reply_composer(value.exchange)]
    drafts: Drafts = inside.drafts.read(draft_names)
    text = (typed or drafts.get(composer, {})).get("text", "")
    where = f"questions/{value.exchange}/"
    reply_draft = drafts.get(reply_composer(value.exchange), {}).get("text", "")
    why = "year-later" if again else "question"
    return {
        "question": value,
        "standing": now,
        "still": not now.fresh(clock.now()),
        "again": again,
        "composer": composer,
        "text": text or (now.mine.value.text if now.mine else ""),
        "thread": thread(inside, value.exchange, said, "tender", reply_draft, "/" + where),
        "why": library().whys.get(why),
        "errors": errors or {},
        "where": where,
    }
