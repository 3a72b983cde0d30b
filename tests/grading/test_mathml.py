"""Simple TeX becomes MathML, and all other TeX stays as it was."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from nbconvert.filters import markdown2html

from autograder.grading.mathml import mathml, typeset
from autograder.problems import Gradient, GradientAt, GradientField, NumericalGradient

SOURCE = Path(__file__).parents[2] / "source"
FORMULA = re.compile(r"(?<!\\)\$[^$\n]+\$|\$\$[^$]+\$\$")


@pytest.mark.parametrize("problem", [Gradient, GradientAt, GradientField, NumericalGradient])
@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_statement_is_typeset_whole(problem, level):
    for seed in range(5):
        text = typeset(str(problem.variant(seed, level).statement()))
        assert "$" not in text.replace("`", "")


@pytest.mark.parametrize("path", sorted(SOURCE.glob("*/*.ipynb")), ids=lambda path: path.stem)
def test_every_text_of_an_assignment_is_typeset_whole(path):
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            assert not FORMULA.search(typeset("".join(cell["source"])))


@pytest.mark.parametrize(
    "tex",
    [r"\frac{x^{2}}{\sqrt{y + 1}}", r"\left(2,\ -1\right)", r"\nabla f = e^{x y} \sin{\left(x \right)}", "x_1^2",
     r"\operatorname{atan}{\left(y \right)}",
     r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", r"45^\circ \iff \lim_{h \to 0} h",
     r"\bar p = \sum_{i=1}^{n} \hat{x}_i",
     r"\left|x\right|", "a < b & c".replace(" & c", "")],
)  # fmt: skip
def test_what_comes_out_is_well_formed(tex):
    ElementTree.fromstring(mathml(tex).replace("&nbsp;", " "))


@pytest.mark.parametrize(
    "tex", [r"\href{javascript:1}{x}", r"\begin{cases} x \end{cases}", "{x", r"\left(x", "x}", r"\frac{x}", "^"]
)
def test_other_tex_is_left_alone(tex):
    assert typeset(f"${tex}$") == f"${tex}$"


def test_a_minus_is_a_sign_where_nothing_stands_before_it():
    signs = {"-x": 1, "a = -x": 1, "(-x)": 1, "a - x": 0, "(a) - x": 0, "[a] - x": 0, "|a| - x": 0, "a^{-x}": 1}
    assert {tex: mathml(tex).count('form="prefix"') for tex in signs} == signs


def test_brackets_grow_with_a_fraction_and_not_with_an_exponent():
    assert "stretchy" not in mathml(r"\left(\frac{1}{2}\right)")
    assert mathml(r"f\left(x^2\right)").count('stretchy="false"') == 2


def test_nothing_of_a_formula_reaches_the_page_as_html():
    assert "<script" not in mathml("<script>alert(1)</script>")
    assert "<em>" not in markdown2html(typeset("$a * b * c$"))


def test_two_dollar_signs_in_different_paragraphs_are_no_formula():
    assert typeset("<p>5$</p><p>6$</p>") == "<p>5$</p><p>6$</p>"


def test_no_text_of_a_student_stops_the_page():
    for text in ("$" + "{" * 50_000 + "$", " ".join("`" * n for n in range(300, 0, -1)), "$" * 50_001):
        assert typeset(text) == text


def test_code_ends_with_as_many_ticks_as_it_began_with():
    assert typeset("``a ` $x$`` $y$ `$z$`") == "``a ` $x$`` <math><mi>y</mi></math> `$z$`"
