"""The one composer of letters, in its three uses: a new letter, one that is changed, one of two for a day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from usward.content.loader import library
from usward.entries.attachments import Refused
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.kit import clock
from usward.kit.forms import Fields, SeeOther
from usward.practices.letters import cards
from usward.practices.letters.actions import composer
from usward.practices.letters.entries import Letter
from usward.practices.letters.exchange import TwoLetters
from usward.practices.letters.forms import CHOICES, Sent, received
from usward.practices.letters.strokes import INKS, MOST, PENS, write

CONFLICT = "Other words were sent from this page or another device, and they stand. Yours are kept here, as a draft."
LATE = (
    "This letter stays as it is: its day has come, or it was taken back. What you wrote can go as a letter of its own."
)
AGAIN = "The photo has to be chosen once more: a page cannot hold it."
NEW = "/keep/letters/write/"


@dataclass(frozen=True)
class Composing:
    """A composer: its draft's name, where it sends to, the write behind it and where that leads; the letter that it changes,
    and the day that it is for. `late` is a change that comes after the other may have read the letter."""

    draft: str
    to: str
    put: Callable[[Sent], Put]
    then: Callable[[Put], str]
    occasion: str = ""
    before: Said[Letter] | None = None
    day: TwoLetters | None = None
    late: bool = False


def compose(request: HttpRequest, inside: Insider, one: Composing) -> HttpResponse:
    """The composer's page; or what was written in it, kept. What is refused or stopped stays in the fields."""
    if request.method == "GET":
        return _page(request, inside, one, None, {}, 200)
    sent = received(request, inside, one.occasion, one.before.value if one.before else None)
    if one.late:
        return _late(request, inside, one, sent)
    if not sent.form.ok:
        return _page(request, inside, one, sent, sent.form.errors, 422)
    try:
        put = one.put(sent)
    except Refused as refused:
        return _page(request, inside, one, sent, {"photo": str(refused)}, 422)
    if not put.conflict:
        inside.drafts.drop(one.draft)
        return SeeOther(one.then(put))
    if one.before and put.standing is None:
        return _late(request, inside, one, sent)
    inside.drafts.keep(one.draft, sent.typed())
    return _page(request, inside, one, sent, {"conflict": CONFLICT}, 409, put.standing if one.before else None)


def _late(request: HttpRequest, inside: Insider, one: Composing, sent: Sent) -> HttpResponse:
    new = replace(one, draft=composer(), to=NEW, occasion="", before=None, day=None)
    return _page(request, inside, new, sent, {"conflict": LATE}, 409)


def _page(
    request: HttpRequest,
    inside: Insider,
    one: Composing,
    sent: Sent | None,
    errors: dict[str, str],
    status: int,
    standing: Said[Letter] | None = None,
) -> HttpResponse:
    before = standing or one.before
    if sent and sent.blob:
        errors.setdefault("photo", AGAIN)
    stands = {"text": before.value.typed, "strokes": write(before.value.drawing)} if before else {}
    fields = Fields(sent.typed() if sent else inside.drafts.read([one.draft]).get(one.draft) or stands)
    asked = request.GET.get("for", "")
    c: dict[str, Any] = {
        "composer": one.draft,
        "to": one.to,
        "occasion": one.occasion or next((name for name in (asked, fields["occasion"]) if name in CHOICES), CHOICES[0]),
        "fixed": bool(one.occasion),
        "fields": fields,
        "errors": Fields(errors),
        "before": before,
        "day": one.day,
        "opens": one.day.day if one.day else before.reveal_day if before else None,
        "prompts": cards.prompts(inside),
        "tomorrow": clock.today(inside.me.zone) + timedelta(days=1),
        "inks": INKS,
        "pens": PENS,
        "most": MOST,
        "why": library().whys.get("letters"),
    }
    return render(request, "letters/write.html", {"c": c, "place": "keep"}, status=status)
