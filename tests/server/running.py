"""A real uvicorn in a thread, for tests."""

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse

import uvicorn

from config.compose import House


@contextlib.contextmanager
def running(app) -> Iterator[int]:
    """Serve an ASGI application on a free port, and give the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="error", lifespan="on", ws_per_message_deflate=False, proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
    thread.start()
    try:
        until(lambda: server.started)
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(10)


def until(happened: Callable[[], object], within: float = 30) -> None:
    """Wait for what happens beside a test: as long as a busy machine needs, and no longer."""
    deadline = time.monotonic() + within
    while not happened():
        assert time.monotonic() < deadline, f"it did not happen within {within} seconds"
        time.sleep(0.01)


def house(wsgi, hub, who=lambda headers: None, **more) -> House:
    """A house around a WSGI application, that answers to the names of this computer."""
    return House(wsgi, who, hub, hosts=["127.0.0.1", "localhost"], **more)


def ask(port: int, method: str, path: str, body=None, headers=None, chunked=False) -> tuple[HTTPResponse, bytes]:
    """One request; the response and its body."""
    with contextlib.closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request(method, path, body, headers or {}, encode_chunked=chunked)
        response = connection.getresponse()
        return response, response.read()
