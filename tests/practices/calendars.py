"""Calendars as the two add them, in words that their tests share."""

from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from usward.freebusy import work

SECRET = "Interview at the other firm"


def ics(*events: tuple[str, str]) -> bytes:
    """A calendar with events from, to (UTC, as 20261127T183000)."""
    lines = ["BEGIN:VCALENDAR"]
    for start, end in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uuid4()}",
            f"SUMMARY:{SECRET}",
            f"DTSTART:{start}Z",
            f"DTEND:{end}Z",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("mine.ics", data, "text/calendar")


def read_all() -> None:
    """What the thread would do now."""
    while not work._waiting.empty():
        work.do(work._waiting.get())
