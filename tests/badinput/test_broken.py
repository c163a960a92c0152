"""Something breaks on our side while a form is on its way: its words are given back, and stand in no log."""

import io
import logging
import logging.config
from html import escape
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError

from usward.accounts.models import User
from usward.entries.writer import Writer
from usward.vault.models import CoupleWrap

TYPED = "Half a letter, with <care> & “quotes”."


def breaks(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def put(*_given: object, **_how: object) -> None:
        try:
            int(TYPED)
        except ValueError as quoted:  # as what was typed gets into what an error says
            raise error from quoted

    monkeypatch.setattr(Writer, "put", put)


@pytest.fixture
def log(monkeypatch) -> io.StringIO:
    """What a server would write to its log."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    logging.config.dictConfig(settings.LOGGING)
    yield written
    monkeypatch.undo()
    logging.config.dictConfig(settings.LOGGING)


@pytest.mark.parametrize("error", [OperationalError("database or disk is full"), ValueError(TYPED), KeyError(TYPED)])
def test_words_come_back_and_stay_out_of_the_log(cast, monkeypatch, log, error):
    anna = cast.visitor("self")
    anna.token()
    breaks(monkeypatch, error)
    answer = anna.post("/thanks/", {"text": TYPED, "kind": "thanks", "when": "now", "id": str(uuid4())})
    assert answer.status == 500 and escape(TYPED) in answer.text and "nothing you did" in answer.text
    said = log.getvalue()
    assert "/thanks/" in said and type(error).__name__ in said and "in put" in said
    assert "Half a letter" not in said and "letter" not in said
    assert ("disk is full" in said) == isinstance(error, OperationalError)


def test_a_secret_does_not_come_back(cast, monkeypatch, log):
    anna = cast.visitor("self")
    anna.token()
    monkeypatch.setattr("usward.security.ways.hasher.check", lambda *_: 1 / 0)
    answer = anna.post(
        "/settings/passphrase/", {"present": "my present passphrase", "passphrase": "the one to come, long"}
    )
    assert answer.status == 500 and "present passphrase" not in answer.text and "to come" not in answer.text
    assert "ZeroDivisionError" in log.getvalue() and "division by zero" not in log.getvalue()


def test_a_damaged_couple_key_is_named_and_ones_own_things_open(cast):
    """The wrap that opens what is for both has a flipped bit: nothing can be said but that, and by which way it comes back."""
    wrap = CoupleWrap.objects.get(owner=User.objects.get(email="anna@example.org").pk)
    CoupleWrap.objects.filter(pk=wrap.pk).update(sealed=bytes(wrap.sealed)[:-1] + bytes([wrap.sealed[-1] ^ 1]))
    anna = cast.visitor("self")
    for path in ("/", "/thanks/"):
        page = anna.get(path)
        assert page.status == 500 and "does not open" in page.text and "usward restore" in page.text
        assert "/settings/" in page.links
    for path in ("/settings/", "/settings/devices/", "/settings/passphrase/", "/us/kind-eye/"):
        assert anna.get(path).status == 200
    answer = anna.post("/thanks/", {"text": TYPED, "kind": "thanks", "when": "now", "id": str(uuid4())})
    assert answer.status == 500 and escape(TYPED) in answer.text and "usward restore" in answer.text
    assert cast.visitor("partner").get("/").status == 200
