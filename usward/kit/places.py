"""The places that there are, in the order of the bar. One that is not built yet has no door."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """One of them; `path` is as from the root of Usward."""

    slug: str
    path: str
    icon: str
    label: str


PLACES = (
    Place("today", "", "sun", "Today"),
    Place("talk", "talk/", "messages-square", "Talk"),
    Place("plan", "plan/", "calendar-days", "Plan"),
    Place("keep", "keep/", "archive", "Keep"),
    Place("us", "us/", "users", "Us"),
)
