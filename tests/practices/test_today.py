"""What the pages around Today say, and where they lead."""

from datetime import timedelta
from uuid import uuid4

from django.test import Client

from usward.kit import clock


def test_each_page_has_one_way_on_and_none_to_itself(two):
    anna, _ = two
    assert "Earlier ones" in anna.page("/")
    anna.post("/thanks/", text="You waited up.", kind="thanks", when="now", id="0b0f7a0e-5e3a-4d3c-9f6e-0d8d1f1f8a01")
    archive = anna.page("/thanks/")
    assert "You waited up." in archive and "Earlier ones" not in archive
    assert anna.page("/thanks/kind-words/").count("Back to today") == 1
    assert 'href="/questions/"' in anna.page("/questions/limits/")
    for path, place in {"/us/touch/": "Us", "/us/wishes/": "Us", "/talk/inner-world/": "Talk"}.items():
        assert f"</svg>{place}</a>" in anna.page(path)


def test_a_second_thank_you_does_not_hide_the_first(two):
    anna, ben = two
    for number, text in enumerate(("You waited up.", "You fetched the parcel.", "You hummed.")):
        anna.post("/thanks/", text=text, kind="thanks", when="now", id=f"0b0f7a0e-5e3a-4d3c-9f6e-0d8d1f1f8a0{number}")
        assert ("more from Anna" in ben.page("/")) == (number > 0)
    page = ben.page("/")
    assert "You hummed." in page and "2 more from Anna" in page


def test_a_card_for_tonight_is_opened_rather_than_made_again(two):
    anna, _ = two
    page = anna.page("/")
    assert "Say it tonight" in page
    exchange = page.split('name="exchange" value="')[1].split('"')[0]
    anna.post("/tonight/", exchange=exchange, text="A question", id="0b0f7a0e-5e3a-4d3c-9f6e-0d8d1f1f8a09")
    page = anna.page("/")
    assert "Open the card for tonight" in page and "Say it tonight" not in page


def test_a_tab_that_comes_back_to_a_forms_address_has_a_way_on(two):
    anna, _ = two
    answer = anna.get("/reply/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST") and "Go to Today" in answer.content.decode()
    page = Client().get("/i/answer/", HTTP_HOST="localhost").content.decode()
    assert "open its link once more" in page and 'class="go"' in page


def test_topics_have_the_same_names_wherever_they_stand(two):
    anna, _ = two
    for name in ("The two of us", "Hard things", "Body and senses"):
        assert name in anna.page("/talk/inner-world/") and name in anna.page("/questions/limits/")


def test_what_takes_two_leads_to_the_invitation(come):
    anna = come("Anna")
    for path in ("/talk/inner-world/", "/us/wishes/"):
        assert 'class="go" href="/invite/"' in anna.page(path)


def test_both_are_told_on_that_day_that_their_places_are_one(two):
    anna, ben = two
    assert "Ben is here" in anna.page("/") and "Anna is here" in ben.page("/")
    with clock.travel(timedelta(days=1)):
        assert "is here" not in anna.page("/") and "is here" not in ben.page("/")


def test_the_first_look_of_a_day_is_the_only_one(two):
    """It draws the question of the day; what it has put itself is no reason to fetch the page again."""
    anna, _ = two
    for days in (1, 2):
        with clock.travel(timedelta(days=days)):
            tag = anna.get("/").headers["ETag"]
            assert anna.client.get("/", headers={"If-None-Match": tag}).status_code == 304


def test_a_card_that_lies_out_is_told_to_the_other_once(two):
    """Of today's question its own card tells; of any other nothing else would."""
    anna, ben = two
    exchange = anna.page("/").split('name="exchange" value="')[1].split('"')[0]
    anna.post("/tonight/", exchange=exchange, text="The question of today", id=str(uuid4()))
    assert "Open the card for tonight" in ben.page("/") and "has put out a card" not in ben.page("/")
    card = anna.post("/tonight/", exchange="q:another", text="Another question", id=str(uuid4()))["Location"]
    assert "Anna has put out a card to talk about together" in (page := ben.page("/")) and f'href="{card}"' in page
    assert "has put out a card" not in anna.page("/")
    assert "Another question" in ben.page(card) and "has put out a card" not in ben.page("/")
