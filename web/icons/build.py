"""Make sprite.svg from the icons named below, taken from the PyPI package `lucide`.

    python web/icons/build.py

The sprite holds one <symbol> an icon, bare paths only: stroke, colour and size come from css/components.css.
"""

import re
from pathlib import Path
from zipfile import ZipFile

import lucide

HERE = Path(__file__).parent
ICONS = [
    "archive", "arrow-left", "battery-low", "book-open", "calendar-days", "check", "chevron-right", "clock", "cloud",
    "cloud-rain", "compass", "copy", "door-open", "download", "ear", "eraser", "eye", "eye-off", "feather", "footprints",
    "glasses", "hand", "hand-helping", "handshake", "key-round", "lamp", "life-buoy", "lightbulb", "lock", "log-out",
    "mail", "mail-open", "map", "message-circle", "messages-square", "moon", "mountain", "party-popper", "pause",
    "pencil", "person-standing", "play", "plus", "printer", "puzzle", "qr-code", "scale", "send", "settings", "shell",
    "shuffle", "smartphone", "smile", "soup", "sparkles", "sprout", "star", "sun", "telescope", "undo-2", "users", "wind", "x",
]  # fmt: skip


def symbol(source: str, name: str) -> str:
    """Take one icon's file and give its <symbol>, without comments, classes or white space."""
    body = re.sub(r"<!--.*?-->", "", source, flags=re.S)
    shapes = re.search(r"<svg[^>]*>(.*)</svg>", body, flags=re.S)
    if shapes is None:
        raise SystemExit(f"{name}: not an icon of the expected form")
    paths = re.sub(r"\s*/>", "/>", re.sub(r"\s*\n\s*", "", shapes[1]))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{paths}</symbol>'


def main() -> None:
    """Write the sprite and the licence beside this script."""
    package = Path(lucide.__file__).parent
    with ZipFile(package / "lucide.zip") as archive:
        symbols = [symbol(archive.read(f"{name}.svg").decode(), name) for name in ICONS]
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (HERE / "sprite.svg").write_text(sprite, encoding="utf-8")
    print(f"{len(symbols)} icons, {len(sprite)} characters")


if __name__ == "__main__":
    main()
