"""The example in docs/content-format.md is a pack that works, and the document names every word of the format."""

import re
from pathlib import Path

import pytest

from usward.content import checks, loader, schema
from usward.content.loader import ContentError, library

TEXT = (Path(__file__).parents[3] / "docs" / "content-format.md").read_text(encoding="utf-8")


EXAMPLE = "".join(re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL))
SLIPS = [
    ('id = "first-boat"', 'id = "first-boat'),
    ('id = "first-boat"', "id = first-boat"),
    ("What did we call the boat", 'Say "yes" or'),
    ("depth = 2", "depth 2"),
    ("depth = 2", "depth = 2\ndepth = 2"),
    ("depth = 2", "depht = 2"),
    ("depth = 2\n", ""),
    ("depth = 2", 'depth = "2"'),
    ("depth = 2", "depth = 6"),
    ("What did we call the boat, and who was allowed to steer?", ""),
    ("What did we call the boat, and who was allowed to steer?", "o" * 299 + "?"),
    ("What did we call the boat, and who was allowed to steer?", "Tell me."),
    ("first-boat", "First Boat"),
    ("letter-in-the-drawer", "first-boat"),
    ('topic = "us"  ', 'topic = "dream"  '),
    ("grief", "greif"),
    ("[[question]]  ", "[[qestion]]  "),
]


@pytest.fixture(autouse=True)
def _read_anew():
    library.cache_clear()
    yield
    library.cache_clear()


@pytest.mark.parametrize(("old", "new"), SLIPS)
def test_every_slip_is_answered_as_written(tmp_path, monkeypatch, old, new):
    (tmp_path / "nothing-shipped" / "en").mkdir(parents=True)
    monkeypatch.setattr(loader, "LIBRARY", tmp_path / "nothing-shipped")
    assert old in EXAMPLE
    (tmp_path / "our-evenings.toml").write_text(EXAMPLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        library("en", tmp_path)
    assert f"`our-evenings.toml:{refused.value.line}: {refused.value.message}`" in TEXT


def test_the_example_loads(tmp_path):
    (tmp_path / "our-evenings.toml").write_text(EXAMPLE, encoding="utf-8")
    both = library("en", tmp_path)
    question = both.question("our-evenings-letter-in-the-drawer")
    assert question is not None
    assert (question.topic, question.not_for) == ("hard", ("grief",))
    assert both.country("AQ") and both.whys["sailing"]


def test_every_section_has_an_example(tmp_path, monkeypatch):
    (tmp_path / "nothing-shipped" / "en").mkdir(parents=True)
    monkeypatch.setattr(loader, "LIBRARY", tmp_path / "nothing-shipped")
    (tmp_path / "our-evenings.toml").write_text(EXAMPLE, encoding="utf-8")
    both = library("en", tmp_path)
    # A pack cannot add a step to the kind eye, so the example has none.
    empty = [field for field in both.__struct_fields__ if not getattr(both, field)]
    assert empty == ["kind_eye"]


def test_every_word_of_the_format_is_named():
    vocabularies = (schema.TOPICS, schema.NOT_FOR, *checks.CHOICES.values())
    words = {word for vocabulary in vocabularies for word in vocabulary}
    assert not [word for word in words if f"`{word}`" not in TEXT]
