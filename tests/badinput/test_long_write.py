"""What is written waits for another's long write, and is on the disk when it is answered."""

import sqlite3
import time
from contextlib import closing
from threading import Timer
from uuid import uuid4

import pytest
from django.db import connection

from tests.doors import steps
from tests.doors.server import Server

LONG = 6.0


def test_a_long_write_is_waited_for(prepared):
    server = Server(prepared.parent, {})
    prepared.rename(server.data)
    server.start()
    try:
        anna = server.visitor()
        steps.sign_up(anna, "Anna")
        said = {"text": "You made tea.", "kind": "thanks", "when": "now", "id": str(uuid4())}
        anna.token()
        with closing(sqlite3.connect(server.data / "usward.sqlite3", check_same_thread=False)) as other:
            other.execute("BEGIN IMMEDIATE")
            Timer(LONG, other.rollback).start()
            began = time.monotonic()
            assert anna.post("/thanks/", said).status == 303
            assert time.monotonic() - began > LONG / 2
        assert "You made tea." in anna.get("/thanks/").text
    finally:
        server.stop()


@pytest.mark.django_db
def test_what_was_kept_outlives_a_power_cut():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)  # FULL: with a write-ahead log each commit is synced before it is answered
