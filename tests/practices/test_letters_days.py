"""Two letters for one day: written apart, opened together, and what becomes of a day or a letter that is taken back."""

import re
from datetime import timedelta
from uuid import uuid4

from tests.practices.letters import LETTERS, in_days, leave, masked, name_a_day, write_for
from tests.talkback.signs import signs
from usward.kit import clock


def test_two_letters_for_one_day_are_opened_together_on_it(two, stranger):
    anna, ben = two
    where = name_a_day(anna)
    assert signs(ben) == ["Anna would like two letters for one day: one from each of you"]
    before = ben.page(where)
    assert write_for(anna, where, "I would choose the ferry again.").status_code == 303
    assert masked(ben.page(where)) == masked(before)
    assert "ferry" in anna.page(where + "write/") and "Take yours back" in anna.page(where)
    assert write_for(ben, where, "I would choose the fog.").status_code == 303 and signs(ben) == []
    assert ben.post(where + "open/").status_code == 303
    for person, others in ((anna, "fog"), (ben, "ferry")):
        assert all(others not in person.page(place) for place in (where, LETTERS, "/", where + "write/"))
    assert stranger.get(where).status_code == 404
    assert all(stranger.post(where + end).status_code == 404 for end in ("open/", "back/", "write/"))
    with clock.travel(timedelta(days=10)):
        anna.page(), ben.page()
        assert signs(anna) == ["A letter from Ben may be opened now"]
        page = anna.page(where)
        assert "Open both" in page and "fog" not in page and "ferry" not in page
        anna.post(where + "open/")
        assert "fog" in anna.page(where) and "ferry" in anna.page(where) and "fog" not in ben.page(where)
        assert anna.get(where + "write/").status_code == 404 and "Again next year" in anna.page(where)


def test_one_letter_alone_is_read_on_the_day_and_the_other_can_still_come(two):
    anna, ben = two
    where = name_a_day(ben)
    write_for(anna, where, "I would choose the ferry again.")
    with clock.travel(timedelta(days=10)):
        ben.page(), anna.page()
        assert "ferry" in anna.page(where) and "Open it" in ben.page(where)
        ben.post(where + "open/")
        assert "ferry" in ben.page(where) and "Write yours" in ben.page(where)
        assert "its day has come" in ben.page(where + "write/")
        write_for(ben, where, "Late, and from the heart.")
        assert "from the heart" not in anna.page(where) and "Open both" in anna.page(where)
        anna.post(where + "open/")
        assert "from the heart" in anna.page(where)


def test_a_day_that_came_and_went_without_a_letter_says_so(two):
    anna, _ = two
    where = name_a_day(anna)
    with clock.travel(timedelta(days=12)):
        anna.page()
        page = anna.page(where)
        assert "no letter lies here" in page and "Until then" not in page and "Write yours" in page


def test_a_letter_for_the_day_is_changed_and_taken_back_by_its_writer_alone(two):
    anna, ben = two
    where = name_a_day(anna)
    write_for(anna, where, "First.")
    replaces = re.search(r'name="replaces" value="([^"]+)"', anna.page(where + "write/"))[1]
    assert write_for(anna, where, "Second.", replaces=replaces).status_code == 303
    assert write_for(anna, where, "Third, elsewhere.", replaces=replaces).status_code == 409
    assert "Third, elsewhere." in anna.page(where + "write/")
    assert ben.post(where + "back/").status_code == 404
    assert anna.post(where + "back/")["Location"] == where and "Write yours" in anna.page(where)
    assert anna.post(where + "back/")["Location"] == LETTERS
    assert all(person.get(where).status_code == 404 for person in two) and signs(ben) == []


def test_a_day_that_was_taken_back_keeps_the_others_letter(two):
    anna, ben = two
    where = name_a_day(anna)
    write_for(ben, where, "Written all the same.")
    anna.post(where + "back/")
    assert anna.get(where).status_code == 404 and ben.get(where).status_code == 200
    assert ben.get(where + "write/").status_code == 404
    with clock.travel(timedelta(days=10)):
        ben.page(), anna.page()
        anna.post(where + "open/")
        assert "Written all the same." in anna.page(where)


def test_naming_a_day_wants_a_title_and_a_day_to_come(two):
    anna, _ = two
    for fields in (
        {"title": "", "day": in_days(3)},
        {"title": "Us", "day": in_days(0)},
        {"title": "x" * 81, "day": in_days(3)},
    ):
        assert anna.post(LETTERS + "day/", **fields).status_code == 422
    one = str(uuid4())
    for title, status in (("Us", 303), ("Us", 303), ("You", 409)):
        assert anna.post(LETTERS + "day/", title=title, day=in_days(3), id=one).status_code == status
    assert 'value="Us"' in anna.page(LETTERS + "day/?title=Us&day=2031-06-14")


def test_a_change_that_comes_too_late_goes_as_a_letter_of_its_own(two):
    anna, ben = two
    where, day = leave(anna, "For later.", "day", day=in_days(4)), name_a_day(anna, 4)
    write_for(anna, day, "For the day.")
    with clock.travel(timedelta(days=4)):
        anna.page(), ben.page()
        for path in (where + "change/", day + "write/"):
            answer = anna.post(path, text="Thought of at midnight.", id=str(uuid4()))
            page = answer.content.decode()
            assert (
                answer.status_code == 409
                and "Thought of at midnight." in page
                and 'action="/keep/letters/write/"' in page
            )
            assert ben.post(where + "change/", text="Mine now.").status_code == 404
        assert "For later." in anna.page(where) and "For the day." in anna.page(day)


def test_somebody_alone_writes_letters_for_a_partner_to_come(stranger):
    where = leave(stranger, "Whoever you are by then.", "miss")
    assert "Whoever you are" in stranger.page(where)
    assert stranger.get(name_a_day(stranger)).status_code == 200 and stranger.get(LETTERS).status_code == 200
