"""What the house itself offers on Today: the invitation, the partner's first answer, the four words."""

from typing import Any

from django.db.models import UUIDField

from usward.accounts.models import LOUD, Alert
from usward.entries.door import Insider
from usward.front.actions import own_standing
from usward.kit import clock
from usward.kit.cards import ARRIVED, MORE, Card
from usward.kit.prepared import Given, Prepared
from usward.security.cards import access_cards
from usward.spaces import invitations
from usward.spaces.models import Invitation

# What concerns access to the account or the place: it cannot wait until somebody comes back from a pause.
ON_ACCESS = frozenset({"let-in", "let-in-mine", "alerts", "words"})
_alerts = Prepared(Alert.objects.filter(user_id=Given("user", UUIDField()), seen=False, what__in=LOUD)[:3])


def house_cards(inside: Insider, alerted: bool) -> list[Card]:
    """Cards around the invitation, while the two are not one space yet; and unseen alerts of one's own account."""
    found = access_cards(inside)
    alerts = _alerts(user=inside.user.pk) if alerted else []
    if alerts:
        found.append(Card("alerts", "front/alerts_card.html", {"alerts": alerts}, ARRIVED, 90))
    if not inside.me.offered_safety:
        found.append(Card("way-back", "front/way_back_card.html", {}, MORE, 15))
    if inside.other is not None and inside.me.joined_on == clock.today(inside.me.zone):
        found.append(Card("together", "front/together_card.html", {}, ARRIVED, 95))
    if inside.other is not None or inside.me.space.closed_on is not None:
        return found
    came_by = Invitation.objects.filter(invitee=inside.me, merged=False).select_related("inviter", "invitee").first()
    words = invitations.words(came_by) if came_by and not came_by.revoked else ()
    if words:
        found.append(Card("words", "front/words_wait_card.html", {"words": words}, ARRIVED, 80))
        return found
    mine = inviter_cards(inside)
    if came_by is not None and mine and mine[0].template == "front/invite_card.html":
        return [*found, Card("ended", "front/ended_card.html", {}, ARRIVED, 80)]
    return found + mine


def inviter_cards(inside: Insider) -> list[Card]:
    """What the person who invites sees: nothing yet, a link that waits, an answer that came, words to confirm."""
    row, opened = own_standing(inside)
    if row is None:
        return [Card("invite", "front/invite_card.html", {"ran_out": invitations.ran_out(inside.me)}, MORE, 100)]
    found = []
    if opened and opened.reply:
        found.append(Card("first-moment", "front/moment_card.html", moment(opened), ARRIVED, 85))
    words = invitations.words(row) if row.invitee_id and not row.confirmed else ()
    if words:
        found.append(Card("words", "front/words_confirm_card.html", {"words": words, "row": row}, ARRIVED, 80))
    elif not row.invitee_id and not (opened and opened.reply):
        found.append(Card("invite", "front/invite_waits_card.html", {"row": row}, MORE, 100))
    return found


def moment(opened: invitations.Opened) -> dict[str, Any]:
    """The first shared moment, as its inviter sees it."""
    return {"capsule": opened.capsule, "reply": opened.reply, "joined": opened.row.invitee_id is not None}
