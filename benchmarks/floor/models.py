"""One table, for one row a POST."""

from django.db import models


class Note(models.Model):
    """A line of text."""

    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
