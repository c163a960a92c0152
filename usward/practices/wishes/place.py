"""Where somebody is in the list, and the wish that they are writing: two sealed drafts of theirs."""

from usward.entries.door import Insider
from usward.kit import clock
from usward.kit.unkept import by_the_way
from usward.practices.wishes.deck import Place, from_fields, replace, to_fields
from usward.practices.wishes.entries import OwnWish
from usward.practices.wishes.sheet import OWN_LIMIT

PLACE, COMPOSER = "wishes-place", "own-wish"


def here(inside: Insider) -> tuple[Place, frozenset[str]]:
    """Where they are, and the ids of the other's wishes that have not lain before them until now. Looking writes the place
    anew, as going somewhere does."""
    now = last(inside).come_to(int(clock.now().timestamp()))
    fresh = {
        said.id.hex: said.seq for said in inside.reader.latest(OwnWish, OWN_LIMIT, mine=False) if said.seq > now.seen
    }
    with by_the_way():
        inside.drafts.of_no_words.keep(
            PLACE, to_fields(replace(now, seen=max([now.seen, *fresh.values()]), kept=False))
        )
    return now, frozenset(fresh)


def go_to(inside: Insider, place: Place) -> None:
    """Go somewhere else in the list, now."""
    before = last(inside)
    inside.drafts.of_no_words.keep(PLACE, to_fields(replace(place, at=int(clock.now().timestamp()), seen=before.seen)))


def last(inside: Insider) -> Place:
    """Where they were when they last looked."""
    return from_fields(inside.drafts.of_no_words.read([PLACE]).get(PLACE, {}))


def typed(inside: Insider) -> dict[str, str]:
    """The wish that they are writing."""
    return inside.drafts.read([COMPOSER]).get(COMPOSER, {})


def keep_typed(inside: Insider, fields: dict[str, str]) -> None:
    """Keep a wish that was not taken."""
    inside.drafts.keep(COMPOSER, fields)


def forget_typed(inside: Insider) -> None:
    """It stands on the list now."""
    inside.drafts.drop(COMPOSER)
