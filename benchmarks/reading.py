"""Claim: what students type is read as they mean it, and nothing is read wrongly without a word.

Ours beside `sympify` and `parse_expr` with implicit multiplication, on the same strings in the same run.
Run: python benchmarks/reading.py
"""

from __future__ import annotations

import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sympy import Basic, Eq, Expr, FiniteSet, MatrixBase, N, Rational, S, Tuple, sympify
from sympy.parsing.sympy_parser import (
    convert_xor,
    implicit_multiplication_application,
    parse_expr,
    standard_transformations,
)

from autograder.answers import ReadingError, read

sys.path.insert(0, str(Path(__file__).parent))

from reading_corpus import AMBIGUOUS, CORPUS, NAMES, VARIABLES

LOCALS = {symbol.name: symbol for symbol in NAMES}
POINTS = [
    {symbol: Rational(3 + 2 * place * index, 7 + index) for index, symbol in enumerate(NAMES)} for place in (1, 2, 3)
]


def ours(text: str) -> Any:
    return read(text, VARIABLES).expression


def by_sympify(text: str) -> Any:
    return sympify(text, locals=LOCALS)


def by_parse_expr(text: str) -> Any:
    transformations = (*standard_transformations, implicit_multiplication_application, convert_xor)
    return parse_expr(text, local_dict=LOCALS, transformations=transformations)


def same(found: Any, meant: Any) -> bool:
    """Return whether a reading is what was meant, compared at three points where the variables are positive."""
    if isinstance(found, MatrixBase | list | tuple) and not isinstance(found, Basic):
        found = Tuple(*found)
    meant = S(meant) if isinstance(meant, int) else meant
    if isinstance(meant, Tuple):
        parts = isinstance(found, Tuple) and len(found) == len(meant)
        return parts and all(same(a, b) for a, b in zip(found, meant, strict=True))
    if isinstance(meant, FiniteSet):
        found = FiniteSet(*found) if isinstance(found, set) else found
        return bool(found == meant)
    if isinstance(meant, Eq):
        return isinstance(found, Eq) and same(found.lhs, meant.lhs) and same(found.rhs, meant.rhs)
    if not isinstance(found, Expr) or not found.free_symbols <= set(NAMES):
        return False
    if found == meant:
        return True
    try:
        return all(abs(complex(N((found - meant).subs(point), 20))) < 1e-12 for point in POINTS)
    except TypeError:
        return False


def measure(name: str, reader: Callable[[str], Any]) -> dict[str, Any]:
    """Return how one reader does on the corpus."""
    right, wrong, refused, times = 0, [], [], []
    for text, meant in CORPUS:
        began = time.perf_counter()
        try:
            found = reader(text)
        except Exception as error:  # noqa: BLE001 - the peers raise many kinds of error
            refused.append(f"{text} ({type(error).__name__})")
            continue
        finally:
            times.append(1000 * (time.perf_counter() - began))
        if same(found, meant):
            right += 1
        else:
            wrong.append(f"{text} as {found}")
    return {"name": name, "right": right, "wrong": wrong, "refused": refused, "times": times}


def unsaid() -> list[str]:
    """Return the ambiguous texts that we read without a word."""
    silent = []
    for text in AMBIGUOUS:
        try:
            if not read(text, VARIABLES).notes:
                silent.append(text)
        except ReadingError:
            continue
    return silent


def main() -> None:
    warnings.simplefilter("ignore")
    read("x", "x")
    results = [
        measure("ours", ours),
        measure("sympify", by_sympify),
        measure("parse_expr, implicit", by_parse_expr),
    ]
    print(
        f"{len(CORPUS)} strings\n{'':22}{'right':>8}{'silently wrong':>16}{'refused':>9}{'median ms':>11}{'max ms':>9}"
    )
    for result in results:
        print(
            f"{result['name']:22}{result['right']:8}{len(result['wrong']):16}{len(result['refused']):9}"
            f"{statistics.median(result['times']):11.2f}{max(result['times']):9.1f}"
        )
    mine, plain, implicit = results
    for kind in ("wrong", "refused"):
        for text in mine[kind]:
            print(f"ours {kind}: {text}")
    silent = unsaid()
    said = len(AMBIGUOUS) - len(silent)
    print(f"{len(AMBIGUOUS)} texts with two readings: {said} asked about or said; silent: {silent}")
    print(
        json.dumps(
            {
                "strings": len(CORPUS),
                "right": mine["right"],
                "silently_wrong": len(mine["wrong"]),
                "refused": len(mine["refused"]),
                "median_ms": round(statistics.median(mine["times"]), 3),
                "max_ms": round(max(mine["times"]), 2),
                "sympify_right": plain["right"],
                "sympify_silently_wrong": len(plain["wrong"]),
                "parse_expr_right": implicit["right"],
                "parse_expr_silently_wrong": len(implicit["wrong"]),
                "ambiguous": len(AMBIGUOUS),
                "ambiguous_unsaid": len(silent),
            }
        )
    )


if __name__ == "__main__":
    main()
