"""Whatever is wrong in a file, its writer reads where it stands and what to do, in plain words."""

import pytest

from usward.content import loader
from usward.content.loader import ContentError, library

GOOD = 'topic = "us"\n\n[[question]]\nid = "one-good"\ndepth = 1\ntext = "And?"\n\n'  # seven lines
QUESTION = '[[question]]\nid = "two-bad"\ndepth = 2\ntext = "And then?"\n'  # its lines are 8 to 11
COUNTRY = '[[country]]\ncode = "AQ"\nname = "Antarctica"\n'
LINE = '[[country.line]]\nname = "Hut"\nabout = "crisis"\nphone = "1"\n'

IN_A_QUESTION = [
    ("depth = 2", "depht = 2", 10, '"depht" is not known here; did you mean "depth"?'),
    ("depth = 2", "depth = 2\ncolour = 1", 11, '"colour" is not known here; possible are: id, topic, depth'),
    ("depth = 2", 'depth = "2"', 10, '"depth" wants a whole number without quotation marks.'),
    ("depth = 2", "depth = true", 10, '"depth" wants a whole number'),
    ("depth = 2", "depth = 2.0", 10, '"depth" wants a whole number'),
    ("depth = 2", "depth = 6", 10, '"depth" goes from 1 (light) to 5 (deep); 6 is outside.'),
    ("depth = 2", "depth = 0", 10, "0 is outside."),
    ("depth = 2\n", "", 8, '"depth" is missing here; add a line that begins with depth ='),
    ('"And then?"', "7", 11, '"text" wants words between quotation marks.'),
    ('"And then?"', '""', 11, '"text" is empty.'),
    ('"And then?"', '"  "', 11, '"text" is empty.'),
    ('"And then?"', '"And then? "', 11, "begins or ends with a space"),
    ('"And then?"', '"And\\nthen?"', 11, "keep it to one line"),
    ('"And then?"', f'"{"o" * 240}?"', 11, '"text" has 241 characters; 240 is the most.'),
    ('"And then?"', '"And then."', 11, "a question needs a question mark."),
    ('"two-bad"', '"Two Bad"', 9, '"id" wants small letters'),
    ('"two-bad"', '"one-good"', 9, 'the id "x-one-good" already stands on line 4; choose another.'),
    ("depth = 2", 'depth = 2\ntopic = "dream"', 11, 'in "topic": "dream" is not known here; did you mean "dreams"?'),
    (
        "depth = 2",
        'depth = 2\nnot_for = ["greif"]',
        11,
        'in "not_for": "greif" is not known here; did you mean "grief"?',
    ),
    ("depth = 2", 'depth = 2\nnot_for = "grief"', 11, '"not_for" wants a list in square brackets'),
    ("depth = 2", 'depth = 2\nnot_for = [\n"grief", "grief"]', 11, '"grief" stands twice.'),
    ('"two-bad"', '"two-bad', 9, "a closing quotation mark is missing on this line."),
    ('"two-bad"', "two-bad", 9, "put words between straight quotation marks."),
    ('"two-bad"', "“two-bad”", 9, "put words between straight quotation marks."),
    ('"two-bad"', '"two-bad" yes', 9, "something follows the value"),
    ("depth = 2", "depth 2", 10, "an equals sign is missing"),
    ("depth = 2", "depth = 2\ndepth = 3", 11, "this key stands twice; keep one of the two."),
    ("depth = 2", 'depth = 2\nnot_for = ["grief"', 12, "ends it"),
    ("[[question]]", "[[qestion]]", 8, '"qestion" is not known here; did you mean "question"?'),
    ("[[question]]", "[question]", 8, "two brackets"),
]

ELSEWHERE = [
    ('topic = "they"\n', 1, '"they" is not known here'),
    ("# a note\ntopic = 3\n", 2, '"3" is not known here'),
    ('\nauthor = "A."\n', 2, '"author" is not known here'),
    ('\n[question]\nid = "a"\n', 2, "write [[question]] with two brackets on each side, once for every question."),
    ("\nquestion = [1]\n", 2, "a section is expected here"),
    ('[[question]]\nid = "a"\ndepth = 1\ntext = "?"\n', 1, '"topic" is missing here'),
    ('[[prompt]]\nid = "a"\nkind = "thank"\nabout = "deed"\ntext = "T"\n', 3, 'did you mean "thanks"?'),
    ('[[prompt]]\nid = "a"\nkind = "thanks"\nabout = "money"\ntext = "T"\n', 4, "possible are: deed, support"),
    ('[[beginning]]\nid = "a"\nsituation = "sad"\ntext = "T"\n', 3, 'in "situation": "sad" is not known here'),
    ('[[why]]\npractice = "a"\nhelps = "T"\n', 1, '"sure" is missing here'),
    (COUNTRY, 1, "this country has no help line"),
    (COUNTRY.replace("AQ", "aq") + LINE, 2, "two capital letters"),
    (COUNTRY + LINE + LINE.replace("crisis", "fire"), 10, 'in "about": "fire" is not known here'),
    (COUNTRY + LINE + COUNTRY.replace("AQ", "BV") + LINE.replace('"1"', '"call us"'), 14, '"phone" holds no digit.'),
    (COUNTRY + LINE.replace('"1"', '""'), 4, 'a help line needs a "phone" or a "web" address.'),
    (COUNTRY + LINE + 'web = "our hut"\n', 8, '"web" wants an address'),
    (COUNTRY + LINE + 'web = "javascript://hut.example"\n', 8, '"web" wants an address'),
    (COUNTRY + LINE + COUNTRY + LINE, 9, 'the code "AQ" already stands on line 2; choose another.'),
    (GOOD.replace('"And?"', '"""\nAnd\nwhy?"""'), 6, "keep it to one line"),
]


@pytest.fixture
def refusal(tmp_path, monkeypatch):
    (tmp_path / "nothing-shipped" / "en").mkdir(parents=True)
    monkeypatch.setattr(loader, "LIBRARY", tmp_path / "nothing-shipped")

    def read(text: str | bytes, name: str = "x.toml") -> ContentError:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        library.cache_clear()
        with pytest.raises(ContentError) as refused:
            library("en", tmp_path)
        assert str(refused.value) == f"{path}:{refused.value.line}: {refused.value.message}"
        return refused.value

    return read


@pytest.mark.parametrize(("old", "new", "line", "words"), IN_A_QUESTION)
def test_what_is_wrong_in_the_second_question(refusal, old, new, line, words):
    assert old in QUESTION
    error = refusal(GOOD + QUESTION.replace(old, new))
    assert (error.line, words in error.message) == (line, True), str(error)


@pytest.mark.parametrize(("text", "line", "words"), ELSEWHERE)
def test_what_is_wrong_elsewhere(refusal, text, line, words):
    error = refusal(text)
    assert (error.line, words in error.message) == (line, True), str(error)


def test_a_file_in_another_encoding(refusal):
    error = refusal(GOOD.encode() + 'text = "Café?"\n'.encode("latin-1"))
    assert (error.line, error.message) == (8, "a letter here is not readable; save the file as UTF-8.")


def test_a_file_without_a_usable_name(refusal):
    error = refusal(GOOD, name="…….toml")
    assert error.line == 1 and "plain letters" in error.message


def test_shipped_files_refuse_the_same_id_twice(tmp_path, monkeypatch):
    (tmp_path / "en").mkdir()
    for name in ("a", "b"):
        (tmp_path / "en" / f"{name}.toml").write_text(GOOD)
    monkeypatch.setattr(loader, "LIBRARY", tmp_path)
    library.cache_clear()
    with pytest.raises(ContentError, match=r"b\.toml:4: the id \"one-good\" already stands in a\.toml; choose another"):
        library()
    library.cache_clear()


def test_a_pack_adds_lines_before_the_shipped_ones_of_a_country(tmp_path, monkeypatch):
    shipped, packs = tmp_path / "shipped", tmp_path / "packs"
    (shipped / "en").mkdir(parents=True)
    packs.mkdir()
    (shipped / "en" / "help.toml").write_text(COUNTRY + LINE)
    for name in ("Base", "Camp"):
        (packs / f"{name}.toml").write_text(COUNTRY + LINE.replace("Hut", name))
    monkeypatch.setattr(loader, "LIBRARY", shipped)
    library.cache_clear()
    country = library("en", packs).country("AQ")
    library.cache_clear()
    assert country is not None
    assert [line.name for line in country.lines] == ["Camp", "Base", "Hut"]
