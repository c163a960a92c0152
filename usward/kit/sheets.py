"""The style sheets of every page: written as five, in their layers; sent as one, so that a page waits for one."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = ("css/tokens.css", "css/base.css", "css/layout.css", "css/components.css", "css/moments.css")
JOINED = "css/usward.css"
_NOT_FOR_BROWSERS = re.compile(r"/\*.*?\*/\s*|^\s+", re.S | re.M)


class JoiningStorage(CompressedManifestStaticFilesStorage):
    """Joins the sheets when static files are collected, before they get the names by which they may be kept for ever."""

    sheets = (JOINED,)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            whole = "\n".join(Path(self.path(name)).read_text(encoding="utf-8") for name in SHEETS)
            Path(self.path(JOINED)).write_text(_NOT_FOR_BROWSERS.sub("", whole), encoding="utf-8")
            paths = paths | {JOINED: (self, JOINED)}
        yield from super().post_process(paths, dry_run, **options)  # type: ignore[no-untyped-call]  # not in the stubs


def sheets() -> tuple[str, ...]:
    """What a page links to: the one, or the five where files are served as they lie (while developing)."""
    found: tuple[str, ...] = getattr(staticfiles_storage, "sheets", SHEETS)
    return found
