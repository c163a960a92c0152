"""Every write before two are together: making the account, bringing the first answer along, the invitation and its yes."""

from datetime import timedelta
from uuid import UUID, uuid4

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import login
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from usward.accounts import devices, hasher, passes
from usward.accounts.actions import create_hashed
from usward.accounts.backend import VaultBackend
from usward.accounts.models import User
from usward.accounts.unlocking import carry
from usward.entries.door import Insider, find_insider
from usward.entries.models import Act, Entry
from usward.entries.reader import Said
from usward.live import ping_on_commit
from usward.practices.questions import actions as questions
from usward.practices.questions.entries import Answer, question_exchange
from usward.practices.questions.exchange import standing
from usward.spaces import invitations
from usward.spaces.actions import begin_space, bump
from usward.spaces.card import Card
from usward.spaces.invitations import DeadInvitation
from usward.spaces.models import LOOKS, SHAPES, Invitation, Partner
from usward.vault.keys import Unlocked

BACKEND = "usward.accounts.backend.VaultBackend"
MOMENTS = timedelta(minutes=5)  # for how long the form that made an account may come once more
LATELY = 24


class DoorShut(Exception):
    """This pass lets nobody in, or nobody any more."""


class Newcomer:
    """What somebody gives to sign up."""

    def __init__(self, name: str, email: str, passphrase: str, zone: str) -> None:
        self.name, self.email, self.passphrase, self.zone = name, email, passphrase, zone


def _enter(request: HttpRequest, new: Newcomer, hashed: hasher.Hashed, avoid: str = "") -> Insider:
    user, unlocked = create_hashed(new.email, hashed)
    cache.set(_made(user), True, MOMENTS.total_seconds())
    colour = next(look for look in LOOKS[1:] if look != avoid)
    shape = SHAPES[user.id.int % len(SHAPES)]
    begin_space(user, unlocked, Card(new.name), new.zone, colour, shape)
    user = User.objects.select_related("partner__space").get(pk=user.pk)
    inside = find_insider(user, unlocked)
    if inside is None:
        raise RuntimeError("a person who has just begun a space is inside it")
    _sign_in(request, user, unlocked)
    return inside


def _sign_in(request: HttpRequest, user: User, unlocked: Unlocked) -> None:
    login(request, user, backend=BACKEND)
    carry(request, unlocked)
    request.session["device"] = devices.request_device(request)
    vars(request).pop("_insider", None)  # the door has found nobody, before


def _made(user: User) -> str:
    """Where it is noted that an account was made a moment ago. In memory alone: no row tells when somebody came."""
    return f"just-made:{user.pk}"


def just_made(user: User) -> bool:
    """Whether this account was made a moment ago."""
    return bool(cache.get(_made(user)))


def knock(request: HttpRequest, new: Newcomer, before: hasher.Hashed | None = None) -> hasher.Hashed | None:
    """One slow hash, whoever asks. Whoever made this account a moment ago, with this passphrase, is let in, as by signing in:
    then there is nothing to make, and None comes back. Where a second factor is on, it is asked for at sign-in.

    `before` is what an earlier look gave: another hash is for an account that was made since then.
    """
    user = User.objects.filter(email=new.email, is_active=True).first()
    if user is None or not just_made(user):
        return before or hasher.encode(new.passphrase)
    if before and hasher.is_beside(before, user.password):
        return before
    hashed = hasher.encode_beside(new.passphrase, user.password)
    unlocked = VaultBackend().unlock(user, hashed[1])
    if unlocked is None or is_mfa_enabled(user):
        return hashed
    devices.tell(user, "signed in", devices.request_device(request))
    _sign_in(request, user, unlocked)
    return None


def begin(
    request: HttpRequest,
    new: Newcomer,
    hashed: hasher.Hashed,
    question_id: str,
    question_text: str,
    text: str,
    token: str = "",
) -> None:
    """Sign up from the first page: an account, a space, the answer that waited on the page, and the invitation around it.

    Raises EmailTaken, and DoorShut where the host's pass in `token` has been used meanwhile, or another was the first to come.
    """
    with transaction.atomic():
        if not (passes.use(token) if token else accounts_open(settings.OPEN_DOOR)):
            raise DoorShut
        inside = _enter(request, new, hashed)
        if text:
            exchange = question_exchange(question_id)
            questions.answer(inside, exchange, Answer(question_id, question_text, text), uuid4(), None, offer=True)
            invite(inside)


def join(request: HttpRequest, new: Newcomer, hashed: hasher.Hashed, opened: invitations.Opened) -> None:
    """Sign up from an invitation: the answer comes along, and the inviter is asked to compare four words.

    Raises EmailTaken and DeadInvitation.
    """
    with transaction.atomic():
        _come_by(_enter(request, new, hashed, avoid=opened.capsule.colour), opened)


def accept(inside: Insider, opened: invitations.Opened) -> None:
    """Take an invitation with the place that one has here already. Raises DeadInvitation.

    What waited with four words before waits no longer, on either side: a person goes to one place.
    """
    with transaction.atomic():
        me = Partner.objects.select_related("space").get(pk=inside.me.pk)
        if why := refused(me, opened):
            raise DeadInvitation(why)
        told = [*invitations.let_go(me), *invitations.revoke(me)]
        _come_by(inside, opened)
        _tell(*told)


def refused(me: Partner, opened: invitations.Opened) -> str:
    """Why this invitation is nothing for somebody who is signed in: it is their own, they are two, or were two here."""
    if opened.row.inviter_id == me.pk:
        return "own"
    if me.space.closed_on is not None:
        return "closed"
    return "" if invitations.has_room(me) and not me.merge_due else "two"


def _come_by(inside: Insider, opened: invitations.Opened) -> None:
    if opened.reply is None:
        raise DeadInvitation("unknown")
    capsule = opened.capsule
    said = Answer(capsule.question_id, capsule.question, opened.reply.answer)
    before = standing(inside.reader.exchange(capsule.exchange)).mine
    replaces = before.id if before else None
    questions.answer(inside, capsule.exchange, said, UUID(opened.reply.entry_id), replaces, offer=False)
    taken = Invitation.objects.filter(pk=opened.row.pk, invitee=None, revoked=False).update(invitee=inside.me)
    if not taken:
        raise DeadInvitation("used")
    _tell(opened.row.inviter_id)


def _tell(*partner_ids: UUID) -> None:
    bump(*partner_ids)
    for partner_id in partner_ids:
        ping_on_commit(partner_id)


def reply(opened: invitations.Opened, text: str) -> bytes:
    """Answer an invitation's question; its maker's page looks again. Returns the claim."""
    with transaction.atomic():
        claim = invitations.answer(opened, text)
        _tell(opened.row.inviter_id)
    return claim


def taken_back(opened: invitations.Opened) -> bool:
    """Whether the answer in an invitation was taken back, before anybody had answered it: then it opens no more."""
    entry = opened.capsule.entry
    gone = Entry.objects.filter(about=UUID(entry), act=Act.WITHDRAW) if entry and not opened.reply else None
    return gone is not None and gone.exists()


def own_standing(inside: Insider) -> tuple[Invitation | None, invitations.Opened | None]:
    """The invitation of this person that still waits for something, and what is in it."""
    row = invitations.standing(inside.me)
    opened = invitations.open_own(row, inside.unlocked) if row else None
    return (None, None) if opened and taken_back(opened) else (row, opened)


def carried(inside: Insider) -> Said[Answer] | None:
    """The answer that an invitation would carry: this person's newest that is still meant to be told to somebody."""
    return next((one for one in inside.reader.latest(Answer, LATELY, mine=True) if not one.never), None)


def invite(inside: Insider) -> str | None:
    """Make an invitation around the newest answer of this person; whoever waited with the words of an earlier one is told.

    Returns its code, or None with nothing to carry, or where this is the closed place of two (theirs alone).
    """
    said = carried(inside)
    if said is None or inside.me.space.closed_on is not None:
        return None
    capsule = invitations.Capsule(
        name=inside.my_card.name,
        colour=inside.me.colour,
        shape=inside.me.shape,
        question=said.value.question_text,
        question_id=said.value.question,
        exchange=said.exchange,
        answer=said.value.text,
        entry=str(said.root),
    )
    with transaction.atomic():
        end(inside)
        return invitations.invite(inside.me, inside.unlocked, capsule)


@transaction.atomic
def end(inside: Insider) -> None:
    """Take one's invitation back: it opens nothing any more, and whoever waits with its four words is told."""
    _tell(*invitations.revoke(inside.me))


def accounts_open(opened_by_setting: bool) -> bool:
    """Whether somebody without an invitation may sign up: always the first, later where USWARD_OPEN=1 says so."""
    return opened_by_setting or not User.objects.real().exists()
