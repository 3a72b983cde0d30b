"""Mistakes that any matrix of derivatives invites: turned round, entries dropped, a slip in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sympy import Expr, ImmutableMatrix, Integer, Symbol, latex

from autograder.problems.mistake import HALF, Mistake
from autograder.problems.slips import Slip, all_slips

ZERO = Integer(0)


def typeset_matrix(M: ImmutableMatrix) -> str:
    r"""Write a matrix in LaTeX.

    >>> typeset_matrix(ImmutableMatrix([[1, 2]]))
    '\\left[\\begin{matrix}1 & 2\\end{matrix}\\right]'
    """
    return str(latex(M, ln_notation=True))


def with_entries(M: ImmutableMatrix, entries: dict[tuple[int, int], Expr]) -> ImmutableMatrix:
    """Return a matrix with some entries changed.

    >>> with_entries(ImmutableMatrix([[1, 2], [3, 4]]), {(0, 1): Integer(7)})
    Matrix([
    [1, 7],
    [3, 4]])
    """
    return ImmutableMatrix(M.rows, M.cols, lambda i, j: entries.get((i, j), M[i, j]))


def order_mistakes(right: ImmutableMatrix) -> Iterator[Mistake]:
    """Yield a matrix turned round: rows for columns, the first row last.

    >>> [m.name for m in order_mistakes(ImmutableMatrix([[1, 2], [3, 4]]))]
    ['transposed', 'rows swapped', 'columns swapped']
    """
    if 1 not in right.shape:
        yield Mistake(
            "transposed",
            right.T,
            "Rows and columns are exchanged.",
            "Each row belongs to one function: its derivatives along the variables stand side by side.",
            HALF,
        )
    if right.rows > 1:
        yield Mistake(
            "rows swapped",
            ImmutableMatrix([right.row(i) for i in reversed(range(right.rows))]),
            "The rows are right, but in the wrong order.",
            "The first row belongs to the first function, and so on.",
            HALF,
        )
    if right.cols > 1:
        yield Mistake(
            "columns swapped",
            ImmutableMatrix(right.rows, right.cols, lambda i, j: right[i, right.cols - 1 - j]),
            "The columns are right, but in the wrong order.",
            "The first column belongs to the first variable, and so on.",
            HALF,
        )


def sign_mistakes(right: ImmutableMatrix, symmetric: bool = False) -> Iterator[Mistake]:
    """Yield wrong signs: of all entries, or of one (of a pair, in a symmetric matrix).

    >>> len(list(sign_mistakes(ImmutableMatrix([[1, 2], [2, 4]]), symmetric=True)))
    4
    """
    yield Mistake("all signs flipped", -right, "The sizes are right, and every sign is wrong.", "Go through the signs.")
    for i in range(right.rows):
        for j in range(i if symmetric else 0, right.cols):
            wrong = with_entries(right, {(i, j): -right[i, j]} | ({(j, i): -right[j, i]} if symmetric else {}))
            yield Mistake(
                f"sign flipped in row {i + 1}, column {j + 1}",
                wrong,
                f"The sign of the entry in row {i + 1}, column {j + 1} is wrong.",
                "Find that derivative once more, watching the signs.",
            )


def slip_mistakes(
    functions: Sequence[Expr],
    variables: Sequence[Symbol],
    right: ImmutableMatrix,
    finish: Callable[[Expr], Expr],
    symmetric: bool = False,
) -> Iterator[Mistake]:
    """Yield slips in differentiating the functions (a row each), everywhere and then in single entries.

    `finish` puts the point in, where there is one.

    >>> from sympy.abc import x, y
    >>> right = ImmutableMatrix([[y, x]])
    >>> [m.name for m in slip_mistakes([x * y], [x, y], right, lambda e: e)][:2]
    ['fixed factor dropped', 'fixed factor dropped in row 1, column 1']
    """
    for slip in all_slips():

        def entry(i: int, j: int, slip: Slip = slip) -> Expr:
            if symmetric and j < i and not slip.likely:
                return right[i, j]  # an unlikely slip is looked for on one side of the diagonal only
            return finish(slip.derivative(functions[i], variables[j]))

        wrong = ImmutableMatrix(right.rows, right.cols, entry)
        slipped = [(i, j) for i in range(right.rows) for j in range(right.cols) if wrong[i, j] != right[i, j]]
        if len(slipped) > 1:
            yield Mistake(
                slip.name, wrong, slip.says, "Differentiate again with this rule in hand.", likely=slip.likely
            )
        for i, j in slipped:
            entries = {(i, j): wrong[i, j]}
            if symmetric:
                entries[j, i] = wrong[i, j]
            yield Mistake(
                f"{slip.name} in row {i + 1}, column {j + 1}",
                with_entries(right, entries),
                slip.told_in(f"row {i + 1}, column {j + 1}"),
                "Find that derivative again.",
                likely=slip.likely,
            )
