"""What a check-in is."""

from datetime import date, datetime

from usward.entries.kinds import Kind, Words, lines, register
from usward.entries.models import Reveal, Scope
from usward.practices.checkin.exchange import last_day_seen

MOODS = {"bright": "Bright", "steady": "Steady", "tired": "Tired", "low": "Low", "tense": "Tense"}
NEEDS = {
    "listen": "Listen",
    "help": "Help",
    "hug": "A hug",
    "space": "Space",
    "celebrate": "Celebrate with me",
}
HARD = ("low", "tense")


@register
class CheckIn(Kind, frozen=True):
    """How somebody is, what would help, a line if they like. Shared or own, as its author chose."""

    name, version, scope, reveal = "checkin", 1, Scope.SHARED, Reveal.AT_ONCE
    or_scopes = (Scope.OWN,)
    mood: str
    need: str = ""
    line: str = ""

    def last_day(self, at: datetime, zone: str) -> date:
        return last_day_seen(at, zone)

    def words(self) -> Words:
        need = NEEDS.get(self.need, self.need)
        mood = MOODS.get(self.mood, self.mood)
        return Words("How I am", lines(("", mood), ("What would help", need), ("", self.line)))


def exchange_name(author: str, day: str) -> str:
    """One exchange an author and day: their check-in, and what was said under it."""
    return f"checkin:{author}:{day}"
