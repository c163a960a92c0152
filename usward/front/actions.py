"""Every write before somebody is inside: making the account, and bringing the first answer along."""

from uuid import UUID, uuid4

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest

from usward.accounts import hasher, passes
from usward.accounts.actions import create_hashed
from usward.accounts.devices import request_device
from usward.accounts.models import User
from usward.accounts.unlocking import carry
from usward.entries.door import Insider, find_insider
from usward.live import ping_on_commit
from usward.practices.questions import actions as questions
from usward.practices.questions.entries import Answer, question_exchange
from usward.spaces import invitations
from usward.spaces.actions import begin_space, bump
from usward.spaces.card import Card
from usward.spaces.models import LOOKS, SHAPES, Invitation

BACKEND = "usward.accounts.backend.VaultBackend"


class DoorShut(Exception):
    """This pass lets nobody in, or nobody any more."""


class Newcomer:
    """What somebody gives to sign up."""

    def __init__(self, name: str, email: str, passphrase: str, zone: str) -> None:
        self.name, self.email, self.passphrase, self.zone = name, email, passphrase, zone


def _enter(request: HttpRequest, new: Newcomer, hashed: hasher.Hashed, avoid: str = "") -> Insider:
    user, unlocked = create_hashed(new.email, hashed)
    colour = next(look for look in LOOKS[1:] if look != avoid)
    shape = SHAPES[user.id.int % len(SHAPES)]
    begin_space(user, unlocked, Card(new.name), new.zone, colour, shape)
    user = User.objects.select_related("partner__space").get(pk=user.pk)
    inside = find_insider(user, unlocked)
    if inside is None:
        raise RuntimeError("a person who has just begun a space is inside it")
    login(request, user, backend=BACKEND)
    carry(request, unlocked)
    request.session["device"] = request_device(request)
    return inside


def begin(
    request: HttpRequest, new: Newcomer, question_id: str, question_text: str, text: str, token: str = ""
) -> Insider:
    """Sign up from the first page: an account, a space, and the answer that waited on the page.

    Raises EmailTaken, and DoorShut where the host's pass in `token` has been used meanwhile.
    """
    hashed = hasher.encode(new.passphrase)
    with transaction.atomic():
        if token and not passes.use(token):
            raise DoorShut
        inside = _enter(request, new, hashed)
        if text:
            exchange = question_exchange(question_id)
            questions.answer(inside, exchange, Answer(question_id, question_text, text), uuid4(), None, offer=True)
    return inside


def join(request: HttpRequest, new: Newcomer, opened: invitations.Opened) -> Insider:
    """Sign up from an invitation: the answer comes along, and the inviter is asked to compare four words."""
    if opened.reply is None:
        raise invitations.DeadInvitation("unknown")
    capsule, hashed = opened.capsule, hasher.encode(new.passphrase)
    with transaction.atomic():
        inside = _enter(request, new, hashed, avoid=capsule.colour)
        said = Answer(capsule.question_id, capsule.question, opened.reply.answer)
        questions.answer(inside, capsule.exchange, said, UUID(opened.reply.entry_id), None, offer=False)
        taken = Invitation.objects.filter(pk=opened.row.pk, invitee=None, revoked=False).update(invitee=inside.me)
        if not taken:
            raise invitations.DeadInvitation("used")
        bump(opened.row.inviter_id)
        ping_on_commit(opened.row.inviter_id)
    return inside


def reply(opened: invitations.Opened, text: str) -> bytes:
    """Answer an invitation's question; its maker's page looks again. Returns the claim."""
    with transaction.atomic():
        claim = invitations.answer(opened, text)
        bump(opened.row.inviter_id)
        ping_on_commit(opened.row.inviter_id)
    return claim


def invite(inside: Insider) -> str | None:
    """Make an invitation around the newest answer of this person.

    Returns its code, or None with nothing to carry, or where this is the closed place of two (theirs alone).
    """
    answers = inside.reader.latest(Answer, 1, mine=True)
    if not answers or inside.me.space.closed_on is not None:
        return None
    said = answers[0]
    capsule = invitations.Capsule(
        name=inside.my_card.name,
        colour=inside.me.colour,
        shape=inside.me.shape,
        question=said.value.question_text,
        question_id=said.value.question,
        exchange=said.exchange,
        answer=said.value.text,
    )
    return invitations.invite(inside.me, inside.unlocked, capsule)


def accounts_open(opened_by_setting: bool) -> bool:
    """Whether somebody without an invitation may sign up: always the first, later where USWARD_OPEN=1 says so."""
    return opened_by_setting or not User.objects.real().exists()
