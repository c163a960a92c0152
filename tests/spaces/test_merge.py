"""Two spaces become one: nothing is lost, nothing is shown too early, and a crash at any write changes nothing."""

from datetime import UTC, date, datetime, timedelta
from time import process_time
from uuid import uuid4

import msgspec
import pytest

from tests.given import Word, confirmed, crash_everywhere, frozen, given, pair, pings, someone, the_two
from usward.entries import heads, kinds
from usward.entries.joint import joint
from usward.entries.models import Entry, Knock, Reveal, Scope
from usward.entries.sealing import open_raw, seal_row, slot_name
from usward.kit import clock
from usward.practices.questions.actions import draw
from usward.practices.questions.entries import ANSWER, Answer, Draw, Offer
from usward.spaces.actions import Elsewhere, confirm_words
from usward.spaces.invitations import Taken, invite
from usward.spaces.models import Invitation, Partner, Space
from usward.vault import ring
from usward.vault.models import CoupleEpoch, CoupleWrap

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = {"step": ANSWER, "reveal": Reveal.WHEN_BOTH}


@joint
def texts_of_both(mine, theirs):
    return [one.value.text for one in mine], [one.value.text for one in theirs]


def texts(found):
    return [one.value.text for one in found]


def test_who_was_alone_when_a_request_began_tells_the_newcomer():
    """The two become one place while the inviter's words are on their way."""
    anna, ben = someone("Anna"), someone("Ben", colour="tide")
    confirmed(anna, ben)
    alone = anna.inside
    assert alone.other is None and alone.keyring.ring
    assert ben.inside.other is not None
    pulse = ben.row.pulse
    with pings() as heard:
        alone.writer.put(Word("just now"), exchange="a talk")
    assert str(ben.row.pk) in heard and ben.row.pulse == pulse + 1


def test_what_the_newcomer_was_sending_meanwhile_is_not_put_where_nobody_is():
    anna, ben = someone("Anna"), someone("Ben", colour="tide")
    before = ben.inside
    assert before.keyring.ring and before.keyring.unlocked.personal
    confirmed(anna, ben)
    assert ben.inside.other is not None
    for scope in (Scope.SHARED, Scope.OWN):
        with pytest.raises(Elsewhere):
            before.writer.put(Word("half a letter"), exchange="a talk", scope=scope)
    with pytest.raises(Elsewhere):
        before.drafts.keep("thanks", {"text": "half a letter"})


def index_is_right(space) -> bool:
    rows = list(Entry.objects.filter(space_id=space))
    fold = {row.seq for row in rows if row.current} == heads.living(rows)
    return fold and heads.stored(space) == heads.computed(space)


def lives() -> tuple:
    """Anna, who invites, and Ben, who has a life of his own already; not yet merged."""
    with clock.travel(timedelta(days=-3)):
        anna, ben = someone("Anna"), someone("Ben")
        given(ben).said(Word("three days ago"), "thanks")
        given(anna).said(Answer("q", "?", "hers"), "q:1", **BOTH)
    given(ben).said(Answer("q", "?", "his first"), "q:1", **BOTH)
    first = ben.inside.reader.latest(Answer, 1)[0]
    given(ben).said(Answer("q", "?", "his"), "q:1", replaces=first.id, **BOTH)
    given(ben).said(Answer("q", "?", "waits"), "q:2", **BOTH)
    given(anna).said(Answer("q", "?", "waits, too"), "q:3", **BOTH)
    given(ben).said(Word("own"), "own", scope=Scope.OWN)
    given(ben).said(Word("joint"), "joint", scope=Scope.JOINT)
    given(anna).said(Word("hers, joint"), "joint", scope=Scope.JOINT)
    given(ben).said(Word("for later"), "letter", reveal=Reveal.FROM_DAY, reveal_day=date(2999, 1, 1))
    gone = given(ben).said(Word("gone"), "gone")
    ben.inside.writer.withdraw(gone.id)
    early = given(ben).said(Word("opened early"), "early", reveal=Reveal.FROM_DAY, reveal_day=date(2999, 1, 1))
    ben.inside.writer.open_early(early.id)
    ben.inside.drafts.keep("thanks", {"text": "a draft"})
    confirmed(anna, ben)
    return anna, ben


def check_merged(anna, ben, seqs) -> None:
    me, other = ben.inside, anna.inside
    assert (me.other.pk, other.other.pk) == (other.me.pk, me.me.pk)
    assert texts(other.reader.exchange("thanks")) == ["three days ago"]
    assert other.reader.exchange("thanks")[0].day == clock.today("Europe/Copenhagen") - timedelta(days=3)
    assert texts(other.reader.exchange("q:1")) == texts(me.reader.exchange("q:1")) == ["hers", "his"]
    assert texts(me.reader.history(me.reader.exchange("q:1")[1].id)) == ["his first", "his"]
    assert (texts(other.reader.exchange("q:2")), texts(me.reader.exchange("q:2"))) == ([], ["waits"])
    assert (texts(other.reader.exchange("q:3")), texts(me.reader.exchange("q:3"))) == (["waits, too"], [])
    assert (texts(other.reader.exchange("own")), texts(me.reader.exchange("own"))) == ([], ["own"])
    assert other.reader.joint(texts_of_both, Word) == (["hers, joint"], ["joint"])
    assert texts(other.reader.exchange("letter") + other.reader.exchange("gone")) == []
    assert texts(other.reader.exchange("early")) == ["opened early"]
    assert me.drafts.read(["thanks"]) == {"thanks": {"text": "a draft"}}
    assert list(Entry.objects.filter(author=me.me).exclude(body=b"").values_list("seq", "id")) == seqs
    assert me.reader.broken == other.reader.broken == []
    assert me.me.colour != other.me.colour
    assert (other.their_card.name, me.my_card.name) == ("Ben", "Ben")
    assert index_is_right(me.me.space_id)
    assert Knock.objects.filter(partner=other.me, not_before__gt=clock.now()).count() == 1
    given(anna).said(Answer("q", "?", "at last"), "q:2", **BOTH)
    assert texts(anna.inside.reader.exchange("q:2")) == ["waits", "at last"]


def test_merging_survives_a_crash_at_every_write():
    anna, ben = lives()
    old = ben.row.space_id
    seqs = list(Entry.objects.filter(author=ben.row).exclude(body=b"").values_list("seq", "id"))
    writes = crash_everywhere(lambda: ben.inside)
    assert writes > 20
    check_merged(anna, ben, seqs)
    assert not Space.objects.filter(pk=old).exists()
    assert not CoupleWrap.objects.filter(space=old).exists()
    assert not CoupleEpoch.objects.filter(space=old).exists()
    assert Invitation.objects.get(invitee=ben.row).merged


def test_nothing_is_merged_before_the_words_are_confirmed():
    anna, ben = someone("Anna"), someone("Ben")
    given(anna).said(Word("hers"), "x")
    given(ben).said(Word("his"), "x")
    assert ben.inside.other is None
    assert texts(ben.inside.reader.exchange("x")) == ["his"]
    with pytest.raises(ring.NoRing):
        ring.open_ring(ben.unlocked, anna.row.space_id)


def test_a_newcomers_draws_give_way():
    today = clock.today("Europe/Copenhagen")
    with clock.travel(timedelta(days=-2)):
        anna, ben = someone("Anna"), someone("Ben")
        hers = draw(anna.inside, today - timedelta(days=2))
    for days in (2, 1, 0):
        with clock.travel(timedelta(days=-days)):
            draw(ben.inside, today - timedelta(days=days))
    pair(anna, ben)
    assert [one.id for one in ben.inside.reader.latest(Draw, 9)] == [hers.id]
    drawn = [draw(who.inside, today + timedelta(days=n)).value.question for n in range(20) for who in (anna, ben)]
    assert drawn[::2] == drawn[1::2]
    assert len({hers.value.question, *drawn}) == 21
    assert index_is_right(anna.row.space_id)


def test_a_third_is_not_let_in():
    anna, ben = the_two()
    cleo = someone("Cleo")
    row = Invitation.objects.create(id=uuid4(), space=anna.row.space, inviter=anna.row, lookup=b"x", code_for_inviter=b"",
                                    capsule=b"", made_at=clock.now(), expires_at=clock.now(), invitee=cleo.row)  # fmt: skip
    confirm_words(row, anna.unlocked)
    assert not Invitation.objects.get(pk=row.pk).confirmed
    assert not ring.holds_ring(cleo.id, anna.row.space_id)
    Partner.objects.filter(pk=ben.row.pk).update(left_on=date(2026, 1, 1))
    Space.objects.filter(pk=anna.row.space_id).update(closed_on=date(2026, 1, 1))
    confirm_words(row, anna.unlocked)
    assert not ring.holds_ring(cleo.id, anna.row.space_id)
    with pytest.raises(Taken):
        invite(anna.row, anna.unlocked, None)


def test_a_big_merge_is_quick():
    with frozen(datetime(2026, 6, 1, 12, tzinfo=UTC)):
        anna, ben = someone("Anna"), someone("Ben")
        inside, began = ben.inside, process_time()
        for n in range(400):
            inside.writer.put(Word(f"word {n}"), exchange=f"e{n // 3}")
        putting, rows = process_time() - began, list(Entry.objects.filter(author=ben.row))
        copies = [copy for n in range(4) for copy in copied(rows, inside.keyring, n)]
        Entry.objects.bulk_create(copies)
        confirmed(anna, ben)
        began = process_time()
        assert ben.inside.other is not None
        took = process_time() - began
        reader = anna.inside.reader
        assert len(reader.latest(Word, 5000)) == 2000
        assert reader.broken == []
    # Nobody else can write meanwhile, and whoever tries waits for some seconds alone.
    assert took < 4 * putting, f"merging 2,000 entries took {took:.2f} s, and putting 400 of them {putting:.2f}"


def copied(rows, keyring, number):
    """The same rows once more, under other ids and slots."""
    for row in rows:
        body = kinds.decode_body(open_raw(row, keyring))
        fresh = uuid4()
        place = slot_name(Word, row.scope, row.author_id, fresh.hex)
        copy = Entry(**{f.attname: getattr(row, f.attname) for f in Entry._meta.fields if f.attname != "seq"})
        copy.id, copy.slot = fresh, keyring.names(row.scope, body.kind, body.exchange, body.step, place).slot
        seal_row(copy, keyring, msgspec.msgpack.encode(msgspec.structs.replace(body, slot=place)))
        yield copy


def test_a_question_that_the_newcomer_answered_alone_is_held_out_to_the_inviter():
    anna, ben = someone("Anna"), someone("Ben")
    drawn = draw(ben.inside, clock.today(ben.row.zone)).value
    with clock.travel(timedelta(days=-1)):
        passed_by = draw(ben.inside, clock.today(ben.row.zone)).value
    draw(anna.inside, clock.today(anna.row.zone))
    said = Answer(drawn.question, drawn.text, "his")
    given(ben).said(said, drawn.exchange, step=ANSWER, reveal=Reveal.WHEN_BOTH)
    confirmed(anna, ben)
    assert ben.inside.other is not None
    held_out = anna.inside.reader.latest(Offer, 5, mine=False)
    assert [one.value.exchange for one in held_out] == [drawn.exchange] != [passed_by.exchange]
    assert texts(anna.inside.reader.exchange(drawn.exchange)[-1:]) == [drawn.text]


def test_a_letter_for_a_day_waits_until_it_has_begun_for_the_newcomer_too():
    with frozen(datetime(2026, 6, 2, 20, tzinfo=UTC)):
        anna, ben = someone("Anna", "Pacific/Auckland"), someone("Ben", "Pacific/Honolulu")
        given(anna).said(Word("for the third"), "letter", reveal=Reveal.FROM_DAY, reveal_day=date(2026, 6, 3))
        confirmed(anna, ben)
        assert ben.inside.other is not None
        assert not ben.inside.reader.exchange("letter")
        with clock.travel(timedelta(days=1)):
            assert texts(ben.inside.reader.exchange("letter")) == ["for the third"]


def test_whoever_has_let_somebody_in_is_not_let_in_elsewhere():
    """What Cleo has in Ben's place would go with it, if Ben were brought into Anna's."""
    anna, ben, cleo = someone("Anna"), someone("Ben"), someone("Cleo")
    empty = {"lookup": b"x", "code_for_inviter": b"", "capsule": b"", "made_at": clock.now(), "expires_at": clock.now()}
    row = Invitation.objects.create(id=uuid4(), space=anna.row.space, inviter=anna.row, **empty)
    pair(ben, cleo)
    given(cleo).said(Word("hers"), "x")
    Invitation.objects.filter(pk=row.pk).update(invitee=ben.row)
    confirm_words(row, anna.unlocked)
    assert not Invitation.objects.get(pk=row.pk).confirmed
    assert texts(ben.inside.reader.exchange("x")) == texts(cleo.inside.reader.exchange("x")) == ["hers"]
