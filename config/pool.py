"""Django's pages on a fixed pool of long-lived threads, under ASGI.

Django's own ASGI handler starts a thread and opens a database connection for every request. a2wsgi keeps threads,
but takes one before the body has come and holds it until the last byte has gone, so that four stalled clients hang
the next page, and it hands chunked bodies on as empty. Here a request takes a thread only when its whole body has
arrived, and gives it back before the first byte of the answer leaves.
"""

import asyncio
import contextlib
import io
import logging
import sys
import threading
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterable, Mapping
from hashlib import sha256
from html import escape
from queue import SimpleQueue
from typing import Any, NamedTuple, ParamSpec, TypeVar
from urllib.parse import unquote_to_bytes

from config.compress import Headers, compress
from usward.live.asgi import Receive, Scope, Send, headers_of, path_of

P = ParamSpec("P")
T = TypeVar("T")
Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
LARGE_PATIENCE = 8  # two minutes for a photo, on a train
log = logging.getLogger("usward.server")
LAST_WORK = 10.0  # seconds


class Busy(Exception):
    """Too many already wait for a thread."""


class Refused(Exception):
    """A request that is answered without Django: a status, a sentence, further headers."""

    def __init__(self, status: int, sentence: str, **headers: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence
        self.headers = [(name.replace("_", "-"), value) for name, value in headers.items()]


class Answer(NamedTuple):
    """A whole response."""

    status: int
    headers: Headers
    body: bytes


class _Thread(threading.Thread):
    """One thread, which does what it is handed until it is handed None."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.handed: SimpleQueue[Callable[[], None] | None] = SimpleQueue()

    def run(self) -> None:
        while (work := self.handed.get()) is not None:
            work()


class Pool:
    """Long-lived threads, each with its own database connection; at most `waiting` calls wait for one.

    The thread that rested last works next: its connection and the processor's caches are warm, and threads beyond what a
    quiet evening needs are never started. (In turn, eight threads took a quarter more processor time a page; an executor
    of the standard library wakes the event loop twice for each call.)
    """

    def __init__(self, threads: int = 8, waiting: int = 256) -> None:
        self._room = threads + waiting
        self._held = 0
        self._resting = [_Thread(f"page-{number}") for number in reversed(range(threads))]
        self._free = asyncio.Semaphore(threads)
        self._started: list[_Thread] = []

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `work` in a thread and give its result. Raises Busy at once when too many wait."""
        if self._held >= self._room:
            raise Busy
        self._held += 1
        try:
            await self._free.acquire()
        except asyncio.CancelledError:
            self._held -= 1
            raise
        thread, loop = self._resting.pop(), asyncio.get_running_loop()
        answered: asyncio.Future[T] = loop.create_future()

        def done(result: T | None, error: BaseException | None) -> None:
            self._held -= 1
            self._resting.append(thread)
            self._free.release()
            if answered.cancelled():  # whoever waited has gone; the thread is free now that its work is done
                return
            if error is None:
                answered.set_result(result)  # type: ignore[arg-type]  # what `work` gave
            else:
                answered.set_exception(error)

        def call() -> None:
            result, error = None, None
            try:
                result = work(*args, **kwargs)
            except BaseException as raised:
                error = raised
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(done, result, error)

        if not thread.is_alive():
            self._started.append(thread)
            thread.start()
        thread.handed.put(call)
        return await answered

    def stop(self) -> None:
        """Take no more; what runs may finish, within some seconds."""
        for thread in self._started:
            thread.handed.put(None)
        for thread in self._started:
            thread.join(LAST_WORK)


class Pages:
    """An ASGI application that runs a WSGI one in the pool.

    `limit` is the longest body in bytes, `patience` the seconds in which it must have come. `roomy` names the paths to
    which photos are sent: there a body that announces its length may have so many bytes, and more time; two at once of those
    who are `known`, and two of strangers, who so keep nobody but strangers waiting.
    """

    def __init__(
        self,
        wsgi: Wsgi,
        pool: Pool,
        limit: int = 1024 * 1024,
        patience: float = 15.0,
        roomy: Mapping[str, int] | None = None,
        known: Callable[[Mapping[str, str]], Awaitable[bool]] | None = None,
    ) -> None:
        self.wsgi, self.pool, self.limit, self.patience, self.roomy = wsgi, pool, limit, patience, roomy or {}
        self._known = known
        self._large = {True: asyncio.Semaphore(2), False: asyncio.Semaphore(2)}  # what they hold is memory

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = headers_of(scope)
        try:
            large = self._is_large(scope, headers)
            async with self._large[await self._knows(headers)] if large else contextlib.nullcontext():
                body = await self._body(headers, receive, large)
                answer = await self.pool.run(self._answer, scope, headers, body)
        except ConnectionResetError:
            return
        except Busy:
            answer = page(
                Refused(503, "Very many people are here just now. Please try again in a moment.", Retry_After="2"),
                scope,
            )
        except Refused as refused:
            answer = page(refused, scope)
        except asyncio.CancelledError:  # the server stops, and has waited long enough for this one
            answer = page(Refused(503, "Usward is just being restarted. Please try again.", Connection="close"), scope)
        except Exception:
            log.exception("A page broke")
            answer = page(Refused(500, "Something went wrong here, and it was not you. Please try again."), scope)
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
        await send({"type": "http.response.start", "status": answer.status, "headers": raw})
        await send({"type": "http.response.body", "body": answer.body})

    async def _knows(self, headers: dict[str, str]) -> bool:
        return self._known is not None and await self._known(headers)

    def _is_large(self, scope: Scope, headers: dict[str, str]) -> bool:
        """Whether a body is longer than most may be, and may be. Raises Refused where it is, and may not."""
        announced, path = int(headers.get("content-length") or 0), path_of(scope)
        most = next((size for start, size in self.roomy.items() if path.startswith(start)), self.limit)
        if announced > most:
            raise self._too_long(most)
        return announced > self.limit

    async def _body(self, headers: dict[str, str], receive: Receive, large: bool) -> bytes:
        """The whole body, before any thread is taken. One that is large has announced how large."""
        if "content-length" not in headers and "transfer-encoding" not in headers:
            return b""
        body, more = bytearray(), True
        try:
            async with asyncio.timeout(self.patience * (LARGE_PATIENCE if large else 1)):
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise ConnectionResetError
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(body) > self.limit and not large:
                        raise self._too_long(self.limit)
        except TimeoutError:
            sentence = "The connection was too slow, and not everything arrived. Please send it again."
            raise Refused(408, sentence, Connection="close") from None
        return bytes(body)

    def _too_long(self, most: int) -> Refused:
        size = f"{most / 1024 / 1024:.3g} MB"
        return Refused(413, f"That was more than fits in one piece ({size} at most). Please go back and send less.")

    def _answer(self, scope: Scope, headers: dict[str, str], body: bytes) -> Answer:
        """Run the WSGI application to the end; called in a thread of the pool."""
        started: list[tuple[str, Headers]] = []
        chunks: list[bytes] = []

        def start_response(status: str, fields: Headers, exc_info: object = None) -> Callable[[bytes], None]:
            started[:] = [(status, fields)]
            return chunks.append

        result = self.wsgi(environ(scope, headers, body), start_response)
        try:
            chunks.extend(result)
        finally:
            if hasattr(result, "close"):
                result.close()
        line, fields = started[0]
        status = int(line[:3])
        fields, whole = compress(headers.get("accept-encoding", ""), status, fields, b"".join(chunks))
        if status >= 200 and status not in (204, 304):
            fields = [
                *((n, v) for n, v in fields if n.lower() != "content-length"),
                ("Content-Length", str(len(whole))),
            ]
        return Answer(status, fields, whole)


def environ(scope: Scope, headers: dict[str, str], body: bytes) -> Environ:
    """What WSGI calls the environment. Nothing in it is believed from X-Forwarded-* headers."""
    root = (scope.get("root_path") or "").encode().decode("latin-1")
    path = unquote_to_bytes(scope["raw_path"]).decode("latin-1")
    server = scope.get("server") or ("localhost", 0)
    built: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": root,
        "PATH_INFO": path.removeprefix(root),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in headers.items():
        # X_Forwarded_For would read like X-Forwarded-For; and the body is no longer in chunks.
        if "_" not in name and name not in ("content-type", "content-length", "transfer-encoding"):
            built["HTTP_" + name.upper().replace("-", "_")] = value
    built["CONTENT_TYPE"] = headers.get("content-type", "")
    built["CONTENT_LENGTH"] = str(len(body))
    return built


# All the look of a short page, since it asks for no file: letters that can be read, and a button that a thumb finds.
STYLE = "body{font:1rem/1.5 system-ui;margin:1rem;max-width:40rem}button{font:inherit;min-height:44px;padding:0 1rem}"
_STYLES = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"


def page(refused: Refused, scope: Scope) -> Answer:
    """A short page with one sentence, and the way out in a hurry that every page has."""
    way_out = f"{escape(scope.get('root_path') or '')}/exit/"
    body = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark"><title>Usward</title>'
        f"<style>{STYLE}</style>"
        f'<form method="post" action="{way_out}"><button>Leave quickly</button></form><p>{refused.sentence}</p></html>'
    ).encode()
    fixed = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", f"default-src 'none'; style-src {_STYLES}; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    return Answer(refused.status, [*fixed, *refused.headers], body)
