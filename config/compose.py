"""How the parts of the server stand together: pages in the pool, the socket, raw routes, chores."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from django.db import close_old_connections

from config.pool import Busy, Pages, Pool, Refused, Wsgi, page
from usward.live.asgi import App, Message, Receive, Scope, Send, headers_of, host_allowed, path_of, same_origin
from usward.live.hub import Hub
from usward.live.socket import LiveSocket, Who

log = logging.getLogger("usward.server")
T = TypeVar("T")
SocketPartner = Callable[[Mapping[str, str]], Who | None]

RAW_HEADERS = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; sandbox; frame-ancestors 'none'"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]


class Chore(NamedTuple):
    """Something to do in a pool thread every so many seconds."""

    every: float
    work: Callable[[], object]


class House:
    """The whole server as one ASGI application.

    `raw` maps a path prefix to an ASGI application that streams (uploads, media); host, origin and security headers
    are taken care of here. `roomy` maps a path prefix to the longest body that a page there takes. `prefix` is the
    sub-path that the house is mounted on, whether or not a proxy strips it.
    """

    def __init__(
        self,
        wsgi: Wsgi,
        socket_partner: SocketPartner,
        hub: Hub,
        *,
        hosts: Iterable[str],
        prefix: str = "",
        raw: Mapping[str, App] | None = None,
        chores: Sequence[Chore] = (),
        warm: Callable[[], object] | None = None,
        threads: int = 8,
        limit: int = 1024 * 1024,
        roomy: Mapping[str, int] | None = None,
    ) -> None:
        self.pool = Pool(threads)
        self.pages = Pages(wsgi, self.pool, limit, roomy=roomy, known=self._known)
        self.hub, self.hosts, self.prefix, self.raw, self.chores = hub, hosts, prefix, raw or {}, chores
        self.socket_partner, self.warm = socket_partner, warm
        self.live = LiveSocket(self._who, hub, hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self._lifespan(receive, send)
        scope = self._mounted(scope)
        path = path_of(scope)
        if scope["type"] == "websocket":
            return await (self.live if path == "/live" else _no_socket)(scope, receive, send)
        for start, app in self.raw.items():
            if path.startswith(start):
                return await self._guarded(app, scope, receive, send)
        return await self.pages(scope, receive, send)

    def _mounted(self, scope: Scope) -> Scope:
        if not self.prefix:
            return scope
        kept = scope["path"] == self.prefix or scope["path"].startswith(self.prefix + "/")
        before = "" if kept else self.prefix
        raw_path = before.encode() + scope["raw_path"]
        return {**scope, "root_path": self.prefix, "path": before + scope["path"], "raw_path": raw_path}

    async def _guarded(self, app: App, scope: Scope, receive: Receive, send: Send) -> None:
        """A raw route, behind the checks and headers that Django's middleware would give a page."""
        headers = headers_of(scope)
        safe = scope["method"] in ("GET", "HEAD", "OPTIONS")
        if not host_allowed(headers, self.hosts) or not (safe or same_origin(headers)):
            answer = page(
                Refused(403, "This request did not come from our own page, so it was not carried out."), scope
            )
            raw = [(name.lower().encode(), value.encode()) for name, value in answer.headers]
            await send({"type": "http.response.start", "status": answer.status, "headers": raw})
            return await send({"type": "http.response.body", "body": answer.body})

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", ()))
                named = {name.lower() for name, _ in own}
                message = {**message, "headers": own + [pair for pair in RAW_HEADERS if pair[0] not in named]}
            await send(message)

        return await app(scope, receive, send_with_headers)

    async def _who(self, headers: Mapping[str, str]) -> Who | None:
        try:
            return await self.pool.run(_fresh, lambda: self.socket_partner(headers))
        except Busy:
            return None

    async def _known(self, headers: Mapping[str, str]) -> bool:
        return await self._who(headers) is not None

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        self.hub.start(asyncio.get_running_loop())
        chores = [asyncio.create_task(self._repeat(chore)) for chore in self.chores]
        await send({"type": "lifespan.startup.complete"})
        if self.warm:  # what the first page would have to wait for, while nobody has asked yet
            chores.append(asyncio.create_task(self.pool.run(_chore, self.warm)))
        await receive()
        self.hub.stop()
        for task in chores:
            task.cancel()
        self.pool.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _repeat(self, chore: Chore) -> None:
        """The first time a little after the start, which nothing should slow down."""
        await asyncio.sleep(min(60.0, chore.every))
        while True:
            with contextlib.suppress(Busy):
                await self.pool.run(_chore, chore.work)
            await asyncio.sleep(chore.every)


def _fresh(work: Callable[[], T]) -> T:
    """As Django does around a request: no call meets a database connection that has died."""
    close_old_connections()
    return work()


def _chore(work: Callable[[], object]) -> None:
    """Whatever goes wrong in a chore, the next round comes. The log gets the kind of error, never its words."""
    try:
        _fresh(work)
    except Exception as error:
        log.error("A chore failed: %s", type(error).__name__)


async def _no_socket(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 4404})
