"""Today: one calm page. It reads twice for all practices (what stands under today's names; then what these lead to),
asks each for its cards, and arranges them."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.home import places
from usward.kit import clock
from usward.kit.cards import ARRIVED, DAILY, INSTEAD, MORE, Card
from usward.practices.checkin import cards as checkin
from usward.practices.checkin.entries import HARD
from usward.practices.questions import cards as questions
from usward.practices.thanks import cards as thanks
from usward.practices.thanks.entries import Thanks
from usward.talkback import beckon
from usward.talkback import cards as talkback
from usward.talkback.entries import LOOKED, Beckon
from usward.talkback.thread import composer

LATELY = (Thanks, Beckon, *places.LATELY)


@dataclass(frozen=True)
class Today:
    """The cards of a day: what came, the daily ones, and at most one more. `instead` is the path of a page that is shown in its
    place."""

    arrived: list[Card]
    daily: list[Card]
    more: Card | None
    instead: str = ""


def today(inside: Insider, extra: list[Card]) -> Today:
    """Put the page together. `extra` are cards of the house itself (an invitation, words to confirm)."""
    seen = read(inside, [*checkin.wanted(inside), *questions.wanted(inside), LOOKED])
    asked = questions.gather(inside, seen)
    lately = inside.reader.lately(LATELY, clock.today(inside.me.zone) - timedelta(days=beckon.SHOWN_DAYS))
    thanked = thanks.gather(inside, lately)
    replied = talkback.gather(inside, seen.pop(LOOKED, []))
    seen |= read(inside, [*asked.wanted(), *thanked.wanted()])
    composers = [*checkin.composers(inside), *asked.composers(), *thanked.composers()]
    drafts = inside.drafts.read([*composers, *(composer(one.exchange) for one in replied)])
    mine = next((said for said in seen.get(checkin.wanted(inside)[0], []) if said.step == "say"), None)
    hard_day = mine is not None and mine.value.mood in HARD and not checkin.rests(inside, mine)
    found = [
        *extra,
        *checkin.cards(inside, seen, drafts),
        *questions.cards(inside, asked, seen, drafts),
        *thanks.cards(inside, thanked, hard_day, seen, drafts),
    ]
    found += beckon.cards(inside, lately, shown(found)) + places.for_today(inside, lately)
    found += talkback.cards(inside, replied, shown(found), drafts)
    found = sorted(beckon.together(found), key=lambda card: -card.weight)
    more = [card for card in found if card.place == MORE]
    return Today(
        arrived=[card for card in found if card.place == ARRIVED],
        daily=[card for card in found if card.place == DAILY],
        more=more[0] if more else None,
        instead=next((card.context["path"] for card in found if card.place == INSTEAD), ""),
    )


def only(extra: list[Card], names: Container[str]) -> Today:
    """The page of whoever rests: of the cards of the house itself those of these names, and nothing else."""
    stay = [card for card in extra if card.id in names]
    return Today(arrived=sorted(stay, key=lambda card: -card.weight), daily=[], more=None)


def shown(found: list[Card]) -> set[str]:
    """The exchanges that stand on the page with all that was said in them."""
    return {card.context["thread"].exchange for card in found if "thread" in card.context}


def read(inside: Insider, names: list[str]) -> dict[str, list[Said[Any]]]:
    """What may be read of some exchanges, by exchange."""
    seen: dict[str, list[Said[Any]]] = {}
    for one in inside.reader.exchanges(names):
        seen.setdefault(one.exchange, []).append(one)
    return seen


def paused(inside: Insider) -> bool:
    """Whether this person has put Usward aside for now."""
    until = inside.me.paused_until
    return until is not None and clock.today(inside.me.zone) < until


def etag(inside: Insider, session: str, version: str) -> str:
    """A tag that changes whenever this person's Today may: their pulse, the days, the program, the session, and whether
    the PIN is due."""
    me = inside.me
    days = f"{clock.today(me.zone)}{me.space.day_reached}"
    return f'W/"{session[:12]}-{me.pulse}-{days}-{version}{"-pin" * bool(inside.behind)}"'.replace(" ", "")
