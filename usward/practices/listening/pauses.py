"""When one comes back from a pause: a few choices, or a time of the clock; and how that is said. Pure."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from usward.kit.words import clock_time, day_words

SOON = {"20": "in 20 minutes", "60": "in an hour", "day": "tomorrow, at this time"}


def comes_back(choice: str, at: str, now: datetime, zone: str) -> datetime | None:
    """The moment that was chosen; None where there is none. A time of the clock is the next one that comes."""
    here = now.astimezone(ZoneInfo(zone))
    if at:
        try:
            wanted = datetime.combine(here.date(), time.fromisoformat(at[:5]), here.tzinfo)
        except ValueError:
            return None
        return wanted if wanted > here else wanted + timedelta(days=1)
    if choice == "day":
        return (here + timedelta(days=1)).replace(second=0, microsecond=0)
    return here + timedelta(minutes=int(choice)) if choice in SOON else None


def in_words(back: datetime, today: date, zone: str) -> str:
    """As one says it: at 20:40; tomorrow at 20:40; on 14 June at 20:40."""
    day = back.astimezone(ZoneInfo(zone)).date()
    return f"at {clock_time(back, zone)}" if day == today else f"{day_words(day, today)} at {clock_time(back, zone)}"
