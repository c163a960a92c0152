"""What Today says about access: somebody asks to be let in again."""

from collections.abc import Iterable
from uuid import UUID

from usward.entries.door import Insider
from usward.kit.cards import ARRIVED, Card
from usward.security import readmission
from usward.spaces.models import Readmission

MINE = "let-in-mine"


def access_cards(inside: Insider) -> list[Card]:
    """Cards for the one who is asked, and for an open session of the one in whose name it was asked."""
    if inside.other is not None and not getattr(inside.other, "asked", True):
        return []
    rows, found = readmission.standing(inside.me, inside.other), []
    if inside.other is not None and inside.other.pk in rows:
        found.append(_grant_card(inside, rows[inside.other.pk], {}))
    if inside.me.pk in rows:
        mine = rows[inside.me.pk]
        about = {"row": mine, "opens_at": readmission.opens_at(mine)}
        found.append(Card(MINE, "security/let_in_mine_card.html", about, ARRIVED, 95))
    return found


def drawn(cards: Iterable[Card]) -> None:
    """Note that a page shows these: from then on the day counts in which the one they ask for can stop it."""
    for card in cards:
        if card.id == MINE:
            readmission.shown(card.context["row"])


def grant_card(inside: Insider, wanted: UUID, errors: dict[str, str]) -> Card | None:
    """The partner's asking, as the one sees it who may grant it; None where there is no such asking."""
    row = readmission.standing(inside.other).get(inside.other.pk) if inside.other else None
    return _grant_card(inside, row, errors) if row is not None and row.pk == wanted else None


def _grant_card(inside: Insider, row: Readmission, errors: dict[str, str]) -> Card:
    about = {
        "row": row,
        "words": readmission.words(row, inside.me),
        "name": inside.their_card.name if inside.their_card else "",
        "opens_first": readmission.opens_first(row),
        "errors": errors,
    }
    return Card("let-in", "security/let_in_card.html", about, ARRIVED, 95)
