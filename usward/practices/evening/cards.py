"""The door to deep talks, and what the page of an evening needs."""

from typing import Any

from usward.content.loader import library
from usward.content.schema import LEVELS
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit.cards import CLOSER, Offer
from usward.kit.forms import Fields
from usward.practices.evening.actions import composer
from usward.practices.evening.entries import Evening, path_of, told_step
from usward.practices.evening.exchange import Standing, standing
from usward.talkback.thread import composer as reply_composer
from usward.talkback.thread import thread

LANDINGS = (
    "That was the first stretch. Fill a glass, look at each other, and see whether you would like to go on.",
    "From here it goes deeper. There is all the time in the world, and any evening after this one.",
)


def offers(inside: Insider) -> list[Offer]:
    """The way in; and back into an evening that is open."""
    newest = inside.reader.latest(Evening, 1)
    is_open = bool(newest) and not standing(inside.reader.exchange(newest[0].exchange)).ended
    state = f"“{newest[0].value.title}” is open" if is_open else ""
    words = "Twelve questions that climb from light to deep, for an evening that you have to yourselves."
    return [Offer(CLOSER, "Deep talks", words, "talk/evening/", "mountain", "an evening", state, 80)]


def context(
    inside: Insider, said: list[Said[Any]], now: Standing, typed: str = "", errors: dict[str, str] | None = None
) -> dict[str, Any]:
    """An evening's page. `now.evening` is there."""
    assert now.evening is not None
    exchange = now.evening.exchange
    name = composer(exchange, now.question or 0)
    drafts = inside.drafts.read([name, reply_composer(exchange)])
    where = f"/{path_of(now.evening.id.hex)}"
    asked = now.evening.value.questions[now.question] if now.question is not None else ""
    return {
        "evening": now.evening.value,
        "standing": now,
        "asked": asked,
        "begins": now.begins(inside.me.pk),
        "landing": LANDINGS[min(now.level, LEVELS - 1) - 1] if now.landing else "",
        "next": now.place + 1,
        "lit": "both" if now.mine and now.theirs else "mine" if now.mine else "none",
        "composer": name,
        "text": typed or drafts.get(name, {}).get("text", ""),
        "errors": Fields(errors or {}),
        "where": where,
        "told": told(said, now.evening.value) if now.ended else [],
        "thread": thread(
            inside, exchange, said, "tender", drafts.get(reply_composer(exchange), {}).get("text", ""), where
        ),
        "why": library().whys.get("deeptalks"),
    }


def told(said: list[Said[Any]], evening: Evening) -> list[tuple[str, list[Said[Any]]]]:
    """What was typed that evening, question by question."""
    found = [(asked, [one for one in said if one.step == told_step(n)]) for n, asked in enumerate(evening.questions)]
    return [(asked, some) for asked, some in found if some]
