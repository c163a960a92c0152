"""One's own settings: what the other can read is told to both; everything else changes nothing for the other."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from usward.kit import clock

OWN = {
    "/settings/look/": [{"theme": "dark", "reading": "hyperlegible", "calm": "yes"}],
    "/settings/day/": [{"zone": "Europe/Berlin"}],
    "/settings/pause/": [{"for": "7"}, {"for": "0"}],
    "/settings/quiet/": [{"from": "22:00", "until": "07:00"}, {"do": "none"}],
}
PAGES = [*OWN, "/settings/", "/settings/you/", "/settings/export/", "/settings/check/", "/settings/leave/"]


def seen(person) -> tuple[str, dict]:
    """What somebody receives, less what is fresh each time."""
    answer = person.get("/")
    body = re.sub(r'(csrfmiddlewaretoken" value|name="id" value|nonce)="[^"]*"', "", answer.content.decode())
    kept = {name: value for name, value in answer.headers.items() if name != "Content-Security-Policy"}
    return body, kept


@pytest.mark.parametrize("path", PAGES)
def test_settings_are_for_who_is_inside(two, path):
    assert two[0].get(path).status_code == 200
    assert Client().get(path).status_code == 302
    assert Client().post(path, {"for": "7"}).status_code in (302, 405)


@pytest.mark.parametrize("path", OWN)
def test_my_own_settings_change_nothing_for_the_other(two, path, monkeypatch):
    anna, ben = two
    told: list[str] = []
    monkeypatch.setattr("usward.live.hub.hub.ping", lambda who: told.append(str(who)))
    ben.get("/")  # today's question is drawn by whoever looks first
    before = seen(ben)
    pulse = ben.me.pulse
    for fields in OWN[path]:
        assert anna.post(path, **fields).status_code == 303
        assert seen(ben) == before
    assert ben.me.pulse == pulse
    assert str(ben.me.pk) not in told


def test_a_new_name_is_read_by_both(two, django_capture_on_commit_callbacks, monkeypatch):
    anna, ben = two
    told: list[str] = []
    monkeypatch.setattr("usward.live.hub.hub.ping", lambda who: told.append(str(who)))
    fields = {"name": "Annabel", "pronouns": "she/her", "colour": "moss", "shape": "wave"}
    tag = ben.get("/")["ETag"]
    with django_capture_on_commit_callbacks(execute=True):
        assert anna.post("/settings/you/", **fields)["Location"] == "/settings/?said=you"
    assert {str(anna.me.pk), str(ben.me.pk)} <= set(told)
    again = ben.get("/", headers={"If-None-Match": tag})
    assert again.status_code == 200 and "Tell Annabel" in again.content.decode()
    assert ben.inside.their_card.pronouns == "she/her"
    pulse = ben.me.pulse
    anna.post("/settings/you/", **fields)  # the same once more is nothing new
    assert ben.me.pulse == pulse


def test_two_people_have_two_colours(two):
    anna, ben = two
    fields = {"name": "Anna", "pronouns": "", "colour": ben.me.colour, "shape": "wave"}
    answer = anna.post("/settings/you/", **fields)
    assert answer.status_code == 422 and f"{'Ben'} has this colour" in answer.content.decode()
    assert anna.me.colour != ben.me.colour
    assert anna.post("/settings/you/", **(fields | {"colour": "nothing"})).status_code == 422
    assert anna.post("/settings/you/", **(fields | {"colour": "dusk", "name": "  "})).status_code == 422


def test_pauses_last_a_day_to_three_months(two):
    anna, _ = two
    today = clock.today("Europe/Copenhagen")
    for fields in ({"for": "93"}, {"for": "-1"}, {"for": "²"}, {"for": "1e2"}, {"for": ""}, {"until": "soon"}):
        assert anna.post("/settings/pause/", **fields).status_code == 422, fields
    for days in (0, -3, 93):
        day = (today + timedelta(days=days)).isoformat()
        assert anna.post("/settings/pause/", until=day).status_code == 422
    assert anna.me.paused_until is None
    assert anna.post("/settings/pause/", until=(today + timedelta(days=92)).isoformat()).status_code == 303
    assert anna.post("/settings/pause/", **{"for": "7"}).status_code == 303
    assert "put Usward aside" in anna.page()
    with clock.travel(timedelta(days=7)):
        assert "put Usward aside" not in anna.page()
    assert anna.post("/settings/pause/", **{"for": "0"})["Location"] == "/"
    assert anna.me.paused_until is None


def test_odd_values_are_answered_with_a_sentence(two):
    anna, _ = two
    assert anna.post("/settings/day/", zone="../../etc/passwd").status_code == 422
    assert anna.post("/settings/quiet/", **{"from": "25:00", "until": "x"}).status_code == 422
    assert anna.post("/settings/quiet/", **{"from": "22:00", "until": "22:00"}).status_code == 422
    assert anna.post("/settings/look/", theme="neon", reading="figtree").status_code == 422
    assert (anna.me.zone, anna.me.quiet_from, anna.me.theme) == ("Europe/Copenhagen", None, "system")


def test_what_was_said_is_shown_on_the_index(two):
    anna, _ = two
    assert 'class="notice good"' in anna.page("/settings/?said=limits")
    assert 'class="notice good"' not in anna.page("/settings/?said=<script>")
    assert "/invite/" not in anna.page("/settings/")


def test_alone_the_invitation_is_on_the_index(stranger):
    assert 'href="/invite/"' in stranger.page("/settings/")
