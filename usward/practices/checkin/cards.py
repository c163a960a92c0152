"""What the check-in offers to Today: mine to say or change, and theirs to answer."""

from datetime import timedelta
from typing import Any

from usward.content.loader import library
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import ARRIVED, DAILY, Card
from usward.kit.forms import Fields
from usward.practices.checkin import exchange as fold
from usward.practices.checkin.actions import COMPOSER
from usward.practices.checkin.entries import MOODS, NEEDS, CheckIn, exchange_name
from usward.talkback.entries import REPLY
from usward.talkback.thread import composer, thread

MOOD_ICONS = {"bright": "sun", "steady": "smile", "tired": "battery-low", "low": "cloud-rain", "tense": "wind"}
NEED_ICONS = {
    "listen": "ear",
    "help": "hand-helping",
    "hug": "person-standing",
    "space": "door-open",
    "celebrate": "party-popper",
}


def wanted(inside: Insider) -> list[str]:
    """The exchanges that these cards need: mine of today, and theirs of the days that may still be shown."""
    today = clock.today(inside.me.zone)
    names = [exchange_name(inside.me.pk.hex, today.isoformat())]
    if inside.other:
        names += [exchange_name(inside.other.pk.hex, (today + timedelta(days=n)).isoformat()) for n in (-2, -1, 0, 1)]
    return names


def composers(inside: Insider) -> list[str]:
    """The drafts that these cards may hold."""
    return [COMPOSER, *[composer(name) for name in wanted(inside)]]


def cards(inside: Insider, seen: dict[str, list[Said[Any]]], drafts: dict[str, dict[str, str]]) -> list[Card]:
    """The cards, from what the home page has read for us."""
    names = wanted(inside)
    said = seen.get(names[0], [])
    card = mine(inside, said, drafts.get(COMPOSER, {}))
    if card.context["said"] and any(one.step == REPLY for one in said):
        draft = drafts.get(composer(names[0]), {}).get("text", "")
        card.context["thread"] = thread(inside, names[0], said, "any", draft, "/#checkin", visited=False)
    found = [card]
    today = clock.today(inside.me.zone)
    theirs = [one for name in names[1:] for one in seen.get(name, []) if one.step == "say"]
    live = [one for one in theirs if fold.last_day_seen(one.at, inside.me.zone) >= today]
    if live:
        newest = max(live, key=lambda one: one.seq)
        found.append(arrived(inside, newest, seen[newest.exchange], drafts))
    return found


def rests(inside: Insider, said: Said[Any] | None) -> bool:
    """Whether it is for its author alone, and the PIN is due."""
    return bool(inside.behind) and said is not None and not said.shared


def mine(inside: Insider, said: list[Said[Any]], draft: dict[str, str], errors: dict[str, str] | None = None) -> Card:
    """My own check-in: two taps, or what I said and how to change it."""
    said_today = next((one for one in said if one.step == "say"), None)
    context = {
        "said": said_today,
        "moods": [(key, words, MOOD_ICONS[key]) for key, words in MOODS.items()],
        "needs": [(key, words, NEED_ICONS[key]) for key, words in NEEDS.items()],
        "mood": draft.get("mood") or (said_today.value.mood if said_today else ""),
        "need": draft.get("need") or (said_today.value.need if said_today else ""),
        "line": draft.get("line") or (said_today.value.line if said_today else ""),
        "seen_by": inside.me.checkin_seen_by,
        "mood_words": MOODS.get(said_today.value.mood, "") if said_today else "",
        "need_words": NEEDS.get(said_today.value.need, "") if said_today else "",
        "why": library().whys.get("checkin"),
        "errors": Fields(errors or {}),
        "behind_pin": rests(inside, said_today),
    }
    return Card("checkin", "checkin/card.html", context, DAILY, 30)


def arrived(
    inside: Insider, said: Said[CheckIn], everything: list[Said[Any]], drafts: dict[str, dict[str, str]]
) -> Card:
    """Their check-in, with a reply that offers what was asked for."""
    value = said.value
    draft = drafts.get(composer(said.exchange), {}).get("text", "")
    mood = fold.situation(value.mood, value.need)
    context = {
        "said": said,
        "mood_words": MOODS.get(value.mood, ""),
        "offer": fold.OFFERS.get(value.need, ""),
        "quick": fold.REPLIES.get(value.need, ()),
        "glad": fold.GLAD_QUESTIONS if value.need == fold.GOOD_NEWS else (),
        "thread": thread(inside, said.exchange, everything, mood, draft, "/#their-checkin", visited=False),
        "why": library().whys.get("celebrate" if value.need == fold.GOOD_NEWS else "reply"),
    }
    return Card("their-checkin", "checkin/arrived.html", context, ARRIVED, 40)
