"""The pages of being let in again: asking, the four words, granting, stopping."""

from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from usward.accounts.actions import suggest_passphrase
from usward.accounts.unlocking import recall
from usward.entries.door import Insider, door, outsider
from usward.kit.forms import Form, SeeOther, uuid_or_none
from usward.security import readmission
from usward.security.cards import grant_card
from usward.security.ways import check_present, new_passphrase, often

_ASKED = "asked"


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to be let in again: the address and a new passphrase. The answer is alike for every address."""
    if request.user.is_authenticated and recall(request) is not None:
        return SeeOther("/")
    form = Form(request)
    words = {"errors": form.errors, "suggestion": suggest_passphrase()}
    if request.method == "GET":
        return render(request, "security/lost_ask.html", words)
    email = form.text("email", 254, needed="The address that you sign in with.").lower()
    chosen = new_passphrase(form)
    if not form.ok:
        return render(request, "security/lost_ask.html", words | {"email": email, "passphrase": chosen}, status=422)
    if not ratelimit.consume(request, action="readmission", key=email):
        return often(request, "an hour")
    asked = readmission.ask(email, chosen)
    request.session[_ASKED] = {"id": str(asked.id), "words": asked.words}
    return SeeOther("/sign-in/lost/asked/")


@require_http_methods(["GET", "POST"])
def asked(request: HttpRequest) -> HttpResponse:
    """The four words and what happens next, in the browser that asked; or take it back."""
    kept = request.session.get(_ASKED)
    if not kept:
        return SeeOther("/sign-in/lost/")
    if request.method == "POST":
        readmission.take_back(UUID(kept["id"]))
        request.session.flush()
        return SeeOther("/sign-in/?said=taken-back")
    return render(request, "security/lost_asked.html", {"c": {"words": kept["words"]}})


@require_http_methods(["GET"])
def lost(request: HttpRequest) -> HttpResponse:
    """ "I have lost my passphrase": the two ways."""
    return render(request, "security/lost.html", {})


def _id(request: HttpRequest) -> UUID:
    wanted = uuid_or_none(request.POST.get("asked", ""))
    if wanted is None:
        raise outsider()
    return wanted


@require_http_methods(["POST"])
@door
def grant(request: HttpRequest, inside: Insider) -> HttpResponse:
    """The words agree and the passphrase is right: let them in, a day from now."""
    wanted, form = _id(request), Form(request)
    card = grant_card(inside, wanted, form.errors)
    if card is None:
        raise outsider()
    check_present(form, inside.user)
    if not form.ok:
        return render(request, "kit/one_card.html", {"card": card, "title": "Let in again"}, status=422)
    readmission.grant(inside, wanted)
    return SeeOther("/")


@require_POST
@door
def stop(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Stop it: the one who was asked, or an open session of the one in whose name it was asked."""
    if not readmission.stop(inside, _id(request)):
        raise outsider()
    return SeeOther("/")
