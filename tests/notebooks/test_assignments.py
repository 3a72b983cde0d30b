"""The seven assignments: whole as files, and every known mistake of every exercise scored and named as it should be.

The questions that the chapters ask are walked through in the same way.
"""

from __future__ import annotations

import ast
import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.answers.kinds import Choice, Fitted
from autograder.check import check
from autograder.problems.given import Given
from autograder.problems.mistake import Mistake
from autograder.problems.personal import Personal
from autograder.problems.problem import CodeProblem
from autograder.problems.question import Question
from autograder.problems.wrapper import Wrapper

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir())
NUMBERS = ("Eight", "Nine", "Ten", "Eleven", "Twelve")
SOLUTION = re.compile(r"[ \t]*### BEGIN SOLUTION\n(.*?)[ \t]*### END SOLUTION\n?", re.DOTALL)
PAIRS = 2
"""So many pairs of mistakes are tried for each exercise, besides all single ones."""

SLIPS = [
    ("chain-rule", 9, "reached[i] += slope", "reached[i] = slope", "paths not added up"),
    ("chain-rule", 9, "(v[1], v[0])", "(v[0], v[1])", "a product passes on the wrong factor"),
    ("directional-derivatives", 9, "direction / np.linalg.norm(direction)", "direction", "direction not normalised"),
    ("directional-derivatives", 9, "/ (2 * h)", "/ h", "divided by one step instead of two"),
    ("gradient", 7, "f(point - step)) / (2 * h)", "f(point)) / h", "forward difference"),
    ("gradient", 7, "return slopes", "return slopes[::-1]", "components swapped"),
    ("gradient", 8, "np.full_like(X, 3.0), 2 * Y", "2 * Y, np.full_like(X, 3.0)", "components swapped"),
    ("gradient-descent", 9, "point - learning_rate", "point + learning_rate", "uphill"),
    ("gradient-descent", 10, "2 * np.mean", "np.mean", "factor 2 left out"),
]
"""Slips in code: in this exercise this piece of the solution becomes that one, and the mistake has this name."""


@dataclass(frozen=True)
class Asked:
    """A check cell that has run: the problem, the answer that stood there, and the score."""

    number: int
    problem: Question
    answer: Any
    points: float
    score: float

    @property
    def plain(self) -> Question:
        """The problem itself, without the student's name or earlier values."""
        inner: Any = self.problem
        while isinstance(inner, Wrapper):
            inner = inner.problem
        return inner


def read(folder: str, assignment: str) -> nbformat.NotebookNode:
    return nbformat.read(ROOT / folder / assignment / f"{assignment}.ipynb", as_version=4)


def cells(folder: str, assignment: str) -> dict[str, str]:
    return {cell.id: cell.source for cell in read(folder, assignment).cells}


def run(folder: str, assignment: str, changes: Mapping[str, str] | None = None) -> Iterator[Asked]:
    """Run the code cells in order, as one program, and yield what each check cell comes to. Pictures are not drawn."""
    names: dict[str, Any] = {}
    for cell in read(folder, assignment).cells:
        if cell.cell_type != "code" or cell.id.startswith("picture-"):
            continue
        source = (changes or {}).get(cell.id, cell.source)
        if not cell.id.startswith("check-"):
            exec(source, names)
            continue
        call = ast.parse(source, mode="eval").body
        assert isinstance(call, ast.Call)
        problem, answer = (eval(ast.unparse(part), names) for part in call.args)  # noqa: S307 - our own
        (points,) = (ast.literal_eval(word.value) for word in call.keywords)
        yield Asked(int(cell.id.removeprefix("check-")), problem, answer, points, check(problem, answer, points=points))


@cache
def solved(assignment: str) -> tuple[Asked, ...]:
    """What the instructor's own notebook comes to."""
    return tuple(run("source", assignment))


def as_asked(asked: Asked, student: str = "instructor") -> Question:
    """The problem as a student has it whose earlier parts are right."""
    match asked.problem:
        case Given(problem=problem):
            return problem.given(**{name: right for name, (_, right) in problem.earlier().items()})
        case Personal() as personal:
            return personal.for_student(student)
    return asked.problem


def share_of_right_parts(problem: Question, mistake: Mistake) -> Fraction:
    """The share of the points that the right components of a wrong answer earn by themselves."""
    fitted = problem.kind.fit(problem.pack(mistake.wrong), problem.letters)
    if not isinstance(fitted, Fitted):
        return Fraction(0)
    return problem.kind.compare(problem.key(), fitted.value, problem.domain).credit


def single_and_paired(problem: Question) -> list[Mistake]:
    """All single mistakes that the problem can tell apart, and a few pairs."""
    names = {mistake.name for mistake in problem.wrong_ways()}
    single = [mistake for mistake in problem.mistakes() if mistake.name in names]
    pairs = [mistake for mistake in problem.mistakes() if mistake.name not in names]
    return [*single, *random.Random(7).sample(pairs, min(PAIRS, len(pairs)))]


# -- as files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("assignment", NAMES)
class TestOneAssignment:
    def test_has_eight_to_twelve_exercises_of_every_sort(self, assignment):
        source = cells("source", assignment)
        exercises = [name for name in source if re.fullmatch(r"exercise-\d+", name)]
        assert exercises == [f"exercise-{number}" for number in range(1, len(exercises) + 1)]
        assert 8 <= len(exercises) <= 12
        text = "\n".join(source.values())
        assert ".given(" in text
        assert ".personal(student" in text
        assert any(name.startswith("picture-") for name in source)
        assert any(re.match(r"def \w+\(", source[name]) for name in source if name.startswith("answer-"))

    def test_ends_with_words_that_a_person_marks_by_a_rubric(self, assignment):
        by_hand = [
            c for c in read("source", assignment).cells if c.cell_type == "markdown" and c.metadata.nbgrader.grade
        ]
        assert len(by_hand) == 1
        (rubric,) = re.findall(r"Rubric\. (.*)", by_hand[0].source, re.DOTALL)
        parts = [int(points) for points in re.findall(r"(\d) points?:", rubric)]
        assert sum(parts) == by_hand[0].metadata.nbgrader.points

    def test_says_in_each_statement_the_points_that_its_cell_has(self, assignment):
        notebook = read("source", assignment)
        text = {cell.id: cell.source for cell in notebook.cells}
        points = {}
        for cell in notebook.cells:
            if cell.metadata.nbgrader.grade:
                points[cell.id.partition("-")[2]] = cell.metadata.nbgrader.points
                if cell.cell_type == "code":
                    assert cell.source.endswith(f", points={cell.metadata.nbgrader.points})")
        assert {n: int(re.search(r"^\*(\d) points", text[f"exercise-{n}"], re.MULTILINE)[1]) for n in points} == points
        count = NUMBERS[len(points) - 8]
        assert f"{count} exercises, {sum(points.values())} points" in text["title"]
        chapter = next((ROOT / "chapters").glob(f"0?-{assignment}.ipynb"))
        onward = nbformat.read(chapter, as_version=4).cells[-1].source
        assert f"release/{assignment}/{assignment}.ipynb): {count.lower()} of them" in onward

    def test_leaves_stubs_whose_every_line_stands_in_the_solution(self, assignment):
        source, release = cells("source", assignment), cells("release", assignment)
        assert list(source) == list(release)
        for name, text in source.items():
            if SOLUTION.search(text) and not re.search(r"^Rubric", text, re.MULTILINE):
                assert "..." in release[name]
                assert set(filter(None, release[name].splitlines())) <= set(text.splitlines())

    def test_gives_nothing_of_the_solution_to_the_student(self, assignment):
        source, release = cells("source", assignment), "\n".join(cells("release", assignment).values())
        kept = {line for text in source.values() for line in SOLUTION.sub("", text).splitlines()}
        given = set(release.splitlines()) - kept
        secret = {line for text in source.values() for part in SOLUTION.findall(text) for line in part.splitlines()}
        assert given & secret - {""} == set()


# -- as exercises ----------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("assignment", NAMES)
class TestAnswers:
    def test_of_the_instructor_score_full_marks(self, assignment):
        assert {asked.number: asked.score for asked in solved(assignment)} == {
            asked.number: asked.points for asked in solved(assignment)
        }

    def test_of_an_untouched_release_score_nothing_and_are_told_that_they_are_missing(self, assignment):
        asked = list(run("release", assignment))
        assert [(one.number, one.score) for one in asked] == [(one.number, 0.0) for one in solved(assignment)]
        assert {one.score.judgement.state for one in asked} == {"missing"}

    def test_with_a_known_mistake_score_what_is_right_in_them_and_are_told_its_name(self, assignment):
        told = 0
        for asked in solved(assignment):
            problem = as_asked(asked)
            if isinstance(asked.plain, CodeProblem):
                continue
            for mistake in single_and_paired(asked.plain):
                score = check(problem, mistake.wrong, points=asked.points)
                where = f"exercise {asked.number}: {mistake.name}, {mistake.wrong}"
                assert score.judgement.mistake == mistake.name, where
                assert mistake.says in score.judgement.says, where
                share = max(mistake.credit, share_of_right_parts(asked.plain, mistake))
                assert score == pytest.approx(asked.points * float(share)), where
                assert score < asked.points, where
                told += 1
        assert told > 40

    def test_to_a_picture_are_a_choice_wherever_a_type_offers_it(self, assignment):
        about_pictures = [asked.plain for asked in solved(assignment) if asked.plain.is_about_picture]
        assert all(isinstance(problem.kind, Choice) for problem in about_pictures)
        assert about_pictures or assignment == "gradient-descent"  # its choice is about the picture of a walk

    def test_of_the_second_part_follow_from_a_wrong_first_part(self, assignment):
        (second,) = (asked for asked in solved(assignment) if isinstance(asked.problem, Given))
        (earlier,) = (asked for asked in solved(assignment) if asked.number == second.number - 1)
        ((name, _),) = second.problem.values
        kind, _ = second.plain.earlier()[name]
        names, followed = {mistake.name for mistake in earlier.plain.wrong_ways()}, 0
        for mistake in earlier.plain.mistakes():
            problem = second.plain.given(**{name: mistake.wrong})
            if mistake.name in names:  # whatever stood in the first part, the second is judged
                assert check(problem, second.plain.mistakes()[0].wrong, points=second.points) <= second.points
            fitted = kind.fit(earlier.plain.pack(mistake.wrong), second.plain.letters)
            if followed < 3 and isinstance(fitted, Fitted) and problem.key_following(dict(problem.values)) is not None:
                answer = second.plain.follow(**{name: fitted.value})
                assert check(problem, answer, points=second.points) == second.points, mistake
                followed += 1
        assert followed == 3

    @pytest.mark.parametrize("student", ["ada", "bo"])
    def test_of_each_student_are_judged_on_their_own_problem(self, assignment, student):
        (asked,) = (asked for asked in solved(assignment) if isinstance(asked.problem, Personal))
        own = as_asked(asked, student)
        assert check(own, own.problem.key(), points=asked.points) == asked.points
        assert check(own, own.problem.mistakes()[0].wrong, points=asked.points) < asked.points
        assert own.problem != asked.plain


@pytest.mark.slow
@pytest.mark.parametrize(("assignment", "number", "old", "new", "mistake"), SLIPS)
def test_a_slip_in_code_is_told_its_name(assignment, number, old, new, mistake):
    source = cells("source", assignment)[f"answer-{number}"]
    assert old in source
    names: dict[str, Any] = {}
    exec("import numpy as np\n" + source.replace(old, new), names)
    (asked,) = (asked for asked in solved(assignment) if asked.number == number)
    score = check(asked.problem, names[re.match(r"def (\w+)", source)[1]], points=asked.points)
    assert score.judgement.mistake == mistake
    assert score < asked.points


@pytest.mark.parametrize("assignment", NAMES)
def test_every_exercise_that_is_answered_by_a_function_has_its_slips(assignment):
    checks = re.findall(r"check\(problem_(\d+), (\w+),", "\n".join(cells("source", assignment).values()))
    functions = {int(number) for number, answer in checks if not answer.startswith("answer_")}
    assert {number for name, number, *_ in SLIPS if name == assignment} == functions


@pytest.mark.slow
@pytest.mark.parametrize("assignment", NAMES)
def test_the_release_is_what_the_source_gives(assignment):
    from autograder.grading.course import Course
    from autograder.grading.nbgrader_release import release_notebook

    path = ROOT / "source" / assignment / f"{assignment}.ipynb"
    made = release_notebook(Course(ROOT), assignment, path)
    assert nbformat.reads(json.dumps(made), as_version=4) == read("release", assignment)


# -- and the questions of the chapters -------------------------------------------------------------------


def questions(chapter: Path) -> dict[str, Question]:
    """The problems that a chapter asks to be answered, by their names in it."""
    names: dict[str, Any] = {}
    asked = {}
    for cell in nbformat.read(chapter, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        for statement in ast.parse(cell.source).body:
            line = ast.unparse(statement)
            if isinstance(statement, ast.Import | ast.ImportFrom | ast.Assign | ast.FunctionDef) and not re.search(
                r"= explore\.", line
            ):
                exec(line, names)
        if found := re.search(r"^answer = \.\.\.\ncheck\((\w+), answer\)", cell.source):
            asked[found[1]] = names[found[1]]
    return asked


@pytest.mark.slow
@pytest.mark.parametrize("chapter", sorted((ROOT / "chapters").glob("*.ipynb")), ids=lambda path: path.stem)
def test_every_question_of_a_chapter_takes_right_answers_and_names_mistakes(chapter):
    asked = questions(chapter)
    assert asked
    for name, problem in asked.items():
        assert check(problem, problem.key()) == 1, name
        assert problem.mistakes(), name
        for mistake in single_and_paired(problem):
            score = check(problem, mistake.wrong)
            assert score < 1, f"{name}: {mistake}"
            assert score.judgement.mistake == mistake.name, f"{name}: {mistake}"
