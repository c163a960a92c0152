"""Somebody who asks over plain HTTP what a proxy would ask: cookies kept, names and headers as wished."""

import contextlib
import re
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

PHRASE = "a long enough passphrase for a test"


class Visitor:
    """A browser's manners without a browser."""

    def __init__(self, port, host, **headers):
        self.port, self.headers = port, {"Host": host, **headers}
        self.cookies = SimpleCookie()
        self.page = ""

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())

    def ask(self, method, path, fields=None, **headers) -> HTTPResponse:
        sent = {**self.headers, **({"Cookie": self.cookie} if self.cookies else {}), **headers}
        body = None
        if fields is not None:
            body = urlencode(fields)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        with contextlib.closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            self.page = response.read().decode(errors="replace")
            for line in response.headers.get_all("Set-Cookie", []):
                self.cookies.load(line)
            return response

    def get(self, path, **headers) -> HTTPResponse:
        return self.ask("GET", path, **headers)

    def field(self, name) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        return found[1] if found else ""

    def send(self, path, fields, **headers) -> HTTPResponse:
        """Post a form of the page that was asked for last."""
        hidden = {name: self.field(name) for name in ("csrfmiddlewaretoken", "question", "door") if self.field(name)}
        return self.ask("POST", path, hidden | fields, **headers)

    def sign_up(self, root, name, **headers) -> HTTPResponse:
        """From the first page that is shown to an account."""
        first = self.send(f"{root}begin/", {"text": "Your notes on the fridge."}, **headers)
        if first.status != 200:
            return first
        fields = {"name": name, "email": f"{name.lower()}@example.org", "passphrase": PHRASE, "zone": "Europe/Rome"}
        return self.send(f"{root}begin/", {"text": "Your notes on the fridge.", **fields}, **headers)
