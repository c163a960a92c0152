"""What the grammar is worth, on sentences that it was not tuned on; and that the documents say so, neither more nor less."""

import tomllib
from pathlib import Path

from tests.softening.sentences import TUNE, holdout, measure, table, tune
from usward.softening import look
from usward.softening.grammar import CATEGORIES

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "usward" / "content" / "library" / "en"


def test_precision_and_recall_on_the_holdout():
    figures = measure(holdout())
    assert figures.precision >= 0.90, figures
    assert figures.recall >= 0.80, figures


def test_the_sentences_are_many_and_half_of_them_blame_nobody():
    everything = [one for name in TUNE for one in tune(name)] + holdout()
    assert len(everything) >= 420
    for texts in (everything, holdout()):
        assert 0.45 < sum(one.blames for one in texts) / len(texts) < 0.55
        assert sum(one.hard for one in texts) > len(texts) / 4
        assert {one.category for one in texts if one.blames} == set(CATEGORIES)


def test_no_sentence_is_in_both_parts():
    tuned = {one.text.casefold() for name in TUNE for one in tune(name)}
    both = [one.text for one in holdout() if one.text.casefold() in tuned]
    # "Fine." and the like are what people write, in one part as in the other.
    assert all(len(text.split()) <= 6 for text in both), both
    assert len(both) < len(holdout()) / 20, both


def test_the_document_has_these_figures():
    assert table() in (ROOT / "docs" / "say-it.md").read_text(encoding="utf-8")


def test_next_to_nothing_that_usward_itself_says_reads_as_blame():
    """Our own questions, gestures and beginnings are two thousand texts to a "you", without a reproach.

    Ideas are not said to anybody: they name what there is to do ("Learn to sail a small boat"), which said to a partner
    would rightly read as an order.
    """
    paths = [path for path in LIBRARY.rglob("*.toml") if path.parent.name != "ideas"]
    texts = {text for path in paths for text in _texts(tomllib.loads(path.read_text(encoding="utf-8")))}
    flagged = [text for text in texts if look(text)]
    assert len(texts) > 1_500
    assert len(flagged) <= len(texts) / 100, flagged


def _texts(value):
    if isinstance(value, str):
        return [value] if " " in value else []
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in inner for text in _texts(one)]
