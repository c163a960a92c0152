"""The labelled sentences, and how well the grammar does on them. `python -m tests.softening.sentences` prints the figures."""

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from usward.softening import look
from usward.softening.grammar import CATEGORIES

HERE = Path(__file__).parent
TUNE = tuple(sorted(path.stem for path in (HERE / "tune").glob("*.toml")))


class Labelled(NamedTuple):
    """One text, whether it blames, in which way (or what it is instead), and whether a list of words would get it wrong."""

    text: str
    blames: bool
    category: str
    hard: bool


class Figures(NamedTuple):
    """How many texts that blame were found and missed, and how many of the others were flagged and left alone."""

    found: int
    missed: int
    wrong: int
    left: int

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong)

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)


def holdout() -> list[Labelled]:
    """The texts by which the grammar is measured, and on which it is not tuned."""
    return _read(HERE / "holdout.toml")


def tune(name: str) -> list[Labelled]:
    """The texts of one file that the grammar is tuned on."""
    return _read(HERE / "tune" / f"{name}.toml")


def measure(texts: Iterable[Labelled]) -> Figures:
    """The figures of whole texts: flagged is a text with any finding."""
    counts = [[0, 0], [0, 0]]
    for one in texts:
        counts[one.blames][bool(look(one.text))] += 1
    return Figures(counts[1][1], counts[1][0], counts[0][1], counts[0][0])


def table() -> str:
    """The figures as docs/say-it.md has them."""
    tuned = [one for name in TUNE for one in tune(name)]
    lines = ["| | texts | blaming | precision | recall |", "|---|---|---|---|---|"]
    for name, texts in (("tune", tuned), ("**hold-out**", holdout())):
        lines.append(_line(name, texts))
        lines.append(_line(f"{name}, without the hard ones", [one for one in texts if not one.hard]))
    lines += ["", "| hold-out: blame | found | as this kind |", "|---|---|---|"]
    for category in CATEGORIES:
        texts = [one for one in holdout() if one.blames and one.category == category]
        same = sum(any(finding.category == category for finding in look(one.text)) for one in texts)
        lines.append(f"| {category} | {measure(texts).found} of {len(texts)} | {same} |")
    lines += ["", "| hold-out: no blame | flagged |", "|---|---|"]
    others = [one for one in holdout() if not one.blames]
    for kind in dict.fromkeys(one.category for one in others):
        texts = [one for one in others if one.category == kind]
        lines.append(f"| {kind} | {measure(texts).wrong} of {len(texts)} |")
    return "\n".join(lines)


def _line(name: str, texts: Sequence[Labelled]) -> str:
    figures, blaming = measure(texts), sum(one.blames for one in texts)
    return f"| {name} | {len(texts)} | {blaming} | {figures.precision:.3f} | {figures.recall:.3f} |"


def _read(path: Path) -> list[Labelled]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        Labelled(text, label == "blame", category, kind == "hard")
        for label in ("blame", "no_blame")
        for category, kinds in data[label].items()
        for kind in ("plain", "hard")
        for text in kinds.get(kind, [])
    ]


if __name__ == "__main__":
    print(table())
