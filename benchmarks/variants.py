"""Claim: whatever the seed, a problem is fair, its key is taken in ten spellings, and its mistakes are told apart.

For every type and seed, the levels in turn: the key in every spelling of `spellings.py` is right; every mistake differs
from the key and from the others and is named when it is given; no instance is trivial, undefined or ugly (digits of the
longest number and nodes of the largest expression, printed as a distribution and bounded); no hint holds the answer;
and the time that a variant costs. Of the mistakes, a dozen drawn at random are given on each seed.

    python benchmarks/variants.py [SEEDS [TYPE ...]]     (default 200 seeds, every type)
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median, quantiles
from time import process_time
from typing import Any

from diagnosis import alike, types
from rich.console import Console
from rich.table import Table
from spellings import spellings
from sympy import Expr, MatrixBase, nan, oo, preorder_traversal, zoo

from autograder.answers import of
from autograder.judge import judge
from autograder.notation import plain, typeset
from autograder.problems.marks import Marks
from autograder.problems.problem import Problem

DIGITS, NODES = 6, 120
"""The most digits of a number, and the most nodes of an expression, in a problem or in its key."""
GIVEN = 12
"""The most mistakes that are given on one seed."""
SHOWN = 40
"""The most failures that are told one by one."""


@dataclass
class Findings:
    """What was seen of one type."""

    variants: int = 0
    spelled: int = 0
    mistakes: int = 0
    digits: list[int] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    told: dict[tuple[str, str], str] = field(default_factory=dict)

    def report(self, what: str, detail: str, example: str) -> None:
        """Count something that should not be; the first example of each is kept."""
        self.wrong[what] += 1
        self.told.setdefault((what, detail), example)


def expressions(value: Any) -> Iterator[Expr]:
    """Every expression in a value, however deep."""
    if isinstance(value, dict):
        value = tuple(value.items())
    if isinstance(value, MatrixBase):
        value = tuple(value)
    if isinstance(value, tuple | list):
        for part in value:
            yield from expressions(part)
    elif isinstance(value, Expr):
        yield value
    elif hasattr(value, "lhs"):
        yield value.lhs
        yield value.rhs


def data_of(problem: Problem) -> list[Expr]:
    """Every expression that defines a problem, and its key."""
    fields = [getattr(problem, name) for name in problem.__dataclass_fields__]
    return [*expressions(fields), *expressions(problem.key())]


def digits_in(expression: Expr) -> int:
    """The digits of the longest whole number in an expression."""
    numbers = [
        abs(int(part)) for node in preorder_traversal(expression) if node.is_Rational for part in (node.p, node.q)
    ]
    return max((len(str(number)) for number in numbers), default=0)


def nodes_in(expression: Expr) -> int:
    """How many nodes the tree of an expression has."""
    return sum(1 for _ in preorder_traversal(expression))


def examine(kind: type[Problem], seeds: int) -> Findings:
    """Look at every variant of a type."""
    found = Findings()
    for seed in range(seeds):
        started = process_time()
        problem = kind.variant(seed, 1 + seed % 3)
        found.times.append(process_time() - started)
        found.variants += 1
        fairness(problem, found)
        right_answers(problem, found)
        wrong_answers(problem, found, random.Random(seed))
        leaks(problem, found)
    return found


def fairness(problem: Problem, found: Findings) -> None:
    """Nothing trivial, undefined or ugly."""
    parts, key = data_of(problem), tuple(expressions(problem.key()))
    found.digits.append(max((digits_in(part) for part in parts), default=0))
    found.nodes.append(max((nodes_in(part) for part in parts), default=0))
    if found.digits[-1] > DIGITS or found.nodes[-1] > NODES:
        found.report("ugly", "", repr(problem))
    if any(part.has(nan, oo, -oo, zoo) for part in parts):
        found.report("undefined", "", repr(problem))
    if key and not any(key):
        found.report("trivial", "", repr(problem))


def right_answers(problem: Problem, found: Findings) -> None:
    """The key is right in every spelling."""
    for name, spelling in spellings(problem.key()):
        found.spelled += 1
        judgement = judge(problem, of(spelling))
        if judgement.state != "right":
            found.report("key refused", name, f"{spelling!r} for {problem!r}: {judgement.says}")


def wrong_answers(problem: Problem, found: Findings, rng: random.Random) -> None:
    """The mistakes have marks of their own, and their wrong answers are named."""
    form = problem.kind.in_one_form
    mistakes = problem.mistakes()
    marks = [each for each in (Marks().of(form(m.wrong)) for m in mistakes) if each]
    if len(set(marks)) != len(marks) or Marks().of(form(problem.key())) in marks:
        found.report("mistakes alike", "", repr(problem))
    for mistake in rng.sample(mistakes, min(GIVEN, len(mistakes))):
        found.mistakes += 1
        judgement = judge(problem, of(mistake.wrong))
        if judgement.state == "right":
            found.report("mistake is right", mistake.name, f"{mistake.wrong!r} for {problem!r}")
        elif judgement.mistake != mistake.name and not _shared(problem, judgement.mistake, mistake.wrong):
            what = "misnamed" if judgement.mistake else "not named"
            found.report(what, mistake.name, f"{judgement.mistake!r}: {mistake.wrong!r} for {problem!r}")


def _shared(problem: Problem, said: str, wrong: Any) -> bool:
    """Whether another mistake of that name gives the same wrong answer."""
    return any(alike(problem, m.wrong, wrong) for m in problem.mistakes() if m.name == said)


def leaks(problem: Problem, found: Findings) -> None:
    """No hint and nothing said of a mistake holds the answer; what is short may stand anywhere by chance."""
    key = problem.key()
    shown = {key} if isinstance(key, str) else {str(key)} if hasattr(key, "lhs") else {plain(key), typeset(key)}
    texts = {re.sub(r"\\left|\\right|\\ |\\,|\s", "", text) for text in shown}
    hints = re.sub(r"\\left|\\right|\\ |\\,|\s", "", " ".join(problem.hints()))
    for text in texts:
        if len(text) > 4 and text in hints:
            found.report("hint holds the answer", "", repr(problem))
    for mistake in problem.mistakes():
        if not isinstance(key, str) and len(plain(key) if not hasattr(key, "lhs") else str(key)) > 4:
            said = re.sub(r"\s", "", mistake.says + mistake.next)
            if any(text in said for text in texts):
                found.report("message holds the answer", mistake.name, repr(problem))


def spread(values: list[int]) -> str:
    """Least, median, 95 % and most."""
    return f"{min(values)} {median(values):.0f} {quantiles(values, n=20, method='inclusive')[-1]:.0f} {max(values)}"


def main() -> None:
    """Print the table, what was wrong, and the line of JSON."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    kinds = [kind for kind in types() if not sys.argv[2:] or kind.__name__ in sys.argv[2:]]
    table = Table(
        "problem type", "variants", "spellings", "mistakes", "digits", "nodes", "ms median", "ms 95 %", "wrong"
    )
    everything: Counter[str] = Counter()
    medians: list[float] = []
    ninety_fifths: list[float] = []
    for kind in kinds:
        found = examine(kind, seeds)
        medians.append(1000 * median(found.times))
        ninety_fifths.append(1000 * quantiles(found.times, n=20, method="inclusive")[-1])
        wrong = ", ".join(f"{count} {what}" for what, count in found.wrong.items()) or "-"
        table.add_row(
            kind.__name__, str(found.variants), str(found.spelled), str(found.mistakes), spread(found.digits),
            spread(found.nodes), f"{medians[-1]:.0f}", f"{ninety_fifths[-1]:.0f}", wrong,
        )  # fmt: skip
        for (what, detail), example in list(found.told.items())[:SHOWN]:
            print(f"{kind.__name__}: {what} [{detail}]: {example[:400]}", flush=True)
        print(f"{kind.__name__}: {found.variants} variants, wrong: {wrong}", file=sys.stderr, flush=True)
        everything += Counter(variants=found.variants, spellings=found.spelled, mistakes=found.mistakes)
        everything["wrong"] += sum(found.wrong.values())
    Console(width=150).print(
        "digits, nodes: least, median, 95 %, most; of each variant, the longest and the largest", table
    )
    print(json.dumps({
        "types": len(kinds),
        **{name: everything[name] for name in ("variants", "spellings", "mistakes", "wrong")},
        "slowest_median_ms": round(max(medians), 1),
        "slowest_p95_ms": round(max(ninety_fifths), 1),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
