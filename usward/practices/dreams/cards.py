"""The door to dreams, and what their pages need."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from usward.content.loader import library
from usward.content.schema import DreamQuestion
from usward.entries.door import Insider
from usward.entries.reader import Page, Said
from usward.kit import clock
from usward.kit.cards import US, Offer
from usward.kit.forms import Fields
from usward.practices.dreams.actions import NEW, composer, path_of
from usward.practices.dreams.entries import SHARED, STEP, SUCCESS
from usward.practices.dreams.exchange import (
    ALIVE,
    ANSWER,
    MINE,
    OURS,
    Beside,
    Standing,
    beside,
    how,
    newest_light,
    question,
    stage,
    standing,
    steps,
    told,
)
from usward.practices.dreams.ways import CHOICES, WAYS, beginnings
from usward.talkback import hour
from usward.talkback.entries import KEPT, TONIGHT

FIND = 2  # questions that help to find a dream
LATELY = 5  # of what was told, this much stands open


def offers(_: Insider) -> list[Offer]:
    """The way in."""
    words = "Mine, yours, ours: what you hope for, and which company you would like on the way."
    return [Offer(US, "Dreams", words, "us/dreams/", "star", weight=90)]


@dataclass(frozen=True)
class Listed:
    """One dream of a list."""

    now: Standing

    @property
    def href(self) -> str:
        """Where it is found."""
        return path_of(self.now.dream) if self.now.card.shared else own_path(self.now.card)

    @property
    def support(self) -> str:
        """What its owner would like, for the other to know."""
        return chosen(self.now.card)


def chosen(card: Said[Any] | None) -> str:
    """The support that a card asks for, in the words of whoever chose it."""
    return next((words for key, words, _ in CHOICES if card and card.value.support == key), "")


def own_path(card: Said[Any]) -> str:
    """Where a card of one's own is found."""
    return f"us/dreams/mine/{card.root}/"


def listing(inside: Insider, page: Page[Any], *, with_own: bool = True) -> dict[str, list[Listed]]:
    """The dreams of a page, by whose they are. Reads their cards, and nothing that belongs to them."""
    names = list(dict.fromkeys(one.exchange for one in page.items))
    said = sorted(inside.reader.exchanges(names), key=lambda one: names.index(one.exchange))
    found: dict[str, list[Listed]] = {}
    for name, some in groupby(said, key=lambda one: one.exchange):
        one = Listed(standing(name.partition(":")[2], some))
        if with_own or one.now.card.shared:
            found.setdefault(one.now.whose, []).append(one)
    return found


def finding(turn: int) -> list[str]:
    """Questions that help to find a dream: others each day."""
    found = [one.text for one in library().dream_questions if one.stage == "find"]
    return [found[(turn * FIND + i) % len(found)] for i in range(min(FIND, len(found)))]


def writing(
    inside: Insider, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> dict[str, Any]:
    """The composer of a new dream."""
    today = clock.today(inside.me.zone)
    return {
        "text": Fields(typed or inside.drafts.read([NEW]).get(NEW, {})),
        "errors": Fields(errors or {}),
        "choices": CHOICES,
        "finding": finding(today.toordinal()),
        "composer": NEW,
        "why": library().whys.get("dreams"),
    }


def context(
    inside: Insider,
    now: Standing,
    life: Sequence[Said[Any]],
    *,
    ask: int | None = None,
    editing: UUID | None = None,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> dict[str, Any]:
    """A dream's page."""
    can = beside(now, life)
    turn = clock.today(inside.me.zone).toordinal() if ask is None else ask
    asked = question(library().dream_questions, stage(now, life), turn) if can.questions else None
    news = told(life)
    step = next((one for one in life if one.step == STEP and one.mine and one.id == editing), None)
    before = {"step": step.value.text, "when": step.value.when, "then": step.value.then} if step else {}
    fresh = {"text": now.card.value.text, "why": now.card.value.why}
    found = Fields(fresh | _drafts(inside, now) | before | (typed or {}))
    return {
        "now": now,
        "dream": UUID(now.dream),
        "card": now.card,
        "my_card_lives": how(now.mine) == ALIVE,
        "editing": step.id if step else "",
        "holds": now.whose in (MINE, OURS),
        "alive": now.state == ALIVE,
        "can": can,
        "way": _way(inside, can, turn, asked),
        "mine": own_path(now.mine) if now.mine else "",
        "here": path_of(now.dream) if now.card.shared else own_path(now.card),
        "steps": steps(now, life),
        "told": news[-LATELY:],
        "before": news[:-LATELY],
        "light": newest_light(life, mine=False) if now.whose in (MINE, OURS) else None,
        "my_light": newest_light(life, mine=True) if can.light else None,
        "asked": asked,
        "next": turn + 1,
        "tonight": _tonight(life),
        "kept": [one for one in life if one.step == KEPT],
        "hour": _hour(inside, now, can, life, errors),
        "choices": CHOICES,
        "wish": chosen(now.mine),
        "became": path_of(now.mine.value.became) if now.mine and how(now.mine) == SHARED else "",
        "composers": {part: composer(part, now.dream) for part in PARTS},
        "text": found,
        "errors": Fields(errors or {}),
        "why": library().whys.get("dreams"),
    }


PARTS = ("words", "step", "news", "company", "end", "share")


def _drafts(inside: Insider, now: Standing) -> dict[str, str]:
    """What is being typed on the page: each of its fields has a name of its own."""
    kept = inside.drafts.read([composer(part, now.dream) for part in PARTS])
    return {name: text for fields in kept.values() for name, text in fields.items() if text}


def _way(inside: Insider, can: Beside, turn: int, asked: DreamQuestion | None) -> dict[str, Any] | None:
    """The composer that follows what the other wants. A success gets two questions, other ones than `asked` elsewhere."""
    if not can.composer:
        return None
    name = inside.their_card.name if inside.their_card else "your partner"
    others = [one.text for one in library().dream_questions if one.stage == SUCCESS and one != asked]
    glad = others if can.way == SUCCESS else []
    return {
        "words": WAYS[can.way].named(name),
        "begin": [one.text for one in beginnings(library(), can.way, turn)] if can.way != ANSWER else [],
        "glad": [glad[(turn * 2 + i) % len(glad)] for i in range(min(2, len(glad)))],
    }


def _tonight(life: Sequence[Said[Any]]) -> Said[Any] | None:
    """The card that was put out last, until a line is kept of the talk."""
    last = max((one for one in life if one.step in (TONIGHT, KEPT)), key=lambda one: one.seq, default=None)
    return last if last is not None and last.step == TONIGHT else None


def _hour(
    inside: Insider, now: Standing, can: Beside, life: Sequence[Said[Any]], errors: dict[str, str] | None
) -> dict[str, Any] | None:
    """An hour to talk; where one would rather be left in peace, only what that one has asked for."""
    named = hour.standing(life)
    if not (can.hours or named.theirs):
        return None
    path = path_of(now.dream)
    found = hour.context(inside, life, path, errors, action=f"{path}beside/")
    return found if can.hours or found["state"] != "none" else None
