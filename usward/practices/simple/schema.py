"""A practice as its writer describes it: one TOML file, no programming. docs/how-to-write-a-practice.md is its manual."""

import msgspec

PLACES = ("closer", "hard", "us", "keep")
WHO = ("both", "one")
REVEALS = ("when both", "at once", "only me")
EVERY = ("once", "day", "week", "month", "year")
MOST_PROMPTS = 8


class Prompt(msgspec.Struct, frozen=True):
    """One thing to write: what is asked, and an example if that helps."""

    id: str
    text: str
    example: str = ""


class Head(msgspec.Struct, frozen=True):
    """What stands under [practice]: what is done, by whom, how often, when the other reads it, how they may answer.

    `who`: "both" write in the same round, or "one" writes when they like and the other reads. `reply` names the
    situation whose beginnings are offered under what was revealed, or "none" for no answer at all.
    """

    id: str
    title: str
    sentence: str
    place: str
    reveal: str
    minutes: str = ""
    who: str = "both"
    every: str = "week"
    reply: str = "any"
    helps: str = ""
    sure: str = ""


class Practice(Head, frozen=True):
    """A practice with all that there is to write."""

    prompts: tuple[Prompt, ...] = ()
