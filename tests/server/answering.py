"""A small application, in whose place Django stands in life: what tests of the pool ask."""

import json
import threading
import time

BIG = b"x" * (8 * 1024 * 1024)
HTML = "<p>" + "warm words " * 200


def wsgi(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/big":
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        return [BIG]
    if path == "/cookies":
        start_response("200 OK", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("Content-Type", "text/plain")])
        return [b"two"]
    if path == "/html":
        fields = [("Content-Type", "text/html; charset=utf-8"), ("ETag", '"e"'), ("Vary", "Cookie")]
        start_response("200 OK", fields)
        return [HTML.encode()]
    if path == "/304":
        start_response("304 Not Modified", [("ETag", '"e"')])
        return []
    if path == "/broken":
        raise ValueError("words of somebody")
    if path == "/thread":
        time.sleep(0.02)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [threading.current_thread().name.encode()]
    plain = {name: value for name, value in environ.items() if isinstance(value, str)}
    plain["body"] = environ["wsgi.input"].read().decode("latin-1")
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(plain).encode()]
