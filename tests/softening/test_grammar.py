"""The file of a language: what may stand in it, what is said when it is wrong, and that a second language is a file."""

import pytest

from usward.softening import grammar as grammars
from usward.softening import look, reword
from usward.softening.grammar import GrammarError, grammar, parse

GERMAN = """
frames = ["Ich habe gesehen: …. Ich war …, und ich brauche ….", "Es geht mir um …. Ich war …. Würdest du …?"]

[parts]
saw = ["Ich habe gesehen: ….", "Am … war es so: …."]
felt = ["Ich war ….", "Darunter bin ich …."]
need = ["Ich brauche ….", "Mir liegt an …."]
ask = ["Würdest du …?", "Ich hätte gern …."]

[spelling]
"hörste" = "hörst du"

[endings]

[joints]
openers = "und, aber, ach"
turns = "aber"
subjects = "ich, du, wir, es"
leads = "wenn"
settings = "gestern"
cuts = "und"
capitals = "ich"
walls = "ich, aber"
also = "und"
on = "Am …, "

[sets]
nie = "nie, niemals, nie und nimmer"

[pardon]
follows = "du hast gesagt"
whole = "ich hab dich lieb"
itself = "du weißt {nie}"

[[blame]]
category = "absolute"
reason = "Auf „nie“ gibt es keine Antwort; ein Mal ist leichter zu hören."
say = \"\"\"
du _ (mir) {nie}
immer musst/willst du
\"\"\"
instead = ["Einmal, am …, war es so: …. Ich brauche ….", "Am …, da war …. Würdest du …?"]

[[reword]]
see = "du hörst mir {nie}"
say = ["Wenn du mir nicht {rest}hörst, bin ich …, und ich brauche ….", "Am … war ich …. Würdest du mir {rest}hören?"]
ask = ["Würdest du mir {rest}hören?", "Ich hätte gern, dass du mir {rest}hörst."]
"""


@pytest.fixture
def german(tmp_path, monkeypatch):
    (tmp_path / "de.toml").write_text(GERMAN, encoding="utf-8")
    monkeypatch.setattr(grammars, "FOLDER", tmp_path)
    grammar.cache_clear()
    yield
    grammar.cache_clear()


def test_a_second_language_is_a_file(german):
    text = "Du hörst mir nie zu."
    assert [(text[one.start : one.end], one.category) for one in look(text, "de")] == [("Du hörst mir nie", "absolute")]
    assert reword(text, "de") == (
        "Wenn du mir nicht zuhörst, bin ich …, und ich brauche ….",
        "Am … war ich …. Würdest du mir zuhören?",
    )
    assert reword(text, "de", "ask") == ("Würdest du mir zuhören?", "Ich hätte gern, dass du mir zuhörst.")
    assert reword(text, "de", "felt") == ("Ich war ….", "Darunter bin ich ….")
    assert look("Du hast gesagt, du hörst mir nie zu", "de") == ()
    assert look("Du weißt nie, was kommt.", "de") == ()
    assert len(look("Du hast gesagt, es geht, aber du hörst mir nie zu", "de")) == 1


@pytest.mark.parametrize("language", ["xx", "", "../en", "en.toml", "en/../en"])
def test_a_language_without_a_file_is_said_to_be_missing(language):
    with pytest.raises(LookupError):
        look("You never listen.", language)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("du _ (mir) {nie}", "du _ {niee}", "names {niee}, which is no set of this grammar"),
        ("du _ (mir) {nie}", "(du) .. ^", "has no word that must be there"),
        ("du _ (mir) {nie}", "du _ nie!", "“nie!”, which is neither a word nor a sign"),
        ("du _ (mir) {nie}", "du (mir nie", "has “(”, which is neither a word nor a sign"),
        ('category = "absolute"', 'category = "absolut"', "“absolut” is no category; there are: absolute, label"),
        ('nie = "nie, ', 'nie = "nie; ', "“nie;” stands among words, and is none"),
        ('cuts = "und"', 'cut = "und"', "unknown field `cut`"),
        ('cuts = "und"\n', "", "missing required field `cuts`"),
        ("[endings]", "[endings", "Expected"),
    ],
)
def test_a_slip_is_named(old, new, says):
    assert old in GERMAN
    with pytest.raises(GrammarError) as refused:
        parse(GERMAN.replace(old, new, 1).encode())
    assert says in str(refused.value)


def test_spelling_is_evened_out():
    spell = grammar().spell
    assert spell("don't") == spell("dont") == ("do", "not")
    assert spell("shouldn't've") == ("should", "not", "have")
    assert spell("can't") == ("can", "not") and spell("im") == ("i", "am") and spell("'ve") == ("'ve",)
