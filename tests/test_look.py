"""The design system: colours that can be read, icons that exist, light pages, and a style guide without obstacles."""

import mimetypes
import re
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from playwright.sync_api import Browser, Page, Route

from tests.e2e.usable import still, violations
from usward.content.schema import Why
from usward.kit.look import COLOURS, ICONS, SHAPES, _drawn_once
from usward.kit.places import PLACES
from usward.kit.styleguide import styleguide

WEB = Path(__file__).parents[1] / "web"
TOKENS = (WEB / "css/tokens.css").read_text(encoding="utf-8")
CSS = sorted((WEB / "css").glob("*.css"))
PLAIN = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
         "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # fmt: skip
SAM = SimpleNamespace(name="Sam", colour="moss", shape="drop")


@pytest.fixture(autouse=True)
def plain_addresses(settings):
    """Static files by their own names: what is looked at here needs no collected, hashed copy."""
    settings.STORAGES = PLAIN
    settings.STATIC_URL = "/static/"


def pairs() -> dict[str, tuple[str, str]]:
    """Every token that has two colours, as (light, dark)."""
    found = re.findall(r"--([\w-]+):\s*light-dark\((#\w+),\s*(#\w+)\)", TOKENS)
    return {name: (light, dark) for name, light, dark in found}


def linear(colour: str) -> list[float]:
    """Take #rgb or #rrggbb and give the three channels as amounts of light."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(light: list[float]) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def contrast(one: list[float], other: list[float]) -> float:
    """WCAG's ratio of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def times(matrix: list[list[float]], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def mixed(one: list[float], other: list[float], share: float) -> list[float]:
    """What color-mix(in oklab, one share, other) gives, as amounts of light."""
    to_lms = [[0.41222147, 0.53633254, 0.05144599], [0.2119035, 0.6806995, 0.10739696],
              [0.08830246, 0.28171884, 0.6299787]]  # fmt: skip
    back = [[4.07674166, -3.30771159, 0.23096993], [-1.26843800, 2.60975740, -0.34131940],
            [-0.00419609, -0.70341861, 1.70761470]]  # fmt: skip
    roots = [[value ** (1 / 3) for value in times(to_lms, colour)] for colour in (one, other)]
    # oklab is linear in these roots, so mixing them is mixing in oklab.
    return [max(0.0, c) for c in times(back, [(share * a + (1 - share) * b) ** 3 for a, b in zip(*roots, strict=True)])]


def over(top: str, ground: str, alpha: float) -> list[float]:
    """What a translucent colour on a ground looks like, as amounts of light."""
    channels = [(int(top[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return linear("#" + "".join(f"{round(alpha * a + (1 - alpha) * b):02x}" for a, b in channels))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_can_be_read(theme):
    colour = {name: linear(both[theme]) for name, both in pairs().items()}
    grounds = {name: colour[name] for name in ("page", "card", "sunk")}
    inks = ("text", "muted", "action", "good", "care", "stop")
    rows = [(ink, ground, contrast(colour[ink], grounds[ground])) for ink, ground in product(inks, grounds)]
    # The glow behind the page's top: its middle lies 9 of 26 rem above the edge, so at most this much of it is seen.
    lamplit = over(pairs()["lamp"][theme], pairs()["page"][theme], 0.30 * (1 - 9 / 26 / 0.72))
    rows += [(ink, "lamplit page", contrast(colour[ink], lamplit)) for ink in ("text", "muted", "action")]
    rows += [(tone, "its notice", contrast(colour[tone], mixed(colour[tone], colour["card"], 0.08)))
                for tone in ("good", "care", "stop")]  # fmt: skip
    for mine in COLOURS:
        soft = mixed(colour[mine], colour["card"], 0.11)
        rows += [(mine, "its own tint", contrast(colour[mine], soft)), ("text", mine, contrast(colour["text"], soft))]
        rows += [("initial", mine, contrast(colour["on-mine"], colour[mine]))]
    rows += [("label", "action", contrast(colour["on-action"], colour["action"]))]
    assert not [row for row in rows if row[2] < 4.5]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_edges_and_focus_can_be_seen(theme):
    colour = {name: linear(both[theme]) for name, both in pairs().items()}
    seen = {(edge, ground): contrast(colour[edge], colour[ground])
            for edge, ground in product(("border", "focus", *COLOURS), ("page", "card"))}  # fmt: skip
    assert not {what: ratio for what, ratio in seen.items() if ratio < 3}


def test_browsers_without_light_dark_get_the_same_colours():
    plain, dark, system = re.findall(r"--page: (?:#\w+);.*?--on-mine: #\w+;", TOKENS, flags=re.S)
    read = [dict(re.findall(r"--([\w-]+): (#\w+);", block)) for block in (plain, dark, system)]
    assert read[0] == {name: light for name, (light, _) in pairs().items()}
    assert read[1] == read[2] == {name: dark for name, (_, dark) in pairs().items()}


def test_styles_are_light_and_load_nothing_from_elsewhere():
    frame = (WEB / "templates/base_plain.html").read_text(encoding="utf-8")
    everywhere = [path for path in CSS if f"css/{path.name}" in frame]  # single pages may load one more
    together = sum(len(brotli.compress(path.read_bytes())) for path in everywhere)
    assert together <= 9000, f"{together} bytes"
    for path in CSS:
        assert not re.findall(r"url\((?!\"\.\./fonts/)", path.read_text(encoding="utf-8")), path.name
    for family in ("fraunces", "figtree", "atkinson-hyperlegible-next"):
        assert (WEB / f"fonts/{family}-latin.woff2").stat().st_size < 25_000
        assert "SIL Open Font License" in (WEB / f"fonts/{family}.OFL.txt").read_text(encoding="utf-8")


def test_templates_keep_the_content_policy():
    for path in sorted(WEB.rglob("templates/**/*.*")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:", text), path.name
        assert "heart" not in text, path.name


def draw(source: str, **context: object) -> str:
    return engines["pages"].from_string(source).render(context)


def test_icon():
    assert draw('{{ "ear"|icon }}').endswith('sprite.svg#ear"/></svg>')
    assert draw("{{ name|icon }}", name="moon") == draw('{{ "moon"|icon }}')
    assert not [name for name in ICONS if "heart" in name]
    with pytest.raises(LookupError, match="'eer'"):
        draw("{{ name|icon }}", name="eer")


def test_every_icon_that_a_template_names_exists():
    templates = [path for folder in (WEB, WEB.parent / "usward") for path in folder.rglob("templates/**/*.html")]
    named = {name for path in templates for name in re.findall(r'"([^"]+)"\|icon', path.read_text(encoding="utf-8"))}
    assert len(named) > 20 and named <= ICONS


@pytest.mark.parametrize("shape", SHAPES)
def test_light_says_whose_it_is(shape):
    someone = SimpleNamespace(name=' å"<b>', colour="rose", shape=shape)
    drawn = draw("{{ light(one) }}", one=someone)
    assert 'class="light rose ' in drawn and ">Å</text>" in drawn and "<b>" not in drawn
    assert 'aria-hidden="true"' in draw("{{ light(one, named=False) }}", one=someone)


def test_light_of_someone_without_a_look():
    assert "<path" in draw("{{ light(one) }}", one=SimpleNamespace(name="", colour="x onload=1", shape="?"))
    assert "onload" not in draw("{{ light(one) }}", one=SimpleNamespace(name="", colour="x onload=1", shape="?"))


def test_lights():
    both = draw('{{ lights("both", me, None) }}', me=SAM)
    assert 'data-lit="both"' in both and "lamp left moss" in both and "lamp right nobody" in both and "both lit" in both
    assert "data-still" in draw('{{ lights("mine", me, me, still=True) }}', me=SAM)
    with pytest.raises(ValueError, match="none, mine or both"):
        draw('{{ lights("bright") }}')


def page(**context: object) -> str:
    request = RequestFactory().get("/")
    return render_to_string("base.html", context, request=request)


def test_the_frame():
    inside = page(me=SAM, place="today", theme="dark", reading="hyperlegible", calm=True)
    assert 'data-theme="dark" data-reading="hyperlegible" data-calm="true"' in inside
    assert "Leave quickly" in inside and "usward.js" in inside and 'href="/settings/"' in inside
    bar = inside[inside.index('<nav class="bar"') :]
    assert bar.count("<li>") == len(PLACES) and bar.count("aria-current") == 1
    assert '<a href="/" aria-current="page">' in bar and '<a href="/sub/talk/">' in page(me=SAM, root="/sub/")
    nobody = page(me=None)
    assert (
        'data-theme="system"' in nobody
        and "<nav" not in nobody
        and "usward.js" not in nobody
        and "/settings/" not in nobody
    )
    assert "Leave quickly" in nobody and "exit.js" in nobody
    assert "csrfmiddlewaretoken" not in nobody, (
        "a page by itself sets no cookie; /exit/ refuses foreign pages otherwise"
    )


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "500"])
def test_an_error_says_what_next_even_without_a_request(name):
    text = render_to_string(f"{name}.html")
    assert "<h1>" in text and 'class="go"' in text


def serve(route: Route) -> None:
    """Answer the browser from the files of the project; the scripts are not what is looked at here."""
    path = re.sub(r"^https?://[^/]+/static/", "", route.request.url)
    found = finders.find(path)
    if found and not path.endswith(".js"):
        kind = mimetypes.guess_type(path)[0] or "font/woff2"
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)
    else:
        route.fulfill(body="")


Motion = Literal["reduce", "no-preference"]


def open_guide(browser: Browser, query: str, width: int, motion: Motion = "reduce") -> Page:
    with override_settings(DEBUG=True):
        html = styleguide(RequestFactory().get("/styleguide/", dict([query.split("=")]))).content
    shown = browser.new_page(viewport={"width": width, "height": 844}, reduced_motion=motion)
    shown.route("**/*", serve)
    shown.route("**/styleguide/", lambda route: route.fulfill(body=html, content_type="text/html"))
    shown.goto("http://usward.test/styleguide/")
    # A style sheet that comes late lets buttons fade in from the browser's own colours: look when they have.
    shown.wait_for_load_state("networkidle")
    if motion == "reduce":
        still(shown)
    return shown


SIZES = [("theme=light", 320), ("theme=dark", 320), ("theme=light", 390), ("theme=dark", 1280),
         ("reading=hyperlegible", 390), ("calm=1", 390)]  # fmt: skip


@pytest.mark.parametrize(("query", "width"), SIZES)
def test_the_style_guide_has_no_obstacles(browser, query, width):
    shown = open_guide(browser, query, width)
    assert violations(shown) == []
    for size in ("100%", "200%"):
        shown.evaluate("size => document.documentElement.style.fontSize = size", size)
        assert shown.evaluate("document.documentElement.scrollWidth") <= width, f"scrolls sideways at {size}"
    shown.close()


def test_a_thumb_can_hit_everything(browser):
    shown = open_guide(browser, "theme=light", 390)
    small = shown.evaluate("""() => [...document.querySelectorAll(
        "button, a, input:not(.check input, [type=hidden]), select, textarea, summary, .check")]
        .filter(e => !e.matches("p a, .skip")).map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, box]) => box.height < 43.9 || box.width < 43.9).map(([html, box]) => [html, box.width, box.height])
    """)
    assert small == []
    shown.close()


def test_the_two_lights_take_less_than_two_seconds(browser):
    shown = open_guide(browser, "theme=dark", 390, motion="no-preference")
    ends = """() => Math.max(...document.querySelector('[data-lit=both]').getAnimations({subtree: true})
        .map(a => a.effect.getComputedTiming().endTime))"""
    assert 1000 < shown.evaluate(ends) <= 2000
    shown.emulate_media(reduced_motion="reduce")
    assert shown.evaluate("document.querySelector('[data-lit=both]').getAnimations({subtree: true}).length") == 0
    shown.close()


def test_a_fixed_part_is_drawn_once_for_its_words():
    why = Why("x", "It helps.", "Nobody is sure.")
    once = draw('{{ fixed("kit/why.html", why=why) }}', why=why)
    assert "It helps." in once and once is not None
    before = _drawn_once.cache_info().hits
    assert draw('{{ fixed("kit/why.html", why=why) }}', why=why) == once
    assert _drawn_once.cache_info().hits == before + 1
