"""Filling a form as a person does: every field, with something that the field allows."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from PIL import Image

from tests.doors.page import Pairs, SeenForm
from usward.kit import clock

Word = Callable[[str], str]
WORDY = ("text", "textarea", "search", "url", "tel", "password")
FIXED = {
    "time": "21:30",
    "color": "#336699",
    "month": "2031-05",
    "week": "2031-W20",
    "datetime-local": "2031-05-04T21:30",
}


@dataclass
class Filling:
    """How to fill. `word` gives the words for a field, by name; `samples` are values that a practice names for a field."""

    word: Word
    samples: dict[str, str] = field(default_factory=dict)

    def fill(self, form: SeenForm, turn: int = 0) -> Pairs:
        """All that is sent: what is hidden as it stands, another choice each turn, words in every field that takes words."""
        chosen = {name: options[turn % len(options)] for name, options in self._choices(form).items()}
        known = dict(form.fields)
        pairs = [
            (name, value) for name, value in form.fields if form.kinds[name] == "hidden" and name not in self.samples
        ]
        for name, kind in form.kinds.items():
            if name in self.samples:
                pairs.append((name, self.samples[name]))
            elif name in chosen:
                pairs.append((name, chosen[name]))
            elif kind not in ("hidden", "file"):
                pairs.append((name, self._value(form, name, kind, known.get(name, ""))))
        if form.buttons:
            pairs.append(form.buttons[turn % len(form.buttons)])
        return pairs

    def files(self, form: SeenForm) -> dict[str, Any] | None:
        """A picture for every field that takes files, its remarks full of words; None where there is none."""
        if not form.files:
            return None
        return {name: self._picture(name) for name, kind in form.kinds.items() if kind == "file"}

    def _choices(self, form: SeenForm) -> dict[str, list[str]]:
        """What stands checked comes first; then the others in order."""
        known = dict(form.fields)
        first = lambda name, options: sorted(options, key=lambda one: one != known.get(name))  # noqa: E731  (a key, used once)
        return {name: [o for o in first(name, options) if o] or [""] for name, options in form.choices.items()}

    def _value(self, form: SeenForm, name: str, kind: str, stands: str) -> str:
        if kind in WORDY:
            most = int(form.measures[name].get("maxlength") or 10_000)
            words = self.word(name) if most >= 40 else ""
            return words or stands or "ja"[:most]
        if kind == "email":
            return stands or "somebody@example.org"
        if kind in ("number", "range"):
            return stands or form.measures[name].get("min", "") or "1"
        if kind == "date":
            soon = (clock.now() + timedelta(days=3)).date().isoformat()
            return max(form.measures[name].get("min", ""), soon)
        return stands or FIXED.get(kind, "")

    def _picture(self, name: str) -> io.BytesIO:
        exif, out = Image.Exif(), io.BytesIO()
        exif[0x010E] = self.word(name)  # ImageDescription
        Image.new("RGB", (64, 48), "teal").save(out, "JPEG", exif=exif, comment=self.word(name).encode())
        out.seek(0)
        out.name = f"{name}.jpg"
        return out
