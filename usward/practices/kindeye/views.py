"""A kind eye: the plan and what was written earlier, the seven minutes, and one of the earlier ones. All of it one's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from usward.accounts.pin import own_things
from usward.entries.door import Insider, door, outsider
from usward.entries.reader import Said
from usward.kit.forms import Form, SeeOther, uuid_or_none
from usward.practices.kindeye import actions, cards
from usward.practices.kindeye.entries import PARTS, KindEye

EMPTY = "A few words in one of the three are enough."
CONFLICT = (
    "Other words were kept from this page before, and they stand. These are still here; keep them as well, if you like."
)


@require_GET
@door
@own_things
def home(request: HttpRequest, inside: Insider) -> HttpResponse:
    """The plan, the way to seven minutes, and earlier ones."""
    c = cards.home(inside, request.GET.get("from", ""))
    return render(request, "kindeye/home.html", {"c": c, "place": "us"})


@require_http_methods(["GET", "POST"])
@door
@own_things
def new(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Seven minutes, in three steps."""
    if request.method == "GET":
        draft = inside.drafts.read([actions.COMPOSER]).get(actions.COMPOSER, {})
        return _steps(request, draft, {}, 200)
    form = Form(request)
    words = {part: form.text(part) for part in PARTS}
    if not any(words.values()):
        form.errors["saw"] = EMPTY
    if not form.ok:
        return _steps(request, words, form.errors, 422)
    if actions.keep(inside, KindEye(**words), form.entry_id()).conflict:
        return _steps(request, words, {"conflict": CONFLICT}, 409)
    return SeeOther("/us/kind-eye/")


def _steps(request: HttpRequest, typed: dict[str, str], errors: dict[str, str], status: int) -> HttpResponse:
    c = cards.compose(typed, errors)
    return render(request, "kindeye/new.html", {"c": c, "place": "us"}, status=status)


def _found(inside: Insider, entry_id: str) -> Said[KindEye]:
    wanted = uuid_or_none(entry_id)
    said = inside.reader.one(wanted) if wanted else None
    if said is None or not isinstance(said.value, KindEye):
        raise outsider()
    return said


@require_GET
@door
@own_things
def one(request: HttpRequest, inside: Insider, entry_id: str) -> HttpResponse:
    """One of one's own, to be read again."""
    words = {"said": _found(inside, entry_id), "steps": cards.steps(), "place": "us"}
    return render(request, "kindeye/one.html", words)


@require_POST
@door
@own_things
def let_go(request: HttpRequest, inside: Insider, entry_id: str) -> HttpResponse:
    """Erase one of one's own."""
    actions.let_go(inside, _found(inside, entry_id))
    return SeeOther("/us/kind-eye/")
