"""Streams: what was sealed comes back whole and in order, or it is SealBroken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usward.vault import stream
from usward.vault.envelope import SealBroken
from usward.vault.stream import CHUNK, open_stream, seal_stream, sealed_pieces

KEY = bytes(range(32))
START = len(stream.MAGIC) + stream.HEADER_BYTES
LENGTHS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7]


def opened(blob: bytes, key: bytes = KEY) -> bytes:
    return b"".join(open_stream(key, sealed_pieces(blob)))


@pytest.mark.parametrize("length", LENGTHS)
def test_it_comes_back(length):
    plain = bytes(i % 251 for i in range(length))
    assert opened(b"".join(seal_stream(KEY, plain))) == plain


@given(st.binary(max_size=3000))
def test_wrong_key(plain):
    with pytest.raises(SealBroken):
        opened(b"".join(seal_stream(KEY, plain)), bytes(32))


@given(st.sampled_from(LENGTHS), st.data())
def test_a_flipped_bit(length, data):
    blob = bytearray(b"".join(seal_stream(KEY, bytes(length))))
    bit = data.draw(st.integers(0, len(blob) * 8 - 1))
    blob[bit // 8] ^= 1 << (bit % 8)
    with pytest.raises(SealBroken):
        opened(bytes(blob))


@given(st.sampled_from(LENGTHS), st.data())
def test_shortened_anywhere(length, data):
    blob = b"".join(seal_stream(KEY, bytes(length)))
    ends = [
        START,
        *range(START + CHUNK + stream.TAG_BYTES, len(blob), CHUNK + stream.TAG_BYTES),
    ]  # at a chunk's end, too
    cut = data.draw(st.sampled_from(ends) | st.integers(0, len(blob) - 1))
    with pytest.raises(SealBroken):
        opened(blob[:cut])


def test_reordered_repeated_left_out_and_appended():
    start, *chunks = seal_stream(KEY, bytes(3 * CHUNK + 5))
    one, two, three, last = chunks
    other = list(seal_stream(KEY, bytes(3 * CHUNK + 5)))
    wrongs = [
        [two, one, three, last],
        [one, one, two, three, last],
        [one, three, last],
        [one, two, last, three],
        [*chunks, last],
        [*chunks, one],
        [*chunks, b""],
        [one, other[2], three, last],
        [last],
        [],
    ]
    for wrong in wrongs:
        with pytest.raises(SealBroken):
            b"".join(open_stream(KEY, [start, *wrong]))


@given(st.lists(st.binary(max_size=60), max_size=4))
def test_nonsense(pieces):
    with pytest.raises(SealBroken):
        b"".join(open_stream(KEY, pieces))
