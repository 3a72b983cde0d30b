"""Any Python value becomes one inert answer; a hostile one can do nothing but be refused."""

from __future__ import annotations

import functools
from decimal import Decimal
from fractions import Fraction as PythonFraction
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from sympy import Float, I, Integer, Matrix, Rational, S, Symbol, factor, nan, oo, sqrt, symbols

from autograder.answers import Equation, Function, Items, Missing, Refused, Scalar, Table, Text, Truth, of

x, y = symbols("x y")
one, two = Scalar(Integer(1)), Scalar(Integer(2))


@pytest.mark.parametrize(
    ("value", "expression"),
    [
        (5, Integer(5)),
        (0.5, Float(0.5)),
        (PythonFraction(1, 3), Rational(1, 3)),
        (Decimal("2.80"), Float(2.8)),
        (2j, 2.0 * I),
        (float("inf"), oo),
        (float("-inf"), -oo),
        (np.float64(2.5), Float(2.5)),
        (mpmath.mpf("2.5"), Float(2.5)),
        (mpmath.mpc(0, 2), Float(2) * I),
        (np.int64(3), Integer(3)),
        (np.array(3.0), Float(3.0)),
        (x**2 + y, x**2 + y),
        (S.Half, Rational(1, 2)),
        (sympy.Poly(x**2 + 1, x), x**2 + 1),
    ],
)
def test_a_number_or_an_expression_is_a_scalar(value: Any, expression: Any) -> None:
    assert of(value) == Scalar(expression)


def test_nan_is_kept() -> None:
    assert of(float("nan")) == Scalar(nan)


def test_symbols_are_the_same_when_their_names_are() -> None:
    positive, real = Symbol("x", positive=True), Symbol("y", real=True)
    assert of(positive + real * positive) == of(x + y * x)
    assert of(positive - x) == of(x - x)
    assert of(Symbol(r"\theta")) == of(Symbol("theta"))


def test_the_form_of_an_expression_is_kept() -> None:
    assert str(of(factor(2 * x + 2 * y)).expression) == "2*(x + y)"  # type: ignore[union-attr]
    assert of(sqrt(x**2)) != of(x)


def test_a_vector_is_known_however_it_is_written() -> None:
    assert of((1, 2)) == Items((one, two), "tuple")
    assert of([1, 2]) == Items((one, two), "list")
    assert of(Matrix([1, 2])) == Items((one, two), "column")
    assert of(Matrix([[1, 2]])) == Items((one, two), "row")
    assert of(np.array([1, 2])) == Items((one, two), "array")
    assert of({2, 1}) == of(frozenset({1, 2})) == Items((one, two), "set")
    assert of(sympy.FiniteSet(1, 2)) == Items((one, two), "set")
    assert of(sympy.Point(1, 2)) == of(sympy.Tuple(1, 2)) == Items((one, two), "tuple")
    assert of(Matrix([[1, 2], [2, 1]])) == Items((Items((one, two), "row"), Items((two, one), "row")), "column")


def test_other_answers_have_their_own_kinds() -> None:
    assert of({"a": 1}) == Table(((Text("a"), one),))
    assert of(sympy.Eq(x + y, 5)) == Equation(x + y, Integer(5))
    assert of(True) == of(np.bool_(True)) == of(S.true) == Truth(True)
    assert of("x^2") == Text("x^2")
    assert of(None) == Missing("none")
    assert of(...) == Missing("stub")
    assert of(len) == Function("len")
    assert of(lambda t: t) == Function("<lambda>")
    assert of(functools.partial(pow, 2)) == Function("pow")
    assert of(sympy.sin) == Function("sin")


class Sly(int):
    def __format__(self, form: str) -> str:
        raise SystemExit("a method of a hostile integer was called")


class Pair(tuple):
    def __iter__(self) -> Any:
        raise SystemExit("a method of a hostile tuple was called")


def with_part(cls: Any, slot: str, part: object) -> Any:
    """Return an object of a class of sympy's own that was put together by hand."""
    made = object.__new__(cls)
    setattr(made, slot, part)
    return made


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (object(), "an object of type object"),
        (int, "the class int itself"),
        (b"x", "bytes"),
        (x > 1, "an inequality"),
        (sympy.Sum(x, (x, 1, 3)), "Sum"),
        (sympy.Interval(0, 1), "Interval"),
        (Symbol("os.system('id')"), "a symbol with the name"),
        (10**5000, "too many digits"),
        ([0] * 100_000, "too many items"),
        (np.zeros((500, 500)), "too many items"),
        (sympy.Pow(9, sympy.Pow(9, sympy.Integer(9) ** 3, evaluate=False), evaluate=False), "too large"),
        (iter([]), "list_iterator"),
        (np.ma.array([1]), "MaskedArray"),
        (Decimal("1e100000"), "too many digits"),
        (np.zeros((1,) * 60), "nested too deeply"),
        (with_part(Integer, "p", Sly(7)), "made of type Sly"),
        (with_part(Integer, "p", "9**9"), "made of type str"),
        (with_part(sympy.Add, "_args", Pair((x, y))), "arguments of type Pair"),
        (with_part(sympy.Add, "_args", (x, object())), "an object of type object"),
    ],
    ids=lambda value: value if type(value) is str else type(value).__name__,
)
def test_what_is_no_answer_is_refused_in_words(value: Any, words: str) -> None:
    answer = of(value)
    assert isinstance(answer, Refused)
    assert words in answer.reason


def test_collections_that_contain_themselves_or_are_too_deep_are_refused() -> None:
    cycle: list[Any] = []
    cycle.append(cycle)
    assert of(cycle) == Refused("a collection that contains itself")
    mapping: dict[str, Any] = {}
    mapping["self"] = mapping
    assert isinstance(of(mapping), Refused)
    deep: list[Any] = []
    for _ in range(1000):
        deep = [deep]
    assert of(deep) == Refused("nested too deeply")
    expression = x
    for _ in range(200):
        expression = sympy.sin(expression)
    assert isinstance(of(expression), Refused)


def test_an_expression_that_doubles_with_every_step_is_refused() -> None:
    expression = x
    for _ in range(60):
        expression = sympy.Add(expression, expression, evaluate=False)
    assert isinstance(of(expression), Refused)


class Explosive:
    """Raises a system exit from every method that an unwary reader could call."""

    def _explode(self, *arguments: object, **options: object) -> Any:
        raise SystemExit("a method of a hostile object was called")

    __eq__ = __repr__ = __str__ = __hash__ = __len__ = __iter__ = __float__ = __int__ = _explode  # type: ignore[assignment]
    __bool__ = __index__ = __call__ = __getattr__ = __array__ = __complex__ = __add__ = _explode  # type: ignore[assignment]
    _sympy_ = sympify = __getitem__ = __contains__ = __format__ = __reduce__ = _explode
    __class__ = property(_explode)  # type: ignore[assignment]


def _hostile_subclasses() -> list[Any]:
    body = dict(Explosive.__dict__)
    made = []
    for base, arguments in ((str, ("x",)), (int, (1,)), (float, (1.0,)), (list, ()), (tuple, ()), (dict, ())):
        members = {name: value for name, value in body.items() if name not in ("__dict__", "__weakref__")}
        made.append(type(f"Sly{base.__name__}", (base,), members)(*arguments))
    return made


class SlyMeta(type):
    """A metaclass whose every hook explodes."""

    def _explode(cls, *arguments: object) -> Any:
        raise SystemExit("a method of a hostile metaclass was called")

    __hash__ = __eq__ = __instancecheck__ = __subclasscheck__ = __repr__ = __getattribute__ = _explode  # type: ignore[assignment]


class SlySymbol(sympy.Symbol):
    """A student's own subclass of a sympy class."""

    @property
    def name(self) -> Any:
        raise SystemExit("a property of a hostile symbol was called")


def test_a_hostile_object_can_do_nothing_but_be_refused() -> None:
    hostile = [Explosive(), *_hostile_subclasses()]
    for value in hostile:
        assert isinstance(of(value), Refused)
        assert isinstance(of([1, value]), Refused)
        assert isinstance(of({"a": value}), Refused)


def test_a_hostile_metaclass_is_never_asked() -> None:
    cls = SlyMeta("Sly", (), {})
    assert of(object.__new__(cls)) == Refused("an object of type Sly")


def test_a_class_that_claims_to_be_of_sympy_or_numpy_is_refused() -> None:
    for module in ("sympy.core.numbers", "numpy"):
        liar = type("Integer", (Explosive,), {"__module__": module})
        assert of(object.__new__(liar)) == Refused("an object of type Integer")


def test_a_subclass_of_a_sympy_class_is_refused() -> None:
    own = object.__new__(SlySymbol)
    assert of(own) == Refused("an object of type SlySymbol")
    assert isinstance(of(sympy.Add(x, type("Own", (sympy.Function,), {})(x))), Refused)


def test_an_array_of_hostile_objects_is_refused() -> None:
    array = np.empty(2, dtype=object)
    array[0] = Explosive()
    assert isinstance(of(array), Refused)
