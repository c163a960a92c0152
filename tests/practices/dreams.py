"""Dreams as the two tell them, in words that their tests share."""

import re
from uuid import uuid4


def tell(person, text: str = "A boathouse with a lamp", who: str = "both", support: str = "cheer") -> str:
    answer = person.post("/us/dreams/new/", text=text, why="", who=who, support=support, id=str(uuid4()))
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]


def mine(where: str) -> str:
    """Where the first one's acts on a shared dream go: its first card has the dream's own id."""
    return where.replace("/us/dreams/", "/us/dreams/mine/")


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""
