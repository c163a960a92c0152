"""`python -m tests.two_phones`: draws docs/two-phones.png, the picture of the README, from the running demo."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from tests.chromium import FLAGS, chromium_path
from tests.demo_house import running_demo

PICTURE = Path(__file__).parents[1] / "docs" / "two-phones.png"
ANSWER = "The stairs. Label: “Third floor, no lift. They came up every evening anyway.”"
AT_QUESTION = "document.activeElement.blur(); scrollTo(0, document.getElementById('question').offsetTop - 12)"


def main() -> None:
    """Answer on the right, wait for the left, and take the picture."""
    with tempfile.TemporaryDirectory() as name, running_demo(Path(name)) as house, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        options = {"viewport": {"width": 1280, "height": 1010}, "locale": "en-GB", "reduced_motion": "reduce"}
        page = browser.new_context(**options).new_page()
        page.goto(house.url + "/demo/")
        left, right = (page.frame_locator(f"iframe[name={side}]") for side in ("left", "right"))
        for phone in (left, right):
            expect(phone.locator("html")).to_have_attribute("data-live", "true", timeout=20_000)
        right.locator("#question").get_by_label("Your answer").fill(ANSWER)
        right.get_by_role("button", name="Keep my answer").click()
        expect(left.locator("#question")).to_contain_text("no lift")
        for frame in page.frames[1:]:
            frame.evaluate(AT_QUESTION)
        page.wait_for_timeout(1000)
        taken = page.screenshot()
        browser.close()
    PICTURE.parent.mkdir(exist_ok=True)
    Image.open(io.BytesIO(taken)).convert("RGB").quantize(256).save(PICTURE, optimize=True)
    print(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
