"""The two pages of what two work through: the first one, and where a talk stands, to which all its forms come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from usward.entries.door import Insider, door, outsider
from usward.kit.forms import Fields, Form, SeeOther, uuid_or_none
from usward.practices.workthrough import actions, cards, forms, posted, talks
from usward.practices.workthrough.entries import Begun
from usward.practices.workthrough.posted import Trouble
from usward.practices.workthrough.talks import Talk

PAGE = 6


@require_http_methods(["GET", "POST"])
@door
def home(request: HttpRequest, inside: Insider) -> HttpResponse:
    """What is in force, what is open, and a name for something new; or begin it."""
    if request.method == "GET":
        return _home(request, inside)
    form = Form(request)
    text = form.text("text", forms.NAME, forms.NAMELESS)
    if not form.ok:
        return _home(request, inside, Trouble("", Fields(text=text), Fields(form.errors)))
    put = actions.begin(inside, text, form.entry_id())
    if put.conflict:
        inside.drafts.keep(talks.BEGINNING, {"text": text})
        return _home(request, inside, Trouble("", Fields(text=text), Fields(conflict=posted.SENT_BEFORE), 409))
    return SeeOther(talks.address(put.id.hex))


def _home(request: HttpRequest, inside: Insider, trouble: Trouble | None = None) -> HttpResponse:
    page = inside.reader.page(Begun, PAGE, request.GET.get("from", ""))
    words = {"c": cards.home(inside, page, trouble), "place": "talk"}
    return render(request, "workthrough/home.html", words, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
@door
def talk(request: HttpRequest, inside: Insider, talk_id: str) -> HttpResponse:
    """Where a talk stands; or an act in it."""
    wanted = uuid_or_none(talk_id)
    found = talks.find(inside, wanted) if wanted else None
    if found is None:
        raise outsider()
    if request.method == "GET":
        actions.been(inside, found)
        return _page(request, inside, found)
    trouble = posted.take(request, inside, found)
    return _page(request, inside, found, trouble) if trouble else SeeOther(found.path)


def _page(request: HttpRequest, inside: Insider, found: Talk, trouble: Trouble | None = None) -> HttpResponse:
    words = {"c": cards.talk(inside, found, trouble, request.GET.get("change") == "yes"), "place": "talk"}
    return render(request, "workthrough/talk.html", words, status=trouble.status if trouble else 200)
