"""Rewordings keep what the person told: the deed, the names, the times; and leave open what they alone know."""

import re

import pytest

from tests.softening.sentences import TUNE, tune
from usward.softening import look, reword
from usward.softening.grammar import PARTS

EXAMPLES = {
    "You never help with the dishes.": (
        "When you do not help with the dishes, I feel …, and I need ….",
        "On …, you did not help with the dishes. I felt …. Would you …?",
    ),
    "you always leave your stuff all over the table": (
        "When you leave your stuff all over the table, I feel …, and I need ….",
        "What I notice is that you leave your stuff all over the table. I feel …. Would you …?",
    ),
    "On Sundays you are always late for my mother.": (
        "On Sundays, when you are late for my mother, I feel …, and I need ….",
        "On Sundays, you were late for my mother. I felt …. Would you …?",
    ),
    "When I come home, you never look up.": (
        "When I come home and you do not look up, I feel …, and I need ….",
        "When I come home, what I notice is that you do not look up. I feel …. Would you …?",
    ),
    "You never listen when I talk about work.": (
        "When you do not listen when I talk about work, I feel …, and I need ….",
        "What I notice is that you do not listen when I talk about work. I feel …. Would you …?",
    ),
    "i know you regret marrying me": (
        "When …, I tell myself that I know you regret marrying me. I feel …, and I need ….",
        "What I saw was …. I felt …. How was it for you, and would you …?",
    ),
    "You should've told me before you told your brother.": (
        "I wish you had told me before you told your brother. I felt …, and I needed ….",
        "It would have helped me if you had told me before you told your brother. I felt …. Next time, would you …?",
    ),
    "I shouldn't have to tell you that the bin is full.": (
        "I noticed that the bin is full. I feel …, and I need ….",
        "I saw that the bin is full. I feel …. Would you …?",
    ),
    "The least you could do is look at me when I'm crying.": (
        "I would like you to look at me when I'm crying. When …, I feel …, and I need ….",
        "When …, I felt …, and I need …. Would you look at me when I'm crying?",
    ),
    "Don't you dare walk out of that door.": (
        "I would like you not to walk out of that door. When …, I feel …, and I need ….",
        "When …, I felt …. I ask you not to walk out of that door, because I need ….",
    ),
    "You don't care about me.": (
        "When …, I tell myself that you don't care about me. I feel …, and I need ….",
        "What I saw was …. I felt …. How was it for you, and would you …?",
    ),
    "You're so controlling about money.": (
        "It is about money. What I saw was …. I felt …, and I need ….",
        "I would like to talk about money. I felt … when …. Would you …?",
    ),
    "You are so lazy.": (
        "What I saw was …. I felt …, and I need ….",
        "There is one thing that you did: …. I felt …. Would you …?",
    ),
    "We talked about this on Tuesday and here we are, because you never do what you say, Tom.": (
        "We talked about this on Tuesday and here we are. When you do not do what you say, Tom, I feel …, and I need ….",
        "We talked about this on Tuesday and here we are. On …, you did not do what you say, Tom. I felt …. Would you …?",
    ),
    "I made dinner and put Leo to bed. It's the same every time with you.": (
        "I made dinner and put Leo to bed. There is one time that I mean: …. I felt …, and I need ….",
        "I made dinner and put Leo to bed. What I saw on … was …. I felt …. Would you …?",
    ),
    "": (
        "What I saw was …. I felt …, and I need ….",
        "There is one moment that I would like to tell you about: …. I felt …. Would you …?",
    ),
}


PART_BY_PART = {
    "You never help with the dishes.": {
        "saw": ("You did not help with the dishes.", "On …, you did not help with the dishes."),
        "felt": (
            "I feel … when you do not help with the dishes.",
            "What I feel when you do not help with the dishes is ….",
        ),
        "need": (
            "I need … when you do not help with the dishes.",
            "What I need when you do not help with the dishes is ….",
        ),
        "ask": ("Would you help with the dishes?", "I would like you to help with the dishes."),
    },
    "When I come home, you never look up.": {
        "saw": (
            "When I come home, I notice that you do not look up.",
            "When I come home, what I notice is that you do not look up.",
        ),
        "ask": ("When I come home, would you look up?", "When I come home, I would like you to look up."),
    },
    "On Sundays you are always late.": {
        "saw": ("On Sundays, you were late.", "On Sundays, what I notice is that you are late."),
    },
    "You make me feel so small.": {"felt": ("I felt so small.", "I feel so small.")},
    "You are so lazy.": {
        "saw": ("What I saw was ….", "There is one moment that I mean: …."),
        "felt": ("I felt ….", "What I feel underneath is …."),
        "need": ("I need ….", "What matters to me here is …."),
        "ask": ("Would you …?", "What I would like is …."),
    },
}
# What belongs into another field, and stands in this one only where its writer put it there.
ELSEWHERE = {
    "saw": r"I feel …|I felt …|I need|would you",
    "felt": r"I need|would you|I saw",
    "need": r"I feel …|I felt …|would you …|I saw",
    "ask": r"I feel …|I felt …|I need|I saw",
}


@pytest.mark.parametrize("text", PART_BY_PART)
def test_in_a_field_for_one_part_it_keeps_to_that_part(text):
    for part, ways in PART_BY_PART[text].items():
        assert reword(text, part=part) == ways


@pytest.mark.parametrize("part", PARTS)
def test_no_other_field_is_filled_and_there_are_two_ways_for_all_that_we_know(part):
    for one in (one for name in TUNE for one in tune(name) if look(one.text)):
        ways = reword(one.text, part=part)
        assert ways[0] != ways[1], one.text
        for way in ways:
            assert look(way) == (), (one.text, way)
            added = set(re.findall(ELSEWHERE[part], way, re.I)) - set(re.findall(ELSEWHERE[part], one.text, re.I))
            assert not added, (one.text, way)


def test_a_part_that_is_none_is_refused():
    with pytest.raises(ValueError, match="none of the parts"):
        reword("You never listen.", part="seen")


@pytest.mark.parametrize("text", EXAMPLES)
def test_it_is_said_like_this(text):
    assert reword(text) == EXAMPLES[text]


def test_what_blames_nobody_stands_and_gets_a_frame():
    one, two = reword("You came home at two. I was still awake")
    assert one == "You came home at two. I was still awake. What I saw was …. I felt …, and I need …."
    assert two.startswith("You came home at two. I was still awake. ")


def test_a_reason_that_somebody_is_given_does_not_become_a_fact():
    for wording in reword("You're only nice because you want something."):
        assert "You want something." not in wording


def test_a_wow_alone_is_no_fact():
    assert not reword("Wow. You are such a child.")[0].startswith("Wow")
