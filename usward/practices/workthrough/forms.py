"""From posted forms to what is said. What is wrong is told in the form, a sentence a field."""

from collections.abc import Callable

from usward.entries.kinds import Kind
from usward.kit.forms import LINE, TEXT, Form
from usward.practices.workthrough import entries as e
from usward.talkback.when import again_of, hour_of

NAME, NAMELESS = 80, "Give it a name first; two or three words will do."
Reading = Callable[[Form, str, bool], Kind]  # where its writer lives, and whether the other says it on this phone


def agreement(form: Form, zone: str, passed: bool) -> e.Agreement:
    """Who does what, by when, how one will notice, and when one looks again."""
    what = form.text("what", needed="Write who does what; one line is enough to begin with.")
    return e.Agreement(what, form.text("by", LINE), form.text("notice", LINE), again_of(form, zone), passed)


def looked(form: Form, zone: str, passed: bool) -> e.Looked:
    """Keep (until when), change or retire."""
    verdict = form.choice("verdict", tuple(e.VERDICTS), "Choose what to do with it.")
    return e.Looked(verdict, again_of(form, zone) if verdict == e.KEEP else "", passed)


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
READINGS: dict[str, dict[str, Reading]] = {
    "propose": {"name": text(e.Named, NAMELESS, NAME), "when": hour_of, "agreement": agreement, "look": looked},
    "write": {
        "views": view,
        "needs": text(e.Need, "Write one thing that you need in it; a line will do."),
        "look": text(e.Taught, "Write a line first, or decide without it."),
    },
    "idea": {"ideas": text(e.Idea, "Write the idea first; half of one is enough.", LINE)},
}


def ratings(form: Form, ideas: list[str]) -> dict[str, int]:
    """A rating for each idea; one that is left out is an error at its place."""
    words = {word: number for number, word in e.RATINGS.items()}
    found = {name: form.choice(f"r-{name}", tuple(words), "Choose one of the five.") for name in ideas}
    return {name: words[word] for name, word in found.items() if word}
