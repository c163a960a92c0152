"""Template tags for what is drawn: icons, a partner's light, and the two lamps."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import render_to_string
from django.templatetags.static import static as static_address
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from usward.kit.places import PLACES

register = template.Library()

SPRITE = Path(__file__).parents[3] / "web/icons/sprite.svg"
ICONS = frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))
COLOURS = ("tide", "ember", "plum", "moss", "dusk", "rose")

# Drawn in a square of 40; the number is the height at which the initial sits well.
SHAPES = {
    "circle": ("M20 2.6c9.8 0 17.3 7.5 17.3 17.2S30 37.4 20.2 37.4 2.7 29.9 2.7 20.1 10.2 2.6 20 2.6Z", 26),
    "drop": (
        "M20.3 1.6c3.1 6.7 13.2 12.7 13.2 22.5 0 8-6 14.2-13.5 14.2S6.5 32.2 6.5 24.2C6.5 14.6 17 8.6 20.3 1.6Z",
        30,
    ),
    "leaf": ("M3.6 36.5C.8 18.5 11.5 4.5 36 3.4c1.8 22.6-10.6 35.4-32.4 33.1Z", 27),
    "wave": ("M2.5 17C6 9 12 8 17.5 11.6s12.4 4.4 20-3.6V22c0 9.4-7.8 15.5-17.5 15.5S2.5 31.4 2.5 22Z", 29),
    "spark": (
        "M20 1.5c3 8.3 9.7 15.4 18.5 18.5C29.7 23.1 23 30.2 20 38.5 17 30.2 10.3 23.1 1.5 20 10.3 16.9 17 9.8 20 1.5Z",
        25.5,
    ),
    "hill": ("M3.2 30.6C8.4 21.6 11.6 6.6 19.6 6.6c8.2 0 11.6 14.8 17.3 24 1.7 3 .5 5.4-2.7 5.9-9.3 1.5-19 1.5-28.3 0"
             "-3.3-.5-4.5-2.9-2.7-5.9Z", 30),
}  # fmt: skip
STORY = {
    "none": "Two lamps, not lit yet",
    "mine": "Two lamps: yours is lit",
    "both": "Two lamps, both lit: you have both answered",
}


def known(name: str) -> str:
    """Give the icon's name back, or fail with the names that there are."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"No icon is called {name!r}. There are: {', '.join(sorted(ICONS))}")
    return name


class Icon(template.Node):
    """One icon of the sprite; a literal name is checked when the template loads, a variable when it is drawn."""

    def __init__(self, name: FilterExpression) -> None:
        self.name = name
        if not isinstance(name.var, template.Variable):
            known(str(name.resolve(template.Context())))

    def render(self, context: template.Context) -> SafeString:
        return drawn(str(self.name.resolve(context)))


@cache
def drawn(name: str) -> SafeString:
    """An icon's markup: there are some dozens, and a page draws many."""
    address = static("icons/sprite.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', address, known(name))


@register.simple_tag
@cache
def static(path: str) -> str:
    """`{% static "css/base.css" %}`: Django's, looked up once; a file's address does not change while we run."""
    return static_address(path)


@register.simple_tag
def fixed(template_name: str, **parts: Any) -> SafeString:
    """`{% fixed "kit/why.html" why=c.why %}`: a part of a page made of our own words alone, drawn once for its arguments.

    Never give it a person's words: it remembers what it drew.
    """
    return _drawn_once(
        template_name, tuple((name, tuple(x) if isinstance(x, list) else x) for name, x in parts.items())
    )


@lru_cache(maxsize=2048)
def _drawn_once(template_name: str, parts: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(template_name, dict(parts))


@register.simple_tag(takes_context=True)
def head_links(context: Any) -> SafeString:
    """What every head holds: colours, fonts, style sheets, scripts with this answer's nonce."""
    look = {name: context.get(name) for name in ("theme", "reading")}
    links = fixed("head.html", inside=bool(context.get("me")), nonce=_NONCE, **look)
    request = context.get("request")
    return mark_safe(links.replace(_NONCE, str(getattr(request, "csp_nonce", ""))))  # ours, and a nonce


_NONCE = "the-nonce-stands-here"


@register.simple_tag(takes_context=True)
def places_bar(context: Any) -> SafeString:
    """The bar with the doors of all places; the one where the page is (`place` in its context) is marked."""
    return _bar(context.get("root", "/"), context.get("place", ""))


@cache
def _bar(root: str, here: str) -> SafeString:
    """Drawn once for each place: it stands on every page."""
    current = mark_safe(' aria-current="page"')
    doors = format_html_join(
        "",
        '<li><a href="{}{}"{}>{}{}</a></li>',
        ((root, one.path, current if one.slug == here else "", drawn(one.icon), one.label) for one in PLACES),
    )
    return format_html('<nav class="bar" aria-label="Places"><ul>{}</ul></nav>', doors)


@register.tag
def icon(parser: Parser, token: Token) -> Icon:
    """`{% icon "ear" %}`: an icon beside words; it has no name of its own, so never use it alone."""
    words = token.split_contents()
    if len(words) != 2:
        raise template.TemplateSyntaxError('icon takes one name: {% icon "ear" %}')
    return Icon(parser.compile_filter(words[1]))


@register.simple_tag
def light(partner: Any, size: str = "", named: bool = True) -> SafeString:
    """`{% light partner %}`: the shape and colour that a partner chose, with their initial.

    Takes anything with `name`, `colour` and `shape`; `size="large"`; `named=False` where the name stands beside it.
    """
    name = getattr(partner, "name", "") or "Your partner"  # somebody who has left is nobody in particular
    path, height = SHAPES.get(getattr(partner, "shape", ""), SHAPES["circle"])
    access = f'role="img" aria-label="{escape(name)}"' if named else 'aria-hidden="true"'
    initial = escape(name.strip()[:1].upper())
    # All other parts are ours.
    return mark_safe(
        f'<svg class="light {colour(partner)} {escape(size)}" viewBox="0 0 40 40" {access}>'
        f'<path d="{path}"/><text x="20" y="{height}">{initial}</text></svg>'
    )


@register.inclusion_tag("drawings/lights.html")
def lights(lit: str, mine: Any = None, theirs: Any = None, still: bool = False) -> dict[str, Any]:
    """`{% lights "both" me them %}`: two lamps in the partners' colours, lit "none", "mine" or "both".

    `still=True` leaves out the animation, for a moment that is not new. A missing partner's lamp has no colour yet.
    """
    if lit not in STORY:
        raise ValueError(f"lights are none, mine or both, not {lit!r}")
    return {"lit": lit, "story": STORY[lit], "still": still, "mine": colour(mine), "theirs": colour(theirs)}


def colour(partner: Any) -> str:
    """Give the class of a partner's colour; somebody who has none yet is grey, not the reader's own colour."""
    chosen = getattr(partner, "colour", "")
    return chosen if chosen in COLOURS else "nobody"
