"""What the pages around Today say, and where they lead."""


def test_each_page_has_one_way_on_and_none_to_itself(two):
    anna, _ = two
    assert "Earlier ones" in anna.page("/")
    anna.post("/thanks/", text="You waited up.", kind="thanks", when="now", id="0b0f7a0e-5e3a-4d3c-9f6e-0d8d1f1f8a01")
    archive = anna.page("/thanks/")
    assert "You waited up." in archive and "Earlier ones" not in archive
    assert anna.page("/thanks/kind-words/").count("Back to today") == 1
    assert 'href="/questions/"' in anna.page("/questions/limits/")
    for path, place in {"/us/touch/": "Us", "/us/wishes/": "Us", "/talk/inner-world/": "Talk"}.items():
        assert f"</svg>{place}</a>" in anna.page(path)
