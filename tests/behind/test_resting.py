"""What stands on Today while somebody rests: what concerns access to the account or the place, and nothing else."""

import re

from django.test import Client

from tests.behind.conftest import PHRASE


def test_an_alert_does_not_wait_for_the_end_of_a_pause(two):
    anna, ben = two
    anna.post("/settings/pause/", **{"for": "7"})
    ben.post("/thanks/", kind="thanks", text="For the tea")
    assert 'id="alerts"' not in anna.page()
    anna.post("/settings/export/")
    page = anna.page()
    assert 'id="alerts"' in page and "You have put Usward aside" in page
    assert "For the tea" not in page and 'data-card="checkin"' not in page and 'id="together"' not in page


def test_the_four_words_do_not_wait_for_the_end_of_a_pause(come):
    """A newcomer waits for them; the invitation itself, and the answer that came, can wait."""
    anna = come("Anna")
    anna.page("/invite/")
    code = re.search(r'class="code">([^<]+)<', anna.page("/invite/"))[1]
    anna.post("/settings/pause/", **{"for": "7"})
    assert "data-card" in (quiet := anna.page()) and 'id="invite"' not in quiet
    ben = Client()
    ben.post("/i/answer/", {"code": code, "text": "Ben's first answer."})
    mine = {"name": "Ben", "email": "ben@example.org", "passphrase": PHRASE.format("Ben"), "zone": "Europe/Copenhagen"}
    assert ben.post("/i/join/", mine | {"code": code}).status_code == 303
    assert 'class="words4"' in (page := anna.page()) and "first answer" not in page
    ben.post("/settings/pause/", {"for": "7"})
    assert 'class="words4"' in ben.get("/").content.decode()
