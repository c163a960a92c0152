"""Rewordings keep what the person told: the deed, the names, the times; and leave open what they alone know."""

import pytest

from usward.softening import reword

EXAMPLES = {
    "You never help with the dishes.": (
        "When you do not help with the dishes, I feel …, and I need ….",
        "On …, you did not help with the dishes. I felt …. Would you …?",
    ),
    "you always leave your stuff all over the table": (
        "When you leave your stuff all over the table, I feel …, and I need ….",
        "On …, I noticed that you leave your stuff all over the table. I felt …. Would you …?",
    ),
    "On Sundays you are always late for my mother.": (
        "On Sundays, when you are late for my mother, I feel …, and I need ….",
        "On Sundays, on …, you were late for my mother. I felt …. Would you …?",
    ),
    "When I come home, you never look up.": (
        "When I come home and when you do not look up, I feel …, and I need ….",
        "When I come home, on …, you did not look up. I felt …. Would you …?",
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
