"""What the clock suggests for a frame: how long, when in the day, and which season it is there. Pure but for one table.

The season follows from the zone: the table of places that comes with the time zones says how far north or south a zone's
main place lies. Between the tropics, and where a zone has no place, nothing is said of seasons.
"""

from datetime import datetime
from functools import cache
from importlib.resources import files

from msgspec.structs import replace

from usward.content.schema import SEASONS
from usward.practices.ideas.traits import Frame

LEAST = {900: 200, 4320: 900}
MINUTES = {30: "Half an hour", 75: "An hour", 180: "Two or three", 900: "A day", 4320: "Longer"}
MONEY = {0: "Nothing", 1: "A little", 2: "Some", 3: "More"}
ENERGY = {0: "Little", 1: "Some", 2: "A lot", 3: "Plenty"}
WHERE = {"": "Anywhere", "home": "At home", "outside": "Outside", "town": "In town", "away": "Away"}
WHEN = {"": "Any time", "morning": "Morning", "day": "Day", "evening": "Evening"}
TROPIC = 23.4
SATURDAY = 5
TONIGHT = 180
"""Minutes: what takes longer is for another day, so that the hour of this one does not matter to it."""


@cache
def latitudes() -> dict[str, float]:
    """How many degrees north each zone's main place lies, from the zone table of the tz database (±DDMM or ±DDMMSS)."""
    found = {}
    for line in files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="ascii").splitlines():
        if line and not line.startswith("#"):
            _, place, zone = line.split("\t")[:3]
            found[zone] = int(place[:3]) + int(place[0] + place[3:5]) / 60
    return found


def season(zone: str, month: int) -> str:
    """The season of a month in a zone, by the calendar's quarters; "" where there is none to speak of."""
    latitude = latitudes().get(zone, 0.0)
    if abs(latitude) < TROPIC:
        return ""
    return SEASONS[(month // 3 - 1 + (2 if latitude < 0 else 0)) % 4]


def seasons_of(zones: set[str], month: int) -> str:
    """The season of all of some zones; "" where they differ."""
    found = {season(zone, month) for zone in zones}
    return found.pop() if len(found) == 1 else ""


def suggested(now: datetime, zones: set[str], before: Frame | None) -> Frame:
    """The frame that stands in the form at first. `now` is by the reader's clocks; `before` the last one that was asked for.

    A weekday asks for an evening hour that needs little; a weekend day for as long as it is light. Money, place and whether
    the two are apart stay as they were; at first they are apart where they live by different clocks.
    """
    weekend = now.weekday() >= SATURDAY
    by_day = weekend and now.hour < 16
    return Frame(
        minutes=TONIGHT if weekend else 75,
        money=before.money if before else 1,
        energy=2 if by_day else 1,
        place=before.place if before else "",
        season=seasons_of(zones, now.month),
        daytime="day" if by_day else "evening",
        apart=before.apart if before else len(zones) > 1,
    )


def trimmed(frame: Frame) -> Frame:
    """A frame as it is asked for: whoever has a day or more is not bound to an hour of it, nor asks for a short thing."""
    daytime = frame.daytime if frame.minutes <= TONIGHT else ""
    return replace(frame, daytime=daytime, least=LEAST.get(frame.minutes, 0))


def told(frame: Frame) -> str:
    """A frame in a line: "An hour, a little money, some energy, at home, in the evening, in autumn"."""
    parts = [
        MINUTES.get(frame.minutes, ""),
        {0: "no money", 1: "a little money", 2: "some money"}.get(frame.money, ""),
        {0: "little energy", 1: "some energy", 2: "a lot of energy"}.get(frame.energy, ""),
        WHERE[frame.place].lower() if frame.place else "",
        {"morning": "in the morning", "day": "by day", "evening": "in the evening"}.get(frame.daytime, ""),
        f"in {frame.season}" if frame.season else "",
        "while you are apart" if frame.apart else "",
    ]
    return ", ".join(part for part in parts if part).capitalize()


def long(minutes: int) -> str:
    """How long an idea takes, as one says it."""
    if minutes < 60:
        return f"{minutes} minutes"
    for most, words in ((75, "an hour"), (100, "an hour and a half"), (140, "two hours"), (180, "two or three hours"),
                        (300, "a few hours"), (480, "half a day"), (960, "a day"), (1440, "a day and a night"),
                        (2880, "two days")):  # fmt: skip
        if minutes <= most:
            return words
    return "three days"
