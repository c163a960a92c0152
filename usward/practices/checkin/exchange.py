"""Where a check-in stands: pure."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

GOOD_NEWS = "celebrate"


def last_day_seen(said_at: datetime, reader_zone: str) -> date:
    """The last local day on which the other sees it: the one after the day, by their clock, on which it was said."""
    return said_at.astimezone(ZoneInfo(reader_zone)).date() + timedelta(days=1)


def situation(mood: str, need: str) -> str:
    """Which beginnings of a reply suit: `high`, `low`, or `any`."""
    if need == GOOD_NEWS:
        return "high"
    return "low" if mood in ("low", "tense", "tired") else "any"


OFFERS = {
    "listen": "would like you to listen",
    "help": "would like a hand with something",
    "hug": "would like a hug",
    "space": "would like some space",
    "celebrate": "has good news to celebrate",
    "": "",
}

# What one tap answers, in one's own name, to what was asked for.
REPLIES = {
    "listen": ("I’m all ears tonight.", "Tell me when you like, I won’t try to fix it."),
    "help": ("Tell me one thing that I can take off you.", "I'm in. What first?"),
    "hug": ("One long hug, as soon as I’m near.", "Come here."),
    "space": ("Take all the room you need. I'm around.", "No rush. I'm here after."),
    "celebrate": ("That is wonderful. I'm so glad for you.", "Tell me everything."),
}
# The two questions that good news deserves.
GLAD_QUESTIONS = ("Which moment of it do you want to keep?", "What did it take from you to get there?")
