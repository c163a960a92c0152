"""A couple's or a therapist's own file joins the library, and can take nothing away from it."""

import pytest

from usward.content.loader import ContentError, library
from usward.content.schema import Library

PACK = """topic = "us"

[[question]]
id = "first-boat"
depth = 2
text = "What did we call the boat?"
not_for = ["new-couple"]

[[prompt]]
id = "harbour-thanks"
kind = "thanks"
about = "deed"
text = "Name one knot that held."

[[beginning]]
id = "calm-water"
situation = "low"
text = "So today was …"

[[beginning]]
id = "any-water"
situation = "any"
text = "I hear "

[[why]]
practice = "sailing"
helps = "Two who pull one rope talk less and agree more."
sure = "Nobody has measured it."
"""


@pytest.fixture
def packs(tmp_path):
    library.cache_clear()
    yield tmp_path
    library.cache_clear()


def load(folder, **files: str) -> Library:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return library("en", folder)


def test_a_pack_joins_the_library_with_its_name_before_every_id(packs):
    shipped, both = library(), load(packs, harbour=PACK)
    assert both.questions[: len(shipped.questions)] == shipped.questions
    question = both.question("harbour-first-boat")
    assert question is not None
    assert (question.topic, question.depth, question.not_for) == ("us", 2, ("new-couple",))
    assert both.prompts_for("thanks")[-1].id == "harbour-thanks"
    assert [item.id for item in both.beginnings_for("low") if item.id.startswith("harbour")] == [
        "harbour-calm-water",
        "harbour-any-water",
    ]
    assert both.beginnings_for("any")[-1].text == "I hear ", "its writer goes on after the space"
    assert both.whys["sailing"].sure == "Nobody has measured it."
    assert both.question("first-boat") is None


def test_no_folder_or_an_empty_one_adds_nothing(packs):
    assert library("en", packs / "none") == library("en", packs) == library()


def test_the_library_is_read_once(packs):
    assert library() is library()


def test_two_packs_may_use_the_same_id(packs):
    both = load(packs, one=PACK.split("[[prompt]]")[0], two=PACK.split("[[prompt]]")[0])
    assert both.question("one-first-boat") and both.question("two-first-boat")


def test_a_clash_with_a_shipped_id_is_refused(packs):
    text = '[[question]]\ndepth = 1\ntopic = "us"\nid = "hour-after"\ntext = "And?"\n'
    with pytest.raises(ContentError) as refused:
        load(packs, us=text)
    assert str(refused.value).startswith(f'{packs / "us.toml"}:4: the id "us-hour-after" already stands in us.toml')
    assert "of Usward's own library" in str(refused.value)


def test_a_topic_of_its_own_wins_over_that_of_the_file(packs):
    text = 'topic = "us"\n[[question]]\nid = "a-b"\ntopic = "play"\ndepth = 1\ntext = "And?"\n'
    question = load(packs, x=text).question("x-a-b")
    assert question is not None and question.topic == "play"


def test_windows_files_and_spaces_in_the_name(packs):
    (packs / "Our Evenings.toml").write_bytes(b"\xef\xbb\xbf" + PACK.replace("\n", "\r\n").encode())
    assert library("en", packs).question("our-evenings-first-boat")


def test_two_packs_may_add_lines_to_one_country(packs):
    line = (
        '[[country]]\ncode = "AQ"\nname = "Antarctica"\n[[country.line]]\nname = "{}"\nabout = "crisis"\nphone = "1"\n'
    )
    with pytest.raises(ContentError, match=r'the code "AQ" already stands in a\.toml'):
        load(packs, a=line.format("Base"), b=line.format("Hut"))


def test_an_unknown_language_says_so():
    with pytest.raises(LookupError, match="'xx'"):
        library("xx")
    with pytest.raises(LookupError):
        library("../library/en")


def test_looking_up(packs):
    text = (
        '[[country]]\ncode = "AQ"\nname = "Antarctica"\n[[country.line]]\nname = "Hut"\nabout = "crisis"\nphone = "1"\n'
    )
    both = load(packs, x=text + 'web = "hut.example/help"\n')
    country = both.country("aq")
    assert country is not None
    assert (country.lines[0].name, country.lines[0].web) == ("Hut", "https://hut.example/help")
    assert both.country("ZZ") is None
