"""What the days and times of one calendar mean: the instants that they are, where its owner lives. Pure."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from usward.calendars import zones
from usward.calendars.lines import Property
from usward.calendars.values import Bad, Length, duration, read

When = date | datetime


class Times:
    """`home` is the zone of the calendar's owner, `wr_zone` the one that it names itself; `described` are the zones of its file,
    as it describes them."""

    def __init__(self, home: ZoneInfo, wr_zone: tzinfo | None, described: Mapping[str, str]) -> None:
        self.wr_zone = wr_zone
        self._home, self._described = home, described
        self._zones: dict[str, tzinfo | None] = {}

    def when(self, line: Property, like: When | None = None) -> When:
        """A day, or an aware time. A floating one is of the zone of `like`, of the calendar, or of its owner."""
        text = line.value.strip().strip('"')
        value = read(text)
        if isinstance(value, datetime) and str(line.params.get("VALUE", "")).upper() == "DATE":
            return value.date()
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=self._zone_of(line, like))
        if isinstance(value, date):
            return value
        raise Bad("its times cannot be read")

    def _zone_of(self, line: Property, like: When | None) -> tzinfo:
        name = str(line.params.get("TZID", "")).strip("\"' ")
        if not name and not self._described.get(name):  # Exchange may describe the zone to which it gave no name
            return (like.tzinfo if isinstance(like, datetime) else None) or self.wr_zone or self._home
        if name not in self._zones:
            self._zones[name] = zones.zone(name, self._described)
        found = self._zones[name]
        if found is None:
            raise Bad("nobody knows its time zone")
        return found

    def period(self, line: Property, text: str) -> tuple[datetime, datetime]:
        first, _, last = text.partition("/")
        begins = self.when(Property(line.params, first))
        if not isinstance(begins, datetime):
            raise Bad("a day is no span of time")
        if last.upper().lstrip("+").startswith("P"):
            return begins, self.after(begins, duration(last))
        ends = self.when(Property(line.params, last))
        if not isinstance(ends, datetime):
            raise Bad("a day is no span of time")
        return begins, ends

    def like(self, when: When, start: When) -> When:
        """A day or a time of the kind that the beginning is of. A time that is midnight where the calendar's owner is stands for
        the day that begins there then, in whatever zone it is told: Exchange ends in UTC what takes whole days."""
        if isinstance(start, datetime):
            return when if isinstance(when, datetime) else datetime.combine(when, start.timetz())
        if not isinstance(when, datetime):
            return when
        at_home = when.astimezone(self._home)
        return (when if at_home.time() != time() else at_home).date()

    def after(self, start: When, length: Length) -> datetime:
        """When something ends that begins then, and takes so long."""
        return self.instant(start + timedelta(length.days) if length.days else start) + length.exact

    def instant(self, when: When) -> datetime:
        if isinstance(when, datetime):
            return when.astimezone(UTC)
        return datetime.combine(when, time(), self._home).astimezone(UTC)
