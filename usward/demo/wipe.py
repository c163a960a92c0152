"""Where the demo may be seen, and how every trace of a demo couple goes."""

from django.conf import settings
from django.db import transaction

from usward.accounts.models import DEMO_DOMAIN, User
from usward.front.actions import accounts_open
from usward.kit import clock
from usward.live.hub import hub
from usward.spaces.models import Space
from usward.vault.keys import destroy_keys
from usward.vault.ring import destroy_space_keys

AT_MOST = 4  # couples at once on one server; the oldest goes
LIVES = 24 * 3600  # seconds


def offered() -> bool:
    """Whether the demo may be seen: where nobody has an account yet, or where USWARD_DEMO=1 says so."""
    return bool(settings.OFFER_DEMO) or accounts_open(False)


def wipe(user: User) -> None:
    """Destroy one of a demo couple, and with them both, their space, their keys and their sessions."""
    if not user.email.endswith(DEMO_DOMAIN):
        raise PermissionError("only a demo couple is wiped")
    stamp = user.email.partition(".")[2]
    both = list(User.objects.filter(email__endswith="." + stamp).select_related("partner__space"))
    partners = [one.partner for one in both if hasattr(one, "partner")]
    with transaction.atomic():
        for space in {partner.space_id for partner in partners}:
            destroy_space_keys(space)
            Space.objects.filter(pk=space).delete()
        for one in both:
            destroy_keys(one.pk)
            one.delete()
    for partner in partners:
        hub.close_partner(partner.pk)


def couples() -> list[User]:
    """One of each demo couple on this server, the oldest first: their addresses tell when they came."""
    one_each = {user.email.partition(".")[2]: user for user in User.objects.filter(email__endswith=DEMO_DOMAIN)}
    return sorted(one_each.values(), key=_came)


def _came(user: User) -> int:
    return int(user.email.split(".")[1])


def make_room() -> None:
    """Let the oldest go where one more would be too many."""
    there = couples()
    for user in there[: max(0, len(there) - AT_MOST + 1)]:
        wipe(user)


def tidy() -> None:
    """A chore: what nobody may see any more goes, and on a server of others' each couple after a day."""
    now = clock.now().timestamp()
    for user in couples():
        if not offered() or now - _came(user) > LIVES:
            wipe(user)
