"""From posted forms to what is said. What is wrong is told in the form, a sentence a field."""

from datetime import date, time, timedelta
from typing import Protocol

from usward.entries.kinds import Kind
from usward.kit import clock
from usward.kit.forms import LINE, Form
from usward.practices.workthrough.entries import (
    KEEP,
    PARTS,
    RATINGS,
    VERDICTS,
    Agreement,
    Hour,
    Idea,
    Looked,
    Named,
    Need,
    Taught,
    View,
)
from usward.practices.workthrough.hours import AGAINS, DAY, RETURNS, come_back

NAME = 80


class Reading(Protocol):
    """Reads a form into a value; `zone` is where its writer lives."""

    def __call__(self, form: Form, zone: str, passed: bool) -> Kind: ...


def named(form: Form, zone: str, passed: bool) -> Named:
    """A name for it."""
    return Named(form.text("text", NAME, "Give it a name first; two or three words will do."), passed)


def hour(form: Form, zone: str, passed: bool) -> Hour:
    """A day and a time."""
    day, at = _coming(form, "day", zone, today_too=True), form.text("time", 8)
    if day is None:
        form.errors.setdefault("day", "Choose a day, today or later.")
    try:
        time.fromisoformat(at)
    except ValueError:
        form.errors["time"] = "Choose a time of day, such as 20:30."
    return Hour(day.isoformat() if day else "", at[:5], zone, passed=passed)


def back(form: Form, zone: str, passed: bool) -> Hour:
    """When to come back from a pause."""
    choice = form.choice("back", tuple(RETURNS), "Say when you come back; it can be changed later.")
    day = _coming(form, "day", zone, today_too=True) if choice == DAY else None
    if choice == DAY and day is None:
        form.errors.setdefault("day", "Choose a day, today or later.")
    return come_back(choice, day, clock.now(), zone)


def agreement(form: Form, zone: str, passed: bool) -> Agreement:
    """Who does what, by when, how one will notice, and when one looks again."""
    return Agreement(
        form.text("what", needed="Write who does what; one line is enough to begin with."),
        form.text("by", LINE),
        form.text("notice", LINE),
        _again(form, zone),
        passed,
    )


def looked(form: Form, zone: str, passed: bool) -> Looked:
    """Keep (until when), change or retire."""
    verdict = form.choice("verdict", tuple(VERDICTS), "Choose what to do with it.")
    return Looked(verdict, _again(form, zone) if verdict == KEEP else "", passed)


def view(form: Form, zone: str, passed: bool) -> View:
    """One's own view, in as many of its four parts as one likes."""
    parts = {name: form.text(name) for name in PARTS}
    if form.ok and not any(parts.values()):
        form.errors["difference"] = "Write into one of these at least; the others can stay empty."
    return View(**parts, passed=passed)


def need(form: Form, zone: str, passed: bool) -> Need:
    """What one needs."""
    return Need(form.text("text", needed="Write one thing that you need in it; a line will do."), passed)


def taught(form: Form, zone: str, passed: bool) -> Taught:
    """What one has learnt."""
    return Taught(form.text("text", needed="Write a line first, or decide without it."), passed)


def idea(form: Form, zone: str, passed: bool) -> Idea:
    """An idea."""
    return Idea(form.text("text", LINE, "Write the idea first; half of one is enough."), passed)


PROPOSALS: dict[str, Reading] = {"name": named, "when": hour, "agreement": agreement, "look": looked}
APART: dict[str, Reading] = {"views": view, "needs": need, "look": taught}


def ratings(form: Form, ideas: list[str]) -> dict[str, int]:
    """A rating for each idea; one that is left out is an error at its place."""
    words = {word: number for number, word in RATINGS.items()}
    found = {name: form.choice(f"r-{name}", tuple(words), "Choose one of the five.") for name in ideas}
    return {name: words[word] for name, word in found.items() if word}


def _again(form: Form, zone: str) -> str:
    choice = form.choice("again", tuple(AGAINS), "Choose a day to look at it again.")
    if not choice:
        return ""
    day = _coming(form, "day", zone) if choice == DAY else clock.today(zone) + timedelta(days=int(choice))
    if day is None:
        form.errors.setdefault("day", "Choose a day from tomorrow on.")
    return day.isoformat() if day else ""


def _coming(form: Form, name: str, zone: str, today_too: bool = False) -> date | None:
    """A day that is still to come (or has come today), within ten years."""
    day, today = form.day(name), clock.today(zone)
    first = today if today_too else today + timedelta(days=1)
    return day if day and first <= day <= today + timedelta(days=3660) else None
