"""Codes, costs, words to compare, and names that only a key's holder can compute."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usward.vault.codes import ALPHABET, make_code, tidy_code
from usward.vault.derive import name, subkey, word_list, words_for
from usward.vault.password import Cost, derive, same


@given(st.integers(8, 256))
def test_a_code_has_the_bits_that_were_asked_for(bits):
    groups = make_code(bits).split("-")
    assert {len(group) for group in groups} == {4}, "no letter stands alone on a line"
    assert set("".join(groups)) <= set(ALPHABET)
    a_group = 4 * math.log2(len(ALPHABET))
    assert bits <= len(groups) * a_group < bits + a_group


def test_the_alphabet_has_no_look_alikes():
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set("01OIL") & set(ALPHABET)


def test_every_symbol_is_as_likely():
    counted = Counter("".join(make_code(160).replace("-", "") for _ in range(1000)))
    expected = sum(counted.values()) / 31
    assert set(counted) == set(ALPHABET)
    assert sum((n - expected) ** 2 / expected for n in counted.values()) < 80  # chi squared, 30 degrees: p < 1e-5


@given(st.data())
def test_a_code_is_read_however_it_is_typed(data):
    code = make_code(160)
    typed = "".join(
        data.draw(st.sampled_from(["", " ", "-", "\t", "–"])) + (c.lower() if data.draw(st.booleans()) else c)
        for c in code
    )
    assert tidy_code(typed) == tidy_code(code) == code.replace("-", "")


@given(st.text(max_size=400))
def test_nothing_that_is_typed_raises(typed):
    tidy = tidy_code(typed)
    assert tidy == tidy_code(tidy)
    assert len(tidy) <= 200


def test_the_four_words_are_these_for_ever():
    assert words_for(b"invitation", b"a" * 32, b"b" * 32) == words_for(b"invitation", b"a" * 32, b"b" * 32)
    assert words_for(b"") == ("walnut", "unlock", "refuse", "inhale")


@given(st.lists(st.binary(max_size=40), max_size=4), st.lists(st.binary(max_size=40), max_size=4))
def test_other_parts_other_words(left, right):
    words = words_for(*left)
    assert len(words) == 4
    assert set(words) <= set(word_list())
    assert (words == words_for(*right)) == (left == right)


def test_the_word_list():
    assert len(word_list()) == len(set(word_list())) >= 1800  # four of them: 43 bits


@given(st.binary(min_size=32, max_size=32), st.text(max_size=30), st.text(max_size=30))
def test_names_and_keys_are_apart(key, one, other):
    assert (name(key, "slot", one, 16) == name(key, "slot", other, 16)) == (one == other)
    assert name(key, "slot", one, 16) != name(key, "step", one, 16)
    assert (subkey(key, one) == subkey(key, other)) == (one == other)
    assert subkey(key, one) != key


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_cost_is_read_as_it_was_written(memory, passes, lanes):
    cost = Cost(memory, passes, lanes)
    assert Cost.parse(str(cost)) == cost


@given(st.text(max_size=40) | st.sampled_from(["", "m=1", "m=1,t=2", "m=1,t=2,p=x", "t=1,m=1,p=1", "m=1,t=2,p=3,q=4"]))
def test_anything_else_is_no_cost(text):
    with pytest.raises(ValueError):
        Cost.parse(text)


def test_one_slow_hash_gives_two_keys():
    cheap = Cost(64, 1, 1)
    once = derive("correct horse", b"s" * 16, cheap, b"pepper")
    assert once == derive("correct horse", b"s" * 16, cheap, b"pepper")
    assert once.verifier != once.kek
    others = [
        derive("correct horsf", b"s" * 16, cheap, b"pepper"),
        derive("correct horse", b"t" * 16, cheap, b"pepper"),
        derive("correct horse", b"s" * 16, cheap, b"salt"),
        derive("correct horse", b"s" * 16, Cost(64, 2, 1), b"pepper"),
    ]
    assert len({once.kek, once.verifier, *(o.kek for o in others), *(o.verifier for o in others)}) == 10
    assert same(b"a", b"a")
    assert not same(b"a", b"b")
