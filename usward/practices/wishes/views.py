"""Wishes: one page at one address. Everything that is said goes in the body of a post to it, and all of it looks alike."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from usward.accounts.pin import own_things
from usward.entries.door import Insider, door, outsider
from usward.kit.forms import Form, SeeOther
from usward.practices.wishes import actions, cards, deck, place
from usward.practices.wishes.entries import ANSWERS, OwnWish
from usward.practices.wishes.sheet import TEXT_LIMIT

# Bytes. A page is filled up to a length that follows from what both know, how much has met and how much one has written
# oneself, so that a log of lengths does not tell what else stood on it: `EACH` for one of these, and `BESIDES` for the rest.
ROUND, BESIDES, EACH = 32 * 1024, 24 * 1024, 1536
TAKE_BACK = "-"
WORDS = "Write the wish first, in a line or two."
FULL = "Your two lists are full. Take a wish of your own back, and there is room for this one."
SENT_BEFORE = (
    "This page had sent other words before, and they stand. These are here still: send them as well, if you like."
)


@require_http_methods(["GET", "POST"])
@door
def wishes(request: HttpRequest, inside: Insider) -> HttpResponseBase:
    """What both want, and some wishes to answer; or one of the things that can be said here."""
    if request.method == "GET":
        actions.come_by(inside)
        return _page(request, inside)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise outsider()
    return act(request, inside) if inside.other else SeeOther("/us/wishes/")


def _answer(request: HttpRequest, inside: Insider) -> HttpResponseBase:
    """A page of answers, and where to go from it. Taken without a PIN, since it shows nothing: the next page asks for it."""
    given, left = [], 0
    for n in range(deck.HANDFUL):
        wish, letter = request.POST.get(f"wish-{n}", ""), request.POST.get(f"answer-{n}", "")
        if letter in ANSWERS or letter == TAKE_BACK:
            given.append((wish, letter.strip(TAKE_BACK)))
        stays = letter in ANSWERS if request.POST.get("pile") == deck.ANSWERED else letter not in ANSWERS
        left += bool(wish) and stays
    actions.answer(inside, given)
    if "topic" not in request.POST:
        return SeeOther("/us/wishes/")
    here = deck.from_fields({name: request.POST.get(name, "") for name in ("topic", "past", "pile")})
    place.go_to(inside, deck.replace(here.after(request.POST.get("to", ""), left), kept=bool(given)))
    return SeeOther("/us/wishes/#deck")


@own_things
def _settle(request: HttpRequest, inside: Insider) -> HttpResponseBase:
    """Whether a maybe counts, and how far to go along. Behind the PIN: a maybe that counts comes to light."""
    level = request.POST.get("level", "")
    if level not in map(str, cards.LEVELS):
        raise outsider()
    actions.settle(inside, request.POST.get("maybes") == "1", int(level))
    return SeeOther("/us/wishes/#deck")


def _write(request: HttpRequest, inside: Insider) -> HttpResponseBase:
    """A wish of one's own for both lists."""
    form = Form(request)
    text = form.text("text", TEXT_LIMIT, WORDS)
    about = form.choice("about", tuple(cards.ABOUT), "Say what it is about.")
    letter = form.choice("answer", tuple(ANSWERS))
    typed = {"text": text, "about": about, "answer": letter}
    if not form.ok:
        return _again(request, inside, typed, form.errors, 422)
    put = actions.write(inside, OwnWish(text, *cards.ABOUT[about][1:]), form.entry_id(), letter)
    if put is None or put.conflict:
        return _again(request, inside, typed, {"text": SENT_BEFORE if put else FULL}, 409 if put else 422)
    return SeeOther("/us/wishes/#own")


def _again(
    request: HttpRequest, inside: Insider, typed: dict[str, str], errors: dict[str, str], status: int
) -> HttpResponseBase:
    """The page once more, with what was typed; it is kept as a draft too, since a PIN may be asked for in between."""
    place.keep_typed(inside, typed)
    return _page(request, inside, errors, status)


ACTS: dict[str, Callable[[HttpRequest, Insider], HttpResponseBase]] = {
    "answer": _answer,
    "settle": _settle,
    "write": _write,
}


@own_things
def _page(
    request: HttpRequest, inside: Insider, errors: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    mine = actions.look(inside)
    context = cards.context(inside, mine, errors or {}) if mine else None
    response = render(request, "wishes/page.html", {"c": context, "place": "us"}, status=status)
    known = len(mine.matches) + sum(wish.mine for wish in mine.wishes) if mine else 0
    enough = max(len(response.content), BESIDES + EACH * known)
    response.content += b" " * (enough + -enough % ROUND - len(response.content))
    response["Content-Encoding"] = "identity"  # compressed, its length would be another for other words
    return response
