"""What happens before two are together: the first question, signing up, the invitation on both its ends."""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from usward.accounts import passes
from usward.accounts.actions import EmailTaken, suggest_passphrase
from usward.accounts.limits import allowed
from usward.accounts.models import DEMO_DOMAIN
from usward.content.loader import library
from usward.entries.door import Insider, door, outsider
from usward.front import actions
from usward.front.first import first_question
from usward.kit import clock, refusals, zones
from usward.kit.forms import Form, SeeOther, uuid_or_none
from usward.kit.qr import qr
from usward.security.ways import new_passphrase
from usward.spaces import invitations
from usward.spaces.actions import confirm_words
from usward.spaces.card import LONGEST_NAME
from usward.spaces.models import Invitation, Partner

MAKES_AN_ACCOUNT = ("begin", "invitation-join")


def first_page(request: HttpRequest, token: str = "") -> HttpResponse:
    """One good question, before any account. `token` is the host's pass, where somebody came with one."""
    words = {
        "question": first_question(clock.now().date()),
        "open": bool(token) or actions.accounts_open(settings.OPEN_DOOR),
        "token": token,
        "demo": settings.OFFER_DEMO or actions.accounts_open(False),
    }
    return render(request, "front/first.html", words)


def _pass(request: HttpRequest) -> str | HttpResponse:
    """The host's pass that came along ("" where none is needed), or the page that says why nobody comes in by it."""
    if actions.accounts_open(settings.OPEN_DOOR):
        return ""
    token = (request.POST if request.method == "POST" else request.GET).get("door", "")[:100]
    if not token:
        return render(request, "front/invited_only.html", {}, status=403)
    if not allowed(request, "invitation"):
        return render(request, "front/dead.html", {"why": "often"}, status=429)
    if not passes.opens(token):
        return render(request, "front/invited_only.html", {"shut": True}, status=410)
    return token


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """From the first page to a place of one's own. The answer stays in the page, not with us, until there is an account.

    A GET is the link that `usward invite` prints.
    """
    if request.user.is_authenticated:
        return SeeOther("/")
    signs_up = request.method == "POST" and "email" in request.POST
    if signs_up and not allowed(request, "signup"):
        return render(request, "front/dead.html", {"why": "often"}, status=429)
    form = Form(request)
    text = form.text("text")
    new, hashed = newcomer(form) if signs_up else None, None
    if new and form.ok:
        hashed = actions.knock(request, new)
        if hashed is None:
            return SeeOther("/invite/" if text else "/")
    token = _pass(request)
    if isinstance(token, HttpResponse):
        return token
    if request.method == "GET":
        return first_page(request, token)
    question = library().question(request.POST.get("question", "")) or first_question(clock.now().date())
    words = {
        "question": question,
        "text": text,
        "action": "/begin/",
        "token": token,
        **sign_up_words(new),
    }
    if new is None:
        status = 200 if form.ok else 422
        return render(request, "front/sign_up.html", words | {"errors": form.errors}, status=status)
    if hashed:
        try:
            actions.begin(request, new, hashed, question.id, question.text, text, token)
            return SeeOther("/invite/" if text else "/")
        except (actions.DoorShut, EmailTaken) as refused:
            if actions.knock(request, new, hashed) is None:
                return SeeOther("/invite/" if text else "/")
            if isinstance(refused, actions.DoorShut):
                return render(request, "front/invited_only.html", {"shut": bool(token)}, status=410 if token else 403)
            form.errors["email"] = TAKEN
    typed = {"name": new.name, "email": new.email, "zone": new.zone, "passphrase": new.passphrase}
    return render(request, "front/sign_up.html", words | typed | {"errors": form.errors}, status=422)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The second of two taps, when the first has let somebody in and renewed the form's token: they are inside. All else is
    refused."""
    user, way = request.user, request.resolver_match
    tapped = reason.startswith("CSRF token from POST") and way is not None and way.url_name in MAKES_AN_ACCOUNT
    if tapped and user.is_authenticated and actions.just_made(user):
        return SeeOther("/")
    return refusals.csrf_failure(request, reason)


def sign_up_words(new: actions.Newcomer | None = None) -> dict[str, object]:
    """What the fields of sign-up need, beside what was typed."""
    return {"suggestion": suggest_passphrase(), "zones": zones.choices(new.zone if new else "UTC")}


TAKEN = "This address can’t be used for a new account here. If it is yours, sign in with it."


def newcomer(form: Form) -> actions.Newcomer:
    """Read and check the fields of sign-up."""
    name = form.text("name", LONGEST_NAME, needed="What does your partner call you?")
    email = form.text("email", 254, needed="An address to sign in with. Nothing is ever sent to it.").lower()
    if "email" not in form.errors:
        try:
            validate_email(email)
            if email.endswith(DEMO_DOMAIN):
                raise ValidationError("kept for the demo's couples")
        except ValidationError:
            form.errors["email"] = "This does not look like an address, such as robin@example.org."
    passphrase = new_passphrase(form)
    zone = form.request.POST.get("zone", "")
    return actions.Newcomer(name, email, passphrase, zone if clock.known_zone(zone) else "UTC")


@require_http_methods(["GET", "POST"])
@door
def invite(request: HttpRequest, inside: Insider) -> HttpResponse:
    """The invitation, for the person who makes it: what it carries, link, QR, short code; make one, or end it."""
    if inside.other is not None or inside.me.space.closed_on is not None:
        return SeeOther("/")  # a closed place holds the words of somebody who has left: nobody new may come to them
    said = actions.carried(inside)
    if request.method == "POST":
        seen = uuid_or_none(request.POST.get("carries", ""))
        if request.POST.get("do") == "revoke":
            actions.end(inside)
        elif request.POST.get("do") == "put-away":
            invitations.put_away(inside.me)
            return SeeOther("/")
        elif said and seen in (None, said.id):  # another is the newest by now: the page shows it first
            with suppress(invitations.Taken):
                actions.invite(inside)
        return SeeOther("/invite/")
    row, opened = actions.own_standing(inside)
    words = {"row": row, "opened": opened, "room": invitations.has_room(inside.me), "said": said}
    return render(request, "front/invite.html", words | (_link(request, opened.code) if opened else {}))


def _link(request: HttpRequest, code: str) -> dict[str, object]:
    link = request.build_absolute_uri(reverse("invitation")) + "#" + code
    return {"link": link, "code": code, "qr": qr(link)}


@require_POST
@door
def confirm(request: HttpRequest, inside: Insider) -> HttpResponse:
    """The four words agree, or they do not."""
    wanted = uuid_or_none(request.POST.get("invitation", ""))
    mine = Invitation.objects.filter(inviter=inside.me, revoked=False)
    row = mine.filter(pk=wanted).first() if wanted else None
    agree = request.POST.get("same") == "yes"
    if row is None or row.invitee_id is None or (row.confirmed and not agree):
        raise outsider()
    if row.confirmed:
        return SeeOther("/")  # the second of two taps
    if agree:
        confirm_words(row, inside.unlocked)
    else:
        actions.end(inside)
    return SeeOther("/")


@require_POST
@door
def offered(request: HttpRequest, inside: Insider) -> HttpResponse:
    """The second way in was offered; it is not offered again."""
    Partner.objects.filter(pk=inside.me.pk).update(offered_safety=True, pulse=F("pulse") + 1)
    return SeeOther("/settings/recovery/" if request.POST.get("want") == "yes" else "/")


@require_GET
def passphrase(request: HttpRequest) -> HttpResponse:
    """Another suggestion of a passphrase, as plain text."""
    return HttpResponse(suggest_passphrase(), content_type="text/plain; charset=utf-8")
