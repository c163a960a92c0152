"""A QR code as a page draws it."""

import importlib

from markupsafe import Markup


def qr(text: str) -> Markup:
    """SVG without a size of its own. About a seventh of it may be dirty or covered (level M)."""
    # Loaded only when one is drawn: twice in the life of a couple, and else a part of every start.
    code = importlib.import_module("segno").make(text, error="m")
    return Markup(code.svg_inline(scale=5, border=2, omitsize=True))
