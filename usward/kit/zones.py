"""The time zones that a person can choose from: one city a region of the world, grouped by continent."""

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from usward.kit import clock

Choice = tuple[str, str]  # the zone's IANA name, and what a person reads


@cache
def names() -> tuple[str, ...]:
    """The zones in use, from the table of the `tzdata` package (without old spellings of the same)."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    found = {line.split("\t")[2].strip() for line in table.splitlines() if line and not line.startswith("#")}
    return tuple(sorted(name for name in found if clock.known_zone(name)))


def city(name: str) -> str:
    """What people call a zone: its city, with the region where one is named ("Indianapolis, Indiana")."""
    _, *rest = name.replace("_", " ").split("/")
    return ", ".join(reversed(rest)) or name


def choices(present: str) -> list[tuple[str, list[Choice]]]:
    """(continent, zones) with the time that it is there; the present one stands first, by itself."""
    now = clock.now()

    def read(name: str) -> Choice:
        return name, f"{city(name)}, {now.astimezone(ZoneInfo(name)):%H:%M} now"

    groups: dict[str, list[Choice]] = {"Now": [read(present)]}
    for name in names():
        groups.setdefault(name.split("/", 1)[0], []).append(read(name))
    groups["Everywhere"] = [("UTC", f"UTC, {now:%H:%M} now")]
    return [(group, sorted(found, key=lambda one: one[1])) for group, found in groups.items()]
