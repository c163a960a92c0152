"""The floor on Usward's own server stack: the same threads, the same shim, the same uvicorn."""

import os

from django.core.wsgi import get_wsgi_application

from config.pool import Pages, Pool
from usward.live.asgi import Receive, Scope, Send

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.floor.settings")

_pages = Pages(get_wsgi_application(), Pool(8))


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Pages, and the beginning and the end of the server's life."""
    if scope["type"] == "http":
        return await _pages(scope, receive, send)
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    _pages.pool.stop()
    await send({"type": "lifespan.shutdown.complete"})
