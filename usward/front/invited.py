"""The invitation as whoever has the code meets it: the question, both answers, and the way in, with a new place or one's own."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from usward.accounts.actions import EmailTaken
from usward.accounts.hasher import Hashed
from usward.accounts.limits import allowed
from usward.entries.door import Insider, door, request_insider
from usward.front import actions
from usward.front.views import TAKEN, newcomer, sign_up_words
from usward.kit.context import Face
from usward.kit.forms import Form, SeeOther
from usward.spaces import invitations

CLAIM_COOKIE = "usward_claim"


@require_http_methods(["GET", "POST"])
def open_invitation(request: HttpRequest) -> HttpResponse:
    """Where the link leads. The code comes in the fragment or is typed; it is posted, so that no log holds it."""
    if request.method == "GET":
        inside = request_insider(request)
        words = {"signed_in": request.user.is_authenticated, "alone": inside is not None and _alone(inside)}
        return render(request, "front/code.html", words)
    opened = _open(request)
    if isinstance(opened, HttpResponse):
        return opened
    if opened.reply:
        return _moment(request, opened)
    return render(request, "front/invited.html", _invited(opened))


def _alone(inside: Insider) -> bool:
    return inside.other is None and inside.me.space.closed_on is None


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


def _open(request: HttpRequest, claim: bytes = b"") -> invitations.Opened | HttpResponse:
    """The invitation that a posted code opens, or the page that says why it does not, or not for whoever is signed in."""
    if not allowed(request, "invitation"):
        return render(request, "front/dead.html", {"why": "often"}, status=429)
    try:
        opened = invitations.open_code(request.POST.get("code", ""), claim or _claim(request))
    except invitations.DeadInvitation as dead:
        return _dead(request, dead.why)
    if actions.taken_back(opened):
        return _dead(request, "revoked")
    inside = request_insider(request)
    why = actions.refused(inside.me, opened) if inside else ""
    return _dead(request, why) if why else opened


def _dead(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "front/dead.html", {"why": why}, status=409 if why in ("own", "two", "closed") else 410)


@require_POST
def answer_invitation(request: HttpRequest) -> HttpResponse:
    """The partner answers, and both see both. The same answer, sent twice, is one."""
    form = Form(request)
    text = form.text("text", needed="Write a word or two, and you both see both.")
    claim = invitations.answered_twice(request.POST.get("code", ""), text)
    opened = _open(request, claim)
    if isinstance(opened, HttpResponse):
        return opened
    if not opened.reply and not form.ok:
        words = _invited(opened) | {"text": text, "errors": form.errors}
        return render(request, "front/invited.html", words, status=422)
    if not opened.reply:
        try:
            claim = actions.reply(opened, text)
        except invitations.DeadInvitation as dead:
            claim = invitations.answered_twice(opened.code, text)
            if not claim:
                return _dead(request, dead.why)
        opened = invitations.open_code(opened.code, claim)
    response = _moment(request, opened)
    if claim:
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


def _moment(
    request: HttpRequest, opened: invitations.Opened, new: actions.Newcomer | None = None, **more: object
) -> HttpResponse:
    inside = request_insider(request)
    words = _invited(opened) | {
        "reply": opened.reply,
        "you": Face("You", "", "circle"),
        "at_home": inside.my_card.name if inside else "",
        **sign_up_words(new),
    }
    return render(request, "front/moment.html", words | more, status=422 if more else 200)


@require_POST
def join(request: HttpRequest) -> HttpResponseBase:
    """After the shared moment: a place of one's own, to be brought together once the words are compared."""
    opened = _open(request)
    if request_insider(request) is not None:
        return _accept(request, opened)
    if request.user.is_authenticated:
        logout(request)  # a session whose keys do not open
    form = Form(request)
    new = newcomer(form)
    if isinstance(opened, HttpResponse):
        return _come_in(request) if form.ok and _came_just_now(request, new) else opened
    if opened.reply is None:
        return render(request, "front/invited.html", _invited(opened))
    hashed = actions.knock(request, new) if form.ok else None
    if form.ok and hashed is None:
        return _accept(request, opened)
    if hashed:
        try:
            actions.join(request, new, hashed, opened)
        except (EmailTaken, invitations.DeadInvitation) as refused:
            if _came_just_now(request, new, hashed):
                return _come_in(request)
            if isinstance(refused, invitations.DeadInvitation):
                return _dead(request, refused.why)
            form.errors["email"] = TAKEN
        else:
            return _come_in(request)
    typed = {"name": new.name, "email": new.email, "zone": new.zone, "passphrase": new.passphrase}
    return _moment(request, opened, new, errors=form.errors, **typed)


def _came_just_now(request: HttpRequest, new: actions.Newcomer, before: Hashed | None = None) -> bool:
    """Whether this very form made an account a moment ago: then it is signed in to it."""
    came = invitations.came_by(request.POST.get("code", ""))
    theirs = came is not None and came.user is not None and came.user.email == new.email
    return theirs and actions.knock(request, new, before) is None


def _come_in(request: HttpRequest) -> HttpResponse:
    response = SeeOther("/")
    response.delete_cookie(CLAIM_COOKIE, path=settings.SESSION_COOKIE_PATH)
    return response


@door
def _accept(request: HttpRequest, inside: Insider, opened: invitations.Opened | HttpResponse) -> HttpResponse:
    """Somebody who has a place here already takes an invitation with it; sent twice, it is taken once."""
    if isinstance(opened, HttpResponse):
        return _come_in(request) if invitations.came_by(request.POST.get("code", "")) == inside.me else opened
    if opened.reply is None:
        return render(request, "front/invited.html", _invited(opened))
    try:
        actions.accept(inside, opened)
    except invitations.DeadInvitation as dead:
        if invitations.came_by(opened.code) != inside.me:
            return _dead(request, dead.why)
    return _come_in(request)
