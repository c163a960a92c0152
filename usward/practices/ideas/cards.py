"""What the pages of ideas need."""

from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from usward.content.loader import library
from usward.content.schema import Idea
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.practices.ideas import actions, moment
from usward.practices.ideas.choose import NEW, newest
from usward.practices.ideas.entries import (
    DECIDE,
    OPEN,
    SECOND,
    SLOT,
    Answers,
    Drawn,
    Match,
    Verdict,
    hobby_exchange,
    idea_exchange,
    title,
)
from usward.practices.ideas.exchange import KEPT, Standing, standings
from usward.practices.ideas.traits import Frame

A_PAGE, HOBBIES, EARLIER = 24, 48, 3
PLACES = {"home": "at home", "outside": "outside", "town": "in town", "away": "away", "anywhere": "anywhere"}
COSTS = ("costs nothing", "costs a little", "costs some", "costs more")
ASKS = ("seated", "gentle", "lively", "sporty")


def context(inside: Insider, cursor: str, asked: Frame | None = None) -> dict[str, Any]:
    """The page. `asked` is a frame that no idea fitted."""
    rounds, before = actions.rounds(inside), actions.newest(inside)
    stands = inside.reader.own(Answers, SLOT)
    mine = newest(stands.value.said) if stands else {}
    matches, following = _matches(inside, cursor)
    hobbies = _hobbies(inside, matches)
    now = rounds[0] if rounds else None
    by_idea = {one.idea: one for one in reversed(matches)}  # of one idea the newest
    shown = [_round(one, mine, by_idea) for one in rounds[: EARLIER + 1]]
    open_ones = [one for one in matches if one.how == OPEN]
    three = shown[0]["ideas"] if shown else []
    frame = asked or (now.value.frame if now else _suggested(inside, before))
    return {
        "three": shown[0] if shown else None,
        "told": moment.told(now.value.frame) if now else "",
        "passed": bool(now) and all(one["mine"] is False for one in three),
        "answered": bool(now) and all(one["mine"] is not None or one["match"] for one in three),
        "earlier": [
            one for one in shown[1:] if any(idea["mine"] is None and not idea["match"] for idea in one["ideas"])
        ],
        "open": open_ones,
        "waiting": [line(one) for one in open_ones],
        "closed": [line(one) for one in matches if one.how != OPEN],
        "following": following,
        "later": bool(cursor),
        "paths": [line(one) for one in hobbies if one.path in (SECOND, DECIDE)],
        "kept": [line(one) for one in hobbies if one.path == KEPT],
        "form": _form(inside, frame, before),
        "nothing": asked is not None,
        "why": library().whys.get("ideas"),
    }


def _matches(inside: Insider, cursor: str) -> tuple[list[Standing], str]:
    """A page of matches, newest first, each with what became of it; and where the next page begins."""
    page = inside.reader.page(Match, A_PAGE, cursor)
    names = {idea_exchange(one.value.idea) for one in page.items} | {hobby_exchange(one.root.hex) for one in page.items}
    ids = {one.root.hex for one in page.items}
    found = [one for one in standings(inside.reader.exchanges(sorted(names))) if one.id in ids]
    return sorted(found, key=lambda one: -one.match.seq), page.next


def _hobbies(inside: Insider, matches: list[Standing]) -> list[Standing]:
    """The paths into a hobby: of the matches on this page, and of those on which something was decided earlier."""
    known = {one.id: one for one in matches}
    said = inside.reader.latest(Verdict, HOBBIES)
    more = {one.exchange: one.value.idea for one in said if one.exchange.partition(":")[2] not in known}
    names = [*more, *(idea_exchange(idea) for idea in dict.fromkeys(more.values()))]
    for one in standings(inside.reader.exchanges(names)) if names else []:
        if hobby_exchange(one.id) in more:
            known[one.id] = one
    return [one for one in sorted(known.values(), key=lambda one: -one.match.seq) if one.path]


def _round(drawn: Said[Drawn], mine: dict[str, Any], matches: dict[str, Standing]) -> dict[str, Any]:
    """A round as I see it: its ideas, with what I said to each, and the match that came of it."""
    ideas = []
    for nth, name in enumerate(drawn.value.ideas):
        idea = library().one(Idea, name)
        if idea is None:
            continue  # a pack that has been taken away
        said, match = mine.get(name), matches.get(name)
        ideas.append(
            words(idea)
            | {
                "nth": nth,
                "mine": said.liked if said and said.day >= drawn.value.day else None,
                "match": match if match and match.match.seq > drawn.seq else None,
            }
        )
    return {"id": str(drawn.root), "ideas": ideas}


def words(idea: Idea) -> dict[str, Any]:
    """An idea as a page shows it."""
    facts = [moment.long(idea.minutes), COSTS[idea.money], ASKS[idea.energy], PLACES[idea.place]]
    return {
        "id": idea.id,
        "words": idea.words,
        "how": idea.how,
        "first_step": idea.first_step,
        "facts": facts,
        "new": idea.newness == NEW,
    }


def line(now: Standing) -> dict[str, Any]:
    """A match in a list."""
    return {
        "path": actions.path_of(now.id),
        "words": title(now.idea),
        "mine": now.planned_by_me,
        "how": now.how,
        "path_at": now.path,
        "day": now.over.day if now.over else now.match.day,
        "said": now.mine is not None,
    }


def one(now: Standing) -> dict[str, Any]:
    """The page of a match."""
    idea = library().one(Idea, now.idea)
    return {
        "now": now,
        "at": now.path,
        "title": title(now.idea),
        "idea": words(idea) if idea else None,
        "path": actions.path_of(now.id),
        "plan": f"plan/new/?idea={now.idea}",
        "why": library().whys.get("ideas"),
    }


def _zones(inside: Insider) -> set[str]:
    return {one.zone for one in (inside.me, inside.other) if one}


def season(inside: Insider) -> str:
    """The season where the two live, if it is one."""
    return moment.seasons_of(_zones(inside), clock.today(inside.me.zone).month)


def _suggested(inside: Insider, before: Said[Drawn] | None) -> Frame:
    now = clock.now().astimezone(ZoneInfo(inside.me.zone))
    return moment.suggested(now, _zones(inside), before.value.frame if before else None)


def _form(inside: Insider, frame: Frame, before: Said[Drawn] | None) -> dict[str, Any]:
    """The chips of a frame, and the round that another would follow."""
    here = season(inside)
    return {
        "after": str(before.root) if before else "",
        "rows": (
            ("minutes", "How long?", moment.MINUTES, frame.minutes),
            ("energy", "How much is in you?", moment.ENERGY, frame.energy),
            ("where", "Where?", moment.WHERE, frame.place),
            ("when", "When?", moment.WHEN, frame.daytime),
            ("money", "What may it cost?", moment.MONEY, frame.money),
        ),
        "rest": moment.told(replace(frame, minutes=0, energy=3, place="")) or "When, and what it may cost",
        "apart": frame.apart,
        "season": here,
        "any_season": bool(here) and not frame.season,
    }
