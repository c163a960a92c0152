"""The doors of practices that came as files, and what their pages need."""

from typing import Any

from usward.content.loader import library
from usward.content.schema import Why
from usward.entries.door import Insider
from usward.kit.cards import Offer
from usward.kit.forms import Fields
from usward.practices.simple.actions import composer
from usward.practices.simple.entries import ROUND, exchange_name
from usward.practices.simple.exchange import standing, turn, turns_before
from usward.practices.simple.loading import practices
from usward.practices.simple.schema import Practice
from usward.talkback.thread import composer as reply_composer
from usward.talkback.thread import thread

WHO_SEES = {
    "when both": ("users", "both, once you have both written"),
    "at once": ("users", "both of you"),
    "only me": ("eye-off", "only you"),
}


def offers(_: Insider) -> list[Offer]:
    """A door for each, in the place that its file names."""
    return [
        Offer(one.place, one.title, one.sentence, f"practice/{one.id}/", "book-open", one.minutes, weight=5)
        for one in practices().values()
    ]


def this_turn(inside: Insider, practice: Practice) -> str:
    """The present round: of the day that has begun for both, so that the two are always in the same."""
    return turn(practice.every, inside.me.space.day_reached)


def context(
    inside: Insider,
    practice: Practice,
    name: str,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    editing: bool = False,
) -> dict[str, Any]:
    """A round's page."""
    exchange = exchange_name(practice.id, name)
    said = inside.reader.exchange(exchange)
    now = standing(said)
    drafts = inside.drafts.read([composer(exchange), reply_composer(exchange)])
    before = {line.id: line.text for line in now.mine.value.lines} if now.mine and editing else {}
    text = Fields(typed or drafts.get(composer(exchange)) or before)
    icon, who = WHO_SEES[practice.reveal]
    where = f"/practice/{practice.id}/{name}/"
    draft = drafts.get(reply_composer(exchange), {}).get("text", "")
    replies = practice.reply != "none" and practice.reveal != "only me" and (now.theirs or (now.mine and now.mine.open))
    return {
        "practice": practice,
        "exchange": exchange,
        "composer": composer(exchange),
        "fields": [(one, text[one.id]) for one in practice.prompts],
        "standing": now,
        "lit": "none" if practice.who == "one" else now.lit,
        "writing": (not now.mine or editing or bool(errors)) or practice.who == "one",
        "editing": editing and now.mine is not None,
        "errors": Fields(errors or {}),
        "who": who,
        "who_icon": icon,
        "where": where,
        "said": [one for one in said if one.step == ROUND] if practice.who == "one" else [],
        "thread": thread(inside, exchange, said, practice.reply, draft, where) if replies else None,
        "why": _why(practice),
    }


def _why(practice: Practice) -> Why | None:
    """The two honest sentences of its file; one without both gets those for a practice of one's own making."""
    if practice.helps and practice.sure:
        return Why(practice.id, practice.helps, practice.sure)
    return library().whys.get("simple")


def earlier(inside: Insider, practice: Practice) -> list[tuple[str, Any]]:
    """Rounds before this one in which I may read something: (round, first thing said)."""
    names = {exchange_name(practice.id, one): one for one in turns_before(practice.every, inside.me.space.day_reached)}
    found: dict[str, Any] = {}
    for one in inside.reader.exchanges(list(names)):
        if one.step == ROUND:
            found.setdefault(names[one.exchange], one)
    return sorted(found.items(), reverse=True)
