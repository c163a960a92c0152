"""Thanks and compliments: one composer, one archive, and kind words for a hard day."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from usward.entries.door import Insider, door, outsider
from usward.kit import clock
from usward.kit.forms import LINE, Form, back, uuid_or_none
from usward.practices.thanks import actions, cards
from usward.practices.thanks.entries import COMPLIMENT, THANKS, Thanks
from usward.practices.thanks.exchange import kind_words_for
from usward.talkback.thread import composer, thread

PAGE = 12
WHEN = ("now", "tomorrow", "day")


@require_http_methods(["GET", "POST"])
@door
def thanks(request: HttpRequest, inside: Insider) -> HttpResponse:
    """What was thanked for so far; or one thing more."""
    if request.method == "GET":
        page = inside.reader.page(Thanks, PAGE, request.GET.get("from", ""))
        draft = inside.drafts.read([actions.COMPOSER]).get(actions.COMPOSER, {})
        card = cards.write(inside, draft, [])
        return render(
            request, "thanks/archive.html", {"page": page, "card": card, "today": clock.today(inside.me.zone)}
        )
    form = Form(request)
    value = Thanks(
        kind=form.choice("kind", (THANKS, COMPLIMENT)) or THANKS,
        text=form.text("text", needed="One concrete thing is enough: what did they do, or what did you notice?"),
        meant=form.text("meant", LINE),
        shows=form.text("shows", LINE),
    )
    when = form.choice("when", WHEN) or "now"
    today = clock.today(inside.me.zone)
    day = {"now": None, "tomorrow": today + timedelta(days=1)}.get(when, form.day("day"))
    if when == "day" and (day is None or day <= today):
        form.errors.setdefault("day", "Choose a day from tomorrow on.")
    typed = {name: request.POST.get(name, "") for name in ("kind", "text", "meant", "shows", "when", "day")}
    if not form.ok:
        card = cards.write(inside, typed, [], form.errors)
        return render(request, "kit/one_card.html", {"card": card, "title": "Thanks"}, status=422)
    put = actions.thank(inside, value, form.entry_id(), day)
    if put.conflict:
        inside.drafts.keep(actions.COMPOSER, typed)
        card = cards.write(inside, typed, [], {"conflict": CONFLICT})
        return render(request, "kit/one_card.html", {"card": card, "title": "Thanks"}, status=409)
    return back(request)


CONFLICT = "This page had sent other words before. They stand; these are kept here, and can be sent as a thank-you of their own."


@require_GET
@door
def one(request: HttpRequest, inside: Insider, entry_id: str) -> HttpResponse:
    """One thank-you, and what was said under it."""
    wanted = uuid_or_none(entry_id)
    said = inside.reader.one(wanted) if wanted else None
    if said is None or not isinstance(said.value, Thanks):
        raise outsider()
    everything = inside.reader.exchange(said.exchange)
    draft = inside.drafts.read([composer(said.exchange)]).get(composer(said.exchange), {}).get("text", "")
    where = f"/thanks/{said.id}/"
    words = {"said": said, "thread": thread(inside, said.exchange, everything, "thanks", draft, where)}
    return render(request, "thanks/one.html", words)


@require_GET
@door
def kind_words(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Something kind that the other once wrote."""
    found = inside.reader.latest(Thanks, 60, mine=False)
    said = kind_words_for(clock.today(inside.me.zone), found)
    return render(request, "thanks/kind_words_page.html", {"said": said, "today": clock.today(inside.me.zone)})
