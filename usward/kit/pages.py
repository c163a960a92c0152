"""Our pages are Jinja templates: what every one of them knows, and the few words and drawings that they use."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.template import defaultfilters
from django.template.backends import jinja2
from django.templatetags.tz import do_timezone
from jinja2 import ChainableUndefined, Environment, FileSystemBytecodeCache, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from usward.kit import look, words
from usward.kit.context import common
from usward.kit.datafolder import TEMPLATES, data_folder
from usward.kit.sheets import sheets


@pass_context
def _icon(_: Context, name: str) -> Markup:
    """`look.icon` as a filter. It takes the context so that Jinja does not draw it once and for all when it compiles: in an icon
    stands the address of this server's sprite, and templates are kept as they were compiled."""
    return look.icon(name)


FILTERS = {
    "icon": _icon,
    "of": words.of,
    "day_words": words.day_words,
    "plain_day": words.plain_day,
    "clock_time": words.clock_time,
    "timezone": do_timezone,
    **{name: getattr(defaultfilters, name) for name in ("capfirst", "cut", "date", "pluralize", "yesno")},
}
GLOBALS = {
    name: getattr(look, name)
    for name in ("conflict", "fixed", "head_links", "light", "lights", "places_bar", "static", "take_back")
} | {
    "new_id": words.new_id,
    "sheets": sheets,
}


def environment(**options: Any) -> Environment:
    """What Django's Jinja backend asks for. Whatever a template asks of nothing is nothing, as in `them.name` of one alone."""
    made = Environment(**options | {"undefined": ChainableUndefined, "bytecode_cache": _compiled()})
    made.filters.update(FILTERS)
    made.globals.update(GLOBALS)
    return made


def _compiled() -> FileSystemBytecodeCache | None:
    """Where templates are kept as they were compiled, which takes longer than all the rest of a first page. Jinja compiles anew
    what is not as its source is; and finds nothing that was compiled for other filters than ours are now."""
    place = data_folder() / TEMPLATES
    try:
        place.mkdir(mode=0o700, exist_ok=True)
    except OSError:  # there is no data folder: nobody serves
        return None
    return FileSystemBytecodeCache(str(place), f"{filters_as_they_are()}_%s")


@cache
def filters_as_they_are() -> str:
    """Changes when our filters may: templates are compiled with the way to call them, and with what they draw of constants."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


class Page(jinja2.Template):
    """A template. What a view says of the two, their look or the root wins over what every page knows."""

    def render(self, context: Mapping[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        known = common(request) | {"request": request} if request is not None else {}
        drawn: str = self.template.render({**known, **(context or {})})
        return drawn


class Pages(jinja2.Jinja2):
    """Django's Jinja backend, giving such pages."""

    def from_string(self, template_code: str) -> Page:
        return Page(self.env.from_string(template_code), self)

    def get_template(self, template_name: str) -> Page:
        return Page(super().get_template(template_name).template, self)
