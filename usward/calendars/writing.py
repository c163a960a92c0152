"""The lines of a calendar file (RFC 5545), written strictly. Pure.

Written here and not by icalendar, which reads calendars in a process of its own: in the server it would take 4.3 MB and 74 ms
at the first change of a plan, for a dozen properties.
"""

from collections.abc import Iterable

LONGEST = 75  # octets of a line, without its end (3.1)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def text(words: str) -> str:
    """Words as a value of the type TEXT (3.3.11). Control characters, which no value may hold, are left out."""
    whole = "\n".join(words.splitlines())
    return "".join(one for one in whole if one in "\n\t" or (one >= " " and one != "\x7f")).translate(_ESCAPED)


def file(lines: Iterable[str]) -> bytes:
    """Whole lines as a file: UTF-8, each folded where it is too long, each ended with CR and LF."""
    return b"".join(_folded(line) for line in lines)


def _folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets; none ends within a character."""
    if len(whole := line.encode()) <= LONGEST:
        return whole + b"\r\n"
    pieces, piece = [], b""
    for octets in (one.encode() for one in line):
        if len(piece) + len(octets) > LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
