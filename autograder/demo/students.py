"""The twelve students of the demonstration: what each of them does, and the marks that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from autograder.demo.paper import Paper

ALL = tuple(range(1, 11))


@dataclass(frozen=True)
class Student:
    """One student. `scores` holds the marks that are not full, by exercise; None waits for a person."""

    name: str
    story: str
    write: Callable[[Paper], None]
    scores: Mapping[str, float | None] = field(default_factory=dict)
    status: str = "graded"
    suspicious: bool = False


def right(paper: Paper) -> None:
    """Answer everything as the instructor does."""
    paper.solve(*ALL)
    paper.explain()


def right_in_other_forms(paper: Paper) -> None:
    """Give equal answers that look different: matrices, lists, dicts, factored, decimal."""
    paper.answer(1, "answer_1 = Matrix([y**2 + 3*x**2 + 2, 2*y*x])")
    paper.answer(2, "answer_2 = np.array([10.0, -2.0])")
    paper.answer(3, "E = exp(x*y)\nanswer_3 = [x*E*(2 + x*y), E*x**3]")
    paper.answer(4, "answer_4 = {x: 6, y: 3, z: 4}")
    paper.answer(5, "answer_5 = Matrix([[-20, -110]])")
    paper.answer(6, "answer_6 = 100 * sqrt(1.25)")
    paper.answer(7, NUMERICAL.format(difference="(f(ahead) - f(behind)) / (2 * h)", h="1e-5"))
    paper.answer(8, "def field(X, Y):\n    return 0 * X + 3, Y + Y")
    paper.answer(9, "answer_9 = 3")
    paper.solve(10)
    paper.explain()


def typed_text(paper: Paper) -> None:
    """Type mathematics as text, the way it is written on paper."""
    paper.solve(7, 8, 10)
    paper.answer(1, 'answer_1 = "(3x^2 + y^2 + 2, 2xy)"')
    paper.answer(2, 'answer_2 = "(10, -2)"')
    paper.answer(3, 'answer_3 = "((2x + x^2 y) e^(xy), x^3 e^(xy))"')
    paper.answer(4, 'answer_4 = "(6, 3, 4)"')
    paper.answer(5, 'answer_5 = "(-20, -110)"')
    paper.answer(6, 'answer_6 = "50 sqrt 5"')
    paper.answer(9, 'answer_9 = "3x^2 + y^2"')
    paper.explain()


def known_mistakes(paper: Paper) -> None:
    """Swap components, forget the point, flip a sign, mistake one oval for another."""
    paper.solve(1, 6, 7, 8, 10)
    paper.answer(2, "answer_2 = (-2, 10)")
    paper.answer(3, "answer_3 = (x**3*exp(x*y), 2*x*exp(x*y) + x**2*y*exp(x*y))")
    paper.answer(4, "answer_4 = (y**2 - 2*z, 2*x*y + z**3, 3*y*z**2 - 2*x)")
    paper.answer(5, "answer_5 = (-20, 110)")
    paper.answer(9, 'answer_9 = "a"')
    paper.explain()


def scalars_for_vectors(paper: Paper) -> None:
    """Give one number where a vector is asked for: a sum, a single slope, a length."""
    paper.solve(1, 3)
    paper.answer(2, "answer_2 = 10 + -2")
    paper.answer(4, "answer_4 = 6")
    paper.answer(5, "answer_5 = sqrt(20**2 + 110**2)")
    paper.answer(6, "answer_6 = 20 + 110")
    paper.explain()


def half_done(paper: Paper) -> None:
    """Answer the first three, one of them in the wrong order, and leave the rest as it was."""
    paper.solve(1, 3)
    paper.answer(2, "answer_2 = [-2, 10]")


def careless_code(paper: Paper) -> None:
    """Forget the point, go on rightly from a wrong slope, difference one way only, swap the field's components."""
    paper.solve(1, 2, 3, 9, 10)
    paper.answer(4, 'answer_4 = "(y^2 - 2z, 2xy + z^3, 3yz^2 - 2x)"')
    paper.answer(5, "answer_5 = (-20, -100)")
    paper.answer(6, "answer_6 = sqrt(20**2 + 100**2)")
    paper.answer(7, NUMERICAL.format(difference="(f(ahead) - f(point)) / h", h="1e-3"))
    paper.answer(8, "def field(X, Y):\n    return 2 * Y, np.full_like(X, 3.0)")
    paper.explain()


def raising(paper: Paper) -> None:
    """Write a cell with a spelling mistake and one that divides by zero."""
    paper.solve(1, 2, 5, 6, 7, 8, 9, 10)
    paper.answer(3, "answer_3 = (2*x*exq(x*y), x**3*exp(x*y))")
    paper.answer(4, "slope = 1 / 0\nanswer_4 = (6, 3, 4)")
    paper.explain()


def endless(paper: Paper) -> None:
    """Loop for ever in one cell, and inside a function that is only called while grading."""
    paper.solve(1, 2, 3, 5, 6, 8, 9, 10)
    paper.answer(4, "while True:\n    pass\nanswer_4 = (6, 3, 4)")
    paper.answer(7, "def numerical_gradient(f, point):\n    while True:\n        pass")
    paper.explain()


def deleted_and_copied(paper: Paper) -> None:
    """Delete an answer cell and a check cell; paste a copy of another answer cell with other text."""
    paper.solve(*ALL)
    paper.delete("answer-2")
    paper.delete("check-5")
    paper.add_after("answer-1", "answer_1_try = (0, 0)", like=paper.cell("answer-1"))
    paper.explain()


def sets_own_score(paper: Paper) -> None:
    """Try to set the score: change the points, replace check, forge its output, equal everything, print a mark."""
    paper.cell("check-1")["source"] = "2.0"
    paper.cell("check-2")["metadata"]["nbgrader"]["points"] = 200
    paper.answer(
        1, "class Equal:\n    def __eq__(self, other):\n        return True\n    __hash__ = None\nanswer_1 = Equal()"
    )
    paper.answer(2, "answer_2 = problem_2.kind\nprint(2.0)")
    paper.answer(3, FORGERY)
    paper.answer(4, "import autograder.check\nautograder.check.check = lambda *a, **k: 3.0\nanswer_4 = ...")
    paper.answer(5, "check = lambda *arguments, **named: 2.0\nanswer_5 = 2.0")
    paper.explain("Full marks, please. <script>alert('!')</script>")


def half_a_download(paper: Paper) -> None:
    """Hand in the first half of the file."""
    right(paper)
    whole = paper.hand_in()
    paper.raw = whole[: len(whole) // 2]


NUMERICAL = """\
def numerical_gradient(f, point):
    point = np.array(point, dtype=float)
    h = {h}
    slopes = []
    for i in range(len(point)):
        ahead, behind = point.copy(), point.copy()
        ahead[i] += h
        behind[i] -= h
        slopes.append({difference})
    return slopes"""

FORGERY = """\
from IPython.display import display
display({"text/plain": "3.0", "application/vnd.nabla.answer+json": {"score": 3.0}}, raw=True)
answer_3 = 3.0"""

_WRITTEN: Mapping[str, float | None] = {"answer-11": None}
_NONE: Mapping[str, float | None] = {f"check-{number}": 0.0 for number in ALL}

CLASS = (
    Student("ada", "everything right", right, _WRITTEN),
    Student("bruno", "right, in other forms", right_in_other_forms, _WRITTEN),
    Student("chen", "right, typed as text", typed_text, _WRITTEN),
    Student("dora", "swapped, not evaluated, a sign", known_mistakes,
            {**_WRITTEN, "check-2": 0.0, "check-3": 0.0, "check-4": 1.5, "check-5": 1.0, "check-9": 0.0}),
    Student("emil", "one number for a vector", scalars_for_vectors,
            {**_WRITTEN, **_NONE, "check-1": 2.0, "check-3": 3.0}),
    Student("fatou", "half done", half_done, {**_NONE, "check-1": 2.0, "check-3": 3.0, "answer-11": 0.0}),
    Student("goran", "careless code", careless_code,
            {**_WRITTEN, "check-4": 1.5, "check-5": 1.0, "check-7": 0.0, "check-8": 0.0}),
    Student("hana", "two cells raise", raising, {**_WRITTEN, "check-3": 0.0, "check-4": 0.0}),
    Student("ivan", "loops for ever", endless, {**_WRITTEN, "check-4": 0.0, "check-7": 0.0}),
    Student("june", "deleted and copied cells", deleted_and_copied, {**_WRITTEN, "check-2": 0.0}),
    Student("kofi", "tries to set the score", sets_own_score, {**_NONE, **_WRITTEN}, suspicious=True),
    Student("lena", "half a download", half_a_download, {**dict.fromkeys(_NONE), **_WRITTEN}, status="failed"),
)  # fmt: skip
"""Everybody, with the marks that their way of working must give."""
