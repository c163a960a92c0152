"""Two people in one browser: what lies under demo/left/ and demo/right/ is Usward for one of the two.

Their cookies bear the side's name in front and lie on demo/, so that the two never meet each other nor anybody who is
really signed in on this server. Nothing inside needs to know.
"""

from collections.abc import Callable
from http.cookies import Morsel

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix

from usward.demo.life import SIDES
from usward.demo.wipe import offered
from usward.live.asgi import App, Receive, Scope, Send

PLACE = "/demo/"
OUTSIDE = ("/demo/", "/begin/", "/i/")  # whoever has signed out there comes in anew from outside, not in a phone


def cookies_of(side: str, cookies: dict[str, str]) -> dict[str, str]:
    """The cookies of a side, under their plain names; nobody else's."""
    return {name.removeprefix(f"{side}_"): value for name, value in cookies.items() if name.startswith(f"{side}_")}


def keep_apart(side: str, response: HttpResponseBase, root: str) -> None:
    """Give the cookies that an answer sets the side's name and place."""
    for name in list(response.cookies):
        morsel: Morsel[str] = response.cookies.pop(name)
        new = f"{side}_{name}"
        response.cookies[new] = morsel.value
        response.cookies[new].update({**morsel, "path": root + PLACE.strip("/") + "/"})


def Sides(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, outermost: lets a request below a side in as that side, with addresses and cookies of its own."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        side = side_of(request.path_info)
        path = request.path_info.removeprefix(PLACE + str(side))
        if side is None or path.startswith(OUTSIDE) or not offered():
            return get_response(request)
        root = get_script_prefix()
        set_script_prefix(f"{root}demo/{side}/")
        request.path_info = path
        request.COOKIES = cookies_of(side, request.COOKIES)
        response = get_response(request)
        keep_apart(side, response, root)
        policy = response.headers.get("Content-Security-Policy", "")
        response.headers["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
        response.headers.pop("Clear-Site-Data", None)  # it would end the other side, and a real sign-in, too
        return response

    return middleware


def side_of(path: str) -> str | None:
    """The side that a path (as from the root of Usward) lies under."""
    return next((side for side in SIDES if path.startswith(f"{PLACE}{side}/")), None)


def side_sockets(app: App) -> App:
    """The same for the socket: demo/left/live is /live for the one on the left."""
    prefix = settings.FORCE_SCRIPT_NAME or ""

    async def with_sides(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            path = scope["path"].removeprefix(prefix)
            if side := side_of(path):
                path = path.removeprefix(PLACE + side)
                headers = [_plain(side, name, value) for name, value in scope["headers"]]
                scope = {**scope, "path": path, "raw_path": path.encode(), "headers": headers}
        await app(scope, receive, send)

    return with_sides


def _plain(side: str, name: bytes, value: bytes) -> tuple[bytes, bytes]:
    if name != b"cookie":
        return name, value
    pairs = (pair.strip().partition("=") for pair in value.decode("latin-1").split(";"))
    kept = cookies_of(side, {key: text for key, _, text in pairs})
    return name, "; ".join(f"{key}={text}" for key, text in kept.items()).encode("latin-1")
