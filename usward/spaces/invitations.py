"""The invitation: one question, answered by one, carried by a code to the other.

The code has 79 random bits. It travels in the link's fragment, which browsers do not send, or by voice; from it come
the name under which the invitation is found and the key that opens the one answer in it. The database holds neither.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from django.db import transaction

from usward.kit import clock
from usward.spaces.models import Invitation, Partner
from usward.vault.codes import make_code, tidy_code
from usward.vault.derive import subkey, words_for
from usward.vault.envelope import SealBroken, seal, unseal
from usward.vault.keys import Unlocked, new_key, public_key
from usward.vault.padding import pad, unpad
from usward.vault.password import same

CODE_BITS = 79
LIVES = timedelta(hours=24)
A_MOMENT = timedelta(minutes=1)
_PURPOSE = "invitation"


class Capsule(msgspec.Struct, frozen=True):
    """What the link carries: who asks, the question, and their answer."""

    name: str
    colour: str
    shape: str
    question: str
    question_id: str
    exchange: str
    answer: str
    entry: str = ""


class Reply(msgspec.Struct, frozen=True):
    """What came back, before its writer has an account."""

    answer: str
    entry_id: str
    at: datetime | None = None


class Taken(Exception):
    """There is no place for another person: two are here, one is on the way, or this place is closed."""


class DeadInvitation(Exception):
    """The code opens nothing now (`why`: unknown, used, late, revoked), or nothing for whoever has it (own, two, closed)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Opened:
    """An invitation whose code is known."""

    row: Invitation
    code: str
    capsule: Capsule
    reply: Reply | None


def _lookup(code: str) -> bytes:
    return subkey(tidy_code(code).encode(), "invitation/lookup", length=16)


def _key(code: str) -> bytes:
    return subkey(tidy_code(code).encode(), "invitation/capsule")


def invite(inviter: Partner, unlocked: Unlocked, capsule: Capsule) -> str:
    """Make an invitation (those before it end). Returns its code. Raises Taken."""
    if not has_room(inviter):
        raise Taken
    code = make_code(CODE_BITS)
    now, invitation_id = clock.now(), uuid4()
    with transaction.atomic():
        revoke(inviter)
        Invitation.objects.create(
            id=invitation_id,
            space=inviter.space,
            inviter=inviter,
            lookup=_lookup(code),
            code_for_inviter=unlocked.seal(_PURPOSE, code.encode()),
            capsule=seal(_key(code), pad(msgspec.msgpack.encode(capsule)), [b"capsule", invitation_id.bytes]),
            made_at=now,
            expires_at=now + LIVES,
        )
    return code


def has_room(inviter: Partner) -> bool:
    """Whether a second person may come here: nobody else lives here, lived here, or has been confirmed."""
    others = Partner.objects.filter(space_id=inviter.space_id).exclude(pk=inviter.pk)
    on_the_way = Invitation.objects.filter(space_id=inviter.space_id, confirmed=True, invitee__isnull=False)
    return not others.exists() and not on_the_way.exists()


def revoke(inviter: Partner) -> list[UUID]:
    """End every invitation of this person that has not led to the two yet, and erase what it carried.

    Returns who waited with four words of one. Without a claim it is known that a person has ended it, and not the time.
    """
    rows = Invitation.objects.filter(inviter=inviter, confirmed=False)
    waited = list(rows.filter(revoked=False, invitee__isnull=False).values_list("invitee_id", flat=True))
    rows.update(revoked=True, capsule=b"", reply=b"", code_for_inviter=b"", claim=b"")
    return waited


def let_go(invitee: Partner) -> list[UUID]:
    """Somebody waits no longer with the four words of an invitation that they came by. Returns whose it was, if it stood."""
    rows = Invitation.objects.filter(invitee=invitee, merged=False)
    stood = list(rows.filter(revoked=False).values_list("inviter_id", flat=True))
    rows.update(invitee=None, revoked=True, capsule=b"", reply=b"", code_for_inviter=b"", claim=b"")
    return stood


def put_away(invitee: Partner) -> None:
    """Somebody has read that the invitation that they came by has ended."""
    Invitation.objects.filter(invitee=invitee, revoked=True, merged=False).update(invitee=None)


def ran_out(inviter: Partner) -> bool:
    """Whether the newest invitation of this person waited for their yes until its time was over."""
    row = Invitation.objects.filter(inviter=inviter).order_by("-made_at").first()
    return row is not None and row.revoked and row.invitee_id is not None and bool(row.claim)


def standing(inviter: Partner) -> Invitation | None:
    """The invitation of this person that still waits for something, if there is one."""
    row = Invitation.objects.filter(inviter=inviter, revoked=False, merged=False).order_by("-made_at").first()
    if row and not row.confirmed and row.invitee_id is None and row.expires_at <= clock.now():
        return None
    return row


def code_of(row: Invitation, unlocked: Unlocked) -> str:
    """The code again, for the person who made it. Raises SealBroken."""
    return unlocked.unseal(_PURPOSE, bytes(row.code_for_inviter)).decode()


def open_code(code: str, claim: bytes = b"") -> Opened:
    """Open an invitation with its code. Once it is answered only the browser that answered may go on.

    Raises DeadInvitation.
    """
    row = Invitation.objects.filter(lookup=_lookup(code)).select_related("inviter", "space").first()
    if row is None:
        raise DeadInvitation("unknown")
    if row.invitee_id is not None or (row.claim and not same(bytes(row.claim), claim)):
        raise DeadInvitation("revoked" if row.revoked else "used")
    if row.expires_at <= clock.now():
        raise DeadInvitation("late")
    if row.revoked:
        raise DeadInvitation("revoked")
    return _opened(row, code)


def _opened(row: Invitation, code: str) -> Opened:
    context = row.id.bytes
    try:
        capsule = msgspec.msgpack.decode(
            unpad(unseal(_key(code), bytes(row.capsule), [b"capsule", context])), type=Capsule
        )
        reply = None
        if row.reply:
            reply = msgspec.msgpack.decode(unpad(unseal(_key(code), bytes(row.reply), [b"reply", context])), type=Reply)
    except (SealBroken, ValueError) as error:
        raise DeadInvitation("unknown") from error
    return Opened(row, code, capsule, reply)


def open_own(row: Invitation, unlocked: Unlocked) -> Opened | None:
    """An invitation, opened by the person who made it; None where it no longer opens."""
    try:
        return _opened(row, code_of(row, unlocked))
    except (SealBroken, DeadInvitation):
        return None


@transaction.atomic
def answer(opened: Opened, text: str) -> bytes:
    """Keep the partner's answer under the code's key. Returns the claim: whoever holds it goes on, nobody else."""
    claim = new_key()
    reply = Reply(answer=text, entry_id=str(uuid4()), at=clock.now())
    sealed = seal(_key(opened.code), pad(msgspec.msgpack.encode(reply)), [b"reply", opened.row.id.bytes])
    taken = Invitation.objects.filter(pk=opened.row.pk, claim=b"", revoked=False).update(reply=sealed, claim=claim)
    if not taken:
        raise DeadInvitation("used")
    return claim


def answered_twice(code: str, text: str) -> bytes:
    """The claim of whoever answered with these very words a moment ago: the same form, sent twice. Empty where nobody did."""
    row = Invitation.objects.filter(lookup=_lookup(code), revoked=False, invitee=None).exclude(reply=b"").first()
    if row is None:
        return b""
    try:
        reply = _opened(row, code).reply
    except DeadInvitation:
        return b""
    fresh = reply is not None and reply.at is not None and clock.now() - reply.at < A_MOMENT
    return bytes(row.claim) if reply and fresh and reply.answer == text else b""


def came_by(code: str) -> Partner | None:
    """Who came in by a code, and waits with its four words."""
    rows = Invitation.objects.filter(lookup=_lookup(code), merged=False, revoked=False)
    row = rows.select_related("invitee").first()
    return row.invitee if row else None


def words(row: Invitation) -> tuple[str, ...]:
    """The four words that both see, made of this invitation and both public keys; none where one of the two is gone."""
    if row.invitee is None or row.invitee.user_id is None or row.inviter.user_id is None:
        return ()
    return words_for(row.id.bytes, public_key(row.inviter.user_id), public_key(row.invitee.user_id))
