"""The door to working something through, and what its two pages need."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from usward.content.loader import library
from usward.entries.door import Insider
from usward.entries.reader import Page
from usward.kit import clock
from usward.kit.cards import HARD, Offer
from usward.kit.forms import Fields
from usward.kit.road import END
from usward.practices.workthrough import talks
from usward.practices.workthrough.entries import CHANGE, KEEP, PARTS, RATINGS, RETIRE, VERDICTS, Begun
from usward.practices.workthrough.exchange import Standing
from usward.practices.workthrough.posted import Trouble
from usward.practices.workthrough.road import ROAD
from usward.practices.workthrough.talks import Talk
from usward.practices.workthrough.ways import ME, THEM, TOGETHER, Stand, side
from usward.talkback import otherside_page
from usward.talkback.entries import MARKED
from usward.talkback.otherside import sides
from usward.talkback.otherside_page import Taken
from usward.talkback.repairs import repairs
from usward.talkback.thread import composer as reply_composer
from usward.talkback.thread import thread
from usward.talkback.when import AGAINS, DAY, RETURNS, day_words, in_words

NUMBERS = {name: number for number, name in enumerate(ROAD.steps, 1)}
STEPS = NUMBERS["agreement"]  # what comes after it is not a step of the same evening
TALKED_ABOUT = {"needs": "view", "look": "agreement", END: "agreement"}  # where one may answer, and to what
FORMS = ("", ":passed", ":taught", ":taught:passed")
PAST = {KEEP: "kept", CHANGE: "changed", RETIRE: "retired"}


@dataclass(frozen=True)
class Asked:
    """One form of the page: the name of its draft, what stands in it, what is wrong with it."""

    composer: str
    typed: Fields
    errors: Fields
    at_work: bool


def offers(inside: Insider) -> list[Offer]:
    """The way in; with what comes next."""
    words = "One thing, the two of you on the same side of it: step by step to one agreement."
    return [
        Offer(HARD, "Work it through", words, "talk/work-it-through/", "scale", "an evening or two", _state(inside), 80)
    ]


def _state(inside: Insider) -> str:
    today = clock.today(inside.me.zone)
    due = [one for one in talks.in_force(inside) if one.until <= today.isoformat()]
    if due:
        return f"“{due[0].title}”: time to look again"
    newest = talks.together(inside, [one.exchange for one in inside.reader.latest(Begun, 1)])
    return next((f"“{one.now.title}” is open" for one in newest if _is_open(one)), "")


def _is_open(one: Talk) -> bool:
    return not one.now.stopped and one.now.at not in (END, "look")


def home(inside: Insider, page: Page[Begun], trouble: Trouble | None = None) -> dict[str, Any]:
    """The first page: agreements in force, open talks, earlier ones, and something new."""
    today, zone = clock.today(inside.me.zone), inside.me.zone
    found = talks.together(inside, [one.exchange for one in page.items])
    draft = inside.drafts.read([talks.BEGINNING]).get(talks.BEGINNING, {})
    return {
        "in_force": [
            {"talk": one.talk, "title": one.title, "day": day_words(date.fromisoformat(one.until), today, "on ")}
            for one in talks.in_force(inside)
        ],
        "open": [_line(one, zone, today) for one in found if _is_open(one)],
        "earlier": [_line(one, zone, today) for one in found if one.now.stopped or one.now.at == END],
        "next": page.next,
        "typed": trouble.typed if trouble else Fields(draft),
        "errors": trouble.errors if trouble else Fields(),
        "composer": talks.BEGINNING,
        "why": library().whys.get("workthrough"),
    }


def _line(one: Talk, zone: str, today: date) -> dict[str, str]:
    now = one.now
    if now.at == END:
        state = "it has done its work"
    elif now.stopped:
        state = "put aside"
    elif now.pause and now.pause.newest:
        state = f"paused, back {in_words(now.pause.newest.value, zone, today)}"
    else:
        state = ROAD.steps[now.at].title
    return {"talk": one.id, "title": now.title, "state": state}


def talk(inside: Insider, found: Talk, trouble: Trouble | None = None, changing: bool = False) -> dict[str, Any]:
    """A talk's page."""
    now, today, zone = found.now, clock.today(inside.me.zone), inside.me.zone
    their_name = inside.their_card.name if inside.their_card else "your partner"
    return {
        "path": found.path,
        "now": now,
        "step": ROAD.steps.get(now.at),
        "number": NUMBERS.get(now.at, 0),
        "names": {ME: inside.my_card.name if now.passing else "You", THEM: their_name},
        "side": side,
        "forms": forms(inside, found, trouble),
        "trouble": trouble or Trouble(""),
        "changing": changing,
        "looking": _looking(found, trouble, changing, today),
        "due": bool(now.again and now.again <= today),
        "meeting": waiting(now.here) if now.at == "when" else None,
        "pause": waiting(now.pause) if now.pause else None,
        "hour_words": lambda when: in_words(when, zone, today),
        "day_words": lambda day: day_words(date.fromisoformat(day), today, "on "),
        "today": today.isoformat(),
        "tomorrow": (today + timedelta(days=1)).isoformat(),
        "told": sides(found.said),
        "repairs": repairs(inside, found.exchange),
        **WORDS,
        **_beside(inside, found, trouble.taken if trouble else None),
    }


WORDS: dict[str, Any] = {
    "steps": STEPS,
    "parts": PARTS,
    "returns": RETURNS,
    "agains": AGAINS,
    "verdicts": VERDICTS,
    "past": PAST,
    "ratings": list(RATINGS.values()),
    "marks": MARKED,
}


def _beside(inside: Insider, found: Talk, taken: Taken | None) -> dict[str, Any]:
    """What some steps hold besides: the other's side, and a thread under what was read or agreed."""
    at, exchange, where = found.now.at, found.exchange, f"/{found.path}"
    c: dict[str, Any] = {}
    if at == "read" and found.now.open:
        c["otherside"] = otherside_page.context(inside, exchange, found.said, where, found.now.passing, taken)
    if at in TALKED_ABOUT:
        name = reply_composer(exchange)
        draft = inside.drafts.read([name]).get(name, {}).get("text", "")
        c["thread"] = thread(inside, exchange, found.said, TALKED_ABOUT[at], draft, where)
    return c


def _looking(found: Talk, trouble: Trouble | None, changing: bool, today: date) -> bool:
    """Whether the two are at looking again: its day has come, or somebody has begun, or is about to."""
    now = found.now
    if now.at != "look":
        return False
    due = now.again is not None and now.again <= today
    return bool(due or now.here.newest or now.taught().mine or trouble or changing)


def waiting(meeting: Stand) -> dict[str, Any]:
    """An hour that is proposed or agreed to: whose, and who is ready now (an hour or two later one says it anew)."""
    hour = meeting.newest
    fresh = {who for who, one in meeting.ready.items() if clock.now() - one.at <= TOGETHER}
    return {
        "hour": hour,
        "by_me": bool(hour and side(hour) == ME),
        "agreed": meeting.hours.agreed,
        "i_am_ready": ME in fresh,
        "they_are_ready": THEM in fresh,
    }


def forms(inside: Insider, found: Talk, trouble: Trouble | None) -> dict[str, Asked]:
    """The forms of the present step, each with what was typed into it before."""
    composers = {name: talks.composer(found, name) for name in FORMS}
    drafts = inside.drafts.read(list(composers.values()))
    made = {}
    for name, composer in composers.items():
        here = trouble if trouble and trouble.form == name else None
        draft = drafts.get(composer, {})
        typed = here.typed if here else Fields(draft or _standing_words(found.now, name))
        made[name] = Asked(
            composer, Fields(typed), here.errors if here else Fields(), bool(here or any(draft.values()))
        )
    return made


def _standing_words(now: Standing, form: str) -> dict[str, str]:
    """What stands already where a form changes it: one's own part, or an agreement that is reworded."""
    here = now.taught() if form == ":taught" else now.here
    stands = here.mine if form in ("", ":taught") else None
    if form == "" and now.at == "agreement":
        stands = here.newest or now.agreement
    if stands is None:
        return {}
    words = {name: str(getattr(stands.value, name)) for name in stands.value.__struct_fields__ if name != "passed"}
    return words | ({"again": DAY, "day": words["again"]} if "again" in words else {})
