"""Claim: of the wrong answers that classic mistakes give, at least 95 % are named, and none by a wrong name.

For every problem type and many seeds: each known mistake, each pair of mistakes, and random wrong answers are given
as answers; so is the right answer, in several spellings. "Shared" counts wrong answers that two mistakes give alike,
named by the likelier one. There is no peer that derives its feedback from the problem, so the peer shown is a check
that only says right or wrong: it names nothing.

    python benchmarks/diagnosis.py [SEEDS]     (default 5 for each level)
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.table import Table
from sympy import Integer, Matrix, MatrixBase

import autograder.problems as problems
from autograder.answers import Refused, of
from autograder.judge import judge
from autograder.problems.common_mistakes import paired
from autograder.problems.mistake import KnownMistakes, Mistake
from autograder.problems.problem import CodeProblem, Problem


def types() -> Iterator[type[Problem]]:
    """Every problem type whose answers are values."""
    for name in problems.__all__:
        kind = getattr(problems, name)
        if (
            isinstance(kind, type)
            and issubclass(kind, Problem)
            and not issubclass(kind, CodeProblem)
            and kind is not Problem
        ):
            yield kind


def wrong_answers(problem: Problem) -> Iterator[tuple[str, Any]]:
    """Every known mistake and pair, with the wrong answer that it gives."""
    single = [m for m in problem.wrong_ways() if judge(problem, of(m.wrong)).state != "right"]
    for mistake in (*single, *(m for m in paired(single) if judge(problem, of(m.wrong)).state != "right")):
        yield mistake.name, mistake.wrong


def disturbed(value: Any, rng: random.Random) -> Any:
    """The right answer with a random whole number added: a wrong answer of no known kind."""
    by = Integer(rng.choice((-17, -13, 13, 17, 19, 23)))
    if isinstance(value, MatrixBase):
        return value + by * value.ones(*value.shape)
    if isinstance(value, tuple | list) and value and not isinstance(value[0], tuple | list):
        i = rng.randrange(len(value))
        return tuple(part + by * (i == j) for j, part in enumerate(value))
    return value + by if hasattr(value, "free_symbols") and not hasattr(value, "lhs") else None


def spellings(key: Any) -> Iterator[Any]:
    """The right answer as students may give it."""
    yield key
    if isinstance(key, tuple) and key and all(hasattr(part, "free_symbols") for part in key):
        yield list(key)
        try:
            yield Matrix(key)
        except (TypeError, ValueError):
            return


def examine(kind: type[Problem], seeds: int, count: Counter[str], times: list[float]) -> None:
    """Give every wrong answer to every variant of a type."""
    rng = random.Random(kind.__name__)
    for level in (1, 2, 3):
        for seed in range(seeds):
            started = perf_counter()
            problem = kind.variant(seed, level)
            times.append(perf_counter() - started)
            for spelling in spellings(problem.key()):
                count["right answers"] += 1
                count["misjudged"] += judge(problem, of(spelling)).state != "right"
            known = problem.mistakes()
            for name, wrong in wrong_answers(problem):
                count["tried"] += 1
                said = judge(problem, of(wrong)).mistake
                shared = said not in ("", name) and any(alike(problem, m.wrong, wrong) for m in known if m.name == said)
                count["shared" if shared else _sort(said, name)] += 1
            odd = disturbed(problem.key(), rng)
            if odd is not None and judge(problem, of(odd)).state != "right":
                count["random"] += 1
                count["random named"] += bool(judge(problem, of(odd)).mistake)


def alike(problem: Problem, one: Any, other: Any) -> bool:
    """Whether two wrong answers are one and the same to this kind of answer (a normal may be scaled, for instance)."""
    form = problem.kind.in_one_form(other)
    single = KnownMistakes.among([Mistake("", one, "")], problem.key(), problem.kind.in_one_form)
    return single.explaining(of(other) if isinstance(form, Refused) else form) is not None


def _sort(said: str, name: str) -> str:
    if not said:
        return "not named"
    return "named" if said == name else "misnamed"


def main() -> None:
    """Print the table and the line of JSON."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    table = Table("problem type", *(COLUMNS := ("tried", "named", "shared", "misnamed", "not named", "random",
                  "random named", "right answers", "misjudged")), "variant ms")  # fmt: skip
    total: Counter[str] = Counter()
    kinds = list(types())
    for kind in kinds:
        count: Counter[str] = Counter()
        times: list[float] = []
        examine(kind, seeds, count, times)
        table.add_row(kind.__name__, *(str(count[column]) for column in COLUMNS), f"{1000 * median(times):.0f}")
        total += count
    Console(width=150).print(table)
    print(
        json.dumps(
            {
                "types": len(kinds),
                "wrong_answers": total["tried"],
                "named": total["named"] + total["shared"],
                "misnamed": total["misnamed"],
                "right_answers_misjudged": total["misjudged"],
            }
        )
    )


if __name__ == "__main__":
    main()
