"""Something is being typed in one tab while another sends: whoever was told that it is kept finds it again."""

from playwright.sync_api import expect

from tests.e2e.steps import pair

LONG = "A long thank-you that I am still writing, about the lamp."


def test_a_second_tab_sends_and_the_first_is_closed(someone):
    anna, ben = someone(), someone()
    pair(anna, ben)
    first, second = anna.page, anna.context.new_page()
    second.goto(anna.house.url)
    first.locator("#thanks-text").fill(LONG)
    expect(first.locator("#thanks [data-save-state]")).to_have_text("kept as a draft, for you")
    second.locator("#thanks-text").press_sequentially("A short one")
    expect(second.locator("#thanks [data-save-state]")).to_have_text("kept as a draft, for you")
    second.locator("#thanks-text").press_sequentially(", now sent")
    second.locator("#thanks button.go").click()
    expect(second.locator("#thanks .notice")).to_contain_text("A short one, now sent")
    expect(ben.page.locator("#came-thanks")).to_contain_text("A short one, now sent")
    expect(first.locator("#thanks-text")).to_have_value(LONG)
    first.close()
    anna.page = anna.context.new_page()
    anna.page.goto(anna.house.url)
    expect(anna.page.locator("#thanks-text")).to_have_value(LONG)
    anna.page.locator("#thanks-text").press("ControlOrMeta+End")
    anna.page.locator("#thanks-text").press_sequentially(" Done.")
    anna.page.locator("#thanks button.go").click()
    expect(ben.page.locator("#came-thanks")).to_contain_text(LONG + " Done.")
    anna.page.goto(anna.house.url)
    expect(anna.page.locator("#thanks-text")).to_have_value("")
    assert LONG not in anna.page.locator("#thanks form").inner_html()
