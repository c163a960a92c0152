"""Exits with 0 when the Usward on this computer answers on /health under its own name. Used by the Dockerfile."""

import os
import sys
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

name = urlsplit(os.environ.get("USWARD_URL", "")).netloc or "localhost"
asked = Request(f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/health", headers={"Host": name})
try:
    with urlopen(asked, timeout=4) as answer:
        print(answer.read().decode())
except OSError as error:
    sys.exit(f"Usward does not answer: {error}")
