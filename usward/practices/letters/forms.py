"""A letter as its form sends it."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from usward.entries.door import Insider
from usward.kit import clock
from usward.kit.forms import Form
from usward.practices.letters.entries import DAY, MOMENTS, NOW, Letter, MomentLetter
from usward.practices.letters.strokes import NotStrokes, read

CHOICES = (NOW, DAY, *MOMENTS)
EMPTY = "A word or two, a few strokes or a photo is enough."
NOT_WHOLE = "What was drawn did not arrive whole. All else is kept; draw it again, or leave it out."


@dataclass
class Sent:
    """What came in: the letter without its new photo, that photo, the day, and the form with what is wrong."""

    form: Form
    value: Letter
    blob: bytes | None
    day: date | None

    def typed(self) -> dict[str, str]:
        """The fields as they were sent, to stand in the composer again."""
        post = self.form.request.POST
        return {name: post.get(name, "") for name in ("occasion", "day", "text", "strokes")}


def received(request: HttpRequest, inside: Insider, occasion: str = "", before: Letter | None = None) -> Sent:
    """Read a letter. `occasion` where the form leaves no choice; `before` is the letter that it changes."""
    form = Form(request)
    chosen = occasion or form.choice("occasion", CHOICES, "Choose when it is to be opened.") or NOW
    day = form.day("day") if chosen == DAY and not occasion else None
    if chosen == DAY and not occasion and (day is None or day <= clock.today(inside.me.zone)):
        form.errors.setdefault("day", "Choose a day from tomorrow on.")
    kept = before.photo if before and request.POST.get("photo_stays") else None
    made = MomentLetter if chosen in MOMENTS else Letter
    value = made(chosen, form.text("text"), _drawing(form), kept)
    blob = _photo(request)
    if value.empty and blob is None:
        form.errors.setdefault("text", EMPTY)
    return Sent(form, value, blob, day)


def _drawing(form: Form) -> tuple[tuple[int, ...], ...]:
    try:
        return read(form.request.POST.get("strokes", ""))
    except NotStrokes:
        form.errors["strokes"] = NOT_WHOLE
        return ()


def _photo(request: HttpRequest) -> bytes | None:
    file = request.FILES.get("photo")
    return (file.read() or None) if file else None
