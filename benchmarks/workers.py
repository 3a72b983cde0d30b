"""Claim: twice the workers on twice the cores grade a class in half the time, nearly.

The same class is graded by one worker on one core, by two on two, and so on; the coordinator shares their cores. Beside
the times stands what the coordinator itself computes for a submission: all else is done by the workers, so this bounds
how many of them one coordinator can keep at work.

    python benchmarks/workers.py --size 100
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from classroom import REPOSITORY, classroom

from autograder.grading.batch import grade_class
from autograder.grading.doctor import choose
from autograder.grading.limits import Limits


@dataclass(frozen=True)
class Pace:
    """Milliseconds for each submission: on the clock, and computed by the coordinator."""

    clock: float
    coordinator: float


def by_workers(size: int, limits: Limits) -> dict[int, Pace]:
    """Grade a class of `size` by each number of workers that there are cores for, up to eight."""
    cores = sorted(os.sched_getaffinity(0))
    paces = {}
    for count in (1, 2, 4, 8):
        if count > len(cores):
            break
        os.sched_setaffinity(0, cores[:count])
        try:
            paces[count] = pace(size, count, limits)
        finally:
            os.sched_setaffinity(0, cores)
    return paces


def pace(size: int, workers: int, limits: Limits) -> Pace:
    """Grade a class by so many workers, and measure from when all of them are warm."""
    with tempfile.TemporaryDirectory(prefix="nabla-bench-") as folder:
        course, key, wanted = classroom(Path(folder) / "class", size + 3 * workers, hostile=False)
        done = grade_class(course, key, limits=limits, workers=workers, sandbox=choose(REPOSITORY))
        for _ in range(3 * workers):
            next(done)
        began, computed, count = time.perf_counter(), time.process_time(), 0
        for outcome in done:
            count += outcome.graded.status == "graded"
            spent = time.perf_counter() - began, time.process_time() - computed  # what it costs to stop is left out
        assert count == size, f"{size - count} of {len(wanted)} could not be graded"
    return Pace(*(1000 * seconds / size for seconds in spent))


def efficiency(paces: dict[int, Pace]) -> dict[int, float]:
    """Return the share of a perfect speedup that each number of workers reaches."""
    return {count: round(paces[1].clock / pace.clock / count, 2) for count, pace in paces.items()}


def table(paces: dict[int, Pace]) -> str:
    """Return the table as text."""
    lines = [f"{'workers, each with a core':32}{'ms each':>10}{'share of perfect':>18}{'coordinator, ms':>17}"]
    for count, one in paces.items():
        lines.append(f"{count:<32}{one.clock:10.0f}{efficiency(paces)[count]:18.0%}{one.coordinator:17.1f}")
    return "\n".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, default=60, help="submissions for each number of workers")
    paces = by_workers(options.parse_args().size, Limits(cell=10.0))
    print(table(paces))
    print(json.dumps({
        "per_submission_ms": {count: round(one.clock) for count, one in paces.items()},
        "efficiency": efficiency(paces),
        "coordinator_ms": round(max(one.coordinator for one in paces.values()), 1),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
