"""Typed mathematics: read as it is meant, shown back, and asked about where it has two readings."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sympy import E, Eq, FiniteSet, Float, I, Integer, Rational, Symbol, Tuple, exp, pi, sin, sqrt, symbols

from autograder.answers import Equation, Items, ReadingError, Scalar, Truth, read

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
x, y, t = symbols("x y t")


def _module(name: str) -> ModuleType:
    specification = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module


corpus = _module("reading_corpus")
bench = _module("reading")


@pytest.mark.parametrize(("text", "meant"), corpus.CORPUS, ids=lambda value: ascii(value)[:50])
def test_an_ordinary_text_is_read_as_it_is_meant(text: str, meant: Any) -> None:
    assert bench.same(read(text, corpus.VARIABLES).expression, meant)


@pytest.mark.parametrize("text", [text for text, _ in corpus.CORPUS], ids=ascii)
def test_an_echo_reads_as_the_text_that_it_echoes(text: str) -> None:
    reading = read(text, corpus.VARIABLES)
    assert read(reading.echo_text, corpus.VARIABLES).expression == reading.expression
    assert read(reading.echo, corpus.VARIABLES).expression == reading.expression


@pytest.mark.parametrize("text", corpus.AMBIGUOUS)
def test_a_text_with_two_readings_is_never_read_without_a_word(text: str) -> None:
    try:
        reading = read(text, corpus.VARIABLES)
    except ReadingError:
        return
    assert reading.notes


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("1/2x", "(1/2)*x"),
        ("sinx", "sin(x)"),
        ("e^2x", "(e^2)*x"),
        ("sin^-1 x", "arcsin"),
        ("log x", "natural"),
        ("X", "read as x"),
        ("1,000", "1000"),
        ("50%", "hundredths"),
        ("45°", "radians"),
        ("2^3^2", "from the right"),
        ("f_x = 2x", "label"),
        ("3i + j", "unit vectors"),
        ("3 + i", "imaginary unit"),
        ("x, y", "list"),
        ("ex", "product"),
        ("E", "the number e"),
        ("1e-3", "power"),
    ],
)
def test_a_note_says_how_a_doubtful_text_was_read(text: str, note: str) -> None:
    assert any(note in sentence for sentence in read(text, "x y").notes)


@pytest.mark.parametrize(
    ("text", "words", "position"),
    [
        ("x2", "x^2, 2*x or x_2", 1),
        ("2 1/2", "mixed number", 2),
        ("3,5", "3.5 or (3, 5)", 1),
        ("1 / 2x", "1/(2x)", 5),
        ("sin x y", "Use brackets", 6),
        ("2(x + 1", "never closed", 1),
        ("x + a", "The variables are x and y", 4),
        ("np.exp(x)", "without a point", 2),
        ("x < 3", "inequality", 2),
        ("±2 ± x", "Which signs", 0),
        ("5 m/s", '"m" is not known', 2),
        ("xу", "Cyrillic", 1),
        ("1/0", "divided by zero", 2),
        ("9^9^9", "too large", 0),
        ("i + 1 + j", "number cannot be added to a vector", 0),
    ],
)
def test_a_text_that_cannot_be_read_gets_its_cure_and_a_caret(text: str, words: str, position: int) -> None:
    with pytest.raises(ReadingError) as refusal:
        read(text, "x y")
    assert words in refusal.value.message
    assert refusal.value.position == position
    *_, shown, caret = str(refusal.value).splitlines()
    assert shown.strip() == text
    assert caret.index("^") - 4 == position


def test_the_caret_stays_in_view_in_a_long_text() -> None:
    with pytest.raises(ReadingError) as refusal:
        read("x + " * 100 + "? + x", "x")
    *_, shown, caret = str(refusal.value).splitlines()
    assert shown[caret.index("^")] == "?"


def test_a_reading_carries_an_inert_answer() -> None:
    assert read("2x", "x").answer == Scalar(2 * x)
    assert read("(x, 1)", "x").answer == Items((Scalar(x), Scalar(Integer(1))), "tuple")
    assert read("[x, 1]", "x").answer == Items((Scalar(x), Scalar(Integer(1))), "list")
    assert read("{x, 1}", "x").answer == Items((Scalar(x), Scalar(Integer(1))), "set")
    assert read(r"\begin{pmatrix}x\\1\end{pmatrix}", "x").answer == Items((Scalar(x), Scalar(Integer(1))), "column")
    assert read("x + y = 5", "x y").answer == Equation(x + y, Integer(5))
    assert read("true").answer == Truth(True)


def test_an_equation_is_not_evaluated() -> None:
    assert read("x = x", "x").expression == Eq(x, x, evaluate=False)
    assert read("x = 1, y = 2", "x y").expression == Tuple(Eq(x, 1), Eq(y, 2))


@pytest.mark.parametrize("label", ["η", r"\eta", "η*", r"\eta^*", r"\eta^{*}", "eta_max"])
def test_a_greek_letter_may_be_a_label_with_a_star_too(label: str) -> None:
    assert read(f"{label} = 1/10", "x y").expression == Rational(1, 10)


def test_a_greek_letter_that_is_a_variable_or_a_constant_is_no_label() -> None:
    assert read("θ = 2", "r theta").expression == Eq(Symbol("theta"), 2)
    assert read("π = x", "x y").expression == Eq(pi, x)


def test_a_label_is_a_name_that_is_no_variable() -> None:
    assert read("z = 2x", "x y").expression == 2 * x
    assert read("z = 2x", "x y z").expression == Eq(Symbol("z"), 2 * x)
    assert read("f_x = 2x, f_y = 3", "x y").expression == Tuple(2 * x, 3)
    assert read("r(t) = (1, 2) + t(3, 4)", "t").expression == Tuple(1 + 3 * t, 2 + 4 * t)


def test_decimals_stay_decimals() -> None:
    answer = read("0.5x", "x").answer
    assert isinstance(answer, Scalar)
    assert answer.is_decimal
    assert read("2.80").expression == Float(2.8)
    assert read("1/3").expression == Rational(1, 3)


def test_variables_may_have_any_names() -> None:
    names = ["theta", "x_1", "lambda", "rho"]
    theta, first, multiplier, rho = symbols("theta x_1 lambda rho")
    assert read("2θ + λ", names).expression == 2 * theta + multiplier
    assert read(r"\rho\sin\theta", names).expression == rho * sin(theta)
    for text in ("x_1", "x₁", "x1", "x_{1}"):
        assert read(text, names).expression == first
    assert read("rhosintheta", names).expression == rho * sin(theta)
    assert read("x", [Symbol("x", real=True)]).expression == x


def test_a_declared_letter_is_the_variable_and_no_constant() -> None:
    assert read("2e", "x").expression == 2 * E
    assert read("2e", "e").expression == 2 * Symbol("e")
    assert read("2i + 3", "x").expression == 3 + 2 * I
    assert read("2πi").expression == 2 * pi * I
    assert read(r"2x\,\mathrm{d}x", "x dx").expression == 2 * x * Symbol("dx")
    assert read("2i + 3", "i").expression == 3 + 2 * Symbol("i")
    assert read("pi", "p i").expression == pi


def test_other_letters_are_allowed_where_they_are_wanted() -> None:
    assert read("ax + b").expression == Symbol("a") * x + Symbol("b")
    assert read("2x + C", "x", strict=False).expression == 2 * x + Symbol("C")
    with pytest.raises(ReadingError):
        read("2x + C", "x")


def test_unit_vectors_have_as_many_dimensions_as_the_problem() -> None:
    assert read("3i", "x y z").expression == Tuple(3, 0, 0)
    assert read("3i", "x y").expression == Tuple(3, 0)
    assert read("3i + k", "x y").expression == Tuple(3, 0, 1)


def test_the_written_form_is_kept_beside_the_evaluated_one() -> None:
    reading = read("2(x + x) + 3*4", "x")
    assert reading.expression == 4 * x + 12
    assert str(reading.written) == "2*(x + x) + 3*4"
    assert read("3/5").written == Rational(3, 5)
    assert read("e^0").written != 1


def test_the_echo_shows_the_structure() -> None:
    assert read("1/2x", "x").echo_text == "(1/2)*x"
    assert read("1/2x", "x").echo == r"\frac{1}{2} \, x"
    assert read("-2xe^(-x^2)", "x").echo_text == "-2*x*e^(-x^2)"
    assert read("√(x²+1)", "x").echo == r"\sqrt{x^{2} + 1}"
    assert read("<1/√2, 1>").echo_text == "(1/sqrt(2), 1)"


def test_functions_of_one_letter_names_are_products_only_with_variables() -> None:
    assert read("x(y + 1)", "x y").expression == x * (y + 1)
    with pytest.raises(ReadingError, match="not known here"):
        read("f(x)", "x")


def test_vectors_can_be_added_scaled_and_multiplied() -> None:
    assert read("1/√2 (1, 1)").expression == Tuple(1 / sqrt(2), 1 / sqrt(2))
    assert read("(1, 2) - 2(3, 4)").expression == Tuple(-5, -6)
    assert read("(1, 2)·(3, 4)").expression == 11
    assert read("|(3, 4)|").expression == 5
    assert read("-(1, 2)").expression == Tuple(-1, -2)


def test_plus_or_minus_is_two_answers() -> None:
    assert read("±2").expression == FiniteSet(2, -2)
    assert read("x = +-2", "x").expression == FiniteSet(Eq(x, 2), Eq(x, -2))
    assert read(r"(0, 0), (\pm 1, 0)").expression == Tuple(Tuple(0, 0), Tuple(1, 0), Tuple(-1, 0))
    assert read("1 ± √5").expression == FiniteSet(1 + sqrt(5), 1 - sqrt(5))
    assert read("x+-1", "x").expression == x - 1
    assert any("two answers" in note for note in read("±2").notes)


def test_an_exponent_reaches_as_far_as_its_braces() -> None:
    assert read("e^{2x}y", "x y").expression == exp(2 * x) * y
    assert read("x^10y", "x y").expression == x**10 * y
    assert read("x²y", "x y").expression == x**2 * y


def test_a_form_too_large_to_keep_as_typed_is_given_evaluated() -> None:
    reading = read("9^99^9%", "x")
    assert reading.written == reading.expression
