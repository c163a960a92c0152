"""Four clients that stall in the middle of an upload, and four that do not take their page: Today still answers."""

import contextlib
import socket
import time

from tests.doors import steps

STALLED = 12  # more than the pool has threads


def stall(stack: contextlib.ExitStack, port: int, request: str, buffer: int = 0) -> None:
    """Send a part of a request, or all of it and never read."""
    one = stack.enter_context(contextlib.closing(socket.socket()))
    if buffer:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    one.connect(("127.0.0.1", port))
    one.sendall(request.encode())


def test_today_answers_beside_stalled_clients(server):
    anna = server.visitor()
    steps.sign_up(anna, "Anna")
    assert anna.get("/").status == 200
    jar = "; ".join(f"{name}={value}" for name, value in anna.cookies.items())
    head = f"Host: localhost:{server.port}\r\nCookie: {jar}\r\n"
    half = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\ntext=a"
    upload = f"POST /thanks/ HTTP/1.1\r\n{head}{half}"
    download = f"GET / HTTP/1.1\r\n{head}\r\n" * 8
    with contextlib.ExitStack() as stack:
        for _ in range(STALLED):
            stall(stack, server.port, upload)
            stall(stack, server.port, download, buffer=1024)
        time.sleep(0.5)
        began = time.monotonic()
        assert anna.get("/").status == 200
        words = {"text": "Between the stalled.", "kind": "thanks", "when": "now"}
        assert anna.post("/thanks/", words).status == 303
        took = time.monotonic() - began
    assert took < 12, f"Today and a thank-you took {took:.1f} s beside {STALLED} stalled clients"
