"""Somebody with a cookie jar and no JavaScript, in front of Django's test client or of a real server."""

import http.client
import re
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.test import Client

Pairs = list[tuple[str, str]]
IDLE = 2.0
FORM = "application/x-www-form-urlencoded"


@dataclass
class SeenForm:
    """A form as a page offers it: where it goes, and its fields as they stand. `kinds` says what each field is."""

    action: str
    method: str
    fields: Pairs = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    buttons: Pairs = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[SeenForm] = []
        self._in = False
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(SeenForm(given.get("action", ""), given.get("method", "get").upper()))
            self._in = True
        elif self._in and tag in ("input", "textarea", "select", "button", "option"):
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        form, name, kind = self.found[-1], given.get("name", ""), given.get("type", tag)
        if tag == "option" and self._select:
            form.choices.setdefault(self._select, []).append(given.get("value", ""))
            if "selected" in given or self._select not in dict(form.fields):
                form.fields = [pair for pair in form.fields if pair[0] != self._select]
                form.fields.append((self._select, given.get("value", "")))
            return
        if not name:
            return
        if tag == "button":
            form.buttons.append((name, given.get("value", "")))
            return
        form.kinds[name] = kind
        if tag == "select":
            self._select = name
        elif kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.fields.append((name, given.get("value", "on")))
        else:
            form.fields.append((name, given.get("value", "")))
            self._area = name if tag == "textarea" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = False
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._in and self._area:
            name, before = self.found[-1].fields[-1]
            self.found[-1].fields[-1] = (name, before + data)


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

    @property
    def forms(self) -> list[SeenForm]:
        parser = _Forms()
        parser.feed(self.text)
        for form in parser.found:
            form.action = form.action or self.path
        return parser.found

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

    def post(self, path: str, fields: Any = (), method: str = "POST", **headers: str) -> Answer:
        pairs = list(fields.items() if isinstance(fields, dict) else fields)
        if not any(name == "csrfmiddlewaretoken" for name, _ in pairs):
            pairs.append(("csrfmiddlewaretoken", self.token()))
        body = urlencode(pairs, doseq=True, errors="surrogatepass").encode()
        given = {"Content-Type": FORM, "X-CSRFToken": self.token()} | headers
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


class Inside(Visitor):
    """In this process, through every middleware; form tokens are checked; an error is a 500, as for a person."""

    def __init__(self, cookies: dict[str, str] | None = None) -> None:
        super().__init__()
        self.cookies = dict(cookies or {})

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"host": "localhost"})
        kind = headers.pop("Content-Type", FORM if body is not None else "")
        response = client.generic(method, path, body or b"", content_type=kind, headers=headers)
        lines = list(response.headers.items()) + [
            ("Set-Cookie", one.OutputString()) for one in response.cookies.values()
        ]
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
