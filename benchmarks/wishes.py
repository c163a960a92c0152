"""How long a step of the wishes takes, and how large what it leaves is: `python -m benchmarks.wishes`."""

import os
import statistics
import time

import django
import msgspec

TIMES = 15


def measure(count: int) -> dict[str, float]:
    """The median milliseconds of processor time of each step for a list of so many wishes; the bytes of what is kept."""
    from tests.wishes.two import Two, shelf  # noqa: PLC0415  the kinds need Django to be set up
    from usward.practices.wishes.exchange import step  # noqa: PLC0415  as above

    took: dict[str, list[float]] = {}
    for n in range(TIMES):
        two = Two(shelf(count), str(n))
        for who in (two.anna, two.ben):
            two.answer(who, *((f"wish-{place}", "y") for place in range(0, count, 3)))
        for name, who, week in (
            ("open", two.anna, 1),
            ("answer", two.ben, 1),
            ("close, open anew", two.anna, 2),
            ("hear, answer anew", two.ben, 2),
            ("nothing due", two.ben, 2),
        ):
            visit = two.look(who, week)
            began = time.process_time()
            found = step(visit)
            took.setdefault(name, []).append((time.process_time() - began) * 1000)
            two.visits += 1
            if found:
                who.record, who.side = found.record, found.side
    sizes = {"bytes of a side": two.ben.side, "bytes of a record": two.ben.record}
    return {
        **{name: round(statistics.median(times), 1) for name, times in took.items()},
        **{name: len(msgspec.msgpack.encode(kept)) for name, kept in sizes.items()},
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for count in (168, 320):
        print(f"{count} wishes: {measure(count)}")
