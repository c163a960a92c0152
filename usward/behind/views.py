"""The settings: each a small page with one form."""

from datetime import date, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from usward.accounts.devices import signed_in
from usward.behind import actions
from usward.entries.door import Insider, door
from usward.kit import clock, zones
from usward.kit.context import Face
from usward.kit.forms import Form, SeeOther
from usward.spaces.card import LONGEST_NAME, Card
from usward.spaces.models import LOOKS, SHAPES

PRONOUNS = 40
THEMES = {"system": "As this device", "light": "Light", "dark": "Dark"}
READINGS = {"figtree": "Figtree", "hyperlegible": "Atkinson Hyperlegible"}
PAUSES = {"1": "A day", "7": "A week", "30": "A month", "92": "Three months"}
SAID = {
    "limits": "Kept. Questions keep to it from the next draw on.",
    "you": "Kept. This is how you are called here now.",
    "day": "Kept. Your days begin there from now on.",
    "look": "Kept.",
    "pause": "Usward is put aside. Come back whenever you like.",
    "back": "Welcome back. Nothing has piled up.",
    "quiet": "Kept. Nothing is sent to you in these hours.",
    "loud": "Kept. There are no quiet hours now.",
    "alone": "You are in a place of your own now. Your other devices are signed out.",
    "passphrase": "Kept. Your new passphrase opens everything; other devices were signed out.",
}


@require_GET
@door
def settings(request: HttpRequest, inside: Insider) -> HttpResponse:
    """GET /settings/: everything that stands behind one's own picture."""
    today = clock.today(inside.me.zone)
    paused = inside.me.paused_until if inside.me.paused_until and inside.me.paused_until > today else None
    words = {
        "said": SAID.get(request.GET.get("said", "")),
        "card": inside.my_card,
        "partner": inside.me,
        "city": zones.city(inside.me.zone),
        "theme_words": THEMES.get(inside.me.theme, ""),
        "reading_words": READINGS.get(inside.me.reading, ""),
        "paused": paused,
        "today": today,
        "devices": signed_in(inside.user).count(),
        "alone": inside.other is None and inside.me.space.closed_on is None,
    }
    return render(request, "behind/settings.html", words)


@require_http_methods(["GET", "POST"])
@door
def you(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Name, pronouns, colour and shape: what the other knows me by."""
    form = Form(request)
    mine = inside.my_card
    typed = {"name": mine.name, "pronouns": mine.pronouns, "colour": inside.me.colour, "shape": inside.me.shape}
    if request.method == "POST":
        typed = {
            "name": form.text("name", LONGEST_NAME, needed="What does your partner call you?"),
            "pronouns": form.text("pronouns", PRONOUNS),
            "colour": form.choice("colour", LOOKS, needed="Choose one of these colours."),
            "shape": form.choice("shape", SHAPES, needed="Choose one of these shapes."),
        }
        if form.ok:
            try:
                actions.set_face(inside, Card(typed["name"], typed["pronouns"]), typed["colour"], typed["shape"])
                return SeeOther("/settings/?said=you")
            except actions.ColourTaken:
                name = inside.their_card.name if inside.their_card else "Your partner"
                form.errors["colour"] = f"{name} has this colour. Two colours show at a glance who said what."
    words = {"typed": typed, "errors": form.errors} | _looks(inside, typed)
    return render(request, "behind/you.html", words, status=200 if form.ok else 422)


def _looks(inside: Insider, typed: dict[str, str]) -> dict[str, object]:
    """The colours in the chosen shape, the shapes in the chosen colour."""
    taken = inside.other.colour if inside.other else ""
    name, colour, shape = inside.my_card.name, typed["colour"] or inside.me.colour, typed["shape"] or inside.me.shape
    return {
        "taken": taken,
        "colours": [Face(name, one, shape) for one in LOOKS if one != taken],
        "shapes": [Face(name, colour, one) for one in SHAPES],
    }


@require_http_methods(["GET", "POST"])
@door
def day(request: HttpRequest, inside: Insider) -> HttpResponse:
    """The zone in which a person's days begin."""
    form, zone = Form(request), inside.me.zone
    if request.method == "POST":
        chosen = request.POST.get("zone", "")
        if clock.known_zone(chosen):
            actions.set_zone(inside, chosen)
            return SeeOther("/settings/?said=day")
        form.errors["zone"] = "This place is not known here. Choose one from the list."
    words = {"groups": zones.choices(zone), "errors": form.errors}
    return render(request, "behind/day.html", words, status=200 if form.ok else 422)


@require_http_methods(["GET", "POST"])
@door
def look(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Theme, reading face, less at once."""
    form = Form(request)
    if request.method == "POST":
        theme = form.choice("theme", tuple(THEMES), needed="Choose one of these.")
        reading = form.choice("reading", tuple(READINGS), needed="Choose one of these.")
        if form.ok:
            actions.set_look(inside, theme, reading, request.POST.get("calm") == "yes")
            return SeeOther("/settings/?said=look")
    words = {"themes": THEMES, "readings": READINGS, "partner": inside.me, "errors": form.errors}
    return render(request, "behind/look.html", words, status=200 if form.ok else 422)


@require_http_methods(["GET", "POST"])
@door
def pause(request: HttpRequest, inside: Insider) -> HttpResponse:
    """A day to three months without anything waiting. `for=0` comes back."""
    form, today = Form(request), clock.today(inside.me.zone)
    if request.method == "POST":
        if request.POST.get("for") == "0":
            actions.set_pause(inside, None)
            return SeeOther("/")
        until = _pause_until(form, today)
        if until and form.ok:
            actions.set_pause(inside, until)
            return SeeOther("/settings/?said=pause")
    paused = inside.me.paused_until
    words = {
        "pauses": PAUSES,
        "paused": paused if paused and paused > today else None,
        "typed": {"for": request.POST.get("for", ""), "until": request.POST.get("until", "")},
        "first": today + timedelta(days=1),
        "last": today + actions.LONGEST_PAUSE,
        "errors": form.errors,
    }
    return render(request, "behind/pause.html", words, status=200 if form.ok else 422)


def _pause_until(form: Form, today: date) -> date | None:
    asked = form.request.POST.get("for", "")
    if asked and asked != "until":
        days = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
        if 1 <= days <= actions.LONGEST_PAUSE.days:
            return today + timedelta(days=days)
        form.errors["for"] = "A pause lasts a day to three months."
        return None
    until = form.day("until")
    if form.ok and (until is None or not today < until <= today + actions.LONGEST_PAUSE):
        form.errors["until"] = "Choose a day from tomorrow on, three months from now at most."
    return until


@require_http_methods(["GET", "POST"])
@door
def quiet(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Hours in which nothing is sent."""
    form = Form(request)
    start, end = inside.me.quiet_from, inside.me.quiet_until
    typed = {"from": f"{start:%H:%M}" if start else "21:00", "until": f"{end:%H:%M}" if end else "08:00"}
    if request.method == "POST":
        if request.POST.get("do") == "none":
            actions.set_quiet_hours(inside, None, None)
            return SeeOther("/settings/?said=loud")
        typed = {name: request.POST.get(name, "")[:5] for name in ("from", "until")}
        start, end = _clock(form, "from"), _clock(form, "until")
        if start and end and start == end:
            form.errors["until"] = "These two are the same time. Choose an hour at which it may be heard again."
        if form.ok:
            actions.set_quiet_hours(inside, start, end)
            return SeeOther("/settings/?said=quiet")
    words = {"typed": typed, "on": inside.me.quiet_from is not None, "errors": form.errors}
    return render(request, "behind/quiet.html", words, status=200 if form.ok else 422)


def _clock(form: Form, name: str) -> time | None:
    try:
        return time.fromisoformat(form.request.POST.get(name, "")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        form.errors[name] = "Write a time of day, such as 21:30."
        return None
