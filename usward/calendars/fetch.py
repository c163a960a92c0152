"""Fetching a calendar from an address that one of the two has named. The server asks nobody but the open internet.

The name is looked up once; every address that it has must be a public one, and the connection is made to that very
address, so that a name which answers differently the second time (DNS rebinding) leads nowhere. Each step of a redirect is
held to the same. No proxy, no credentials of the machine, no cookies.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from usward.calendars.apart import LARGEST

SECONDS, REDIRECTS, LONGEST = 20.0, 4, 2000
CHUNK = 64 * 1024
PORTS = {"https": 443, "http": 80}
BROKEN_OFF = "That address broke off in the middle. It is tried again later."
NO_ANSWER = "That address does not answer. It is tried again later."


class Refused(ValueError):
    """An address that is not asked, or gave nothing; with a sentence for its owner."""


class Fetched(NamedTuple):
    """What an address answered: the file, or None if it has not changed since `etag` and `modified`."""

    data: bytes | None
    etag: str
    modified: str


def fetch(address: str, etag: str = "", modified: str = "") -> Fetched:
    """Ask an address, on condition that it has changed. Raises Refused."""
    until = time.monotonic() + SECONDS
    url = cleaned(address)
    headers = {"Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "gzip", "User-Agent": "Usward"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    for _ in range(REDIRECTS + 1):
        try:
            with _connected(url, until) as connection:
                target = (url.path or "/") + (f"?{url.query}" if url.query else "")
                connection.request("GET", target, headers=headers)
                answer = connection.getresponse()
                if answer.status in (301, 302, 303, 307, 308):
                    url = cleaned(urljoin(url.geturl(), answer.headers.get("Location", "")))
                    continue
                if answer.status == 304 and (etag or modified):
                    return Fetched(None, etag, modified)
                if answer.status != 200:
                    raise Refused(_status(answer.status))
                data = _body(answer, until)
                return Fetched(
                    data, answer.headers.get("ETag", "")[:200], answer.headers.get("Last-Modified", "")[:200]
                )
        except (OSError, http.client.HTTPException, zlib.error, EOFError) as error:
            _left(until)
            raise Refused("That address did not answer as a calendar does. It is tried again later.") from error
    raise Refused("That address leads from one to the next without an end.")


def cleaned(address: str) -> SplitResult:
    """An address in parts, webcal:// as https://. Raises Refused for what is no address of the open web."""
    address = address.strip()
    if address.lower().startswith(("webcal://", "webcals://")):
        address = "https://" + address.split("://", 1)[1]
    try:
        url = urlsplit(address)
        port = url.port
    except ValueError:
        raise Refused("This is no address.") from None
    if url.scheme not in PORTS or not url.hostname or len(address) > LONGEST or not address.isascii():
        raise Refused("The address of a calendar begins with https:// or webcal://")
    if any(sign.isspace() or ord(sign) < 32 or ord(sign) == 127 for sign in address):
        raise Refused("This is no address.")
    if url.username or url.password:
        raise Refused(
            "An address with a name or a password in it is not asked. Use the secret address of your calendar."
        )
    if port not in (None, *PORTS.values()):
        raise Refused("Only the usual ports of the web are asked.")
    return url


def public(host: str, port: int) -> str:
    """An address of a host, all of whose addresses are public. Raises Refused."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise Refused("Nobody knows that address. Is it written as your calendar shows it?") from None
    if not found or not all(_public(str(one)) for one in found):
        raise Refused("That address lies in a private network, where Usward does not ask.")
    return sorted(str(one) for one in found)[0]


def _public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        # What is wrapped in it is what is reached: ::ffff:127.0.0.1, 6to4, Teredo, and NAT64.
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(one is not None and not one.is_global for one in inner):
            return False
    return address.is_global and not address.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@contextmanager
def _connected(url: SplitResult, until: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to the very address that was looked at, while name and certificate are those of the host. When the time is
    over it is cut, at whatever it is then: a socket's own timeout begins anew with every octet that drips in."""
    host = url.hostname or ""
    port = url.port or PORTS[url.scheme]
    address = public(host, port)
    try:
        plain = socket.create_connection((address, port), timeout=_left(until))
    except OSError as error:
        raise Refused(NO_ANSWER) from error
    twin = plain.dup()  # TLS takes the socket over
    timer = threading.Timer(max(until - time.monotonic(), 0), _cut, (twin,))
    timer.daemon = True
    timer.start()
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(host, port)
    try:
        connection.sock = plain
        if url.scheme == "https":
            connection.sock = _wrapped(plain, host, until)
        yield connection
    finally:
        timer.cancel()
        connection.close()
        twin.close()


def _wrapped(plain: socket.socket, host: str, until: float) -> ssl.SSLSocket:
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError as error:
        _left(until)
        raise Refused(NO_ANSWER) from error


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):  # it has been closed meanwhile
        connection.shutdown(socket.SHUT_RDWR)


def _body(answer: http.client.HTTPResponse, until: float) -> bytes:
    """The whole body within its limits, unpacked."""
    packed = bytearray()
    while chunk := answer.read1(CHUNK):
        packed += chunk
        _left(until)
        if len(packed) > LARGEST:
            raise Refused("This calendar is larger than 10 MB.")
    _left(until)
    if answer.length:  # half a calendar is none: what is missing would count as free
        raise Refused(BROKEN_OFF)
    if answer.headers.get("Content-Encoding", "").strip().lower() not in ("gzip", "x-gzip"):
        return bytes(packed)
    unpacker = zlib.decompressobj(wbits=31)
    data = unpacker.decompress(bytes(packed), LARGEST + 1)
    if len(data) > LARGEST:
        raise Refused("This calendar is larger than 10 MB.")
    if not unpacker.eof:
        raise Refused(BROKEN_OFF)
    return data


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise Refused("That address takes too long to answer. It is tried again later.")
    return left


def _status(status: int) -> str:
    if status in (401, 403, 404, 410):
        return "That address gives no calendar (any more). Copy its secret address anew from your calendar."
    return "That address has trouble of its own at the moment. It is tried again later."
