"""The one WebSocket: it says "look again", and nothing else."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping

from usward.live.asgi import Message, Receive, Scope, Send, headers_of, host_allowed, same_origin
from usward.live.hub import Full, Hub

Who = tuple[str, str]  # partner id, hash of the session
Authenticate = Callable[[Mapping[str, str]], Awaitable[Who | None]]

STRANGER, POLICY, TOO_BIG, BUSY = 4401, 1008, 1009, 1013
LONGEST_MESSAGE = 64
MESSAGES_A_MINUTE = 10
RECHECK_SECONDS = 300.0
ATTEMPTS = 5


class Visit:
    """One open socket: the hub's Seat. It keeps next to nothing while idle."""

    __slots__ = ("_send", "_sending", "_since", "_token", "_told", "closed", "partner", "session")

    def __init__(self, who: Who, send: Send) -> None:
        self.partner, self.session = who
        self.closed = False
        self._send = send
        self._token = ""  # of the newest ping that is not sent yet: a slow reader is owed one, never a queue
        self._sending: asyncio.Task[None] | None = None
        self._since, self._told = 0.0, 0

    def nudge(self, token: str) -> None:
        """Send a ping as soon as the socket takes it."""
        self._token = token
        self._wake()

    def cut(self) -> None:
        """Close, now."""
        self.closed = True
        self._wake()

    def too_much(self, message: Message, now: float) -> int | None:
        """The code to close with, if what came in is more than a page has reason to say."""
        said = message.get("bytes") or (message.get("text") or "").encode()
        if len(said) > LONGEST_MESSAGE:
            return TOO_BIG
        if now - self._since > 60:
            self._since, self._told = now, 0
        self._told += 1
        return POLICY if self._told > MESSAGES_A_MINUTE else None

    def _wake(self) -> None:
        if self._sending is None:
            self._sending = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        try:
            while self._token and not self.closed:
                token, self._token = self._token, ""
                await self._send({"type": "websocket.send", "text": json.dumps({"look": token})})
            if self.closed:
                await self._send({"type": "websocket.close", "code": STRANGER})
        except (OSError, RuntimeError):  # the other side has gone; the visit ends by itself
            self._token = ""
        finally:
            self._sending = None


class LiveSocket:
    """The ASGI application at /live. `authenticate` says from the headers who is there, or None."""

    def __init__(self, authenticate: Authenticate, hub: Hub, hosts: Iterable[str]) -> None:
        self.authenticate, self.hub, self.hosts, self.recheck = authenticate, hub, hosts, RECHECK_SECONDS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        headers = headers_of(scope)
        if not (host_allowed(headers, self.hosts) and same_origin(headers)):
            return await _close(send, STRANGER)
        who = await self._who(headers)
        if who is None:
            return await _close(send, STRANGER)
        visit = Visit(who, send)
        try:
            self.hub.subscribe(visit)
        except Full:
            return await _close(send, BUSY)
        try:
            await send({"type": "websocket.accept"})
            await self._stay(visit, headers, receive, send)
        finally:
            self.hub.unsubscribe(visit)

    async def _who(self, headers: Mapping[str, str]) -> Who | None:
        """Who is there; asked again when somebody was cut while we asked, so that nobody slips past a parting."""
        for _ in range(ATTEMPTS):
            cuts = self.hub.cuts
            who = await self.authenticate(headers)
            if cuts == self.hub.cuts:
                return who
        return None

    async def _stay(self, visit: Visit, headers: Mapping[str, str], receive: Receive, send: Send) -> None:
        now = asyncio.get_running_loop().time
        check_at = now() + self.recheck
        while True:
            try:
                async with asyncio.timeout_at(check_at):
                    message = await receive()
            except TimeoutError:
                if await self.authenticate(headers) != (visit.partner, visit.session):
                    return await _close(send, STRANGER)
                check_at = now() + self.recheck
                continue
            if message["type"] == "websocket.disconnect":
                return
            if (code := visit.too_much(message, now())) is not None:
                return await _close(send, code)


async def _close(send: Send, code: int) -> None:
    try:
        await send({"type": "websocket.close", "code": code})
    except (OSError, RuntimeError):  # already closed
        return
