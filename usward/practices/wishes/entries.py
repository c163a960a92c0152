"""What is kept of wishes. An answer is *own*; what passes between the two is *joint*, and is points and noise.

docs/wishes.md tells the whole exchange, and what each of these could show to whom.
"""

import msgspec

from usward.content.loader import library
from usward.content.schema import Wish
from usward.entries.kinds import Kind, Silent, Words, lines, register
from usward.entries.models import Reveal, Scope

YES, MAYBE, LATER, NO, UNSAID = "y", "m", "l", "n", "-"
ANSWERS = {YES: "Yes", MAYBE: "Maybe", LATER: "Not now", NO: "No"}
OWN_PREFIX = "own-"


class Sheet(msgspec.Struct, frozen=True):
    """All that one person has answered, with a place for every wish of the list: a sheet is as long, whatever it says.

    `toward` is the partner to whom it was said: it counts toward nobody else. `words` holds, four bytes a wish, a hash of
    the text that was answered; `seen`, a byte a wish, which matches they have looked at. `maybes` lets a maybe count, where
    the other lets it count too. `level` is how far into intimacy this person goes along: 0 is not at all.
    """

    toward: str = ""
    wishes: tuple[str, ...] = ()
    answers: str = ""
    words: bytes = b""
    seen: bytes = b""
    maybes: bool = False
    level: int = 0


@register
class OwnWish(Kind, frozen=True):
    """A wish that one of the two has put on both lists. Its words are for both; how its author answers it is not."""

    name, version, scope, reveal = "own-wish", 1, Scope.SHARED, Reveal.AT_ONCE
    text: str
    topic: str
    level: int = 0

    def words(self) -> Words:
        return Words("A wish, put on both lists", [("", self.text)])


@register
class Side(Silent, frozen=True):
    """One side of an exchange: for every wish that it is about a point or two, and a tag or two said to the other side.

    `stamp` names the points; `said_to` is the stamp of those to whom the tags were said. Where nothing was said yet it is
    zeros, and so are the tags.
    """

    name, version, scope, reveal, history = "wishes-side", 1, Scope.JOINT, Reveal.NEVER, False
    stamp: bytes
    wishes: tuple[str, ...]
    points: bytes
    said_to: bytes
    tags: bytes


@register
class Record(Kind, frozen=True):
    """What one person keeps to themselves of an exchange: what their points were made of, and what has met.

    `wants` and `found` have a byte for each of the wishes that it is about. `hear` is what the other side will say of
    those that meet; `heard` tells that it has.
    """

    name, version, scope, reveal, history = "wishes-record", 1, Scope.OWN, Reveal.NEVER, False
    week: int
    stamp: bytes
    seed: bytes
    said_to: bytes
    wishes: tuple[str, ...]
    wants: bytes
    found: bytes
    hear: bytes
    heard: bool
    sheet: Sheet

    def words(self) -> Words:
        said = zip(self.sheet.wishes, self.sheet.answers, strict=False)
        found = lines(*((ANSWERS[answer], _text(wish)) for wish, answer in said if answer in ANSWERS))
        return Words("Wishes, as you answered them", found, told=bool(found))


def _text(wish: str) -> str:
    found = library().one(Wish, wish)
    return found.text if found else "A wish that one of you wrote" if wish.startswith(OWN_PREFIX) else wish
