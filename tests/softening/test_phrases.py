"""Each sign of a phrase does what the table in phrases.py says."""

import pytest

from usward.softening.phrases import Line, Phrases
from usward.softening.words import read

SETS = {"never": (("never",), ("not", "ever")), "I": (("i",),)}
WALLS = frozenset({"i", "but"})


def fits(phrase, said):
    """The words of `said` that `phrase` covers, from the first place at which it fits, at its longest; None if nowhere."""
    (sentence,) = read(said, lambda word: (word,))
    words = [word.plain for word in sentence.words]
    apart = {at for at, word in enumerate(sentence.words) if word.apart}
    line = Line(words, frozenset({0} | apart), frozenset(apart | {len(words)}))
    tree: Phrases[str] = Phrases(SETS, lambda word: (word,), WALLS)
    tree.add(phrase, "mark")
    for at in range(len(words)):
        ends = [after for after, _ in tree.at(line, at)]
        if ends:
            return " ".join(words[at : max(ends)])
    return None


@pytest.mark.parametrize(
    ("phrase", "said", "covers"),
    [
        ("you never", "and You never help", "you never"),
        ("you never", "never you", None),
        ("you/we never", "we never help", "we never"),
        ("you {never} help", "you not ever help", "you not ever help"),
        ("you (just) want", "you want", "you want"),
        ("you (just) want", "you just want", "you just want"),
        ("you (just so) want", "you just want", None),
        ("you _ me", "you ignore me", "you ignore me"),
        ("you _ me", "you me", None),
        ("if you .. again", "if you do it again", "if you do it again"),
        ("if you .. again", "if you do it all once again", None),
        ("if you .. again", "if you but i again", None),
        ("stop ~ing", "stop shouting", "stop shouting"),
        ("stop ~ing", "stop shouts", None),
        ("you !never", "you help", "you"),
        ("you !{never}", "you not ever", None),
        ("you !~ed", "you shouted", None),
        ("you !~ed help", "you help", "you help"),
        ("^ stop", "oh please, stop", "stop"),
        ("^ stop", "oh please stop", None),
        ("fine $", "fine, go", "fine"),
        ("fine $", "fine weather", None),
        ("< fine >", "fine", "fine"),
        ("< fine >", "it is fine", None),
        ("< fine >", "fine, go", None),
    ],
)
def test_a_phrase_covers(phrase, said, covers):
    assert fits(phrase, said) == covers
