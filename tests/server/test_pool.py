"""Pages on the thread pool: exact requests, limits, and clients that stall."""

import contextlib
import gzip
import json
import socket
import time

import brotli
import pytest

from tests.server.answering import HTML, wsgi
from tests.server.running import ask, house, running, until
from usward.live.hub import Hub


def who(headers):
    return ("anna", "her phone") if headers.get("cookie") == "a=session" else None


@pytest.fixture(scope="module")
def app():
    return house(wsgi, Hub(), who=who, threads=4, limit=100_000, roomy={"/photos/": 300_000})


@pytest.fixture(scope="module")
def port(app):
    with running(app) as number:
        yield number


def seen(port, *args, **kwargs):
    return json.loads(ask(port, *args, **kwargs)[1])


def test_environ_is_exact(port):
    headers = {
        "Host": "love.example:8000",
        "Cookie": "a=1",
        "X-Forwarded-For": "6.6.6.6",
        "X-Forwarded-Proto": "https",
        "X_Real": "forged",
        "Content-Type": "text/plain",
    }
    env = seen(port, "POST", "/a%20b/%C3%A9%ff?q=%20x", b"hello", headers)
    assert env["PATH_INFO"] == "/a b/\xc3\xa9\xff"
    assert env["QUERY_STRING"] == "q=%20x"
    assert env["HTTP_HOST"] == "love.example:8000"
    assert env["REMOTE_ADDR"] == "127.0.0.1"
    assert env["wsgi.url_scheme"] == "http"
    assert env["CONTENT_LENGTH"] == "5"
    assert env["CONTENT_TYPE"] == "text/plain"
    assert env["body"] == "hello"
    assert "HTTP_X_REAL" not in env


def test_repeated_headers_are_joined(port):
    with socket.create_connection(("127.0.0.1", port)) as client:
        fields = b"Cookie: a=1\r\nCookie: b=2\r\nAccept: p\r\nAccept: q\r\nConnection: close\r\n"
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n" + fields + b"\r\n")
        text = b"".join(iter(lambda: client.recv(65536), b""))
    env = json.loads(text.partition(b"\r\n\r\n")[2])
    assert env["HTTP_COOKIE"] == "a=1; b=2"
    assert env["HTTP_ACCEPT"] == "p,q"


def test_chunked_body_arrives_whole(port):
    env = seen(port, "POST", "/", iter([b"one ", b"two ", b"three"]), {"Transfer-Encoding": "chunked"}, chunked=True)
    assert env["body"] == "one two three"
    assert env["CONTENT_LENGTH"] == "13"
    assert "HTTP_TRANSFER_ENCODING" not in env


def test_sub_path_whether_or_not_the_proxy_strips_it():
    with running(house(wsgi, Hub(), prefix="/us")) as port:
        for path in ("/us/today", "/today"):
            env = seen(port, "GET", path)
            assert (env["SCRIPT_NAME"], env["PATH_INFO"]) == ("/us", "/today")
        assert seen(port, "GET", "/usual")["PATH_INFO"] == "/usual"


@pytest.mark.parametrize("chunked", [False, True])
def test_too_long_a_body_is_413(port, chunked):
    body = iter([b"x" * 50_000] * 4) if chunked else b"x" * 200_000
    headers = {"Transfer-Encoding": "chunked"} if chunked else {}
    response, text = ask(port, "POST", "/", body, headers, chunked)
    assert response.status == 413
    assert b"more than fits" in text and b'action="/exit/"><button>Leave quickly' in text
    assert response.headers["Cache-Control"] == "no-store"


def test_a_body_at_the_limit_passes(port):
    assert len(seen(port, "POST", "/", b"x" * 100_000)["body"]) == 100_000


def test_where_photos_go_there_is_more_room_for_a_body_that_says_how_long_it_is(port):
    assert len(seen(port, "POST", "/photos/new/", b"x" * 300_000)["body"]) == 300_000
    assert ask(port, "POST", "/photos", b"x" * 100_001)[0].status == 413
    response, text = ask(port, "POST", "/photos/new/", b"x" * 300_001)
    assert response.status == 413 and b"0.286 MB at most" in text
    chunked = iter([b"x" * 50_000] * 4)
    assert ask(port, "POST", "/photos/", chunked, {"Transfer-Encoding": "chunked"}, True)[0].status == 413


def test_two_large_bodies_at_once_and_pages_do_not_wait_for_them(app, port):
    begun = b"POST /photos/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n"
    with contextlib.ExitStack() as open_ones:
        stalled = [open_ones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10)) for _ in range(2)]
        for client in stalled:
            client.sendall(begun + b"x" * 1000)
        until(app.pages._large[False].locked)  # both are in
        third = open_ones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=0.5))
        third.sendall(begun + b"y" * 200_000)
        with pytest.raises(TimeoutError):
            third.recv(1)
        assert ask(port, "GET", "/")[0].status == 200
        stalled[0].sendall(b"x" * 199_000)
        third.settimeout(30)
        assert third.recv(12) == b"HTTP/1.1 200" and stalled[0].recv(12) == b"HTTP/1.1 200"


def test_strangers_who_send_slowly_keep_nobody_at_home_waiting(app, port):
    begun = b"POST /photos/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n"
    with contextlib.ExitStack() as open_ones:
        for _ in range(3):
            client = open_ones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            client.sendall(begun + b"x" * 1000)
        began = time.monotonic()
        response, _ = ask(port, "POST", "/photos/", b"y" * 200_000, {"Cookie": "a=session"})
        assert response.status == 200 and time.monotonic() - began < app.pages.patience


def test_too_slow_a_body_is_408(app, port, monkeypatch):
    monkeypatch.setattr(app.pages, "patience", 1.5)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf")
        text = b"".join(iter(lambda: client.recv(65536), b""))
    assert text.startswith(b"HTTP/1.1 408")
    assert b"too slow" in text


def test_several_cookies_stay_several(port):
    response, _ = ask(port, "GET", "/cookies")
    assert response.headers.get_all("Set-Cookie") == ["a=1", "b=2"]


def test_a_broken_page_says_a_sentence_and_no_more(port):
    response, text = ask(port, "GET", "/broken")
    assert response.status == 500
    assert b"words of somebody" not in text


def test_head_has_the_length_and_no_body(port):
    response, body = ask(port, "HEAD", "/cookies")
    assert (response.headers["Content-Length"], body) == ("3", b"")


@pytest.mark.parametrize(
    ("accepts", "coding", "opens"),
    [("gzip, br", "br", brotli.decompress), ("gzip;q=1, br;q=0", "gzip", gzip.decompress), ("", None, bytes)],
)
def test_html_is_compressed_as_the_client_likes_it(port, accepts, coding, opens):
    response, body = ask(port, "GET", "/html", headers={"Accept-Encoding": accepts})
    assert response.headers["Content-Encoding"] == coding
    assert opens(body).decode() == HTML
    assert response.headers["Vary"] == "Cookie, Accept-Encoding"
    assert response.headers["ETag"] == ('W/"e"' if coding else '"e"')


def test_unchanged_stays_empty(port):
    response, body = ask(port, "GET", "/304", headers={"Accept-Encoding": "br"})
    assert (response.status, body, response.headers["ETag"]) == (304, b"", '"e"')


def test_stalled_clients_hold_no_thread(app, port):
    """Four threads; four uploads that stop in the middle and four readers that do not read. No page waits until they are
    given up."""
    with contextlib.ExitStack() as stack:
        for start in [b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\nhalf"] * 4 + [
            b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n"
        ] * 4:
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", port))
            client.sendall(start)
        time.sleep(0.2)
        began = time.monotonic()
        for _ in range(10):
            assert ask(port, "GET", "/")[0].status == 200
        assert time.monotonic() - began < app.pages.patience / 2
