"""What happens before a person is inside: the first question, signing up, the invitation on both its ends."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.conf import settings
from django.contrib.auth import logout
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
from usward.kit import clock
from usward.kit.context import Face
from usward.kit.forms import Form, SeeOther, uuid_or_none
from usward.kit.qr import qr
from usward.security.ways import new_passphrase
from usward.spaces import invitations
from usward.spaces.actions import confirm_words
from usward.spaces.card import LONGEST_NAME
from usward.spaces.models import Invitation, Partner

CLAIM_COOKIE = "usward_claim"


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
    token = _pass(request)
    if isinstance(token, HttpResponse):
        return token
    if request.method == "GET":
        return first_page(request, token)
    if "email" in request.POST and not allowed(request, "signup"):
        return render(request, "front/dead.html", {"why": "often"}, status=429)
    form = Form(request)
    question = library().question(request.POST.get("question", "")) or first_question(clock.now().date())
    text = form.text("text")
    words = {
        "question": question,
        "text": text,
        "action": "/begin/",
        "suggestion": suggest_passphrase(),
        "token": token,
    }
    if "email" not in request.POST:
        status = 200 if form.ok else 422
        return render(request, "front/sign_up.html", words | {"errors": form.errors}, status=status)
    new = newcomer(form)
    if form.ok:
        try:
            actions.begin(request, new, question.id, question.text, text, token)
            return SeeOther("/invite/" if text else "/")
        except actions.DoorShut:
            return render(request, "front/invited_only.html", {"shut": True}, status=410)
        except EmailTaken:
            form.errors["email"] = TAKEN
    typed = {"name": new.name, "email": new.email, "zone": new.zone, "passphrase": new.passphrase}
    return render(request, "front/sign_up.html", words | typed | {"errors": form.errors}, status=422)


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
    """The invitation, for the person who makes it: link, QR, short code; make one, or end it."""
    if inside.other is not None or inside.me.space.closed_on is not None:
        return SeeOther("/")  # a closed place holds the words of somebody who has left: nobody new may come to them
    if request.method == "POST":
        if request.POST.get("do") == "revoke":
            invitations.revoke(inside.me)
            return SeeOther("/invite/")
        try:
            made = actions.invite(inside)
        except invitations.Taken:
            return SeeOther("/invite/")
        return SeeOther("/invite/" if made else "/invite/?answer=first")
    row = invitations.standing(inside.me)
    opened = invitations.open_own(row, inside.unlocked) if row else None
    room = invitations.has_room(inside.me)
    nothing = request.GET.get("answer") == "first"
    if row is None and room and _first_time(inside):
        if actions.invite(inside) is not None:
            return SeeOther("/invite/")
        nothing = True
    words = {"row": row, "opened": opened, "room": room, "nothing": nothing} | (
        _link(request, opened.code) if opened else {}
    )
    return render(request, "front/invite.html", words)


def _first_time(inside: Insider) -> bool:
    return not Invitation.objects.filter(inviter=inside.me).exists()


def _link(request: HttpRequest, code: str) -> dict[str, object]:
    link = request.build_absolute_uri(reverse("invitation")) + "#" + code
    return {"link": link, "code": code, "qr": qr(link)}


@require_http_methods(["GET", "POST"])
def open_invitation(request: HttpRequest) -> HttpResponse:
    """Where the link leads. The code comes in the fragment or is typed; it is posted, so that no log holds it."""
    if request.method == "GET":
        return render(request, "front/code.html", {"signed_in": request.user.is_authenticated})
    opened = _open(request)
    if isinstance(opened, HttpResponse):
        return opened
    if opened.reply:
        return _moment(request, opened)
    return render(request, "front/invited.html", _invited(opened))


def _invited(opened: invitations.Opened) -> dict[str, object]:
    capsule = opened.capsule
    return {
        "opened": opened,
        "capsule": capsule,
        "them": Face(capsule.name, capsule.colour, capsule.shape),
        "errors": {},
    }


def _claim(request: HttpRequest) -> bytes:
    try:
        return urlsafe_b64decode(request.COOKIES.get(CLAIM_COOKIE, "").encode())
    except ValueError:
        return b""


def _open(request: HttpRequest) -> invitations.Opened | HttpResponse:
    """The invitation that a posted code opens, or the page that says why it does not."""
    if not allowed(request, "invitation"):
        return render(request, "front/dead.html", {"why": "often"}, status=429)
    try:
        return invitations.open_code(request.POST.get("code", ""), _claim(request))
    except invitations.DeadInvitation as dead:
        return render(request, "front/dead.html", {"why": dead.why}, status=410)


@require_POST
def answer_invitation(request: HttpRequest) -> HttpResponse:
    """The partner answers, and both see both."""
    opened = _open(request)
    if isinstance(opened, HttpResponse):
        return opened
    if opened.reply:
        return _moment(request, opened)
    form = Form(request)
    text = form.text("text", needed="Write a word or two, and you both see both.")
    if not form.ok:
        words = _invited(opened) | {"text": text, "errors": form.errors}
        return render(request, "front/invited.html", words, status=422)
    try:
        claim = actions.reply(opened, text)
        fresh = invitations.open_code(opened.code, claim)
    except invitations.DeadInvitation as dead:
        return render(request, "front/dead.html", {"why": dead.why}, status=410)
    response = _moment(request, fresh)
    response.set_cookie(
        CLAIM_COOKIE,
        urlsafe_b64encode(claim).decode(),
        max_age=24 * 3600,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _moment(request: HttpRequest, opened: invitations.Opened, **more: object) -> HttpResponse:
    words = _invited(opened) | {
        "reply": opened.reply,
        "suggestion": suggest_passphrase(),
        "you": Face("You", "", "circle"),
    }
    return render(request, "front/moment.html", words | more, status=422 if more else 200)


@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """After the shared moment: a place of one's own, to be brought together once the words are compared."""
    if request.user.is_authenticated:
        logout(request)
    opened = _open(request)
    if isinstance(opened, HttpResponse):
        return opened
    if opened.reply is None:
        return render(request, "front/invited.html", _invited(opened))
    form = Form(request)
    new = newcomer(form)
    if form.ok:
        try:
            actions.join(request, new, opened)
        except EmailTaken:
            form.errors["email"] = TAKEN
        except invitations.DeadInvitation as dead:
            return render(request, "front/dead.html", {"why": dead.why}, status=410)
        else:
            response = SeeOther("/")
            response.delete_cookie(CLAIM_COOKIE, path=settings.SESSION_COOKIE_PATH)
            return response
    return _moment(request, opened, errors=form.errors, name=new.name, email=new.email, passphrase=new.passphrase)


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
        invitations.revoke(inside.me)
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
