"""The hub: pings from any thread, coalesced; cuts at once."""

import asyncio
import uuid

import pytest
from django.db import transaction

from usward.live import hub as hubs
from usward.live import ping_on_commit
from usward.live.hub import Full, Hub, Signal


class Chair:
    """A seat that remembers."""

    def __init__(self, partner, session="s"):
        self.partner, self.session = partner, session
        self.heard, self.was_cut = [], False

    def nudge(self, token):
        self.heard.append(token)

    def cut(self):
        self.was_cut = True


def on_a_loop(story):
    async def told():
        hub = Hub()
        hub.start(asyncio.get_running_loop())
        await story(hub)

    asyncio.run(told())


def test_a_ping_reaches_every_page_of_one_partner_only():
    async def story(hub):
        ann = uuid.uuid4()
        first, second, other = Chair(str(ann)), Chair(ann.hex), Chair(str(uuid.uuid4()))
        for seat in (first, second, other):
            hub.subscribe(seat)
        await asyncio.to_thread(hub.ping, ann)
        await asyncio.sleep(0.01)
        assert len(first.heard) == 1 and first.heard == second.heard
        assert other.heard == []

    on_a_loop(story)


def test_many_pings_in_one_tick_are_one_and_tokens_differ():
    async def story(hub):
        seat = Chair("ann")
        hub.subscribe(seat)
        for _ in range(2):
            for _ in range(100):
                hub.ping("ann")
            await asyncio.sleep(0.01)
        first, second = seat.heard
        assert first != second
        assert len(first) == len(second)

    on_a_loop(story)


def test_cutting_a_session_and_a_partner():
    async def story(hub):
        phone, laptop, other = Chair("ann", "phone"), Chair("ann", "laptop"), Chair("bob", "phone2")
        for seat in (phone, laptop, other):
            hub.subscribe(seat)
        hub.close("phone")
        hub.ping("ann")
        await asyncio.sleep(0.01)
        assert (phone.was_cut, laptop.was_cut, other.was_cut) == (True, False, False)
        assert phone.heard == []
        assert len(laptop.heard) == 1
        hub.close_partner("ann")
        await asyncio.sleep(0.01)
        assert (laptop.was_cut, other.was_cut) == (True, False)
        assert hub.cuts == 2

    on_a_loop(story)


def test_seats_are_limited(monkeypatch):
    monkeypatch.setattr(hubs, "SEATS_EACH", 2)

    async def story(hub):
        seats = [Chair("ann"), Chair("ann"), Chair("ann")]
        hub.subscribe(seats[0])
        hub.subscribe(seats[1])
        with pytest.raises(Full):
            hub.subscribe(seats[2])
        hub.unsubscribe(seats[2])
        hub.unsubscribe(seats[0])
        hub.unsubscribe(seats[0])
        hub.subscribe(seats[2])

    on_a_loop(story)


def test_without_a_loop_a_ping_is_harmless():
    Hub().ping("ann")


def test_a_bridge_carries_signals_between_processes():
    class Wire:
        def __init__(self):
            self.ends, self.passed = [], []

        def publish(self, signal):
            self.passed.append(signal)
            for deliver in self.ends:
                deliver(signal)

        def listen(self, deliver):
            self.ends.append(deliver)

    async def story():
        wire = Wire()
        here, there = Hub(wire), Hub(wire)
        for hub in (here, there):
            hub.start(asyncio.get_running_loop())
        seat = Chair("bob")
        there.subscribe(seat)
        here.ping("bob")
        await asyncio.sleep(0.01)
        assert wire.passed == [Signal("ping", "bob")]
        assert len(seat.heard) == 1

    asyncio.run(story())


@pytest.mark.django_db(transaction=True)
def test_pings_go_out_on_commit_and_never_on_rollback(monkeypatch):
    heard = []
    monkeypatch.setattr(hubs.hub, "ping", heard.append)
    with transaction.atomic():
        ping_on_commit("ann")
        assert heard == []
    assert heard == ["ann"]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ping_on_commit("ann")
        raise ZeroDivisionError
    assert len(heard) == 1
