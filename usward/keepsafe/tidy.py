"""The daily tidying: what has run out is erased, so that it is not there to be found."""

from datetime import timedelta

from django.db.models import Q

from usward.accounts.sessions import SessionStore
from usward.entries.models import Knock
from usward.kit import clock
from usward.spaces.actions import bump
from usward.spaces.models import Invitation

KNOCKS_KEPT = timedelta(days=7)
INVITATIONS_KEPT = timedelta(days=7)


def tidy() -> None:
    """Erase expired sessions, what dead invitations carried, and knocks that nobody will make any more."""
    now = clock.now()
    SessionStore.clear_expired()
    unanswered = Q(invitee=None, expires_at__lt=now)
    never_confirmed = Q(confirmed=False, expires_at__lt=now - INVITATIONS_KEPT)
    dead = Invitation.objects.filter(unanswered | never_confirmed, merged=False)
    ends = dead.filter(revoked=False).values_list("inviter_id", "invitee_id")
    bump(*{partner_id for both in ends for partner_id in both if partner_id})
    dead.update(revoked=True, capsule=b"", reply=b"", code_for_inviter=b"")
    Knock.objects.filter(not_before__lt=now - KNOCKS_KEPT).delete()
