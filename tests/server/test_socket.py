"""The socket, through a real uvicorn and a real client."""

import asyncio
import contextlib
import json
import threading

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from tests.server.running import house, running
from usward.live.hub import Hub

PEOPLE = {"sid=ann": ("ann", "ann-phone"), "sid=bob": ("bob", "bob-phone")}


class Stage:
    """A server with two people, whom a test can expel."""

    def __init__(self):
        self.people = dict(PEOPLE)
        self.hub = Hub()
        self.app = house(self._no_page, self.hub, lambda headers: self.people.get(headers.get("cookie", "")))
        self.port = 0

    @staticmethod
    def _no_page(environ, start_response):
        start_response("404 Not Found", [])
        return []

    def join(self, who, path="/live", origin=None, **headers):
        return connect(
            f"ws://127.0.0.1:{self.port}{path}",
            origin=Origin(origin or f"http://127.0.0.1:{self.port}"),
            additional_headers={"Cookie": f"sid={who}", **headers},
            compression=None,
        )


@pytest.fixture
def stage():
    built = Stage()
    with running(built.app) as port:
        built.port = port
        yield built


async def refused(joining):
    with pytest.raises(InvalidStatus) as caught:
        async with joining:
            pass
    return caught.value.response.status_code


async def hears(client, within=20.0):
    return json.loads(await asyncio.wait_for(client.recv(), within))


async def closed_with(client):
    with pytest.raises(ConnectionClosed) as caught:
        while True:
            await asyncio.wait_for(client.recv(), 20)
    assert caught.value.rcvd
    return caught.value.rcvd.code


def test_refusals(stage):
    async def story():
        assert await refused(stage.join("ann", origin="http://evil.example")) == 403
        assert await refused(stage.join("ann", origin="http://127.0.0.1")) == 403  # another port
        assert await refused(stage.join("ann", origin="null")) == 403
        assert await refused(stage.join("stranger")) == 403
        assert await refused(stage.join("ann", path="/elsewhere")) == 403
        host = {"Host": "evil.example"}
        raw = f"GET /live HTTP/1.1\r\nHost: {host['Host']}\r\nOrigin: http://evil.example\r\nCookie: sid=ann\r\n"
        raw += "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", stage.port)
        writer.write((raw + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").encode())
        assert b" 403 " in await reader.readline()
        writer.close()

    asyncio.run(story())


def test_a_ping_arrives_and_says_nothing(stage):
    async def story():
        async with stage.join("ann") as ann, stage.join("bob") as bob:
            threading.Thread(target=stage.hub.ping, args=("bob",)).start()
            said = await hears(bob)
            assert list(said) == ["look"]
            with contextlib.suppress(TimeoutError):
                raise AssertionError(await hears(ann, 0.2))

    asyncio.run(story())


def test_the_expelled_are_cut_at_once(stage):
    async def story():
        async with stage.join("ann") as ann, stage.join("bob") as bob:
            del stage.people["sid=bob"]
            stage.hub.close_partner("bob")
            assert await asyncio.wait_for(closed_with(bob), 20) == 4401
            stage.hub.close("ann-phone")
            assert await asyncio.wait_for(closed_with(ann), 20) == 4401
        assert stage.hub._seats == {}

    asyncio.run(story())


def test_membership_is_asked_again(stage):
    stage.app.live.recheck = 0.2

    async def story():
        async with stage.join("ann") as ann, stage.join("bob") as bob:
            del stage.people["sid=bob"]
            assert await closed_with(bob) == 4401
            stage.hub.ping("ann")
            assert "look" in await hears(ann)

    asyncio.run(story())


def test_nobody_slips_past_a_parting(stage):
    """Expelled between the question who it is and the subscription: the socket asks again."""
    asked: list[tuple[str, str] | None] = []

    def answer_while_parting(headers):
        who = stage.people.pop("sid=bob", None)
        if not asked:
            stage.hub.close_partner("bob")
        asked.append(who)
        return who

    stage.app.socket_partner = answer_while_parting
    assert asyncio.run(refused(stage.join("bob"))) == 403
    assert asked == [PEOPLE["sid=bob"], None]


@pytest.mark.parametrize(("messages", "code"), [(["x" * 65], 1009), (["hi"] * 11, 1008), ([b"y" * 65], 1009)])
def test_chatter_is_ended(stage, messages, code):
    async def story():
        async with stage.join("ann") as ann:
            for message in messages:
                await ann.send(message)
            assert await closed_with(ann) == code

    asyncio.run(story())


def test_a_little_chatter_is_ignored(stage):
    async def story():
        async with stage.join("ann") as ann:
            for _ in range(10):
                await ann.send("hi")
            stage.hub.ping("ann")
            assert "look" in await hears(ann)

    asyncio.run(story())
