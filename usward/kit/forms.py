"""What comes in from a form: cleaned, measured, and never lost."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme

LINE, TEXT = 500, 8000  # characters: a line, and as much as one says at once
# Also what turns round the words that stand beside a name (embeddings, overrides, isolates). The marks that words from right
# to left need, and the joiners inside words and emoji, stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]")
# Blank like a space, though it is none: it holds nothing apart at an edge, and is no word.
_EDGE = re.compile(r"\A[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+\Z")
_FILLERS = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)


class Fields(dict[str, str]):
    """What stands in a form's fields, or is wrong with them: a field that is not there is empty, which templates ask often
    (and a missing key costs them an exception each time)."""

    def __missing__(self, name: str) -> str:
        return ""


def clean(text: str) -> str:
    """Words as they were meant: one kind of line end, no control characters, composed letters, no blank edges. Where nothing
    of it can be seen it is empty."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    composed = _EDGE.sub("", unicodedata.normalize("NFC", _CONTROL.sub("", unified)))
    seen = composed.isascii() or any(unicodedata.category(one) != "Cf" for one in _FILLERS.sub("", composed))
    return composed if seen else ""


@dataclass
class Form:
    """A posted form. Reading a field checks it; what is wrong gathers in `errors`, a clear sentence a field."""

    request: HttpRequest
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, limit: int = TEXT, needed: str = "") -> str:
        """A text field. `needed` is the sentence that says what is missing where it is empty."""
        value = clean(self.request.POST.get(name, ""))
        if len(value) > limit:
            self.errors[name] = (
                f"This is {len(value):,} characters long; {limit:,} fit here. Nothing is lost: shorten it, or send it in two."
            )
        elif needed and not value:
            self.errors[name] = needed
        return value

    def choice(self, name: str, among: tuple[str, ...], needed: str = "") -> str:
        """One of some words, or an empty string; with `needed` an empty one is an error."""
        value = self.request.POST.get(name, "")
        if value not in among:
            if value or needed:
                self.errors[name] = needed or "This choice is not known here. Choose one of those below."
            return ""
        return value

    def day(self, name: str) -> date | None:
        """A calendar day, or None."""
        value = self.request.POST.get(name, "").strip()
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.errors[name] = "This is not a day in the calendar."
            return None

    def entry_id(self) -> UUID:
        """The id that the page gave this thing when it was written, so that a double tap is one tap."""
        return uuid_or_none(self.request.POST.get("id", "")) or uuid4()

    def replaces(self) -> UUID | None:
        """The version that its author saw when they changed it."""
        return uuid_or_none(self.request.POST.get("replaces", ""))

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong with the fields read so far."""
        return not self.errors


def uuid_or_none(text: str) -> UUID | None:
    """A UUID from its text, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None


def back(request: HttpRequest, fallback: str = "/") -> HttpResponse:
    """See other: to where the form says that it came from (a path as from the root of Usward), if that is here."""
    where = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(where, allowed_hosts={request.get_host()})
    return SeeOther(where if safe and where.startswith("/") else fallback)


class SeeOther(HttpResponseRedirect):
    """303: the answer to a form is another page, fetched anew. Takes a path of ours, as from the root of Usward."""

    status_code = 303

    def __init__(self, path: str) -> None:
        super().__init__(get_script_prefix() + path.removeprefix("/"))
