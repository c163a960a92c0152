"""Whoever is called to something hard may never have seen its first page: each page of it says whom it is not for."""

from uuid import uuid4

HELP = "Quiet help is here"


def test_every_page_of_something_hard_leads_to_quiet_help(two):
    anna, ben = two
    listening = anna.post("/talk/listening/", own="the late trains", begins="me", phones="two", id=str(uuid4()))
    working = anna.post("/talk/work-it-through/", text="who rings whom", id=str(uuid4()))
    said = anna.post("/talk/say-it/new/", act="send", saw="You came at ten.", felt="Alone.", id=str(uuid4()))
    for called in (listening, working, said):
        assert called.status_code == 303 and HELP in ben.page(called["Location"])
    anna.post(listening["Location"], act="pause", back="60", id=str(uuid4()))
    assert "A pause" in ben.page(listening["Location"]) and HELP in ben.page(listening["Location"])
    anna.post(listening["Location"], act="end")
    assert HELP in ben.page(listening["Location"])
    for path in ("/talk/", "/talk/say-it/new/", "/us/kind-eye/", "/us/kind-eye/new/"):
        assert HELP in ben.page(path), path
