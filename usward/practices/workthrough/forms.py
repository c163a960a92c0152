"""From posted forms to what is said. What is wrong is told in the form, a sentence a field."""

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from usward.entries.kinds import Kind
from usward.kit import clock
from usward.kit.forms import LINE, TEXT, Form
from usward.practices.workthrough import entries as e
from usward.talkback.hour import read

NAME, NAMELESS = 80, "Give it a name first; two or three words will do."
SOON, TONIGHT, TOMORROW, DAY = "soon", "tonight", "tomorrow", "day"
RETURNS = {SOON: "In 20 minutes", TONIGHT: "Tonight", TOMORROW: "Tomorrow", DAY: "On a day"}
AGAINS = {"14": "In two weeks", "30": "In a month", "90": "In three months", DAY: "On a day"}

Reading = Callable[
    [Form, str, bool], Kind
]  # the form, where its writer lives, and whether the other says it, on this phone


def hour(form: Form, zone: str, passed: bool) -> e.Hour:
    """A day and a time."""
    at = read(form, zone)
    day, _, time = f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}".partition(" ") if at else ("", "", "")
    return e.Hour(day, time, zone, passed=passed)


def back(form: Form, zone: str) -> e.Hour:
    """When to come back from a pause."""
    choice = form.choice("back", tuple(RETURNS), "Say when you come back; it can be changed later.")
    here = clock.now().astimezone(ZoneInfo(zone))
    if choice == SOON:
        here += timedelta(minutes=20)
        return e.Hour(here.date().isoformat(), f"{here:%H:%M}", zone)
    day = _coming(form, zone, 0) if choice == DAY else here.date() + timedelta(days=choice == TOMORROW)
    return e.Hour(day.isoformat(), zone=zone, tonight=choice == TONIGHT)


def agreement(form: Form, zone: str, passed: bool) -> e.Agreement:
    """Who does what, by when, how one will notice, and when one looks again."""
    what = form.text("what", needed="Write who does what; one line is enough to begin with.")
    return e.Agreement(what, form.text("by", LINE), form.text("notice", LINE), _again(form, zone), passed)


def looked(form: Form, zone: str, passed: bool) -> e.Looked:
    """Keep (until when), change or retire."""
    verdict = form.choice("verdict", tuple(e.VERDICTS), "Choose what to do with it.")
    return e.Looked(verdict, _again(form, zone) if verdict == e.KEEP else "", passed)


def view(form: Form, _: str, passed: bool) -> e.View:
    """One's own view, in as many of its four parts as one likes."""
    parts = {name: form.text(name) for name in e.PARTS}
    if form.ok and not any(parts.values()):
        form.errors["difference"] = "Write into one of these at least; the others can stay empty."
    return e.View(**parts, passed=passed)


def text(kind: type[e.Text], needed: str, limit: int = TEXT) -> Reading:
    """How a kind that is one text is read; `needed` is said where it is empty."""
    return lambda form, _, passed: kind(form.text("text", limit, needed), passed)


# What a form says, by its act and the step at which it stands.
READINGS: dict[tuple[str, str], Reading] = {
    ("propose", "name"): text(e.Named, NAMELESS, NAME),
    ("propose", "when"): hour,
    ("write", "views"): view,
    ("write", "needs"): text(e.Need, "Write one thing that you need in it; a line will do."),
    ("idea", "ideas"): text(e.Idea, "Write the idea first; half of one is enough.", LINE),
    ("propose", "agreement"): agreement,
    ("write", "look"): text(e.Taught, "Write a line first, or decide without it."),
    ("propose", "look"): looked,
}


def ratings(form: Form, ideas: list[str]) -> dict[str, int]:
    """A rating for each idea; one that is left out is an error at its place."""
    words = {word: number for number, word in e.RATINGS.items()}
    found = {name: form.choice(f"r-{name}", tuple(words), "Choose one of the five.") for name in ideas}
    return {name: words[word] for name, word in found.items() if word}


def _again(form: Form, zone: str) -> str:
    """The day to look again; "" where none was chosen, which is an error."""
    choice = form.choice("again", tuple(AGAINS), "Choose a day to look at it again.")
    if choice == DAY:
        return _coming(form, zone, 1).isoformat()
    return (clock.today(zone) + timedelta(days=int(choice))).isoformat() if choice else ""


def _coming(form: Form, zone: str, first: int) -> date:
    """The form's day, which lies at least so many days ahead, and within ten years; anything else is an error."""
    day, today = form.day("day"), clock.today(zone)
    if day is None or not timedelta(first) <= day - today <= timedelta(days=3660):
        form.errors.setdefault("day", f"Choose a day{' from tomorrow on' if first else ', today or later'}.")
        return today
    return day
