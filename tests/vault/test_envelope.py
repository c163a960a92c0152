"""The seal, from every side: it opens with its key at its place, and everything else is SealBroken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usward.vault.envelope import KEY_BYTES, SealBroken, key_id, seal, unseal
from usward.vault.padding import FLOOR, pad, padded_length, unpad

keys = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
contexts = st.lists(st.binary(max_size=40), max_size=5)
HEADER = 2 + 1 + 1 + 8 + 24


@given(keys, st.binary(max_size=3000), contexts)
def test_what_was_sealed_opens(key, plain, context):
    envelope = seal(key, plain, context)
    assert unseal(key, envelope, context) == plain
    assert len(envelope) == HEADER + len(plain) + 16


@given(keys, keys, st.binary(max_size=100), contexts)
def test_another_key_does_not_open(key, other, plain, context):
    envelope = seal(key, plain, context)
    if other != key:
        with pytest.raises(SealBroken):
            unseal(other, envelope, context)
        forged = envelope[:4] + key_id(other) + envelope[12:]  # even one that claims to be the other's
        with pytest.raises(SealBroken):
            unseal(other, forged, context)


@given(keys, st.binary(max_size=200), contexts, st.data())
def test_a_flipped_bit_anywhere_breaks_it(key, plain, context, data):
    envelope = bytearray(seal(key, plain, context))
    bit = data.draw(st.integers(0, len(envelope) * 8 - 1))
    envelope[bit // 8] ^= 1 << (bit % 8)
    with pytest.raises(SealBroken):
        unseal(key, bytes(envelope), context)


def test_every_bit_of_one_envelope():
    key, context = bytes(range(32)), [b"here", b"", b"now"]
    envelope = seal(key, b"a word", context)
    for bit in range(len(envelope) * 8):
        changed = bytearray(envelope)
        changed[bit // 8] ^= 1 << (bit % 8)
        with pytest.raises(SealBroken):
            unseal(key, bytes(changed), context)


@given(keys, st.binary(max_size=100), contexts, contexts)
def test_another_place_does_not_open(key, plain, context, elsewhere):
    envelope = seal(key, plain, context)
    if elsewhere != context:
        with pytest.raises(SealBroken):
            unseal(key, envelope, elsewhere)


@given(keys, st.lists(st.binary(min_size=1, max_size=8), min_size=2, max_size=5))
def test_fields_do_not_run_into_each_other(key, context):
    envelope = seal(key, b"", context)
    for wrong in ([b"".join(context)], [*context, b""], [context[0] + context[1], b"", *context[2:]], context[:-1]):
        with pytest.raises(SealBroken):
            unseal(key, envelope, wrong)


@given(keys, st.binary(max_size=100), st.data())
def test_shorter_longer_and_nonsense(key, plain, data):
    envelope = seal(key, plain, [b"x"])
    cut = data.draw(st.integers(0, len(envelope) - 1))
    for wrong in (envelope[:cut], envelope[cut + 1 :], envelope + b"\0", data.draw(st.binary(max_size=200))):
        with pytest.raises(SealBroken):
            unseal(key, wrong, [b"x"])


@given(keys, st.integers(0, 255), st.integers(0, 255))
def test_other_versions_and_algorithms_are_refused(key, version, algorithm):
    envelope = bytearray(seal(key, b"word", []))
    if (version, algorithm) != (envelope[2], envelope[3]):
        envelope[2], envelope[3] = version, algorithm
        with pytest.raises(SealBroken, match="know"):
            unseal(key, bytes(envelope), [])


@given(st.binary(max_size=80))
def test_only_keys_of_32_bytes_seal(key):
    if len(key) != KEY_BYTES:
        with pytest.raises(ValueError, match="32 bytes"):
            seal(key, b"", [])
        with pytest.raises(SealBroken):
            unseal(key, seal(bytes(32), b"", []), [])


def test_no_nonce_twice():
    assert len({seal(bytes(32), b"", [])[12:36] for _ in range(2000)}) == 2000


@given(st.binary(max_size=5000) | st.binary(max_size=20).map(lambda b: b + b"\x80" + b"\0" * 300))
def test_padding_comes_off(plain):
    assert unpad(pad(plain)) == plain
    assert len(pad(plain)) >= FLOOR


@given(st.integers(1, 2**27))
def test_padding_costs_at_most_twelve_percent(length):
    padded = padded_length(length)
    assert padded >= length
    assert padded_length(padded) == padded
    assert padded == FLOOR if length <= FLOOR else padded <= length * 1.12


def test_padded_lengths_are_few_and_grow():
    lengths = [padded_length(n) for n in range(1, 65537)]
    assert lengths == sorted(lengths)
    assert len(set(lengths)) < 130  # of 65,536: 7 bits are told where 16 were


@given(st.binary(max_size=600))
def test_no_padding_is_a_value_error(raw):
    if not raw.rstrip(b"\0").endswith(b"\x80"):
        with pytest.raises(ValueError, match="padding"):
            unpad(raw)
