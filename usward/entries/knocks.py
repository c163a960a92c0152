"""When somebody is knocked for: something new is there, or a day has come for which something waited."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from usward.entries.models import Act, Entry, Knock, Reveal, Scope
from usward.entries.queries import open_to_other, with_opened
from usward.kit import clock
from usward.spaces.models import Partner


def begun() -> datetime:
    """A moment that is over, and does not tell the time of day at which something was said."""
    return datetime.combine(clock.now().date(), time(0), UTC)


def _morning(day: date, author_zone: str, reader_zone: str) -> datetime:
    """When a day that was waited for may knock: at nine in the morning there, once it has begun for both."""
    nine = datetime.combine(day, time(9), ZoneInfo(reader_zone)).astimezone(UTC)
    return max(nine, datetime.combine(day, time(0), ZoneInfo(author_zone)).astimezone(UTC))


def knock_on_day(author: Partner, other: Partner, day: date | None) -> None:
    """See that the other is knocked for on a day once, if something of the author's still waits for it; else not."""
    if day is None or day <= author.space.day_reached:
        return
    rows = Entry.objects.filter(space_id=author.space_id, author_id=author.pk, act=Act.SAY, current=True)
    waiting = with_opened(rows.filter(scope=Scope.SHARED, reveal=Reveal.FROM_DAY, reveal_day=day))
    at = _morning(day, author.zone, other.zone)
    if waiting.exclude(open_to_other(author.space.day_reached)).exists():
        Knock.objects.get_or_create(partner=other, not_before=at)
    else:
        Knock.objects.filter(partner=other, not_before=at).delete()
