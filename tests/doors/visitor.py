"""Somebody with a cookie jar and no JavaScript, in front of Django's test client or of a real server."""

import http.client
import re
import time
from dataclasses import dataclass
from functools import cache, cached_property
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from django.conf import settings
from django.core.signals import setting_changed
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.doors.page import PageParser, SeenForm

IDLE = 2.0
FORM = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    """A response, whole."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    path: str

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def cookies(self) -> list[str]:
        return [value for key, value in self.headers if key.lower() == "set-cookie"]

    @cached_property
    def _parsed(self) -> PageParser:
        parser = PageParser()
        if self.header("Content-Type").startswith("text/html"):
            parser.feed(self.text)
        return parser

    @property
    def forms(self) -> list[SeenForm]:
        for form in self._parsed.forms:
            form.action = form.action or self.path
        return self._parsed.forms

    @property
    def links(self) -> list[str]:
        """Addresses on this server that the page leads to, without what stands behind #."""
        base = f"http://here{self.path}"
        whole = [urlsplit(urljoin(base, one)) for one in self._parsed.links]
        return [one.path + (f"?{one.query}" if one.query else "") for one in whole if one.netloc == "here"]

    def form(self, action: str, number: int = 0) -> SeenForm:
        """The form that goes to an address (its last part is enough)."""
        fitting = [one for one in self.forms if urlsplit(one.action).path.endswith(action)]
        assert fitting, f"{self.path} ({self.status}) has no form to {action}: {[f.action for f in self.forms]}"
        return fitting[number]

    def find(self, pattern: str) -> str:
        found = re.search(pattern, self.text)
        assert found, f"{self.path} ({self.status}) shows nothing like {pattern}"
        return found[1]


class Visitor:
    """What both kinds have in common. Cookies are kept; a form token is added to what is posted."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        raise NotImplementedError

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        """One request as it is, with the cookies."""
        given = dict(headers or {})
        if self.cookies:
            given.setdefault("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        answer = self._ask(method, path, body, given)
        for line in answer.cookies:
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != 0 and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, {name.replace("_", "-"): value for name, value in headers.items()})

    def token(self) -> str:
        """A form token: whoever has none yet opens a page that hands one out."""
        if settings.CSRF_COOKIE_NAME not in self.cookies:
            self.get("/sign-in/")
            if settings.CSRF_COOKIE_NAME not in self.cookies:
                self.get("/i/")
        return self.cookies.get(settings.CSRF_COOKIE_NAME, "")

    def post(
        self, path: str, fields: Any = (), method: str = "POST", files: dict[str, Any] | None = None, **headers: str
    ) -> Answer:
        """Send fields as a browser sends a form; with files (name → open file) in parts."""
        pairs = list(fields.items() if isinstance(fields, dict) else fields)
        if not any(name == "csrfmiddlewaretoken" for name, _ in pairs):
            pairs.append(("csrfmiddlewaretoken", self.token()))
        kind, body = FORM, urlencode(pairs, doseq=True, errors="surrogatepass").encode()
        if files is not None:
            several: dict[str, list[Any]] = {}
            for name, value in pairs:
                several.setdefault(name, []).append(value)
            kind, body = MULTIPART_CONTENT, encode_multipart(BOUNDARY, several | files)
        given = {"Content-Type": kind, "X-CSRFToken": self.token()} | headers
        return self.ask(method, path, body, given)

    def follow(self, answer: Answer) -> Answer:
        """Go where an answer sends to."""
        for _ in range(5):
            if answer.status not in (301, 302, 303):
                return answer
            where = urlsplit(answer.header("Location"))
            answer = self.get((where.path or "/") + (f"?{where.query}" if where.query else ""))
        raise AssertionError("sent around in circles")

    def submit(self, form: SeenForm, fields: dict[str, Any] | None = None, *, follow: bool = True) -> Answer:
        """Fill a form and send it. Fields with a list are sent several times."""
        given = dict(fields or {})
        pairs = [(name, value) for name, value in form.fields if name not in given]
        for name, value in given.items():
            pairs += [(name, one) for one in (value if isinstance(value, list) else [value])]
        answer = self.post(form.action, pairs)
        return self.follow(answer) if follow else answer


@cache
def _client() -> Client:
    """One for all, since a new one makes every middleware anew; for as long as the settings are the same."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"host": "localhost"})


_handed_out: list[str] = []
setting_changed.connect(lambda **_: _client.cache_clear(), weak=False)


class Inside(Visitor):
    """In this process, through every middleware; form tokens are checked; an error is a 500, as for a person."""

    def __init__(self, cookies: dict[str, str] | None = None) -> None:
        super().__init__()
        self.cookies = dict(cookies or {})

    def token(self) -> str:
        """A token is nobody's own: who has none yet brings one that a page handed out before."""
        if settings.CSRF_COOKIE_NAME not in self.cookies and _handed_out:
            self.cookies[settings.CSRF_COOKIE_NAME] = _handed_out[-1]
        if (found := super().token()) and not _handed_out:
            _handed_out.append(found)
        return found

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        client = _client()
        kind = headers.pop("Content-Type", FORM if body is not None else "")
        response = client.generic(method, path, body or b"", content_type=kind, headers=headers)
        lines = list(response.headers.items()) + [
            ("Set-Cookie", one.OutputString()) for one in response.cookies.values()
        ]
        client.cookies.clear()  # they are kept by whoever asked
        self.raised = response.exc_info
        return Answer(response.status_code, lines, response.getvalue(), path)


class Outside(Visitor):
    """Over the wire, to a real server on this computer."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port
        self._wire: http.client.HTTPConnection | None = None
        self._used = 0.0

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        headers.setdefault("Host", f"localhost:{self.port}")
        if "%" not in path:
            path = quote(path, safe="/?&=%+:,;@-_.~")
        if time.monotonic() - self._used > IDLE:
            self.close()  # the server closes an idle connection, perhaps just as we write
        self._used = time.monotonic()
        if self._wire is None:
            self._wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            self._wire.request(method, path, body, headers)
            response = self._wire.getresponse()
            return Answer(response.status, response.getheaders(), response.read(), path)
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self) -> None:
        if self._wire is not None:
            self._wire.close()
        self._wire = None
