"""One table, for one row a POST."""

from typing import ClassVar

from django.db import models


class Note(models.Model):
    """A line of text."""

    objects: ClassVar[models.Manager["Note"]] = models.Manager()

    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
