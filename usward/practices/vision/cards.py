"""The door to the years ahead, and what a year's page needs."""

from typing import Any

from usward.content.loader import library
from usward.entries.door import Insider
from usward.kit.cards import US, Offer
from usward.kit.forms import Fields
from usward.practices.vision.actions import composer, path_of
from usward.practices.vision.entries import Vision, exchange_name
from usward.practices.vision.exchange import ask, rows, standing, years_before
from usward.talkback import hour
from usward.talkback.entries import BECKON

SHOWN_YEARS = 12


def this_year(inside: Insider) -> int:
    """The year that has begun for both, so that the two always write in the same one."""
    return inside.me.space.day_reached.year


def offers(inside: Insider) -> list[Offer]:
    """The way in."""
    year = this_year(inside)
    now = standing(inside.reader.exchange(exchange_name(year)))
    state = "you have both written" if now.both else "yours is written" if now.mine else ""
    words = "Once a year: written apart, read side by side, with last year’s words next to it."
    return [Offer(US, "The years ahead", words, "us/vision/", "telescope", "an evening", state, 88)]


def context(
    inside: Insider,
    year: int,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    editing: bool = False,
) -> dict[str, Any]:
    """A year's page. What lies beside it, the last year in which both wrote, is read once both have written."""
    exchange = exchange_name(year)
    said = inside.reader.exchange(exchange)
    now = standing(said)
    earlier = years_before(inside.reader.latest(Vision, 2 * SHOWN_YEARS), year)
    last = standing(inside.reader.exchange(exchange_name(earlier[0]))) if earlier and now.both else standing([])
    beside, alone = rows(now, last) if now.both else ([], [])
    asked = ask(library().dream_questions, year, bool(earlier))
    before = now.texts(True) if editing else {}
    text = Fields(typed or inside.drafts.read([composer(year)]).get(composer(year)) or before)
    return {
        "year": year,
        "now": now,
        "writing": not now.mine or editing or bool(errors and "carry" not in errors and "day" not in errors),
        "editing": editing and now.mine is not None,
        "fields": [(one, text[one.id]) for one in asked],
        "rows": beside,
        "alone": alone,
        "last": last if last.both else None,
        "last_year": earlier[0] if last.both else None,
        "earlier": earlier,
        "my_carry": next((one for one in now.carried if one.mine), None),
        "carry": text["carry"],
        "invited": any(one.step == BECKON and one.mine and one.shared for one in said),
        "hour": hour.context(inside, said, path_of(year), errors)
        if inside.other and year == this_year(inside)
        else None,
        "composer": composer(year),
        "where": path_of(year),
        "errors": Fields(errors or {}),
        "why": library().whys.get("vision"),
    }
