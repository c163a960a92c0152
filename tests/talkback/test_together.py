"""A lively day: what only leads somewhere stands on one card."""

from usward.kit.cards import ARRIVED, MORE, Card
from usward.talkback import beckon


def names(cards: list[Card]) -> list[str]:
    return [one.id for one in cards]


def test_several_signs_share_a_card_in_the_place_of_the_heaviest():
    letter = beckon.card("letter", "A letter", "Read it", "keep/letters/", weight=30)
    wish = beckon.card("wish", "Something you both want", "See", "us/wishes/", weight=45)
    other = Card("checkin", "checkin/arrived.html", {}, ARRIVED, 42)
    more = beckon.card("more", "A wish was written", "Read it", "us/wishes/", MORE, 35)
    shared = beckon.together([letter, other, wish, more])
    assert sorted(names(shared)) == ["checkin", "more", "signs"]
    (one,) = [card for card in shared if card.id == "signs"]
    assert [row["words"] for row in one.context["signs"]] == ["Something you both want", "A letter"]
    assert (one.place, one.weight) == (ARRIVED, 45)


def test_a_sign_by_itself_stays_as_it_is():
    letter = beckon.card("letter", "A letter", "Read it", "keep/letters/")
    assert beckon.together([letter]) == [letter]
