"""What is written or drawn by hand: strokes of plain numbers on one sheet, read strictly, drawn as SVG paths. Pure.

A stroke is (ink, pen, x, y, dx, dy, dx, dy…): where it begins, and then each point as seen from the one before. In a form
the numbers of a stroke stand between spaces and strokes between semicolons. web/js/sheet.js writes it so, and draws the
same paths while the finger moves.
"""

import re
from collections.abc import Iterator, Sequence
from math import floor, inf, sqrt

from markupsafe import Markup

WIDE, HIGH = 1000, 1300
INKS = (("dark", "Dark"), ("clay", "Clay"), ("tide", "Blue"), ("moss", "Green"), ("plum", "Violet"))
PENS = (("fine", "Fine"), ("broad", "Broad"))
MOST = 30_000  # characters: with the longest typed letter it is still a draft (entries/drafts.py)
ROUND = 16  # how near to a corner its rounding begins
GENTLE = 0.8  # the cosine of a turn that is a curve, no corner: it is rounded all the way
MARGIN = 40
SHEET = Markup('<svg class="drawn" viewBox="0 {} {} {}" role="img" aria-label="Written or drawn by hand">{}</svg>')
LINE = Markup('<path class="{} {}" d="{}"/>')
_STROKES = re.compile(r"[0-9]{1,4}( -?[0-9]{1,4})+(;[0-9]{1,4}( -?[0-9]{1,4})+)*")

Stroke = tuple[int, ...]
Drawing = tuple[Stroke, ...]
Point = tuple[int, int]


class NotStrokes(ValueError):
    """This is nothing that a hand has drawn on our sheet."""


def read(text: str) -> Drawing:
    """The strokes that a form sends; none where it is empty. Raises NotStrokes."""
    if not text:
        return ()
    if len(text) > MOST or not _STROKES.fullmatch(text):
        raise NotStrokes
    drawing = tuple(tuple(int(number) for number in stroke.split(" ")) for stroke in text.split(";"))
    if not all(map(_fits, drawing)):
        raise NotStrokes
    return drawing


def write(drawing: Sequence[Stroke]) -> str:
    """The strokes as a form sends them: `read(write(drawing)) == drawing`."""
    return ";".join(" ".join(map(str, stroke)) for stroke in drawing)


def _fits(stroke: Stroke) -> bool:
    """Whether a stroke is whole, with an ink and a pen that we have, and stays on the sheet."""
    if len(stroke) < 4 or len(stroke) % 2:
        return False
    known = 0 <= stroke[0] < len(INKS) and 0 <= stroke[1] < len(PENS)
    return known and all(0 <= x <= WIDE and 0 <= y <= HIGH for x, y in points(stroke))


def points(stroke: Stroke) -> Iterator[Point]:
    """The points of a stroke on the sheet."""
    x = y = 0
    for dx, dy in zip(stroke[2::2], stroke[3::2], strict=False):
        x, y = x + dx, y + dy
        yield x, y


def svg(drawing: Sequence[Stroke]) -> Markup:
    """A drawing for a page: that part of the sheet on which something is. What is no stroke of ours is left out."""
    found = [(stroke, list(points(stroke))) for stroke in drawing if _fits(stroke)]
    if not found:
        return Markup("")
    heights = [y for _, at in found for _, y in at]
    top, end = max(0, min(heights) - MARGIN), min(HIGH, max(heights) + MARGIN)
    lines = Markup("").join(LINE.format(INKS[stroke[0]][0], PENS[stroke[1]][0], path(at)) for stroke, at in found)
    return SHEET.format(top, WIDE, end - top, lines)


def path(found: Sequence[Point]) -> str:
    """An SVG path through some points: curves where the hand turned gently, corners where it did not, a dot for one point."""
    (x, y), last = found[0], found[-1]
    if len(found) == 1:
        return f"M{x} {y}h.1"
    made, at = [f"M{x} {y}"], (x, y)
    for before, corner, after in zip(found, found[1:], found[2:], strict=False):
        near = inf if _gentle(before, corner, after) else ROUND
        start, end = _towards(corner, before, near), _towards(corner, after, near)
        if start != at:
            made.append(f"L{start[0]} {start[1]}")
        made.append(f"Q{corner[0]} {corner[1]} {end[0]} {end[1]}")
        at = end
    return "".join(made) + f"L{last[0]} {last[1]}"


def _gentle(before: Point, corner: Point, after: Point) -> bool:
    ax, ay, bx, by = corner[0] - before[0], corner[1] - before[1], after[0] - corner[0], after[1] - corner[1]
    return ax * bx + ay * by >= GENTLE * sqrt(ax * ax + ay * ay) * sqrt(bx * bx + by * by)


def _towards(corner: Point, other: Point, near: float) -> Point:
    """The point at which the rounding of a corner begins: half the way at most."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    part = min(0.5, near / max(1.0, sqrt(dx * dx + dy * dy)))
    return floor(corner[0] + dx * part + 0.5), floor(corner[1] + dy * part + 0.5)
