"""Characters that nobody sees: what they could do to a page is left out, and what words need is left alone."""

from html import escape

import pytest

OVERRIDE = "\u202eAnna\u202c"
ISOLATED = "\u2066Anna\u2069"
NOTHING = ["\u200b", "\u200b \u200d\u2060", "\ufeff", "\u00ad", "\u3164", "\u2800", "\u202e", "\u200f\u200f", "\ufe0f"]
WHOLE = {
    "Hebrew": "\u05e9\u05dc\u05d5\u05dd, Anna\u200f!",
    "Persian, with a joiner kept apart": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "Hindi, with a joiner": "\u0915\u094d\u200d\u0937",
    "a family": "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "a heart": "\u2764\ufe0f",
    "the flag of Scotland": "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "Thai, with a place to break": "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u200b\u0e04\u0e48\u0e30",
}


@pytest.mark.parametrize("name", [OVERRIDE, ISOLATED, "\u200bAnna\ufeff"])
def test_a_name_turns_nothing_round(cast, name):
    anna, ben = cast.visitor("self"), cast.visitor("partner")
    assert anna.post("/settings/you/", {"name": name, "colour": "tide", "shape": "leaf"}).status == 303
    assert 'value="Anna"' in anna.get("/settings/you/").text
    assert not {"\u202e", "\u2066", "\u200b"} & set(ben.get("/").text)


@pytest.mark.parametrize("text", NOTHING)
def test_what_cannot_be_seen_is_no_word(cast, text):
    anna = cast.visitor("self")
    assert anna.post("/thanks/", {"text": text, "kind": "thanks", "when": "now"}).status == 422
    assert anna.post("/settings/you/", {"name": text, "colour": "tide", "shape": "leaf"}).status == 422


@pytest.mark.parametrize("words", WHOLE.values(), ids=WHOLE)
def test_words_from_right_to_left_and_what_is_joined_stay_whole(cast, words):
    anna, ben = cast.visitor("self"), cast.visitor("partner")
    assert anna.post("/thanks/", {"text": words, "kind": "thanks", "when": "now"}).status == 303
    assert escape(words) in ben.get("/").text
    assert anna.post("/settings/you/", {"name": words, "colour": "tide", "shape": "leaf"}).status == 303
    assert f'value="{words}"' in anna.get("/settings/you/").text
