"""What thanks offer to Today: the composer, what came, and on a hard day something kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from usward.content.loader import library
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import ARRIVED, DAILY, KEEP, MORE, Card, Offer
from usward.kit.forms import Fields
from usward.practices.thanks.actions import COMPOSER
from usward.practices.thanks.entries import COMPLIMENT, THANKS, Thanks
from usward.talkback.thread import composer, thread

SHOWN_DAYS, SHOWN_SENT = 1, 4


Seen = dict[str, list[Said[Any]]]
Drafts = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Thanked:
    """What I sent today, and what of the other's is still new."""

    sent: Sequence[Said[Thanks]]
    came: Said[Thanks] | None
    more: int  # how many others came in these days: one card shows one

    def wanted(self) -> list[str]:
        """The exchanges that the cards need then."""
        return [self.came.exchange] if self.came else []

    def composers(self) -> list[str]:
        """The drafts that these cards may hold."""
        return [COMPOSER, *map(composer, self.wanted())]


def gather(inside: Insider, lately: Sequence[Said[Any]]) -> Thanked:
    """Today's thanks, out of what was said lately."""
    today = clock.today(inside.me.zone)
    recent = [one for one in lately if isinstance(one.value, Thanks)]
    came = [one for one in recent if not one.mine and one.since >= today - timedelta(days=SHOWN_DAYS)]
    sent = [one for one in reversed(recent) if one.mine and one.day == today][:SHOWN_SENT]
    return Thanked(sent, max(came, key=lambda one: (one.since, one.seq), default=None), len(came) - 1)


def cards(inside: Insider, thanked: Thanked, hard_day: bool, seen: Seen, drafts: Drafts) -> list[Card]:
    """Today's cards."""
    found = [write(inside, drafts.get(COMPOSER, {}), thanked.sent)]
    if thanked.came:
        found.append(arrived(inside, thanked.came, thanked.more, seen, drafts))
    elif hard_day and inside.other and inside.reader.latest(Thanks, 1, mine=False):  # never a door to nothing, that day
        found.append(Card("kind-words", "thanks/kind_words.html", {}, MORE, 60))
    return found


def write(
    inside: Insider,
    draft: dict[str, str],
    sent: Sequence[Said[Thanks]],
    errors: dict[str, str] | None = None,
) -> Card:
    """The one composer of thanks and compliments."""
    kind = draft.get("kind") or THANKS
    today = clock.today(inside.me.zone)
    turn = today.toordinal()
    prompts = {k: library().prompts_for(k) for k in (THANKS, COMPLIMENT)}
    context = {
        "draft": Fields(draft),
        "kind": kind,
        "sent": sent,
        "prompts": [
            (k, tuple(found[(turn * 2 + i) % len(found)] for i in range(2))) for k, found in prompts.items() if found
        ],
        "tomorrow": today + timedelta(days=1),
        "why": library().whys.get("thanks"),
        "errors": Fields(errors or {}),
    }
    return Card("thanks", "thanks/card.html", context, DAILY, 10)


def arrived(inside: Insider, said: Said[Thanks], more: int, seen: Seen, drafts: Drafts) -> Card:
    """What the other thanked me for."""
    context = {
        "said": said,
        "more": more,
        "thread": thread(
            inside,
            said.exchange,
            seen.get(said.exchange, []),
            "thanks",
            drafts.get(composer(said.exchange), {}).get("text", ""),
            "/#came-thanks",
            visited=False,
        ),
    }
    return Card("came-thanks", "thanks/arrived.html", context, ARRIVED, 30)


def offers(_: Insider) -> list[Offer]:
    """The thanks so far."""
    return [Offer(KEEP, "Thanks", "What you thanked each other for, and noticed.", "thanks/", "sun", weight=30)]
