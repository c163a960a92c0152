"""The shapes of ASGI, named once."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from django.http.request import split_domain_port, validate_host

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def headers_of(scope: Scope) -> dict[str, str]:
    """The headers of a request, lower-case names; repeated ones joined as HTTP does it (cookies by semicolon)."""
    found: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if name in found:
            value = found[name] + ("; " if name == "cookie" else ",") + value
        found[name] = value
    return found


def path_of(scope: Scope) -> str:
    """The path below the prefix that the house is mounted on."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path") or "")


def host_allowed(headers: Mapping[str, str], allowed: Iterable[str]) -> bool:
    """Whether the Host header names this server (the patterns of Django's ALLOWED_HOSTS)."""
    domain, _ = split_domain_port(headers.get("host", ""))
    return bool(domain) and validate_host(domain, allowed)


def same_origin(headers: Mapping[str, str]) -> bool:
    """Whether the page that asks came from this very host and port. A request without an Origin did not."""
    origin = urlsplit(headers.get("origin", ""))
    return origin.scheme in {"http", "https"} and bool(origin.netloc) and origin.netloc == headers.get("host")
