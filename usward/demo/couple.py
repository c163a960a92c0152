"""The demo couple: how they come, with a year of life behind them. How they go is in wipe.py."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from itertools import groupby
from threading import Lock
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from msgspec import structs

from usward.accounts.actions import create_person, suggest_passphrase
from usward.accounts.models import DEMO_DOMAIN, User
from usward.demo.letters import letters
from usward.demo.life import LEFT, RIGHT, SIDES, Life, life
from usward.demo.moments import moments, question_text
from usward.demo.wipe import make_room
from usward.demo.wished import wished
from usward.entries.door import Insider, find_insider
from usward.kit import clock
from usward.practices.questions.actions import answer
from usward.practices.questions.entries import Answer, question_exchange
from usward.spaces import invitations
from usward.spaces.actions import begin_space, confirm_words
from usward.spaces.card import Card
from usward.spaces.invitations import Capsule
from usward.spaces.models import Invitation, Partner, Space
from usward.talkback.entries import Reply
from usward.talkback.looked import REMEMBERED, look_at
from usward.vault.keys import Unlocked

_one_at_a_time = Lock()


class Busy(Exception):
    """A couple is being made just now."""


@dataclass(frozen=True)
class Couple:
    """The two, with their keys open; kept in memory by nobody but `usward demo`."""

    unlocked: dict[str, Unlocked]

    def inside(self, side: str) -> Insider:
        """One of the two, at home."""
        user = User.objects.select_related("partner__space").get(pk=self.unlocked[side].owner)
        found = find_insider(user, self.unlocked[side])
        if found is None:
            raise LookupError(f"nobody lives on the {side}")
        return found


def make(zone: str) -> Couple:
    """A couple with a year of life up to now. Raises Busy."""
    if not _one_at_a_time.acquire(blocking=False):
        raise Busy
    try:
        make_room()
        now = clock.now()
        couple = _meet(life(), zone, now)
        _live(couple, life(), zone, now)
        return couple
    finally:
        _one_at_a_time.release()


@contextmanager
def _at(moment: datetime) -> Iterator[None]:
    with clock.travel(moment - clock.now()):
        yield


def _instant(ago: int, minute: int, zone: str, now: datetime) -> datetime:
    """A moment of their year; what would lie ahead of now is brought back to a little before it, on the same day."""
    today = now.astimezone(ZoneInfo(zone)).date()
    start = datetime.combine(today - timedelta(days=ago), clock_time(), ZoneInfo(zone)).astimezone(UTC)
    wished = start + timedelta(minutes=minute)
    return wished if wished < now else max(start, now - timedelta(minutes=20))


def _meet(life: Life, zone: str, now: datetime) -> Couple:
    """As everybody does: a question, an invitation, an answer, four words."""
    first, stamp = life.question[0], f"{int(now.timestamp())}.{secrets.token_hex(4)}"
    asked = Answer(first.id, question_text(first.id), "")
    with _at(_instant(first.ago, 18 * 60, zone, now)):
        people = {side: create_person(f"{side}.{stamp}{DEMO_DOMAIN}", suggest_passphrase()) for side in SIDES}
        couple = Couple({side: unlocked for side, (_, unlocked) in people.items()})
        with transaction.atomic():
            for side, (user, unlocked) in people.items():
                who = life.someone(side)
                begin_space(user, unlocked, Card(who.name), zone, who.colour, who.shape)
            left, right = couple.inside(LEFT), couple.inside(RIGHT)
            for me, text in ((left, first.left), (right, first.right)):
                said = structs.replace(asked, text=text)
                answer(me, question_exchange(first.id), said, uuid4(), None, offer=me is left)
            _pair(left, right, asked, life)
    return couple


def _pair(left: Insider, right: Insider, asked: Answer, life: Life) -> None:
    """The invitation, taken and confirmed; the one on the right moves in."""
    who, first = life.left, life.question[0]
    exchange = question_exchange(first.id)
    capsule = Capsule(who.name, who.colour, who.shape, asked.question_text, first.id, exchange, first.left)
    opened = invitations.open_code(invitations.invite(left.me, left.unlocked, capsule))
    invitations.answer(opened, first.right)
    Invitation.objects.filter(pk=opened.row.pk).update(invitee=right.me)
    confirm_words(opened.row, left.unlocked)
    Couple({RIGHT: right.unlocked}).inside(RIGHT)


def _live(couple: Couple, life: Life, zone: str, now: datetime) -> None:
    """The year, a month to a transaction; nobody else's writing waits for longer than one of them."""
    inside = {side: couple.inside(side) for side in SIDES}
    lived = sorted([*moments(life), *letters(), *wished()], key=lambda moment: (-moment.ago, moment.minute))
    for _, month in groupby(lived, key=lambda moment: moment.ago // 30):
        with transaction.atomic():
            for moment in month:
                with _at(_instant(moment.ago, moment.minute, zone, now)):
                    me = inside[moment.by]
                    me.me.space.day_reached = clock.today(zone)
                    moment.act(me)
    today = now.astimezone(ZoneInfo(zone)).date()
    for me in inside.values():  # what was said before today has been read
        look_at(me, [one for one in me.reader.latest(Reply, REMEMBERED, mine=False) if one.day < today])
    Space.objects.filter(pk=inside[LEFT].me.space_id).update(day_reached=today)
    Partner.objects.filter(space_id=inside[LEFT].me.space_id).update(checkin_seen_by="both")
