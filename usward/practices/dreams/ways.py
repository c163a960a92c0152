"""What the other's composer says, for each support that may be wanted. Words alone; exchange.py says which one it is."""

from dataclasses import dataclass

from usward.content.schema import Beginning, Library
from usward.practices.dreams.entries import ADVISE, CHEER, HELP, LEAVE, SETBACK, SUCCESS
from usward.practices.dreams.exchange import ANSWER

# What the owner chooses from: how it reads for them, and its icon.
CHOICES = (
    (CHEER, "Cheer me on", "sun"),
    (ADVISE, "Advise me", "lightbulb"),
    (HELP, "Help me", "hand-helping"),
    (LEAVE, "Leave me be", "feather"),
)
SHOWN = 3


@dataclass(frozen=True)
class Way:
    """A composer: its heading, a hint, what stands in the empty field, its button; where its beginnings come from."""

    heading: str
    hint: str
    placeholder: str
    button: str
    situation: str = "dream"
    begin: tuple[str, ...] = ()

    def named(self, name: str) -> "Way":
        """The same, with the other's name in it."""
        heading, hint, button = (text.format(name=name) for text in (self.heading, self.hint, self.button))
        return Way(heading, hint, self.placeholder, button, self.situation, self.begin)


WAYS = {
    CHEER: Way(
        "{name} would like to be cheered on",
        "Say what you see in it. How to go about it can wait.",
        "What makes you believe in it?",
        "Cheer {name} on",
        begin=("dream-can-see-it", "dream-want-to-be-there", "dream-your-eyes", "dream-first-day"),
    ),
    ADVISE: Way(
        "{name} would like your advice",
        "A question first, then what you would try. What comes of it is {name}’s to choose.",
        "What would you try first?",
        "Give your advice",
        begin=("dream-ask-first", "dream-would-begin", "dream-what-stands-between", "dream-first-small-step"),
    ),
    HELP: Way(
        "{name} could use a hand",
        "One thing that you can really do, and a day for it.",
        "What do you take on, and when?",
        "Offer it",
        begin=("dream-would-help-by", "dream-take-over", "dream-one-piece", "dream-quiet-question"),
    ),
    SUCCESS: Way("Be glad with {name}", "", "What makes you glad about it?", "Send it to {name}", "success"),
    SETBACK: Way(
        "Be near first",
        "A way out can wait. Say that you see it, and what stays as it was.",
        "What do you see, and what stays?",
        "Send it to {name}",
        "setback",
    ),
    ANSWER: Way("", "", "Answer, in your own words", "Send"),
    "": Way("A word for {name}", "", "In your own words", "Send it to {name}"),
}


def beginnings(found: Library, way: str, turn: int) -> list[Beginning]:
    """Words to begin with: those written for this way, where this library has them; else those of its situation."""
    chosen = [one for id in WAYS[way].begin if (one := found.one(Beginning, id))]
    suited = chosen or [one for one in found.beginnings if one.situation == WAYS[way].situation]
    return [suited[(turn * SHOWN + i) % len(suited)] for i in range(min(SHOWN, len(suited)))]
