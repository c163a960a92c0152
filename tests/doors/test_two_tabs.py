"""One page in two tabs, or sent twice with other words: whatever the form, none of these words is lost.

At every moment that the walk has met, its form is sent, and then once more with other words: under the same id, as a copy
of the page does it, and under an id of its own, as a second tab does. Then the words have been kept (as an entry of theirs or
as a draft), or the answer gives them back.
"""

from html import escape
from itertools import product
from uuid import uuid4

import msgspec
from django.core.cache import cache

from tests.doors.cast import Cast, unlocked_of
from tests.doors.filling import WORDY, Filling
from tests.doors.moments import Moment, words
from tests.doors.page import Pairs
from tests.doors.steps import email_of
from tests.doors.table import samples
from tests.doors.trying import NAMES, moment_of
from tests.doors.visitor import Answer, Inside
from tests.doors.walk import stays
from usward.accounts.models import User
from usward.entries.door import find_insider
from usward.entries.models import Draft

TAKEN = (204, 302, 303)
# What keeps no words of anybody's: a look at them, settings in which the newest counts, an address to be fetched.
NO_WORDS = ("sayit-look", "settings-", "profile", "calendar", "draft")
OFTEN_A_CHOICE = ("step", "when", "question")  # words in one form, and what a machine writes in many
LETS_GO = ("act", "let-go")  # whoever asks that words be forgotten means these, too


def other(name: str) -> str:
    """What the second tab writes."""
    return f"Quite other words for {name}"


def kept(cast: Cast, role: str) -> str:
    """All that somebody may read, and all their drafts, as one text."""
    visitor = cast.visitor(role)
    user = User.objects.select_related("partner__space").get(email=email_of(NAMES[role]))
    inside = find_insider(user, unlocked_of(visitor))
    assert inside is not None
    entries = [msgspec.json.encode(one.value) for one in inside.reader.everything()]
    drafts = [msgspec.json.encode(inside.drafts._open(row)) for row in Draft.objects.filter(partner=inside.me)]
    return b"\n".join([*entries, *drafts]).decode()


def typed(moment: Moment, pairs: Pairs) -> list[str]:
    """The words in a form that was filled."""
    kinds = moment.form.kinds
    return [value for name, value in pairs if kinds.get(name) in WORDY and value.startswith(other(""))]


def lost(cast: Cast, moment: Moment, answer: Answer, said: list[str]) -> list[str]:
    """Which of these words are neither kept nor given back."""
    everything = kept(cast, moment.role) + ("" if answer.status in TAKEN else answer.text)
    return [one for one in said if one not in everything and escape(one) not in everything]


def sent_twice(cast: Cast, moment: Moment, button: int, same_id: bool) -> str:
    """What is wrong when this form is sent by one of its buttons, and then once more with other words."""
    visitor = cast.visitor(moment.role)
    visitor.token()
    first = Filling(words, samples()).fill(moment.form, button)
    if visitor.post(moment.path, first).status not in TAKEN:
        return ""
    again = Filling(other, samples()).fill(moment.form, button)
    if not same_id:
        again = [(name, str(uuid4()) if name == "id" else value) for name, value in again]
    answer = visitor.post(moment.path, again)
    gone = lost(cast, moment, answer, typed(moment, again))
    return f"{moment.path} by {moment.role}: {answer.status}, and {gone} are lost" if gone else ""


def test_no_words_are_lost_between_two_tabs(people, life):
    wrong, tried = [], 0
    for route, moments in sorted(life.acts.items()):
        for moment in moments:
            form = moment.form
            if moment.role not in NAMES or moment.role == "anonymous" or not stays(route) or route.startswith(NO_WORDS):
                continue
            if form.files or not set(form.kinds.values()) & set(WORDY):
                continue
            tried += 1
            buttons = [nth for nth, one in enumerate(form.buttons) if one != LETS_GO] or [moment.turn]
            for button, same_id in product(buttons, (True, False)):
                cache.clear()
                with moment_of(people, moment):
                    if said := sent_twice(people, moment, button, same_id):
                        wrong.append(f"{route} ({'the same id' if same_id else 'another id'}): {said}")
    assert not wrong, "\n".join(wrong)
    assert tried > 40, "the walk has met fewer composers than there are"


def drafted(cast: Cast, moment: Moment, form_id: str, word) -> bool:
    """Keep what is typed into the words of this form, as the script does: in this very form, or in another tab."""
    kinds = moment.form.kinds
    fields = [(f"draft-{name}", word(name)) for name in kinds if kinds[name] in WORDY]
    pairs = [("composer", moment.form.draft), ("id", form_id), *fields]
    return bool(fields) and cast.visitor(moment.role).post("/draft/", pairs).status == 204


def left_after(cast: Cast, moment: Moment, elsewhere: bool) -> list[str]:
    """The drafts of this form's composer, once it was sent after something had been typed: in another tab, or in itself."""
    visitor = cast.visitor(moment.role)
    visitor.token()
    pairs = Filling(words, samples()).fill(moment.form, moment.turn)
    here = dict(pairs).get("id", "")
    if not drafted(cast, moment, str(uuid4()) if elsewhere else here, other if elsewhere else lambda _: "Some"):
        return []
    if visitor.post(moment.path, pairs).status not in TAKEN:
        return []
    user = User.objects.select_related("partner__space").get(email=email_of(NAMES[moment.role]))
    inside = find_insider(user, unlocked_of(visitor))
    assert inside is not None
    return ["sent", *inside.drafts.read([moment.form.draft]).get(moment.form.draft, {}).values()]


def test_a_draft_is_gone_when_it_was_sent_and_only_then(people, life):
    """Whatever the composer: what another tab has kept stays, and what this one had kept of it, however little, goes."""
    wrong, tried = [], set()
    for route, moments in sorted(life.acts.items()):
        for moment in moments:
            if moment.role not in NAMES or moment.role == "anonymous" or not moment.form.draft:
                continue
            for elsewhere in (True, False):
                cache.clear()
                with moment_of(people, moment):
                    left = left_after(people, moment, elsewhere)
                tried |= {route} if left else set()
                stays_there = any(one.startswith(other("")) for one in left)
                if left and stays_there != elsewhere:
                    wrong.append(f"{moment.path} ({'another tab' if elsewhere else 'its own'}): {left}")
    assert not wrong, "\n".join(wrong)
    assert len(tried) > 15, f"the walk has met fewer composers than there are: {sorted(tried)}"


def test_one_small_word_is_given_back_like_many(people, life):
    """A session has ended, and whoever had typed "sorry" gets it back, though it looks like what a machine writes."""
    wrong, tried = [], 0
    for route, moments in sorted(life.acts.items()):
        moment = moments[0]
        kinds = moment.form.kinds
        with moment_of(people, moment):
            visitor = Inside({})
            visitor.token()
            pairs = [pair for pair in Filling(words, samples()).fill(moment.form) if pair[0] != "csrfmiddlewaretoken"]
            small = {name: f"sorry{n}" for n, name in enumerate(kinds) if kinds[name] in ("text", "textarea")}
            answer = visitor.post(moment.path, [(name, small.get(name, value)) for name, value in pairs])
        if answer.status in (302, 303, 401) and not route.startswith((*NO_WORDS, "recover", "lost_ask")):
            gone = [name for name, value in small.items() if value not in answer.text and name not in OFTEN_A_CHOICE]
            wrong += [f"{route}: {answer.status} {gone}"] if gone else []
            tried += bool(small)
    assert tried > 20 and not wrong, "\n".join(wrong)
