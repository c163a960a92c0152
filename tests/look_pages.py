"""Every page that there is, with how to reach it. tests/test_look_pages.py compares this with the addresses."""

from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Look:
    """A page that has an address: who looks ("left", "right", "out"), where, and which answer is right."""

    name: str
    route: str
    who: str = "left"
    path: str = ""
    status: int = 200

    @property
    def where(self) -> str:
        """The path below the root of whoever looks."""
        return self.path or self.route


LOOKS = [
    Look("first page", "", "out"),
    Look("today, waiting for the other", ""),
    Look("today, something to do", "", "right"),
    Look("check-in", "checkin/", "right"),
    Look("check-in, changing it", "checkin/"),
    Look("talk", "talk/"),
    Look("keep", "keep/"),
    Look("phones down", "plan/phones-down/"),
    Look("phones down, the lamp", "plan/phones-down/<uuid:down_id>/", path="{lamp}"),
    Look("ideas", "ideas/"),
    Look("ideas, the other", "ideas/", "right"),
    Look("ideas, a match", "ideas/<uuid:match_id>/", path="{match}"),
    Look("ideas, a path into a hobby", "ideas/<uuid:match_id>/", path="{hobby}"),
    Look("plan", "plan/"),
    Look("plan, finding an hour", "plan/hours/"),
    Look("plan, calendars", "plan/calendars/"),
    Look("plan, a new hour", "plan/new/"),
    Look("plan, in one's own calendar", "plan/feed/"),
    Look("plan, in one's own calendar, the address", "plan/feed/", "right", path="{feed}"),
    Look("plan, one", "plan/<uuid:plan_id>/", path="{plan}"),
    Look("plan, asked", "plan/<uuid:plan_id>/", "right", path="{plan-asked}"),
    Look("plan, changing it", "plan/<uuid:plan_id>/change/", path="{plan-change}"),
    Look("us", "us/"),
    Look("questions", "questions/"),
    Look("questions left open", "questions/", path="questions/?show=open"),
    Look("questions talked about", "questions/", path="questions/?show=talked"),
    Look("questions from the other", "questions/", path="questions/?show=theirs"),
    Look("question, both answered", "questions/<str:exchange>/", path="questions/q:hard-space-signal/"),
    Look("question, one answered", "questions/<str:exchange>/", path="questions/q:body-scar-story/"),
    Look("question, talked about", "questions/<str:exchange>/", path="questions/q:us-two-versions/"),
    Look("question, another", "questions/<str:exchange>/", path="questions/q:beliefs-day-of-rest/?change=yes"),
    Look("question of one's own", "questions/own/"),
    Look("limits", "questions/limits/"),
    Look("deep talks", "talk/evening/"),
    Look("wishes", "us/wishes/"),
    Look("deep talks, an evening", "talk/evening/<str:evening_id>/", path="{evening}"),
    Look("inner world", "talk/inner-world/"),
    Look("inner world, what they know of me", "talk/inner-world/", "right", "talk/inner-world/?of=me"),
    Look("inner world, a question", "talk/inner-world/new/"),
    Look("inner world, one of their own", "talk/inner-world/new/", path="talk/inner-world/new/?about=me&own=yes"),
    Look(
        "inner world, a topic",
        "talk/inner-world/known/<str:whose>/<str:topic>/",
        path="talk/inner-world/known/them/body/",
    ),
    Look("inner world, a round", "talk/inner-world/<str:round_id>/", path="{inner}"),
    Look("touch", "us/touch/"),
    Look("touch, for right now", "us/touch/", "right", "us/touch/?place=home&energy=1"),
    Look("touch, what suits me", "us/touch/comfort/"),
    Look("deep talks, an evening that was enough", "talk/evening/<str:evening_id>/", path="{evening-ended}"),
    Look("letters", "keep/letters/"),
    Look("letters for a moment", "keep/letters/", path="keep/letters/?show=moments"),
    Look("letter, writing one", "keep/letters/write/"),
    Look("letter, closed", "keep/letters/<str:letter_id>/", path="{letter-closed}"),
    Look("letter, open", "keep/letters/<str:letter_id>/", "right", path="{letter}"),
    Look("letter, changing one", "keep/letters/<str:letter_id>/change/", path="{letter-change}"),
    Look("two letters, naming a day", "keep/letters/day/"),
    Look("two letters, before the day", "keep/letters/day/<str:day_id>/", path="{day}"),
    Look("two letters, writing one", "keep/letters/day/<str:day_id>/write/", path="{day-write}"),
    Look("two letters, opened", "keep/letters/day/<str:day_id>/", path="{day-opened}"),
    Look("listening", "talk/listening/"),
    Look("listening, saying it back", "talk/listening/<str:talk_id>/", path="{listening}"),
    Look("listening, the one who spoke", "talk/listening/<str:talk_id>/", "right", "{listening}"),
    Look("listening, both heard", "talk/listening/<str:talk_id>/", path="{listened}"),
    Look("listening, how heard one felt", "talk/listening/<str:talk_id>/heard/", path="{listened}heard/"),
    Look("work it through", "talk/work-it-through/"),
    Look("work it through, in force", "talk/work-it-through/<str:talk_id>/", path="{worked}"),
    Look("work it through, ideas", "talk/work-it-through/<str:talk_id>/", path="{working}"),
    Look("work it through, ideas, the other", "talk/work-it-through/<str:talk_id>/", "right", "{working}"),
    Look("say it", "talk/say-it/"),
    Look("say it, writing", "talk/say-it/new/"),
    Look("say it, carefully said", "talk/say-it/<str:entry_id>/", path="{sayit}"),
    Look("say it, the one who said it", "talk/say-it/<str:entry_id>/", "right", "{sayit}"),
    Look("say it, to be read again", "talk/say-it/waits/<str:waits_id>/", "right", "{sayit-waits}"),
    Look("a kind eye", "us/kind-eye/"),
    Look("a kind eye, seven minutes", "us/kind-eye/new/"),
    Look("a kind eye, an earlier one", "us/kind-eye/<str:entry_id>/", path="{kind-eye}"),
    Look("dreams", "us/dreams/"),
    Look("dreams, the other side", "us/dreams/", "right"),
    Look("a new dream", "us/dreams/new/"),
    Look("dreams that rest", "us/dreams/kept/"),
    Look("a dream", "us/dreams/<uuid:dream_id>/", path="{dream}"),
    Look("a dream of one's own", "us/dreams/mine/<uuid:card_id>/", path="{own dream}"),
    Look("the years ahead", "us/vision/"),
    Look("the years ahead, a year", "us/vision/<str:named>/", path="{vision}"),
    Look("practice from a file", "practice/<slug:name>/", path="practice/three-good-minutes/"),
    Look("practice, a round", "practice/<slug:name>/<slug:turn>/", path="practice/what-i-carry/2026-w10/"),
    Look("thanks", "thanks/"),
    Look("one thank-you", "thanks/<str:entry_id>/", path="{thanks}"),
    Look("kind words", "thanks/kind-words/"),
    Look("replies under one thing", "reply/<str:exchange>/", path="{replies}"),
    Look("tonight", "tonight/<str:entry_id>/", path="{tonight}"),
    Look("invitation, typing a code", "i/", "out"),
    Look("sign in", "sign-in/", "out"),
    Look("not found", "", "out", "nothing/here/", 404),
    Look("not found, inside", "", "left", "questions/q:no-such/", 404),
    Look("demo, two phones", "demo/", "two"),
    Look("second factor", "settings/second-factor/"),
    Look("second factor, turning it on", "settings/second-factor/on/"),
    Look("settings", "settings/"),
    Look("settings, you", "settings/you/"),
    Look("settings, the day", "settings/day/"),
    Look("settings, look", "settings/look/"),
    Look("settings, pause", "settings/pause/"),
    Look("settings, quiet hours", "settings/quiet/"),
    Look("settings, export", "settings/export/"),
    Look("settings, check", "settings/check/"),
    Look("settings, leave", "settings/leave/"),
    Look("settings, delete", "settings/delete/"),
    Look("settings, passphrase", "settings/passphrase/"),
    Look("settings, recovery", "settings/recovery/"),
    Look("settings, PIN", "settings/pin/"),
    Look("settings, old own part", "settings/old-own/"),
    Look("settings, devices", "settings/devices/"),
    Look("safety", "safety/"),
    Look("safety, signed out", "safety/", "out"),
    Look("left quickly", "exit/done/", "out"),
    Look("lost passphrase", "sign-in/lost/", "out"),
    Look("sign in with a recovery code", "sign-in/recovery/", "out"),
]

# Seen on the way of the walk in look.py, since they need what came before them.
WALKED = {
    "invite/": "invite, made",
    "begin/": "sign up",
    "i/answer/": "first moment, the invited",
    "i/join/": "join, what is missing",
}

# Addresses that are no page of their own, each with the reason.
NOT_PAGES = {
    "health": "for machines",
    "passphrase/": "plain text, for the button on the sign-up page",
    "media/<uuid:photo_id>": "a photo",
    "plan/<uuid:plan_id>/invitation.ics": "a file for a calendar",
    "feed/<str:secret>.ics": "for calendars",
    "sign-out/": "a question that sign-out asks only without its button",
    "sign-in/again/": "asked by itself, where a second factor is changed long after signing in",
    "sign-in/second/": "exists between passphrase and second factor only",
    "sign-in/second/again/": "as sign-in/again/",
    "sign-in/lost/ask/": "exists after a lost passphrase was named only",
    "sign-in/lost/asked/": "exists after asking to be let in only",
    "sign-in/recovery/new/": "exists after a recovery code was used only",
    "pin/": "exists where a PIN is set only",
    "settings/second-factor/off/": "exists where a second factor is on only",
    "settings/second-factor/codes/": "exists where a second factor is on only",
    "settings/second-factor/codes/new/": "exists where a second factor is on only",
    "settings/second-factor/codes/file/": "a file",
    "styleguide/": "for developers; tests/test_look.py looks at it",
}


def routes() -> dict[str, URLPattern]:
    """Every address that Usward answers, by its route."""
    found: dict[str, URLPattern] = {}

    def gather(patterns: list[URLPattern | URLResolver], before: str) -> None:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                gather(pattern.url_patterns, route)
            else:
                found.setdefault(route, pattern)

    gather(get_resolver().url_patterns, "")
    return found
