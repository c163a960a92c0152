"""Makes a couple's life in a data folder, by the same actions that pages call: three entries a day each, every day.

`USWARD_DATA=… python -m benchmarks.seed DAYS` prints as JSON the cookies of both, and a question from the middle;
with `plans` behind it, they have done nothing but plan: an hour each week, agreed, some moved, and two that come round.
"""

import json
import os
import random
import sys
from base64 import urlsafe_b64encode
from datetime import time, timedelta
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402  (all of these need Django set up)
from django.contrib.auth import login  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.http import HttpRequest  # noqa: E402

from usward.accounts.actions import create_person  # noqa: E402
from usward.accounts.models import User  # noqa: E402
from usward.accounts.sessions import SessionStore  # noqa: E402
from usward.accounts.unlocking import carry  # noqa: E402
from usward.entries.door import Insider, find_insider  # noqa: E402
from usward.kit import clock  # noqa: E402
from usward.plans.rules import FORTNIGHT, ONCE, WEEK, When  # noqa: E402
from usward.practices.checkin import actions as checkin  # noqa: E402
from usward.practices.checkin.entries import MOODS, NEEDS, CheckIn  # noqa: E402
from usward.practices.plan import actions as plans  # noqa: E402
from usward.practices.plan.reading import one_plan  # noqa: E402
from usward.practices.questions import actions as questions  # noqa: E402
from usward.practices.questions.entries import Answer  # noqa: E402
from usward.practices.thanks import actions as thanks  # noqa: E402
from usward.practices.thanks.entries import THANKS, Thanks  # noqa: E402
from usward.spaces.actions import begin_space  # noqa: E402
from usward.spaces.card import Card, write_card  # noqa: E402
from usward.spaces.models import Partner  # noqa: E402
from usward.vault.keys import Unlocked, public_key  # noqa: E402
from usward.vault.ring import hand_over, open_ring, take_over  # noqa: E402

ZONE = "Europe/Copenhagen"
MONTH = 30
WORDS = (
    *("you", "made", "tea", "before", "I", "was", "awake", "and", "left", "the", "window", "open", "for", "birds"),
    *("then", "laughed", "at", "my", "old", "story", "while", "it", "rained", "all", "day"),
)


def line(chance: random.Random, most: int) -> str:
    """A few words, as long as people write."""
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(6, most))).capitalize() + "."


def couple() -> dict[str, tuple[User, Unlocked]]:
    """Two people in one space, each with the ring."""
    anna, anna_keys = create_person("anna@example.org", "a long enough passphrase")
    ben, ben_keys = create_person("ben@example.org", "another long passphrase")
    partner = begin_space(anna, anna_keys, Card("Anna"), ZONE, "ember", "drop")
    ring = open_ring(anna_keys, partner.space_id)
    hand_over(ring, ben.pk, public_key(ben.pk))
    take_over(ben_keys, partner.space_id)
    other = Partner(user=ben, space_id=partner.space_id, zone=ZONE, colour="plum", shape="leaf")
    write_card(other, ring, Card("Ben"))
    other.save(force_insert=True)
    return {"anna": (anna, anna_keys), "ben": (ben, ben_keys)}


def live_a_day(inside: Insider, chance: random.Random) -> str:
    """One person's day. Gives the exchange of the day's question."""
    mood, need = chance.choice(list(MOODS)), chance.choice(["", *NEEDS])
    checkin.check_in(inside, CheckIn(mood, need, line(chance, 14)), "both", uuid4(), None)
    drawn = questions.draw(inside, clock.today(inside.me.zone))
    assert drawn is not None
    value = drawn.value
    answer = Answer(value.question, value.text, line(chance, 60))
    questions.answer(inside, value.exchange, answer, uuid4(), None, offer=False)
    thanks.thank(inside, Thanks(THANKS, line(chance, 25), line(chance, 12)), uuid4(), None)
    return value.exchange


def live(pair: dict[str, tuple[User, Unlocked]], days: int) -> list[str]:
    """Every day up to today, a transaction a month. Gives the questions in their order."""
    chance, asked = random.Random(days), []
    for month in range(days, 0, -MONTH):
        with transaction.atomic():
            for ago in range(month - 1, max(month - 1 - MONTH, -1), -1):
                with clock.travel(timedelta(days=-ago)):
                    for user, unlocked in pair.values():
                        inside = find_insider(User.objects.select_related("partner__space").get(pk=user.pk), unlocked)
                        assert inside is not None
                        exchange = live_a_day(inside, chance)
                    asked.append(exchange)
    return asked


def plan(pair: dict[str, tuple[User, Unlocked]], days: int) -> None:
    """Every week an hour that is once, agreed and sometimes moved; and two rules from the beginning."""
    for ago in range(days, -14, -7):
        with clock.travel(timedelta(days=-max(ago, 0))), transaction.atomic():
            anna, ben = (
                found
                for user, unlocked in pair.values()
                if (found := find_insider(User.objects.select_related("partner__space").get(pk=user.pk), unlocked))
            )
            day = clock.today(ZONE) + timedelta(days=3 + max(-ago, 0))
            every = [ONCE, WEEK, FORTNIGHT] if ago == days else [ONCE]
            for rule in every:
                value = plans.kind_of(rule)("date", When(day, time(19, 30), 90, ZONE, rule))
                put = plans.propose(anna, value, uuid4())
                agreed = one_plan(ben, put.id.hex)
                assert agreed is not None
                plans.answer(ben, agreed, agreed.plan.id.hex, True)
                if ago % 4 == 0:
                    plans.move(ben, agreed, day, day + timedelta(days=1), time(20))


def sign_in(user: User, unlocked: Unlocked) -> dict[str, str]:
    """The two cookies of a signed-in browser."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend="usward.accounts.backend.VaultBackend")
    carry(request, unlocked)
    request.session.save()
    secret: bytes = getattr(request, "_unlock_secret")  # noqa: B009  (a private place of the request's)
    return {
        settings.SESSION_COOKIE_NAME: request.session.session_key or "",
        settings.UNLOCK_COOKIE_NAME: urlsafe_b64encode(secret).decode(),
    }


def main(days: int, plans_alone: bool) -> None:
    """Make it, and print how to come in."""
    call_command("migrate", verbosity=0)
    with clock.travel(timedelta(days=-days)):
        pair = couple()
    asked = [""] if plans_alone else live(pair, days)
    if plans_alone:
        plan(pair, days)
    cookies = {name: sign_in(*person) for name, person in pair.items()}
    print(json.dumps(cookies | {"question": asked[len(asked) // 2], "today": asked[-1]}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:] == ["plans"])
