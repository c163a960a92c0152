"""Key wraps and rings: who can open what, and that nothing else can."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usward.vault import keys, ring
from usward.vault.codes import tidy_code
from usward.vault.envelope import SealBroken
from usward.vault.models import CoupleWrap, KeyWrap, UserKeys

pytestmark = pytest.mark.django_db(transaction=True)
KEK = st.binary(min_size=32, max_size=32)


def changed(raw: bytes, bit: int) -> bytes:
    flipped = bytearray(raw)
    flipped[bit // 8 % len(raw)] ^= 1 << (bit % 8)
    return bytes(flipped)


@given(KEK, KEK)
def test_a_wrap_opens_with_its_key_alone(kek, other):
    unlocked = keys.create_keys(uuid4())
    keys.wrap(unlocked, keys.PASSWORD, kek)
    again = keys.unwrap(unlocked.owner, keys.PASSWORD, kek)
    assert (again.user_key, again.personal, again.pair) == (unlocked.user_key, unlocked.personal, unlocked.pair)
    if other != kek:
        with pytest.raises(SealBroken):
            keys.unwrap(unlocked.owner, keys.PASSWORD, other)
        keys.wrap(unlocked, keys.PASSWORD, other)  # the passphrase changes
        assert keys.unwrap(unlocked.owner, keys.PASSWORD, other).user_key == unlocked.user_key
        with pytest.raises(SealBroken):
            keys.unwrap(unlocked.owner, keys.PASSWORD, kek)
    assert KeyWrap.objects.filter(owner=unlocked.owner).count() == 1


def test_a_wrap_opens_at_its_place_alone():
    anna, ben, kek = keys.create_keys(uuid4()), keys.create_keys(uuid4()), bytes(32)
    keys.wrap(anna, keys.PASSWORD, kek)
    keys.wrap(ben, keys.PASSWORD, kek)
    sealed = KeyWrap.objects.get(owner=anna.owner).sealed
    KeyWrap.objects.filter(owner=ben.owner).update(sealed=sealed)
    with pytest.raises(SealBroken):
        keys.unwrap(ben.owner, keys.PASSWORD, kek)
    KeyWrap.objects.filter(owner=anna.owner).update(kind=keys.RECOVERY)
    with pytest.raises(SealBroken):
        keys.unwrap(anna.owner, keys.RECOVERY, kek)
    with pytest.raises(SealBroken):
        keys.unwrap(anna.owner, keys.PASSWORD, kek)
    with pytest.raises(SealBroken):
        keys.unwrap(uuid4(), keys.PASSWORD, kek)


@given(st.integers(0, 10_000), st.sampled_from(["sealed", "commitment"]))
def test_a_changed_wrap_does_not_open(bit, column):
    unlocked = keys.create_keys(uuid4())
    keys.wrap(unlocked, keys.PASSWORD, bytes(32))
    row = KeyWrap.objects.get(owner=unlocked.owner)
    KeyWrap.objects.filter(pk=row.pk).update(**{column: changed(bytes(getattr(row, column)), bit)})
    with pytest.raises(SealBroken):
        keys.unwrap(unlocked.owner, keys.PASSWORD, bytes(32))


def test_a_commitment_is_of_one_key():
    """A wrap made to open under two passphrases is refused: its commitment fits one of them at most."""
    assert keys._commitment(bytes(32)) != keys._commitment(b"\1" * 32)


def test_the_recovery_code():
    unlocked = keys.create_keys(uuid4())
    with pytest.raises(SealBroken):
        keys.unlock_with_recovery_code(unlocked.owner, "")
    code = keys.make_recovery_code(unlocked)
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", "  "), f" {code}\n"):
        assert keys.unlock_with_recovery_code(unlocked.owner, typed).user_key == unlocked.user_key
    wrong = ("3" if code[0] == "2" else "2") + code[1:]
    for typed in ("", wrong, code[:-1], tidy_code(code) + "2", "é", "x" * 5000):
        with pytest.raises(SealBroken):
            keys.unlock_with_recovery_code(unlocked.owner, typed)
    newer = keys.make_recovery_code(unlocked)
    with pytest.raises(SealBroken):
        keys.unlock_with_recovery_code(unlocked.owner, code)
    keys.drop_wrap(unlocked.owner, keys.RECOVERY)
    assert not keys.has_wrap(unlocked.owner, keys.RECOVERY)
    with pytest.raises(SealBroken):
        keys.unlock_with_recovery_code(unlocked.owner, newer)


@given(st.integers(0, 10_000), st.sampled_from(["sealed_private", "sealed_personal"]))
def test_changed_user_keys_do_not_open(bit, column):
    owner = uuid4()
    fresh = keys.create_keys(owner)
    row = UserKeys.objects.get(owner=owner)
    UserKeys.objects.filter(owner=owner).update(**{column: changed(bytes(getattr(row, column)), bit)})
    with pytest.raises(SealBroken):
        _ = fresh.pair if column == "sealed_private" else fresh.personal


@given(st.binary(max_size=300), st.integers(0, 10_000))
def test_small_things_and_boxes(plain, bit):
    anna, ben = keys.create_keys(uuid4()), keys.create_keys(uuid4())
    sealed, box = anna.seal("totp", plain), keys.seal_to(keys.public_key(anna.owner), plain)
    assert anna.unseal("totp", sealed) == plain == anna.pair.open(box)
    wrongs = [
        lambda: anna.unseal("pin", sealed),
        lambda: ben.unseal("totp", sealed),
        lambda: keys.Unlocked(ben.owner, anna.user_key).unseal("totp", sealed),
        lambda: anna.unseal("totp", changed(sealed, bit)),
        lambda: ben.pair.open(box),
        lambda: anna.pair.open(changed(box, bit)),
        lambda: anna.pair.open(box[: bit % len(box)]),
    ]
    for wrong in wrongs:
        with pytest.raises(SealBroken):
            wrong()


def test_keys_are_not_shown():
    unlocked = keys.create_keys(uuid4())
    ring.start_epoch(unlocked, space := uuid4())
    for shown in (repr(unlocked), repr(ring.open_ring(unlocked, space))):
        assert repr(unlocked.user_key)[2:-1] not in shown


def two() -> tuple[keys.Unlocked, keys.Unlocked, UUID]:
    anna, ben, space = keys.create_keys(uuid4()), keys.create_keys(uuid4()), uuid4()
    ring.start_epoch(anna, space)
    return anna, ben, space


def test_a_ring_is_handed_over_and_taken():
    anna, ben, space = two()
    ring.start_epoch(anna, space, 2)
    mine = ring.open_ring(anna, space)
    assert (mine.epoch, set(mine.keys)) == (2, {1, 2})
    with pytest.raises(ring.NoRing):
        ring.open_ring(ben, space)
    for _ in range(2):
        ring.hand_over(mine, ben.owner, keys.public_key(ben.owner))
        assert ring.open_ring(ben, space) == mine
    for _ in range(2):
        assert ring.take_over(ben, space) == mine
        rows = CoupleWrap.objects.filter(owner=ben.owner, space=space)
        assert {(row.epoch, row.how) for row in rows} == {(1, "uk"), (2, "uk")}
        assert ring.open_ring(ben, space) == mine
    assert mine.pair(1).public != mine.pair(2).public
    assert mine.pair(2).open(keys.seal_to(mine.pair(2).public, b"busy")) == b"busy"
    ring.drop_ring(ben.owner, space)
    assert not ring.holds_ring(ben.owner, space)
    assert ring.open_ring(anna, space) == mine
    ring.destroy_space_keys(space)
    with pytest.raises(ring.NoRing):
        ring.open_ring(anna, space)


def test_some_epochs_alone_are_handed_over():
    anna, ben, space = two()
    ring.start_epoch(anna, space, 2)
    ring.hand_over(ring.open_ring(anna, space), ben.owner, keys.public_key(ben.owner), {1})
    assert set(ring.take_over(ben, space).keys) == {1}


@pytest.mark.parametrize("boxed", [True, False])
def test_a_key_is_bound_to_its_place_and_person(boxed):
    anna, ben, space = two()
    ring.hand_over(ring.open_ring(anna, space), ben.owner, keys.public_key(ben.owner))
    if not boxed:
        ring.take_over(ben, space)
    row = CoupleWrap.objects.get(owner=ben.owner, space=space)
    elsewhere = uuid4()
    for change in ({"space": elsewhere}, {"epoch": 7}, {"how": "box" if row.how == "uk" else "uk"}):
        CoupleWrap.objects.filter(pk=row.pk).update(**change)
        with pytest.raises(SealBroken):
            ring.open_ring(ben, change.get("space", space))
        row.save()
    cleo = keys.create_keys(uuid4())
    CoupleWrap.objects.filter(pk=row.pk).update(owner=cleo.owner)
    with pytest.raises(SealBroken):
        ring.open_ring(cleo, space)
    CoupleWrap.objects.filter(pk=row.pk).update(owner=ben.owner, sealed=changed(bytes(row.sealed), 77))
    with pytest.raises(SealBroken):
        ring.open_ring(ben, space)


def test_a_box_meant_for_another_of_the_same_key_is_refused():
    """Somebody who could make two people share a public key still could not move a ring between them."""
    anna, ben, space = two()
    ring.hand_over(ring.open_ring(anna, space), uuid4(), keys.public_key(ben.owner))
    CoupleWrap.objects.filter(space=space, how="box").update(owner=ben.owner)
    with pytest.raises(SealBroken, match="another place"):
        ring.open_ring(ben, space)


def test_destroyed_keys_open_nothing():
    unlocked = keys.create_keys(uuid4())
    keys.wrap(unlocked, keys.PASSWORD, bytes(32))
    keys.destroy_keys(unlocked.owner)
    with pytest.raises(SealBroken):
        keys.unwrap(unlocked.owner, keys.PASSWORD, bytes(32))
    assert not UserKeys.objects.filter(owner=unlocked.owner).exists()
