"""Claim: `decide` makes no error on the corpus, leaves under 2 % open, and takes under 5 ms for half of the pairs and
under 100 ms for 99 % of them; `simplify(a - b) == 0`, `a.equals(b) is True` and five random points make errors on the
same pairs in the same run, and the first two take far longer.

    python benchmarks/equality.py [--every 4] [--limit 2.0]

`decide` judges every pair; the peers judge every fourth (they are slow), each pair in a process that is killed after
the limit. They are helped as far as they can be: their symbols are real, and positive where the domain says so.
A false accept is "equal" for a pair that differs, a false reject anything that is not "equal" for one that is equal
(a peer that cannot tell must be counted somewhere: no answer, an exception or a kill is *undecided* instead).
"""

from __future__ import annotations

import argparse
import cmath
import json
import multiprocessing
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import sympy as sp

from autograder.equality import Different, Equal, decide

FILE = Path(__file__).parents[1] / "tests" / "data" / "equality_corpus.tsv"
NAMES = {name: sp.Function(name) for name in ("f", "g")}
WORDS = ("real", "positive", "negative", "nonnegative", "integer")


@dataclass(frozen=True)
class Pair:
    """One line of the corpus."""

    family: str
    left: sp.Expr
    right: sp.Expr
    equal: bool
    domain: dict[str, sp.Set | str]

    def assumed(self) -> tuple[sp.Expr, sp.Expr]:
        """Both with symbols that carry what the domain says, for the peers."""
        symbols = self.left.free_symbols | self.right.free_symbols
        known = {}
        for symbol in symbols:
            word = self.domain.get(symbol.name, "real")
            if isinstance(word, sp.Interval):
                word = "nonnegative" if word.start >= 0 else "real"
            known[symbol] = sp.Symbol(symbol.name, **{"real": True, word: True})
        return self.left.xreplace(known), self.right.xreplace(known)


def corpus() -> Iterator[Pair]:
    """The pairs of the corpus; pairs that sympy itself makes identical while reading are kept."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        family, left, right, label, domain = line.split("\t")
        ranges = {name: ends for name, *ends in (part.split() for part in domain.split(";") if part)}
        read = {n: e[0] if e[0] in WORDS else sp.Interval(*map(sp.sympify, e)) for n, e in ranges.items()}
        yield Pair(family, sp.sympify(left, NAMES), sp.sympify(right, NAMES), label == "equal", read)


def by_simplify(pair: Pair) -> bool | None:
    left, right = pair.assumed()
    return bool(sp.simplify(left - right) == 0)


def by_equals(pair: Pair) -> bool | None:
    left, right = pair.assumed()
    return left.equals(right)


def by_five_points(pair: Pair) -> bool | None:
    """Five random points between -2 and 2, relative tolerance 0.001, as homework systems do it."""
    draw = random.Random(5)
    difference = sorted(pair.left.free_symbols | pair.right.free_symbols, key=str)
    functions = [sp.lambdify(difference, side, "cmath") for side in (pair.left, pair.right)]
    seen = 0
    for _ in range(60):
        point = [_drawn(draw, pair.domain.get(symbol.name)) for symbol in difference]
        try:
            left, right = (complex(function(*point)) for function in functions)
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        if cmath.isnan(left) or cmath.isnan(right):
            continue
        if abs(left - right) > 1e-3 * max(abs(left), abs(right)) + 1e-12:
            return False
        seen += 1
        if seen == 5:
            return True
    return None


def _drawn(draw: random.Random, within: sp.Set | str | None) -> float:
    low, high = -2.0, 2.0
    if isinstance(within, sp.Interval):
        low = max(float(within.start), -1e6)
        high = min(float(within.end), low + 4.0)
    if within == "integer":
        return float(draw.randint(-5, 5))
    number = draw.uniform(low, high)
    return abs(number) if within in ("positive", "nonnegative") else -abs(number) if within == "negative" else number


PEERS: dict[str, Callable[[Pair], bool | None]] = {
    "simplify(a - b) == 0": by_simplify,
    "a.equals(b) is True": by_equals,
    "five random points": by_five_points,
}


def serve(judge: Callable[[Pair], bool | None], wire: Connection) -> None:
    """Judge what comes over the wire until None comes."""
    while (pair := wire.recv()) is not None:
        began = time.perf_counter()
        try:
            verdict = judge(pair)
        except Exception:  # noqa: BLE001 - whatever a peer raises, it did not decide
            verdict = None
        wire.send((verdict, time.perf_counter() - began))


def judged(judge: Callable[[Pair], bool | None], pairs: list[Pair], limit: float) -> list[tuple[bool | None, float]]:
    """Verdict and seconds for each pair, in a process of its own that is killed and started anew at the limit."""
    context = multiprocessing.get_context("fork")
    results: list[tuple[bool | None, float]] = []
    process, ours = None, None
    for pair in pairs:
        if process is None:
            ours, theirs = context.Pipe()
            process = context.Process(target=serve, args=(judge, theirs), daemon=True)
            process.start()
        assert ours is not None
        ours.send(pair)
        if ours.poll(limit):
            results.append(ours.recv())
            continue
        process.kill()
        process.join()
        process = None
        results.append((None, limit))
    if process is not None and ours is not None:
        ours.send(None)
        process.join()
    return results


def by_decide(pair: Pair) -> tuple[bool | None, float]:
    """Our own verdict and seconds."""
    began = time.perf_counter()
    verdict = decide(pair.left, pair.right, domain=pair.domain)
    seconds = time.perf_counter() - began
    return True if isinstance(verdict, Equal) else False if isinstance(verdict, Different) else None, seconds


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    pairs: int
    false_accepts: int
    false_rejects: int
    undecided: int
    median_ms: float
    p99_ms: float
    max_ms: float


def summary(name: str, pairs: list[Pair], results: list[tuple[bool | None, float]]) -> Row:
    """Errors and times of one judge."""
    times = sorted(1e3 * seconds for _, seconds in results)
    return Row(
        name,
        len(pairs),
        sum(verdict is True and not pair.equal for pair, (verdict, _) in zip(pairs, results, strict=True)),
        sum(verdict is False and pair.equal for pair, (verdict, _) in zip(pairs, results, strict=True)),
        sum(verdict is None for verdict, _ in results),
        round(statistics.median(times), 2),
        round(times[int(0.99 * (len(times) - 1))], 1),
        round(times[-1], 1),
    )


def main() -> None:
    """Run, print the table, and end with one line of JSON."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--every", type=int, default=4, help="the peers judge every so many pairs (0: no peers)")
    options.add_argument("--limit", type=float, default=2.0, help="seconds a peer has for one pair")
    options.add_argument("--wrong", action="store_true", help="list the pairs that decide did not get right")
    chosen = options.parse_args()
    pairs = list(corpus())
    results = [by_decide(pair) for pair in pairs]
    if chosen.wrong:
        for pair, (verdict, _) in zip(pairs, results, strict=True):
            if verdict is not pair.equal:
                print(pair.family, "|", pair.left, "|", pair.right, "|", pair.domain, "|", pair.equal, verdict)
        for pair, (_, seconds) in sorted(zip(pairs, results, strict=True), key=lambda r: -r[1][1])[:12]:
            print(f"{1e3 * seconds:8.1f} ms  {pair.left}  |  {pair.right}")
    ours = summary("decide", pairs, results)
    rows, speedup = [ours], None
    if chosen.every:
        some = pairs[:: chosen.every]
        rows.append(summary("decide, same pairs as below", some, results[:: chosen.every]))
        for name, judge in PEERS.items():
            found = judged(judge, some, chosen.limit)
            rows.append(summary(name, some, found))
            if judge is by_simplify:
                speedup = sum(s for _, s in found) / sum(s for _, s in results[:: chosen.every])
    print(f"{'judge':30}{'pairs':>6}{'false accepts':>15}{'false rejects':>15}{'undecided':>11}", end="")
    print(f"{'median ms':>11}{'p99 ms':>9}{'max ms':>9}")
    for row in rows:
        print(f"{row.name:30}{row.pairs:6}{row.false_accepts:15}{row.false_rejects:15}{row.undecided:11}", end="")
        print(f"{row.median_ms:11}{row.p99_ms:9}{row.max_ms:9}")
    headline = {key: value for key, value in vars(ours).items() if key != "name"}
    print(json.dumps({**headline, "speedup_vs_simplify": None if speedup is None else round(speedup, 1)}))


if __name__ == "__main__":
    main()
