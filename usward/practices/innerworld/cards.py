"""The door to the inner world, and what the pages of a round need."""

from typing import Any

from usward.content.loader import library
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import CLOSER, Offer
from usward.kit.forms import Fields
from usward.practices.innerworld.actions import Chosen, composer, where
from usward.practices.innerworld.entries import FITS
from usward.practices.innerworld.exchange import Round, age_words
from usward.practices.innerworld.rounds import earlier, open_rounds, owner_of
from usward.talkback.thread import composer as reply_composer
from usward.talkback.thread import thread


def offers(inside: Insider) -> list[Offer]:
    """The way in; and where a question of the other's is open, that it is."""
    name = inside.their_card.name if inside.their_card else ""
    waits = open_rounds(inside, 2, mine=False)
    sentence = "Guess what the other would say, be surprised, and learn. What you learn is kept as a map."
    state = f"A question of {name}’s is open" if waits else ""
    return [Offer(CLOSER, "Inner world", sentence, "talk/inner-world/", "telescope", "5 minutes", state, 70)]


def beginning(
    inside: Insider, of_me: bool, chosen: Chosen | None, own: bool, typed: dict[str, str], errors: dict[str, str]
) -> dict[str, Any]:
    """The page on which a round is begun."""
    name = "inner:own" if own or chosen is None else composer(chosen.exchange)
    drafted = inside.drafts.read([name]).get(name, {})
    old = earlier(inside, chosen.question, chosen.owner, chosen.nth) if chosen else None
    return {
        "of_me": of_me,
        "chosen": chosen,
        "own": own,
        "composer": name,
        "typed": Fields(typed or drafted),
        "errors": Fields(errors),
        "earlier": old,
        "earlier_age": age_words(old.day, clock.today(inside.me.zone)) if old else "",
    }


def context(
    inside: Insider, now: Round, said: list[Said[Any]], step: str, typed: dict[str, str], errors: dict[str, str]
) -> dict[str, Any]:
    """The page of a round. `step` is what this person is about to do, if they said so: "hand", "change", "mark"."""
    exchange, asked = now.asked.exchange, now.asked.value
    handed, reply = composer(f"{exchange}:handed"), reply_composer(exchange)
    drafts = inside.drafts.read([composer(exchange), handed, reply])
    name = handed if step == "hand" else composer(exchange)
    old = earlier(inside, asked.question, owner_of(inside, now.about_me), asked.nth)
    address = f"/{where(now.asked.id)}"
    mine = now.mine.value.text if now.mine and step == "change" else ""
    marking = now.both and (now.about_me or now.one_phone)
    return {
        "round": now,
        "asked": asked,
        "step": step,
        "where": address,
        "still": not now.fresh(clock.now()),
        "composer": name,
        "text": typed.get("text") or drafts.get(name, {}).get("text", "") or mine,
        "typed": Fields(typed),
        "errors": Fields(errors),
        "may_mark": marking,
        "marking": marking and (now.mark is None or step == "mark"),
        "fits": FITS,
        "earlier": old,
        "earlier_age": age_words(old.day, clock.today(inside.me.zone)) if old else "",
        "thread": thread(inside, exchange, said, "tender", drafts.get(reply, {}).get("text", ""), address),
        "why": library().whys.get("innerworld"),
    }
