"""The door to wishes, what Today may say of them, and what their page needs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from usward.content.loader import library
from usward.content.schema import INTIMACY
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit.cards import MORE, US, Card, Offer
from usward.kit.forms import Fields
from usward.practices.wishes import actions, place
from usward.practices.wishes.deck import TOPICS, deck
from usward.practices.wishes.entries import ANSWERS, MAYBE, YES, OwnWish, Sheet
from usward.practices.wishes.sheet import Match
from usward.talkback import beckon

PATH = "us/wishes/"
MET = "There is something you both want"
LEVELS = {0: "Not at all", 1: "Kisses and closeness", 2: "Bare skin, too", 3: "Making love, too"}
CLOSER = {1: "Intimacy: kisses and closeness", 2: "Intimacy: bare skin", 3: "Intimacy: making love"}
ABOUT = {slug: (label, slug, 0) for slug, label in TOPICS.items() if slug != INTIMACY}
ABOUT |= {f"{INTIMACY}-{level}": (label, INTIMACY, level) for level, label in CLOSER.items()}
FRIDAY = 4
LATELY = (OwnWish,)
FEW = 4  # of what both want lies open at first


def offers(inside: Insider) -> list[Offer]:
    """The way in. That something has met is said here too, and never what."""
    words = "What each of you would like, answered in private. What you both want comes to light, and nothing else."
    state = MET if actions.news(inside) else ""
    return [Offer(US, "Wishes", words, PATH, "shell", "a few minutes", state, 70)]


def for_today(inside: Insider, lately: Sequence[Said[Any]]) -> list[Card]:
    """Cards for Today. A look at it is a visit, at which a step of the exchange may be due."""
    if inside.other is None:
        return []
    return cards(inside, lately, actions.pass_by(inside))


def cards(inside: Insider, lately: Sequence[Said[Any]], news: bool) -> list[Card]:
    """For Today: that something has met, which names nothing; and that the other has written a wish, if there is one among
    what was said lately. Each is gone once the page of wishes was opened."""
    found = []
    if news:
        found.append(beckon.card("wishes-met", MET, "See what it is", PATH, weight=45))
    theirs = [said for said in lately if isinstance(said.value, OwnWish) and not said.mine]
    if inside.their_card and actions.unread(inside, theirs):
        words = f"{inside.their_card.name} has put a wish on both your lists"
        found.append(beckon.card("wishes-written", words, "Read it", PATH, MORE, 35))
    return found


def context(inside: Insider, mine: actions.Mine, errors: dict[str, str]) -> dict[str, Any]:
    """The page of wishes. `errors` are those of a wish that was written and not taken."""
    where, fresh = place.here(inside)
    matches = [(match, _kept_by(match, mine.sheet)) for match in sorted(mine.matches, key=lambda match: not match.new)]
    return {
        "matches": matches[:FEW],
        "others": matches[FEW:],
        "new": any(match.new for match in mine.matches),
        "friday": friday(inside.me.space.day_reached),
        "deck": deck(mine.wishes, mine.sheet, where, fresh),
        "answers": ANSWERS,
        "sheet": mine.sheet,
        "levels": LEVELS,
        "own": [wish for wish in mine.wishes if wish.mine],
        "about": {slug: label for slug, (label, _, level) in ABOUT.items() if level <= mine.sheet.level},
        "fields": Fields(place.typed(inside)),
        "errors": Fields(errors),
        "why": library().whys.get("wishes"),
    }


def _kept_by(match: Match, sheet: Sheet) -> str:
    """The answer by which somebody who has put a match away wants it again; none where it is not the answer that is missing."""
    if match.wish.level > sheet.level or (match.maybe and not sheet.maybes):
        return ""
    return MAYBE if match.maybe else YES


def friday(day: date) -> str:
    """When the next exchange begins, as one says it on this day."""
    return "next Friday" if day.weekday() == FRIDAY else "on Friday"
