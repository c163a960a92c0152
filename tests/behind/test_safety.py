"""Help lines that leave no trace, and the way out in a hurry."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.accounts.test_pin_everywhere import every_page
from usward.accounts.models import Session
from usward.behind.safety import dialled
from usward.content.loader import library


def bare(answer) -> str:
    return re.sub(r'nonce="[^"]*"', "", answer.content.decode())


def test_the_page_is_the_same_for_everybody_and_leaves_nothing(two, caplog):
    anna, ben = two
    rows = list(Session.objects.order_by("pk").values())
    pulses = (anna.me.pulse, ben.me.pulse)
    inside, outside = anna.get("/safety/?country=DK"), Client().get("/safety/?country=DK")
    assert inside.status_code == 200 and bare(inside) == bare(outside)
    assert not inside.cookies and not outside.cookies
    assert list(Session.objects.order_by("pk").values()) == rows
    assert (anna.me.pulse, ben.me.pulse) == pulses
    assert not caplog.records


@pytest.mark.parametrize(
    ("languages", "country"),
    [("da-DK,da;q=0.9", "Denmark"), ("de,de-AT;q=0.5", "Austria"), ("zh-Hant-TW", None), ("xx", None), ("", None)],
)
def test_the_country_is_guessed_from_the_languages(languages, country):
    page = Client().get("/safety/", headers={"Accept-Language": languages}).content.decode()
    if country:
        assert f'<span class="when">{country}</span>' in page
    elif languages in ("xx", ""):
        assert "Choose the country" in page


def test_every_country_has_its_page_and_every_number_can_be_dialled():
    client = Client()
    for country in library().help:
        page = client.get(f"/safety/?country={country.code}").content.decode()
        for line in country.lines:
            assert not line.phone or f'href="tel:{dialled(line.phone)}"' in page
            assert re.fullmatch(r"[+*#]?[0-9*#]*", dialled(line.phone))
    assert client.get("/safety/?country=%00%3Cscript").status_code == 200


def test_the_way_out_is_on_every_page(two):
    anna, _ = two
    pages = {"inside " + path: page for path, page in every_page(anna).items()}
    pages |= {"outside " + path: page for path, page in every_page(SimpleNamespace(client=Client())).items()}
    assert len(pages) > 60 and "outside /" in pages
    without = {path for path, page in pages.items() if "/exit/" not in [form.action for form in page.forms]}
    assert without == set()


def test_leaving_quickly_ends_this_session(two):
    anna, ben = two
    sessions = Session.objects.count()
    answer = anna.client.post("/exit/", headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer["Location"]) == (303, "/exit/done/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert {"usward", "usward_unlock"} <= {name for name, one in answer.cookies.items() if one["max-age"] == 0}
    assert Session.objects.count() == sessions - 1
    assert anna.get("/settings/").status_code == 302
    assert ben.get("/settings/").status_code == 200


def test_a_foreign_page_cannot_sign_anybody_out(two):
    anna, _ = two
    anna.client.post("/exit/", headers={"Sec-Fetch-Site": "cross-site"})
    assert anna.get("/settings/").status_code == 200


def test_the_page_afterwards_says_nothing_of_us():
    answer = Client().get("/exit/done/")
    page = answer.content.decode()
    assert answer.status_code == 200 and not answer.cookies
    assert "usward" not in page.lower() and "<title>Kitchen measures</title>" in page
    assert not re.search(r"https?://", page)
    assert Client().post("/exit/").status_code == 303
    assert Client().get("/exit/").status_code == 405


def test_help_is_one_tap_from_us_and_from_the_settings(two):
    anna, _ = two
    for path in ("/us/", "/settings/"):
        assert 'href="/safety/"' in anna.page(path)
