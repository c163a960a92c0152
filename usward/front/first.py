"""The question on the first page: one of a few light ones about the two, the same for everybody on a day."""

from datetime import date

from usward.content.loader import library
from usward.content.schema import Question


def first_question(day: date) -> Question:
    """A light question about the two, turning with the days."""
    fit = [q for q in library().questions if q.topic == "us" and q.depth <= 2 and not q.not_for]
    return fit[day.toordinal() % len(fit)]
