"""A draft goes when it was sent, and stays where only something else was: in two tabs, in old forms, without a script."""

import re
from uuid import uuid4

import pytest

from tests.behind.conftest import come, plain, stranger, two

__all__ = ["come", "plain", "stranger", "two"]

LONG = "A long thank-you that I am still writing."


def form(person, path: str = "/") -> dict[str, str]:
    """The hidden fields by which the form of thanks on a page is known."""
    page = person.page(path)
    inside = page[page.index('data-draft="thanks"') :]
    inside = inside[: inside.index("</form>")]
    return dict(re.findall(r'name="(id|held)" value="([^"]*)"', inside))


def typed(person, form: dict[str, str], text: str, **more: str) -> None:
    """What the script does while somebody types."""
    fields = {"composer": "thanks", "draft-kind": "thanks", "draft-text": text}
    assert person.post("/draft/", **fields, **more, **form).status_code == 204


def sends(person, form: dict[str, str], text: str, expect: int = 303) -> str:
    answer = person.post("/thanks/", text=text, kind="thanks", when="now", **form)
    assert answer.status_code == expect
    return answer.content.decode()


def drafted(person) -> str:
    page = person.page("/")
    return re.search(r'id="thanks-text" name="text"[^>]*>([^<]*)<', page)[1]


def test_what_is_typed_in_one_tab_outlives_what_another_sends(two, stranger):
    anna, ben = two
    one, other = form(anna), form(anna)
    typed(anna, one, LONG)
    sends(anna, other, "A short one.")
    assert drafted(anna) == LONG, "she was told that it is kept as a draft"
    typed(anna, other := form(anna), LONG + " And more.")
    sends(anna, other, LONG + " And more of it.")
    assert drafted(anna) == ""
    for person in (ben, stranger):
        assert drafted(person) == "" and LONG not in person.page("/").replace(LONG + " And more of it.", "")


def test_two_tabs_with_a_draft_in_each(two):
    anna, _ = two
    one, other = form(anna), form(anna)
    typed(anna, one, LONG)
    typed(anna, other, "A short")
    assert drafted(anna) == "A short", "the newest is shown"
    sends(anna, other, "A short one.")
    assert drafted(anna) == LONG, "and what lay beneath comes up again"
    typed(anna, one, LONG + " More.")
    sends(anna, one, "Something else.")
    assert drafted(anna) == ""


@pytest.mark.parametrize(
    ("kept", "sent"),
    [
        ("You brought", "You brought soup.\r\nAnd bread."),
        ("You brought soup.\nAnd bread.", "You brought soup.\r\nAnd bread."),
        ("Quite another beginning", "You brought soup."),
    ],
)
def test_sending_leaves_no_draft_behind(two, kept, sent):
    """However little of it the script had kept, and whatever line ends the browser sends."""
    anna, _ = two
    typed(anna, one := form(anna), kept)
    sends(anna, one, sent)
    assert drafted(anna) == ""


def test_a_draft_that_a_page_shows_goes_with_what_becomes_of_it(two):
    """Without a script, and from another device: the page says what its form was begun from."""
    anna, _ = two
    typed(anna, form(anna), LONG)
    shown = form(anna, "/thanks/")
    sends(anna, shown, "I said it in other words.")
    assert drafted(anna) == ""


def test_a_draft_goes_when_the_same_words_are_sent_elsewhere(two):
    anna, _ = two
    one, other = form(anna), form(anna)
    typed(anna, one, LONG)
    sends(anna, other, LONG)
    assert drafted(anna) == ""


def test_what_a_page_gives_back_and_is_sent_then_leaves_no_draft(two):
    """Something was missing; the page that says so is another form."""
    anna, _ = two
    typed(anna, one := form(anna), LONG)
    answer = sends(anna, one | {"meant": "x" * 501}, LONG, expect=422)
    again = dict(re.findall(r'name="(id|held)" value="([^"]*)"', answer))
    sends(anna, again, "Quite other words by now.")
    assert drafted(anna) == ""


def test_a_tab_that_types_on_after_a_page_was_begun_from_its_draft(two):
    anna, _ = two
    typed(anna, one := form(anna), LONG)
    begun = form(anna)
    typed(anna, one, LONG + " And on.")
    sends(anna, begun, LONG)
    assert drafted(anna) == LONG + " And on."


def test_a_draft_from_before_forms_were_remembered(two):
    anna, _ = two
    typed(anna, {}, LONG)
    sends(anna, {"id": str(uuid4())}, "Other words.")
    assert drafted(anna) == LONG
    sends(anna, form(anna), "Words that came of it.")
    assert drafted(anna) == ""
