"""What templates draw: icons, a partner's light, the two lamps, and the parts of a page that are alike for everybody."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static as static_address
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from usward.kit.places import PLACES

SPRITE = Path(__file__).parents[2] / "web/icons/sprite.svg"
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


@cache
def icon(name: str) -> Markup:
    """`{{ "ear"|icon }}`: an icon beside words; it has no name of its own, so never use it alone.

    Raises LookupError, with the names that there are.
    """
    if name not in ICONS:
        raise LookupError(f"No icon is called {name!r}. There are: {', '.join(sorted(ICONS))}")
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        static("icons/sprite.svg"), name
    )


@cache
def static(path: str) -> str:
    """`{{ static("css/base.css") }}`: Django's, looked up once; a file's address does not change while we run."""
    return static_address(path)


def fixed(template_name: str, **parts: Any) -> Markup:
    """`{{ fixed("kit/why.html", why=c.why) }}`: a part of a page made of our own words alone, drawn once for its arguments.

    Never give it a person's words: it remembers what it drew.
    """
    return _drawn_once(
        template_name, tuple((name, tuple(x) if isinstance(x, list) else x) for name, x in parts.items())
    )


@lru_cache(maxsize=2048)
def _drawn_once(template_name: str, parts: tuple[tuple[str, Any], ...]) -> Markup:
    return Markup(render_to_string(template_name, dict(parts)))


def conflict(said: str, words: str = "") -> Markup:
    """`{{ conflict(c.errors.conflict) }}`: why what was sent was not taken (other words stand, the talk has gone on), and the
    words themselves where the page has no other place for them. Nothing, where nothing stands in the way."""
    if not said:
        return Markup()
    given_back = Markup("<br><em>{}</em>").format(words) if words else ""
    notice = Markup('<div class="notice care" role="alert">{}<div>{}{}</div></div>')
    return notice.format(icon("smartphone"), said, given_back)


@pass_context
def take_back(
    context: Context,
    what: str,
    entry: object = "",
    then: str = "/",
    *,
    to: str = "withdraw/",
    button: str = "",
    more: str = "",
    act: str = "",
    plain: bool = True,
    both: bool = True,
) -> Markup:
    """`{{ take_back("your answer", said.id, "/thanks/") }}`: what erases words for good opens first, and names them.

    `then` is where to go afterwards; `to` another address than the one of all words, `act` what it wants to be told;
    `button` another label of the first tap, `more` the words themselves where several such stand side by side; with
    `plain` the page is left; not `both` is what its author alone has.
    """
    fields = {"entry": entry, "next": then} if entry else {}
    hidden = Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(*pair) for pair in fields.items()
    )
    whose = ", for both of you" if both and context.get("them") else ""
    hint = Markup('<span class="visually-hidden">: {}</span>').format(more[:60]) if more else ""
    return _TAKE_BACK.format(
        icon=icon("undo-2"),
        label=button or "Take it back",
        hint=hint,
        to=f"{context['root']}{to}",
        plain=Markup(" data-plain") if plain else "",
        csrf=context["csrf_input"],
        hidden=hidden,
        act=Markup(' name="act" value="{}"').format(act) if act else "",
        erased=f"{what[:1].upper()}{what[1:]} is erased{whose}. That can’t be undone.",
        what=what,
    )


_TAKE_BACK = Markup(
    '<details class="more back print-none"><summary>{icon}{label}{hint}</summary>'
    '<form class="stack tight" method="post" action="{to}"{plain}>{csrf}{hidden}'
    '<p class="muted">{erased}</p><button class="danger"{act}>Take back {what}</button></form></details>'
)


@pass_context
def head_links(context: Context) -> Markup:
    """What every head holds: colours, fonts, style sheets, scripts with this answer's nonce."""
    look = {name: context.get(name) for name in ("theme", "reading")}
    links = fixed("head.html", inside=bool(context.get("me")), nonce=_NONCE, **look)
    return Markup(links.replace(_NONCE, str(getattr(context.get("request"), "csp_nonce", ""))))


_NONCE = "the-nonce-stands-here"


@cache
def places_bar(root: str, here: str) -> Markup:
    """The bar with the doors of all places, `here` marked. Drawn once for each place: it stands on every page."""
    doors = Markup("").join(
        Markup('<li><a href="{}{}"{}>{}{}</a></li>').format(
            root, one.path, _CURRENT if one.slug == here else "", icon(one.icon), one.label
        )
        for one in PLACES
    )
    return Markup('<nav class="bar" aria-label="Places"><ul>{}</ul></nav>').format(doors)


_CURRENT = Markup(' aria-current="page"')


def light(partner: Any, size: str = "", named: bool = True) -> Markup:
    """`{{ light(partner) }}`: the shape and colour that a partner chose, with their initial.

    Takes anything with `name`, `colour` and `shape`; `size="large"`; `named=False` where the name stands beside it.
    """
    name = getattr(partner, "name", "") or "Your partner"  # somebody who has left is nobody in particular
    path, height = SHAPES.get(getattr(partner, "shape", ""), SHAPES["circle"])
    access = f'role="img" aria-label="{escape(name)}"' if named else 'aria-hidden="true"'
    drawn = (
        f'<svg class="light {colour(partner)} {escape(size)}" viewBox="0 0 40 40" {access}>'
        f'<path d="{path}"/><text x="20" y="{height}">{escape(name.strip()[:1].upper())}</text></svg>'
    )
    return Markup(drawn)  # all but what is escaped is ours


def lights(lit: str, mine: Any = None, theirs: Any = None, still: bool = False) -> Markup:
    """`{{ lights("both", me, them) }}`: two lamps in the partners' colours, lit "none", "mine" or "both".

    `still=True` leaves out the animation, for a moment that is not new. A missing partner's lamp has no colour yet.
    """
    if lit not in STORY:
        raise ValueError(f"lights are none, mine or both, not {lit!r}")
    return fixed(
        "drawings/lights.html", lit=lit, story=STORY[lit], still=still, mine=colour(mine), theirs=colour(theirs)
    )


def colour(partner: Any) -> str:
    """Give the class of a partner's colour; somebody who has none yet is grey, not the reader's own colour."""
    chosen = getattr(partner, "colour", "")
    return chosen if chosen in COLOURS else "nobody"
