"""Asking an address: only public ones, by the address that was looked at, within limits, whatever the other end does."""

import gzip
import http.server
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from usward.calendars import fetch as fetching
from usward.calendars.fetch import Refused, cleaned, fetch, public

PRIVATE = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "ff02::1"),
]
PUBLIC = "93.184.215.14"


def resolving(monkeypatch, *answers: list[str]):
    """Let names be known under these addresses: one list a look-up, the last of them from then on. Gives what was asked."""
    asked: list[str] = []
    left = list(answers)

    def getaddrinfo(host, port, *more, **named):
        asked.append(host)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found
        ]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.fixture
def connected(monkeypatch):
    """Every connection that is made, by its address; none is really made."""
    made: list[tuple[str, int]] = []

    def create(address, timeout):
        made.append(address)
        raise OSError("nobody is there")

    monkeypatch.setattr(fetching.socket, "create_connection", create)
    return made


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_asked(monkeypatch, connected, address):
    resolving(monkeypatch, [address])
    host = f"[{address}]" if ":" in address else address
    for url in (f"https://{host}/a.ics", "http://innocent.example/a.ics", "webcal://innocent.example/a.ics"):
        with pytest.raises(Refused, match="private network"):
            fetch(url)
    assert not connected


def test_one_private_address_among_public_ones_is_enough(monkeypatch, connected):
    resolving(monkeypatch, [PUBLIC, "10.0.0.1"])
    with pytest.raises(Refused, match="private network"):
        fetch("https://innocent.example/")
    assert not connected


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1", "0177.0.0.1"])
def test_other_ways_to_write_this_machine(host):
    with pytest.raises(Refused):
        public(host, 80)


def test_a_name_that_answers_otherwise_the_second_time_leads_nowhere(monkeypatch, connected):
    asked = resolving(monkeypatch, [PUBLIC], ["127.0.0.1"])
    with pytest.raises(Refused, match="does not answer"):
        fetch("https://rebinding.example/")
    assert asked == ["rebinding.example"]
    assert connected == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "ftp://example.org/a.ics",
            "file:///etc/passwd",
            "gopher://example.org",
            "//example.org",
            "example.org",
            "",
            "https://",
        ),
        *(
            "https://me:secret@example.org/",
            "https://example.org:22/",
            "https://exa mple.org/",
            "https://example.org/\r\nX: y",
        ),
        *("https://example.org/" + "a" * 2000, "https://exämple.org/", "http://[::1", "https://example.org:99999/"),
    ],
)
def test_what_is_no_address_of_the_open_web(connected, address):
    with pytest.raises(Refused):
        fetch(address)
    assert not connected


def test_webcal_is_https():
    assert (
        cleaned("  WEBCAL://example.org/private-1/basic.ics?x=1 ").geturl()
        == "https://example.org/private-1/basic.ics?x=1"
    )


@pytest.fixture
def server(monkeypatch):
    """A server on this machine that the fetcher takes for a public one; `answers` says what each path does."""
    answers: dict[str, Callable[..., None]] = {}
    seen: list[dict[str, str]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append({"path": self.path, **dict(self.headers)})
            with suppress(ConnectionError):  # the fetcher hangs up on what is too long or too slow
                answers[self.path](self)

        def log_message(self, *_):
            pass

    house = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=house.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    resolving(monkeypatch, [PUBLIC])

    def create(address, timeout):
        assert address[0] == PUBLIC
        made = socket.socket()
        made.settimeout(timeout)
        made.connect(house.server_address)
        return made

    monkeypatch.setattr(fetching.socket, "create_connection", create)
    yield answers, seen
    house.shutdown()
    house.server_close()
    thread.join()


def answering(status=200, body=b"", **headers):
    def answer(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def test_a_calendar_and_the_condition_of_the_next_request(server):
    answers, seen = server
    answers["/a.ics?key=1"] = answering(
        body=b"BEGIN:VCALENDAR", ETag='"1"', Last_Modified="Sun, 01 Mar 2026 00:00:00 GMT"
    )
    first = fetch("http://calendar.example/a.ics?key=1")
    assert first.data == b"BEGIN:VCALENDAR"
    answers["/a.ics?key=1"] = answering(304)
    again = fetch("http://calendar.example/a.ics?key=1", first.etag, first.modified)
    assert again == (None, first.etag, first.modified)
    assert (seen[1]["If-None-Match"], seen[1]["If-Modified-Since"]) == ('"1"', first.modified)
    assert seen[1]["Host"] == "calendar.example"
    assert not {"Cookie", "Authorization", "Referer"} & set(seen[1])


def test_packed_and_larger_than_it_looks(server):
    answers, _ = server
    answers["/"] = answering(body=gzip.compress(b"BEGIN:VCALENDAR"), Content_Encoding="gzip")
    assert fetch("http://calendar.example/").data == b"BEGIN:VCALENDAR"
    answers["/"] = answering(body=gzip.compress(b"x" * (fetching.LARGEST + 1)), Content_Encoding="gzip")
    with pytest.raises(Refused, match="10 MB"):
        fetch("http://calendar.example/")
    answers["/"] = answering(body=b"not packed at all", Content_Encoding="gzip")
    with pytest.raises(Refused, match="did not answer as"):
        fetch("http://calendar.example/")


def test_a_body_without_an_end_is_not_read_to_the_end(server):
    answers, _ = server

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(400):
            handler.wfile.write(b"x" * 65536)

    answers["/"] = endless
    with pytest.raises(Refused, match="10 MB"):
        fetch("http://calendar.example/")


@pytest.mark.parametrize(
    ("at_once", "slowly"),
    [(b"HTTP/1.0 200 OK\r\n\r\n", b"x" * 300), (b"", b"HTTP/1.0 200 OK\r\n" + b"X-Long: 1\r\n" * 20)],
    ids=["its body", "its head"],
)
def test_a_server_that_drips_is_left_in_time(server, monkeypatch, at_once, slowly):
    answers, _ = server

    def drip(handler):
        handler.wfile.write(at_once)
        for octet in slowly:
            handler.wfile.write(bytes([octet]))
            time.sleep(0.1)

    answers["/"] = drip
    monkeypatch.setattr(fetching, "SECONDS", 1.0)
    began = time.monotonic()
    with pytest.raises(Refused, match="too long"):
        fetch("http://calendar.example/")
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    "head",
    [{"Content-Length": "4000"}, {"Content-Length": "4000", "Content-Encoding": "gzip"}, {"Content-Encoding": "gzip"}],
)
def test_half_a_calendar_is_none(server, head):
    answers, _ = server
    body = gzip.compress(b"BEGIN:VCALENDAR") if "Content-Encoding" in head else b"BEGIN:VCALENDAR"

    def broken(handler):
        handler.send_response(200)
        for name, value in head.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body[:-9])

    answers["/"] = broken
    with pytest.raises(Refused, match="broke off"):
        fetch("http://calendar.example/")


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:80/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd"]
)
def test_a_redirect_into_the_house_is_not_followed(server, monkeypatch, target):
    answers, seen = server
    answers["/"] = answering(302, Location=target)

    def getaddrinfo(host, port, *more, **named):
        at = PUBLIC if host == "calendar.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (at, port))]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(Refused):
        fetch("http://calendar.example/")
    assert len(seen) == 1


def test_redirects_are_followed_a_few_times(server):
    answers, seen = server
    answers["/"] = answering(302, Location="/moved.ics")
    answers["/moved.ics"] = answering(body=b"BEGIN:VCALENDAR")
    assert fetch("http://calendar.example/").data == b"BEGIN:VCALENDAR"
    answers["/moved.ics"] = answering(302, Location="/")
    with pytest.raises(Refused, match="without an end"):
        fetch("http://calendar.example/")
    assert len(seen) == 2 + fetching.REDIRECTS + 1


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "gives no calendar"), (403, "gives no calendar"), (500, "trouble of its own"), (304, "trouble")],
)
def test_other_answers_are_told_in_a_sentence(server, status, words):
    answers, _ = server
    answers["/"] = answering(status)
    with pytest.raises(Refused, match=words):
        fetch("http://calendar.example/")
