"""Padding: a length tells much ("yes", "no"), so bodies grow to few sizes.

Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019): at most
12 % more, O(log log n) bits of length told. With a floor of 256 bytes.
"""

FLOOR = 256


def padded_length(length: int) -> int:
    """The Padmé length for `length` bytes, at least the floor."""
    if length <= FLOOR:
        return FLOOR
    exponent = length.bit_length() - 1
    low_bits = exponent - (exponent.bit_length())
    mask = (1 << low_bits) - 1
    return (length + mask) & ~mask


def pad(plain: bytes) -> bytes:
    """Append 0x80 and zeros up to the padded length."""
    marked = plain + b"\x80"
    return marked.ljust(padded_length(len(marked)), b"\0")


def unpad(padded: bytes) -> bytes:
    """Take the padding off. Raises ValueError where there is none."""
    stripped = padded.rstrip(b"\0")
    if not stripped.endswith(b"\x80"):
        raise ValueError("no padding")
    return stripped[:-1]
