"""The server: `uvicorn config.asgi:application`. Everything that it is made of is named here."""

import os

from django.conf import settings

from config.compose import Chore, House
from config.wsgi import application as pages
from usward.calendars.apart import LARGEST
from usward.content.loader import library
from usward.demo import wipe
from usward.demo.sides import side_sockets
from usward.entries.attachments import MAX_BYTES, sweep
from usward.entries.door import socket_partner
from usward.freebusy import work as calendars
from usward.keepsafe.backup import prune
from usward.keepsafe.tidy import tidy
from usward.live.asgi import App
from usward.live.hub import hub
from usward.security.readmission import purge

DAY = 24 * 3600

# Path prefix → ASGI application, for what streams: uploads and media.
RAW: dict[str, App] = {}

# Path prefix → the longest body that is taken there: pages to which a photo or a calendar is sent.
ROOMY = {"/keep/letters/": MAX_BYTES + 1024 * 1024, "/plan/calendars/": LARGEST + 1024 * 1024}

CHORES = [
    Chore(DAY, prune),
    Chore(DAY, sweep),
    Chore(DAY, tidy),
    Chore(DAY, purge),
    Chore(3600, wipe.tidy),
    Chore(900, calendars.wake),
]

house = House(
    pages,
    socket_partner,
    hub,
    hosts=settings.ALLOWED_HOSTS,
    prefix=settings.FORCE_SCRIPT_NAME or "",
    raw=RAW,
    chores=CHORES,
    warm=library,
    threads=int(os.environ.get("USWARD_THREADS", "8")),
    limit=int(os.environ.get("USWARD_PAGE_LIMIT", str(1024 * 1024))),
    roomy=ROOMY,
)

application = side_sockets(house)
