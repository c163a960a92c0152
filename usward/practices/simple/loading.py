"""Reads practice files: the shipped ones and those that lie in the folder `practices` of the data folder."""

import logging
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from usward.content import checks
from usward.content.schema import SITUATIONS
from usward.content.source import ContentError, Source
from usward.kit.datafolder import PRACTICES, data_folder
from usward.practices.simple.schema import EVERY, MOST_PROMPTS, PLACES, REVEALS, WHO, Head, Practice, Prompt

SHIPPED = Path(__file__).parent / "shipped"
CHOICES = {"place": PLACES, "reveal": REVEALS, "who": WHO, "every": EVERY, "reply": (*SITUATIONS, "none")}
# Other fields of the page, and an error of it.
TAKEN = ("id", "turn", "replaces", "change", "conflict", "csrfmiddlewaretoken")
log = logging.getLogger("usward.practices")


def read(path: Path) -> Practice:
    """The practice that a file describes. Raises ContentError with the line and one sentence."""
    source = Source(path)
    for key in source.data:
        if key not in ("practice", "prompt"):
            raise source.error(source.line_of(key, 0), checks.unknown(key, ["practice", "prompt"]))
    table = source.data.get("practice")
    if not isinstance(table, dict):
        raise source.error(1, "a practice begins with [practice] on a line of its own, once.")
    line = source.line_of("practice", 0)
    found = checks.read(Head, table, source, line)
    for name, choices in CHOICES.items():
        value = getattr(found, name)
        if value not in choices:
            raise source.error(source.line_of_key(name, line), f'in "{name}": {checks.unknown(value, choices)}')
    if found.who == "one" and found.reveal == "when both":
        where = source.line_of_key("reveal", line)
        raise source.error(where, 'where one writes, there are no two to wait for; "reveal" is "at once" or "only me".')
    return Practice(**msgspec.structs.asdict(found), prompts=tuple(_prompts(source)))


def _prompts(source: Source) -> list[Prompt]:
    tables: Any = source.data.get("prompt", [])
    if not isinstance(tables, list) or not tables:
        where = source.line_of("prompt", 0)
        raise source.error(where, "there is nothing to write yet; add a [[prompt]] with an id and a text.")
    if len(tables) > MOST_PROMPTS:
        where = source.line_of("prompt", MOST_PROMPTS)
        raise source.error(
            where, f"{len(tables)} prompts are more than two people like to write; {MOST_PROMPTS} is the most."
        )
    found: list[Prompt] = []
    for nth, table in enumerate(tables):
        line = source.line_of("prompt", nth)
        one = checks.read(Prompt, table, source, line)
        if any(one.id == other.id for other in found):
            raise source.error(source.line_of_key("id", line), f'the id "{one.id}" stands twice; choose another.')
        if one.id in TAKEN:
            raise source.error(
                source.line_of_key("id", line), f'the page itself needs that name, "{one.id}"; choose another.'
            )
        found.append(one)
    return found


@cache
def practices(folder: Path | None = None) -> dict[str, Practice]:
    """Every practice by its id: the shipped ones, and those of a folder (by default the one in the data folder).

    A file that cannot be read is left out and named in the log, line and all: one bad file takes nothing else away.
    """
    found: dict[str, Practice] = {}
    own = folder or data_folder() / PRACTICES
    for path in [*sorted(SHIPPED.glob("*.toml")), *(sorted(own.glob("*.toml")) if own.is_dir() else [])]:
        try:
            one = read(path)
            if one.id in found:
                raise ContentError(str(path), 1, f'a practice with the id "{one.id}" is there already; choose another.')
            found[one.id] = one
        except ContentError as error:
            log.error("A practice is left out. %s", error)
    return found
