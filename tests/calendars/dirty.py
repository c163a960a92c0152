"""Calendars as programs write them, each with one kind of dirt, and what their owner in Berlin is then busy with."""

from typing import NamedTuple


class Dirt(NamedTuple):
    """What stands between BEGIN:VCALENDAR and its end, the busy hours (UTC, as yyyy-mm-ddThh:mm/hh:mm) of March and April
    2026, and words of what was skipped."""

    text: str
    busy: list[str]
    said: str = ""


def event(*lines: str) -> str:
    return "\n".join(["BEGIN:VEVENT", "UID:one@example", "SUMMARY:A secret title", *lines, "END:VEVENT"])


GOOD = event("DTSTART:20260401T100000Z", "DTEND:20260401T110000Z").replace("one@", "good@")
GOOD_BUSY = "2026-04-01T10:00/11:00"
OUTLOOK = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
AT_NINE = ["2026-03-27T08:00/09:00", "2026-03-30T07:00/08:00"]  # nine in Berlin, before and after the change of clocks


def twice(tzid: str) -> str:
    return event(
        f"DTSTART;TZID={tzid}:20260327T090000",
        f"DTEND;TZID={tzid}:20260327T100000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,FR;COUNT=2",
    )


DIRT = {
    "a title and an alarm with a length": Dirt(
        event(
            "DTSTART:20260302T100000Z",
            "DTEND:20260302T110000Z",
            "BEGIN:VALARM",
            "DURATION:PT5H",
            "TRIGGER:-PT15M",
            "END:VALARM",
        ),
        ["2026-03-02T10:00/11:00"],
    ),
    "zone of the database": Dirt(twice("Europe/Berlin"), AT_NINE),
    "zone in quotes": Dirt(twice('"Europe/Berlin"'), AT_NINE),
    "zone in small letters": Dirt(twice("europe/berlin"), AT_NINE),
    "zone with a prefix": Dirt(twice("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin"), AT_NINE),
    "zone of Windows": Dirt(twice("W. Europe Standard Time"), AT_NINE),
    "what Outlook shows": Dirt(twice('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"'), AT_NINE),
    "what Outlook shows in full stops": Dirt(twice('"(GMT+01.00) Sarajevo/Warsaw/Zagreb"'), AT_NINE),
    "a region that Outlook shows": Dirt(
        event(
            'DTSTART;TZID="(UTC-05:00) Eastern Time (US & Canada)":20260401T090000',
            'DTEND;TZID="(UTC-05:00) Eastern Time (US & Canada)":20260401T100000',
        ),
        ["2026-04-01T13:00/14:00"],
    ),
    "described in the file": Dirt(OUTLOOK + twice("Customized Time Zone"), AT_NINE),
    "described after its use": Dirt(twice("Customized Time Zone") + "\n" + OUTLOOK, AT_NINE),
    "described, half of it broken": Dirt(
        OUTLOOK.replace("TZOFFSETTO:+0200", "TZOFFSETTO:summer") + twice("Customized Time Zone"),
        ["2026-03-27T08:00/09:00", "2026-03-30T08:00/09:00"],
    ),
    "described by a place": Dirt(
        "BEGIN:VTIMEZONE\nTZID:Home\nX-LIC-LOCATION:Europe/Berlin\nEND:VTIMEZONE\n" + twice("Home"), AT_NINE
    ),
    "described wrongly, but known": Dirt(
        OUTLOOK.replace("Customized Time Zone", "Europe/Berlin").replace("+0200", "+0900") + twice("Europe/Berlin"),
        AT_NINE,
    ),
    "empty zone": Dirt(twice(""), AT_NINE),
    "no zone": Dirt(event("DTSTART:20260327T090000", "DTEND:20260327T100000"), AT_NINE[:1]),
    "no zone, but the calendar has one": Dirt(
        "X-WR-TIMEZONE:America/New_York\n" + event("DTSTART:20260327T090000", "DTEND:20260327T100000"),
        ["2026-03-27T13:00/14:00"],
    ),
    "UTC that comes round, in a calendar with a zone": Dirt(
        "X-WR-TIMEZONE:Europe/Berlin\n"
        + event("DTSTART:20260327T080000Z", "DTEND:20260327T090000Z", "RRULE:FREQ=WEEKLY;BYDAY=MO,FR;COUNT=2"),
        AT_NINE,
    ),
    "a zone that nobody knows": Dirt(
        twice("Mars/Olympus Mons"), [], "One event was not counted: nobody knows its time zone."
    ),
    "a whole day": Dirt(
        event("DTSTART;VALUE=DATE:20260303", "DTEND;VALUE=DATE:20260304"), ["2026-03-02T23:00/2026-03-03T23:00"]
    ),
    "a whole day without an end": Dirt(event("DTSTART;VALUE=DATE:20260329"), ["2026-03-28T23:00/2026-03-29T22:00"]),
    "a whole day that ends where it begins": Dirt(
        event("DTSTART;VALUE=DATE:20260303", "DTEND;VALUE=DATE:20260303"), ["2026-03-02T23:00/2026-03-03T23:00"]
    ),
    "a whole day that does not say so": Dirt(
        event("DTSTART:20260303", "DTEND:20260304"), ["2026-03-02T23:00/2026-03-03T23:00"]
    ),
    "a time without an end": Dirt(event("DTSTART:20260303T100000Z"), []),
    "a length for an end": Dirt(event("DTSTART:20260303T100000Z", "DURATION:PT1H30M"), ["2026-03-03T10:00/11:30"]),
    "an end before the beginning": Dirt(
        event("DTSTART:20260303T110000Z", "DTEND:20260303T100000Z"), ["2026-03-03T10:00/11:00"]
    ),
    "begins as a day, ends as a time": Dirt(
        event("DTSTART;VALUE=DATE:20260303", "DTEND:20260305T100000Z"), ["2026-03-02T23:00/2026-03-04T23:00"]
    ),
    "seconds forgotten": Dirt(event("DTSTART:20260303T1000Z", "DTEND:20260303T1100Z"), ["2026-03-03T10:00/11:00"]),
    "cancelled": Dirt(event("DTSTART:20260303T100000Z", "DTEND:20260303T110000Z", "STATUS:cancelled"), []),
    "takes no time": Dirt(event("DTSTART:20260303T100000Z", "DTEND:20260303T110000Z", "TRANSP:TRANSPARENT"), []),
    "free for Outlook": Dirt(
        event("DTSTART:20260303T100000Z", "DTEND:20260303T110000Z", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"), []
    ),
    "no beginning": Dirt(event("DTEND:20260303T110000Z"), [], "One event was not counted: it has no beginning."),
    "no day": Dirt(
        event("DTSTART:20260230T100000Z", "DTEND:20260303T110000Z"),
        [],
        "One event was not counted: its times cannot be read.",
    ),
    "a rule that is none": Dirt(
        event("DTSTART:20260303T100000Z", "RRULE:FREQ=SOMETIMES"),
        [],
        "One event was not counted: how it repeats cannot be read.",
    ),
    "every second since the beginning": Dirt(
        event("DTSTART:19700101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY"),
        [],
        "One event was not counted: it comes round too often to be counted.",
    ),
    "a rule that never comes": Dirt(
        event("DTSTART:20260303T100000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"),
        [],
        "One event was not counted: it comes round too often to be counted.",
    ),
    "until a day": Dirt(
        event("DTSTART;TZID=Europe/Berlin:20260302T200000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20260304"),
        ["2026-03-02T19:00/20:00", "2026-03-03T19:00/20:00", "2026-03-04T19:00/20:00"],
    ),
    "until a floating time": Dirt(
        event("DTSTART;TZID=Europe/Berlin:20260302T200000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20260303T200000"),
        ["2026-03-02T19:00/20:00", "2026-03-03T19:00/20:00"],
    ),
    "not on a day, said as a day": Dirt(
        event("DTSTART:20260302T190000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20260303"),
        ["2026-03-02T19:00/20:00", "2026-03-04T19:00/20:00"],
    ),
    "not on a day, in another zone": Dirt(
        event(
            "DTSTART:20260302T190000Z",
            "DURATION:PT1H",
            "RRULE:FREQ=DAILY;COUNT=3",
            "EXDATE;TZID=America/New_York:20260303T140000",
        ),
        ["2026-03-02T19:00/20:00", "2026-03-04T19:00/20:00"],
    ),
    "not on a day, unreadable": Dirt(
        event("DTSTART:20260302T190000Z", "DURATION:PT1H", "EXDATE:yesterday"),
        ["2026-03-02T19:00/20:00"],
        "One event was not wholly counted: one of its days cannot be read.",
    ),
    "also on a day, for a while": Dirt(
        event(
            "DTSTART:20260302T190000Z",
            "DURATION:PT1H",
            "RDATE;VALUE=PERIOD:20260305T100000Z/PT30M,20260306T100000Z/20260306T101500Z",
        ),
        ["2026-03-02T19:00/20:00", "2026-03-05T10:00/10:30", "2026-03-06T10:00/10:15"],
    ),
    "moved, once": Dirt(
        event("DTSTART;TZID=Europe/Berlin:20260302T200000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3")
        + "\n"
        + event(
            "RECURRENCE-ID;TZID=Europe/Berlin:20260303T200000",
            "DTSTART;TZID=Europe/Berlin:20260303T080000",
            "DURATION:PT2H",
        ),
        ["2026-03-02T19:00/20:00", "2026-03-03T07:00/09:00", "2026-03-04T19:00/20:00"],
    ),
    "cancelled, once": Dirt(
        event("DTSTART:20260302T190000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2")
        + "\n"
        + event("RECURRENCE-ID:20260303T190000Z", "DTSTART:20260303T190000Z", "DURATION:PT1H", "STATUS:CANCELLED"),
        ["2026-03-02T19:00/20:00"],
    ),
    "moved, of a series that is not there": Dirt(
        event("RECURRENCE-ID:20260303T190000Z", "DTSTART:20260303T210000Z", "DURATION:PT1H"), ["2026-03-03T21:00/22:00"]
    ),
    "two events of one name": Dirt(
        event("DTSTART:20260302T190000Z", "DURATION:PT1H") + "\n" + event("DTSTART:20260304T190000Z", "DURATION:PT1H"),
        ["2026-03-02T19:00/20:00", "2026-03-04T19:00/20:00"],
    ),
    "a newer version": Dirt(
        event("DTSTART:20260302T190000Z", "DURATION:PT1H", "SEQUENCE:1")
        + "\n"
        + event("DTSTART:20260304T190000Z", "DURATION:PT1H", "SEQUENCE:2"),
        ["2026-03-04T19:00/20:00"],
    ),
    "busy hours alone": Dirt(
        "BEGIN:VFREEBUSY\nFREEBUSY:20260302T190000Z/PT1H,20260303T190000Z/20260303T193000Z\nFREEBUSY;FBTYPE=FREE:20260304T190000Z/PT1H\nEND:VFREEBUSY",
        ["2026-03-02T19:00/20:00", "2026-03-03T19:00/19:30"],
    ),
    "a line that is none": Dirt(
        event("DTSTART:20260302T190000Z", "DURATION:PT1H", "no colon here", ":", "DTEND"), ["2026-03-02T19:00/20:00"]
    ),
    "folded in the middle of a letter": Dirt(
        "X:ü\n" + event("DTSTART:2026030", " 2T190000Z", "DURATION:PT1H"), ["2026-03-02T19:00/20:00"]
    ),
    "cut off": Dirt(
        "BEGIN:VEVENT\nDTSTART:20260302T190000Z\nDTE\n" + event("DTSTART:20260304T190000Z", "DURATION:PT1H"),
        ["2026-03-04T19:00/20:00"],
        "One event was not counted: it is cut off in the middle.",
    ),
    "an hour of our own, come back": Dirt(
        event("DTSTART:20260302T190000Z", "DURATION:PT1H").replace("one@example", "52b1@usward"), []
    ),
    "in small letters": Dirt(
        "begin:vevent\ndtstart:20260302T190000Z\nduration:pt1h\nend:vevent", ["2026-03-02T19:00/20:00"]
    ),
    "two hours from before the clocks change": Dirt(
        event("DTSTART;TZID=Europe/Berlin:20260329T013000", "DURATION:PT2H"), ["2026-03-29T00:30/02:30"]
    ),
    "a day, and 24 hours, over the change of clocks": Dirt(
        event("DTSTART;TZID=Europe/Berlin:20260328T120000", "DURATION:P1D")
        + "\n"
        + event("DTSTART;TZID=Europe/Berlin:20260329T140000", "DURATION:PT24H").replace("one@", "two@"),
        ["2026-03-28T11:00/2026-03-29T10:00", "2026-03-29T12:00/2026-03-30T12:00"],
    ),
    "a night that comes round, over the change of clocks": Dirt(
        event(
            "DTSTART;TZID=Europe/Berlin:20260321T220000",
            "DTEND;TZID=Europe/Berlin:20260322T060000",
            "RRULE:FREQ=WEEKLY;COUNT=2",
        ),
        ["2026-03-21T21:00/2026-03-22T05:00", "2026-03-28T21:00/2026-03-29T05:00"],
    ),
    "an hour that the clocks leave out": Dirt(
        event("DTSTART;TZID=Europe/Berlin:20260328T023000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3"),
        ["2026-03-28T01:30/02:30", "2026-03-29T01:30/02:30", "2026-03-30T00:30/01:30"],
    ),
    "a length below nothing": Dirt(event("DTSTART:20260303T100000Z", "DURATION:-PT1H"), ["2026-03-03T09:00/10:00"]),
    "a length that is none": Dirt(
        event("DTSTART:20260303T100000Z", "DURATION:PT"), [], "One event was not counted: its length cannot be read."
    ),
    "up to 24 o'clock": Dirt(
        event("DTSTART:20260303T220000Z", "DTEND:20260303T240000Z"), ["2026-03-03T22:00/2026-03-04T00:00"]
    ),
    "a second put in": Dirt(event("DTSTART:20260303T100060Z", "DTEND:20260303T110000Z"), ["2026-03-03T10:00/11:00"]),
    "a day with a time": Dirt(
        event("DTSTART;VALUE=DATE:20260303T000000", "DTEND;VALUE=DATE:20260304T000000"),
        ["2026-03-02T23:00/2026-03-03T23:00"],
    ),
    "what Outlook shows, without quotes": Dirt(
        twice("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"), AT_NINE
    ),
    "UTC by Outlook's own name": Dirt(
        event("DTSTART;TZID=tzone://Microsoft/Utc:20260327T080000", "DURATION:PT1H"), AT_NINE[:1]
    ),
    "zone with a number": Dirt(twice("W. Europe Standard Time 1"), AT_NINE),
    "zone as people call it": Dirt(
        event("DTSTART;TZID=EDT:20260401T090000", "DURATION:PT1H"), ["2026-04-01T13:00/14:00"]
    ),
    "signs in a title that some call ends of lines": Dirt(
        event("X:a\x85END:VEVENT\u2028DTSTART:1\x0bb\x0cc", "DTSTART:20260303T100000Z", "DURATION:PT1H"),
        ["2026-03-03T10:00/11:00"],
    ),
    "a rule with blanks": Dirt(
        event("DTSTART:20260302T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY; COUNT=2;BYDAY=MO, TU;X-BY=us;UNTIL="),
        ["2026-03-02T09:00/10:00", "2026-03-03T09:00/10:00"],
    ),
    "a rule that keeps its 29th of February": Dirt(
        event("DTSTART;VALUE=DATE:20260302", "RRULE:RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD"),
        ["2026-03-01T23:00/2026-03-02T23:00"],
    ),
    "a rule of another calendar": Dirt(
        event("DTSTART;VALUE=DATE:20260210", "RRULE:RSCALE=CHINESE;FREQ=YEARLY"),
        [],
        "One event was not counted: how it repeats cannot be read.",
    ),
    "whole days until midnight at home, in UTC": Dirt(
        event("DTSTART;VALUE=DATE:20260310", "RRULE:FREQ=DAILY;UNTIL=20260311T230000Z", "EXDATE:20260310T230000Z"),
        ["2026-03-09T23:00/2026-03-10T23:00", "2026-03-11T23:00/2026-03-12T23:00"],
    ),
    "moved, by its day alone": Dirt(
        event("DTSTART;TZID=Europe/Berlin:20260322T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")
        + "\n"
        + event("RECURRENCE-ID;VALUE=DATE:20260329", "DTSTART:20260328T080000Z", "DURATION:PT1H"),
        ["2026-03-22T08:00/09:00", "2026-03-28T08:00/09:00"],
    ),
    "moved, in the second of two series of one name": Dirt(
        event("RECURRENCE-ID:20260311T090000Z", "DTSTART:20260312T090000Z", "DURATION:PT1H")
        + "\n"
        + event("DTSTART:20260310T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2")
        + "\n"
        + event("DTSTART:20260302T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2"),
        [
            "2026-03-02T09:00/10:00",
            "2026-03-03T09:00/10:00",
            "2026-03-10T09:00/10:00",
            "2026-03-12T09:00/10:00",
        ],
    ),
    "a zone without a name, described": Dirt(
        OUTLOOK.replace("Customized Time Zone", "").replace("+0100", "+0300").replace("+0200", "+0300") + twice(""),
        ["2026-03-27T06:00/07:00", "2026-03-30T06:00/07:00"],
    ),
    "zone in other quotes": Dirt(twice("'Europe/Berlin'"), AT_NINE),
    "an end without a time": Dirt(
        event("DTSTART:20260303T100000Z", "DTEND:", "DURATION:PT1H"), ["2026-03-03T10:00/11:00"]
    ),
    "busy hours, one of them unreadable": Dirt(
        "BEGIN:VFREEBUSY\nFREEBUSY:soon/PT1H,20260303T190000Z/PT1H\nEND:VFREEBUSY",
        ["2026-03-03T19:00/20:00"],
        "One event was not wholly counted: one of its times cannot be read.",
    ),
    "a name with a blank": Dirt(
        event("DTSTART:20260302T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2")
        + "\n"
        + event("RECURRENCE-ID:20260303T090000Z", "DTSTART:20260303T120000Z", "DURATION:PT1H").replace(
            "one@example", "one@example "
        ),
        ["2026-03-02T09:00/10:00", "2026-03-03T12:00/13:00"],
    ),
    "from a day on, later and longer": Dirt(
        event("DTSTART;TZID=Europe/Berlin:20260316T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3")
        + "\n"
        + event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260323T090000",
            "DTSTART;TZID=Europe/Berlin:20260324T110000",
            "DURATION:PT2H",
        ),
        ["2026-03-16T08:00/09:00", "2026-03-24T10:00/12:00", "2026-03-31T09:00/11:00"],
    ),
}
