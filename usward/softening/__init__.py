"""Finds what may sound like blame, and says it anew. Pure: a text goes in, places and wordings come out, nothing is kept."""

from usward.softening.looking import Finding, look
from usward.softening.rewording import reword

__all__ = ["Finding", "look", "reword"]
