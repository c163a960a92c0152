"""The tables of docs/ideas.md, printed: `python -m benchmarks.ideas`. Nothing of it is shipped."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime

from benchmarks.ideas import lives
from benchmarks.ideas.lives import ORDERS, World, outcomes
from benchmarks.ideas.measures import foresight, guess_of_topics, mean, milliseconds, trace
from benchmarks.ideas.world import EASY, KINDS, OPPOSITE, UNRELATED
from usward.practices.ideas import choose

TUNE, HOLD_OUT = range(3), range(100, 105)
"""The seeds by which the numbers in taste.py and choose.py were chosen; and those of the tables, looked at afterwards."""
COUPLES = 60
RIVALS = ("average of the two", "popularity", "random")


def fared(workers: int) -> None:
    """A table of each kind of couple."""
    for kind in KINDS:
        _fared(kind, workers)


def _fared(kind: str, workers: int) -> None:
    found = outcomes(kind, ORDERS, [World(seed) for seed in HOLD_OUT], COUPLES, workers)
    print(f"\n**{kind}** ({len(found['ours'])} couples)\n")
    print(
        "| order | worse-off partner, offered | ours better by | gap between the two | rounds 11–20 | done | matches |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, rows in found.items():
        margin = mean([a.worse - b.worse for a, b in zip(found["ours"], rows, strict=True)])
        done = [min(row.done) for row in rows if row.done]
        print(
            f"| {name} | {mean([row.worse for row in rows])} | {'' if name == 'ours' else margin} "
            f"| {mean([row.gap for row in rows])} | {mean([min(row.late) for row in rows]).value:.3f} "
            f"| {mean(done).value:.3f} | {mean([row.matches for row in rows]).value:.1f} |"
        )
    print(f"\nrounds with fewer than three: {sum(row.short for row in found['ours'])}", flush=True)


def by_seed(workers: int) -> None:
    """The margins of each seed by itself."""
    print("\n| seed | " + " | ".join(RIVALS) + " | smallest gap |\n|---|" + "---|" * (len(RIVALS) + 1))
    for seed in HOLD_OUT:
        print(f"| {seed} | {_margins(OPPOSITE, World(seed), workers)} |", flush=True)


def otherwise(workers: int) -> None:
    """The same where the crowd agrees less or more, and with a round a week."""
    print("\n| world | " + " | ".join(RIVALS) + " | smallest gap |\n|---|" + "---|" * (len(RIVALS) + 1))
    for name, world in {
        "a crowd that agrees in nothing": World(0, agree=0),
        "in twice as much": World(0, agree=2),
        "in three times as much": World(0, agree=3),
        "a round a week": World(0, every=7),
        "a round a day": World(0, every=1),
        "60 rounds": World(0, rounds=60),
    }.items():
        print(f"| {name} | {_margins(OPPOSITE, world, workers)} |", flush=True)


def _margins(kind: str, world: World, workers: int) -> str:
    seeds = [world.seed] if world.seed else HOLD_OUT
    found = outcomes(kind, ["ours", *RIVALS], [world._replace(seed=seed) for seed in seeds], COUPLES, workers)
    cells = [str(mean([a.worse - b.worse for a, b in zip(found["ours"], found[name], strict=True)])) for name in RIVALS]
    gaps = {name: mean([row.gap for row in rows]).value for name, rows in found.items()}
    return " | ".join([*cells, min(gaps, key=lambda name: gaps[name])])


def foreseen(_: int) -> None:
    """What the model knows after some answers."""
    print("\n| answers | log loss | share of likes alone | area under ROC |\n|---|---|---|---|")
    for count in (0, 5, 10, 20, 40, 60):
        rows = [
            foresight(World(seed), kind, n, who, count)
            for seed in HOLD_OUT
            for kind in (OPPOSITE, EASY, UNRELATED)
            for n in range(14)
            for who in (0, 1)
        ]
        columns = [mean([row[n] for row in rows]) for n in range(3)]
        print(f"| {count} | {columns[0]} | {columns[1]} | {columns[2]} |", flush=True)


def leaked(_: int) -> None:
    """What a partner could guess."""
    worlds = [World(seed) for seed in HOLD_OUT]
    print("\n| drawn | guess of the other's topics after 20 rounds (0.5 is a coin) |\n|---|---|")
    chosen = choose.CURIOSITY
    for curiosity in (0.0, chosen, 1.0):
        choose.CURIOSITY = curiosity
        print(f"| ours, curiosity {curiosity} | {guess_of_topics(worlds, UNRELATED, 40, lives.ours)} |")
    choose.CURIOSITY = chosen
    for name in ("average of the two", "popularity", "random", "all known"):
        print(f"| {name} | {guess_of_topics(worlds, UNRELATED, 40, ORDERS[name])} |", flush=True)
    for liked in (True, False):
        found = trace(worlds[0], UNRELATED, 300, liked)
        print(
            f"\nthe other's answer to what I {'liked' if liked else 'passed'}: next week's first three differ for "
            f"{found.differs:.0%}; its topic is there after a like for {found.after_like:.0%}, after a pass for "
            f"{found.after_pass:.0%}",
            flush=True,
        )


def speed(_: int) -> None:
    """How long a choice takes."""
    for answers in (250, 500):
        print(f"\n400 ideas, {answers} answers of each: {milliseconds(answers):.1f} ms")


PARTS: dict[str, Callable[[int], None]] = {
    "fared": fared,
    "seeds": by_seed,
    "otherwise": otherwise,
    "foreseen": foreseen,
    "leaked": leaked,
    "speed": speed,
}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="benchmarks.ideas", description=__doc__)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", choices=PARTS, action="append")
    options = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}, hold-out seeds {HOLD_OUT.start} to {HOLD_OUT.stop - 1}")
    for name in options.only or PARTS:
        PARTS[name](options.workers)


if __name__ == "__main__":
    main()
