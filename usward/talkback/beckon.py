"""Beckoning: one of the two has done a step of something, and the other's Today shows a card that leads there.

A practice declares its signs where it is loaded, and puts one whenever it is the other's turn, or something is there:

    INVITED = sign("listening-invited", "{name} would like to talk with you", "Come and see")
    beckon(inside, exchange, INVITED, f"talk/listening/{exchange}/")

In an exchange the newest sign is the one that counts. Whoever goes there is not made to answer: `been` takes the card
away, as an own entry, of which the other learns nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from usward.entries.door import Insider
from usward.entries.models import Reveal, Scope
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import ARRIVED, Card
from usward.kit.unkept import by_the_way
from usward.talkback.entries import BECKON, Beckon

SHOWN_DAYS = 3
AT_MOST = 2
TEMPLATE = "talkback/beckon.html"
_signs: dict[str, "Sign"] = {}


@dataclass(frozen=True)
class Sign:
    """The words of a card: `{name}` is whoever beckons; `door` stands on the way in."""

    slug: str
    words: str
    door: str


def sign(slug: str, words: str, door: str) -> Sign:
    """Declare a sign. Entries hold its slug alone, so that its words may be mended."""
    _signs[slug] = Sign(slug, words, door)
    return _signs[slug]


def beckon(inside: Insider, exchange: str, which: Sign, path: str, day: date | None = None, both: bool = False) -> None:
    """Put a card on the other's Today: now, or from a day on; with `both` on one's own as well. `path` is as from the root,
    without a slash before it."""
    inside.writer.put(
        Beckon(which.slug, path, both),
        exchange=exchange,
        step=BECKON,
        reveal=Reveal.FROM_DAY if day else Reveal.AT_ONCE,
        reveal_day=day,
    )


def call_both(inside: Insider, exchange: str, which: Sign, path: str, day: date) -> None:
    """Put a card on the Today of both from a day on that is still to come. It takes the place of whatever lay in this
    exchange, which holds such cards alone; so it is for what both have agreed to, or what needs nobody's leave."""
    call_neither(inside, exchange)
    if day > inside.me.space.day_reached:
        beckon(inside, exchange, which, path, day, both=True)


def call_neither(inside: Insider, exchange: str) -> None:
    """Nobody is called any longer by what lies in this exchange, whoever put it there and for whichever day: the newest
    card counts, and this one has no sign. What the other has put there for a day to come cannot be seen, nor taken back."""
    call_off(inside, exchange)
    inside.writer.put(Beckon("", ""), exchange=exchange, step=BECKON)


def call_off(inside: Insider, *exchanges: str) -> None:
    """Take back one's own cards in some exchanges: those that are there, and those that still wait for their day."""
    for one in inside.reader.exchanges(exchanges):
        if one.step == BECKON and one.mine and one.shared:
            inside.writer.withdraw(one.id)


def been(inside: Insider, *exchanges: str) -> None:
    """Take the cards of some exchanges off one's own Today, where there are any. The other learns nothing of it."""
    newest = {one.exchange: one for one in inside.reader.exchanges(exchanges) if one.step == BECKON}
    for exchange, one in newest.items():
        if calls(one):
            with by_the_way(inside.me):
                inside.writer.put(Beckon("", ""), exchange=exchange, step=BECKON, scope=Scope.OWN)


def calls(one: Said[Beckon]) -> bool:
    """Whether a card is there for the one who reads it."""
    return one.value.sign in _signs and (not one.mine or (one.value.both and one.open))


def met(exchange: str) -> str:
    """The exchange of a sign that says: there is something of the other's to read in this one. Apart from their words, so that
    it goes when they do."""
    return f"met:{exchange}"


def out(exchange: str) -> str:
    """The exchange of a sign that says: a card lies out for this one, to be opened together."""
    return f"out:{exchange}"


def waiting(inside: Insider, lately: list[Said[Any]]) -> list[Said[Beckon]]:
    """The signs that still count, newest first. Pure but for the clock."""
    first = clock.today(inside.me.zone) - timedelta(days=SHOWN_DAYS)
    newest: dict[str, Said[Beckon]] = {}
    for one in lately:
        before = newest.get(one.exchange)
        if isinstance(one.value, Beckon) and (before is None or one.seq > before.seq):
            newest[one.exchange] = one
    open_ones = [one for one in newest.values() if calls(one) and one.since >= first]
    return sorted(open_ones, key=lambda one: (one.since, one.seq), reverse=True)


def cards(inside: Insider, lately: list[Said[Any]], shown: Collection[str] = ()) -> list[Card]:
    """At most two cards; the rest is found in its place. Of what both said in the exchanges that are `shown` on this very
    page, and of the card that lies out for one of them, none has to tell, today or later."""
    here = {name(exchange) for exchange in shown for name in (met, out)}
    found = waiting(inside, lately)
    if seen := [one.exchange for one in found if one.exchange in here]:
        been(inside, *seen)
        found = [one for one in found if one.exchange not in here]
    if dated := [one.exchange for one in found if one.reveal_day]:  # it may have been let go long before its day
        found = waiting(inside, [*lately, *inside.reader.exchanges(dated)])
    name = inside.their_card.name if inside.their_card else "Your partner"
    return [
        card(f"beckon-{number}", its.words.format(name=name), its.door, one.value.path, weight=40 - number)
        for number, one in enumerate(found[:AT_MOST])
        for its in [_signs[one.value.sign]]
    ]


def card(name: str, words: str, door: str, path: str, place: str = ARRIVED, weight: int = 0) -> Card:
    """A card that only says a sentence and leads somewhere."""
    return Card(name, TEMPLATE, {"signs": [{"words": words, "door": door, "path": path}]}, place, weight)


def together(cards: list[Card]) -> list[Card]:
    """Such cards among what came become one, in the place of the heaviest: a lively day stays a calm page."""
    signs = [one for one in cards if one.template == TEMPLATE and one.place == ARRIVED]
    if len(signs) < 2:
        return cards
    signs.sort(key=lambda one: -one.weight)
    rows = [row for one in signs for row in one.context["signs"]]
    one = Card("signs", TEMPLATE, {"signs": rows}, ARRIVED, signs[0].weight)
    return [one, *(other for other in cards if other not in signs)]
