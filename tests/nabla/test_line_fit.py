"""Fitting a line by descent: it finds the least-squares line of the data, whatever line made them."""

from __future__ import annotations

import numpy as np
import pytest

from nabla.differences import central_gradient
from nabla.line_fit import fit_line, largest_line_rate, least_squares_line, line_loss, line_loss_gradient

X = np.linspace(0, 1, 50)
Y = 2 * X + 1 + 0.1 * np.random.default_rng(0).normal(size=50)


def test_the_fit_is_the_least_squares_line_and_not_the_line_that_made_the_data() -> None:
    w, b = fit_line(X, Y, learning_rate=0.5, steps=2000)
    assert (round(w, 5), round(b, 5)) == (2.11603, 0.95488)
    assert np.allclose((w, b), np.polyfit(X, Y, 1), atol=1e-13)
    assert np.allclose(least_squares_line(X, Y), np.polyfit(X, Y, 1), atol=1e-13)


def test_the_gradient_is_that_of_the_loss() -> None:
    for parameters in ((0.0, 0.0), (2.0, -1.0)):
        numerical = central_gradient(lambda p: line_loss(p, X, Y), parameters)
        assert np.allclose(line_loss_gradient(parameters, X, Y), numerical, atol=1e-8)


def test_above_the_largest_rate_the_fit_runs_away() -> None:
    limit = largest_line_rate(X)
    assert limit == pytest.approx(0.788, abs=5e-4)
    assert line_loss(fit_line(X, Y, 0.99 * limit, 3000), X, Y) < 0.02
    assert not line_loss(fit_line(X, Y, 1.01 * limit, 3000), X, Y) < 1e6


def test_data_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="same length"):
        fit_line([1, 2], [1, 2, 3], 0.1, 1)
    with pytest.raises(ValueError, match="no line is better"):
        least_squares_line([1, 1], [2, 3])
