"""The export: a folder that opens by itself in any browser, today and in thirty years.

It holds what one person may read and nothing else: it asks their Reader, never the tables of others.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.template.loader import render_to_string

from usward.entries import attachments
from usward.entries.door import Insider
from usward.entries.kinds import Words
from usward.entries.models import Scope
from usward.entries.reader import Said
from usward.keepsafe.words import data, photo_file
from usward.keepsafe.words import photos as photos_of
from usward.kit.version import VERSION
from usward.spaces.card import read_card
from usward.spaces.models import Partner
from usward.vault.envelope import SealBroken

FORMAT = 1
ASSETS = Path(__file__).parent / "assets"
FONTS = ("fraunces-latin.woff2", "fraunces-latin-ext.woff2", "figtree-latin.woff2", "figtree-latin-ext.woff2")
LICENCES = ("fraunces.OFL.txt", "figtree.OFL.txt")
WHO_SEES = {Scope.OWN: "only you", Scope.JOINT: "neither of you sees the other’s", Scope.SHARED: "both of you"}


@dataclass(frozen=True)
class Who:
    """One of the two, as the pages show them."""

    name: str
    colour: str


@dataclass(frozen=True)
class Line:
    """One thing that was said, ready to be read."""

    who: Who
    mine: bool
    day: date
    words: Words
    own: bool
    changed: bool
    waits: bool
    pictures: list[tuple[str, int, int]]


@dataclass(frozen=True)
class Talk:
    """What belongs together: a question with its answers and replies, a thank-you with its thread."""

    id: str
    day: date
    title: str
    lines: list[Line]
    own: bool


def folder(day: date) -> str:
    """The name of the folder, and of the file around it."""
    return f"usward-{day.isoformat()}"


def archive(inside: Insider, day: date) -> bytes:
    """The whole folder as a ZIP file."""
    found = inside.reader.everything()
    pictures, lost = photos(found)
    people = _people(inside)
    years = _years(talks(found, people, set(pictures)))
    common = {
        "me": people[inside.me.pk],
        "them": next((who for key, who in people.items() if key != inside.me.pk), None),
        "made": day,
        "years": [(year, sum(len(talk.lines) for talk in some)) for year, some in years],
        "entries": len(found),
        "photos": len(pictures),
        "lost": len(inside.reader.broken) + lost,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, blob in _members(common, years, found, people, pictures):
            info = zipfile.ZipInfo(f"{folder(day)}/{name}", (day.year, day.month, day.day, 12, 0, 0))
            info.external_attr = 0o600 << 16
            packed = zipfile.ZIP_STORED if name.endswith((".jpg", ".woff2")) else zipfile.ZIP_DEFLATED
            file.writestr(info, blob, packed)
    return out.getvalue()


def _members(
    common: dict[str, Any],
    years: Sequence[tuple[int, list[Talk]]],
    found: Sequence[Said[Any]],
    people: dict[UUID, Who],
    pictures: dict[str, bytes],
) -> Iterator[tuple[str, bytes]]:
    """(name in the folder, content) of every file."""
    yield "index.html", render_to_string("export/index.html", common).encode()
    for year, some in years:
        months = [(date(year, month, 1), list(one)) for month, one in groupby(some, key=lambda talk: talk.day.month)]
        yield f"{year}.html", render_to_string("export/year.html", common | {"year": year, "months": months}).encode()
    yield "entries.json", record(found, people, common["made"])
    yield "README.txt", render_to_string("export/README.txt", common | {"version": VERSION, "format": FORMAT}).encode()
    yield "style.css", (ASSETS / "style.css").read_bytes()
    for name in (*FONTS, *LICENCES):
        yield f"fonts/{name}", (Path(settings.BASE_DIR) / "web" / "fonts" / name).read_bytes()
    yield from pictures.items()


def _people(inside: Insider) -> dict[UUID, Who]:
    """Everybody who has written here, by the names that this person may read; also one who has left."""
    ring = inside.keyring.ring
    rows = Partner.objects.filter(space_id=inside.me.space_id)
    return {row.pk: Who(read_card(row, ring).name, row.colour) for row in rows}


def photos(found: Iterable[Said[Any]]) -> tuple[dict[str, bytes], int]:
    """The photos of some entries, by their names in the folder; and how many do not open."""
    opened, lost = {}, 0
    for said in found:
        for photo in photos_of(said.value):
            try:
                opened[photo_file(photo)] = attachments.opened(photo)
            except SealBroken:
                lost += 1
    return opened, lost


def scope(said: Said[Any]) -> Scope:
    """For whom something was said."""
    if said.shared:
        return Scope.SHARED
    return Scope.JOINT if said.value.scope == Scope.JOINT else Scope.OWN


def talks(found: Iterable[Said[Any]], people: dict[UUID, Who], pictures: set[str]) -> list[Talk]:
    """What was said, gathered by what belongs together, in the order in which each began."""
    threads: dict[tuple[str, bool], list[Said[Any]]] = {}
    for said in found:
        threads.setdefault((said.exchange, said.shared), []).append(said)
    made = [talk for some in threads.values() if (talk := _talk(some, people, pictures))]
    return sorted(made, key=lambda talk: talk.day)


def _talk(some: Sequence[Said[Any]], people: dict[UUID, Who], pictures: set[str]) -> Talk | None:
    pairs = [(said, said.value.words()) for said in some]
    told = [(said, in_words) for said, in_words in pairs if in_words.told]
    if not told:
        return None
    first, in_words = told[0]
    title = next((one.under for _, one in pairs if one.under), in_words.title)
    lines = [_line(said, one, people, pictures) for said, one in told]
    return Talk(str(first.id), first.day, title, lines, own=scope(first) != Scope.SHARED)


def _line(said: Said[Any], in_words: Words, people: dict[UUID, Who], pictures: set[str]) -> Line:
    shown = [(photo_file(p), p.width, p.height) for p in photos_of(said.value) if photo_file(p) in pictures]
    return Line(
        who=people.get(said.author, Who("Your partner", "")),
        mine=said.mine,
        day=said.day,
        words=in_words,
        own=scope(said) != Scope.SHARED,
        changed=said.changed,
        waits=said.mine and said.shared and not said.open and not said.never,
        pictures=shown,
    )


def _years(found: Sequence[Talk]) -> list[tuple[int, list[Talk]]]:
    return [(year, list(some)) for year, some in groupby(found, key=lambda talk: talk.day.year)]


def record(found: Iterable[Said[Any]], people: dict[UUID, Who], made: date) -> bytes:
    """entries.json: everything, for a program. README.txt says what each field means."""
    entries = [
        {
            "id": str(said.id),
            "kind": said.value.name,
            "version": said.value.version,
            "by": people[said.author].name if said.author in people else "",
            "mine": said.mine,
            "who_sees": WHO_SEES[scope(said)],
            "other_can_read": said.shared and said.open,
            "day": said.day.isoformat(),
            "at": said.at.isoformat(timespec="seconds"),
            "from_day": said.reveal_day.isoformat() if said.reveal_day else None,
            "exchange": said.exchange,
            "step": said.step,
            "edited": said.edited,
            "fields": data(said.value),
        }
        for said in found
    ]
    whole = {"format": FORMAT, "usward": VERSION, "made": made.isoformat(), "entries": entries}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1)
