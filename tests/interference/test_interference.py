"""Whatever somebody does in their own space changes nothing that the other sees, byte for byte.

Declared exceptions stand at the head of tests/doors/table.toml.
"""

from datetime import timedelta

import pytest

from tests.doors import steps
from tests.given import frozen
from tests.interference.acts import OwnActs
from tests.interference.seeing import difference, pages, pings_to, sight, told
from usward.accounts.models import User
from usward.kit import clock


@pytest.fixture
def tomorrow(cast):
    """A day later, so that nobody has said anything today; both have looked once."""
    with frozen(clock.now()), clock.travel(timedelta(days=1)):
        for role in ("self", "partner"):
            cast.visitor(role).get("/")
        yield cast


def partner_of(name):
    return User.objects.get(email=steps.email_of(name)).partner.pk


def test_fifty_own_acts_change_nothing_for_the_other(tomorrow, django_capture_on_commit_callbacks):
    cast, ben = tomorrow, partner_of("Ben")
    things, paths, cookies = cast.things["anna"], pages(cast.things["anna"]), cast.cookies["partner"]
    sight(cast.visitor("partner"), paths, cookies)  # whatever a first look of the day keeps is kept now
    before, kept = sight(cast.visitor("partner"), paths, cookies), told(ben)
    assert not difference(before, sight(cast.visitor("partner"), paths, cookies)), "the masks leave something out"
    acts = OwnActs(cast.visitor("self"), things).all()
    assert len(acts) >= 50
    with pings_to(ben) as heard:
        for what, act in acts:
            with django_capture_on_commit_callbacks(execute=True):
                act()
            assert not heard, f"{what} pinged the other"
            assert not difference(kept, told(ben)), f"{what}: {difference(kept, told(ben))}"
    changed = difference(before, sight(cast.visitor("partner"), paths, cookies))
    assert not changed, f"the other sees another page: {'; '.join(changed)[:3000]}"


def test_the_first_look_of_a_day_is_not_told(cast, django_capture_on_commit_callbacks):
    """Whoever opens Today first draws its question: that must not say "they are up"."""
    ben = partner_of("Ben")
    with clock.travel(timedelta(days=3)), pings_to(ben) as heard:
        before = told(ben)
        with django_capture_on_commit_callbacks(execute=True):
            cast.visitor("self").get("/")
        assert not heard, "the other was pinged"
        assert not difference(before, told(ben)), str(difference(before, told(ben)))


def test_what_is_shared_is_told(tomorrow, django_capture_on_commit_callbacks):
    """The control: the same ears and eyes do notice what is meant for the other."""
    cast, ben = tomorrow, partner_of("Ben")
    paths, cookies = pages(cast.things["anna"]), cast.cookies["partner"]
    before, kept = sight(cast.visitor("partner"), paths, cookies), told(ben)
    with pings_to(ben) as heard, django_capture_on_commit_callbacks(execute=True):
        cast.visitor("self").post("/thanks/", {"text": "You called.", "kind": "thanks", "when": "now"})
    assert heard and difference(kept, told(ben)) and difference(before, sight(cast.visitor("partner"), paths, cookies))


def test_taking_back_does_not_knock(cast, django_capture_on_commit_callbacks):
    """The other's open page looks again, and no notice says that something went."""
    ben = partner_of("Ben")
    knocks = told(ben)["knocks"]
    with pings_to(ben) as heard, django_capture_on_commit_callbacks(execute=True):
        assert cast.visitor("self").post("/withdraw/", {"entry": cast.things["anna"]["thanks"]}).status == 303
    assert heard and told(ben)["knocks"] == knocks
