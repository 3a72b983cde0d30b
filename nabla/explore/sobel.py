"""The gradient of a picture: brightness on a grid of pixels, and Sobel's way to its slopes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from nabla.explore.plane import Floats

ACROSS = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
"""Weights for the slope along a row; its transpose is for the slope along a column. (I. Sobel, G. Feldman, 1968.)"""
PER_PIXEL = 1 / 8
"""Sobel's sum is eight times the slope per pixel: 1 + 2 + 1 differences, each over two pixels."""


def sobel(picture: ArrayLike) -> tuple[Floats, Floats]:
    """Return Sobel's sums along the rows and along the columns, each of the picture's shape.

    Rows are counted upwards. Beyond its edges the picture goes on with the pixels at its edges. Whole numbers
    are made floats first.

    >>> across, up = sobel([[0, 0, 1, 1]] * 4)
    >>> across[1].tolist(), up[1].tolist()
    ([0.0, 4.0, 4.0, 0.0], [0.0, 0.0, 0.0, 0.0])
    """
    padded = np.pad(np.asarray(picture, dtype=float), 1, mode="edge")
    rows, columns = padded.shape[0] - 2, padded.shape[1] - 2
    across, up = np.zeros((rows, columns)), np.zeros((rows, columns))
    for i in range(3):
        for j in range(3):
            shifted = padded[i : i + rows, j : j + columns]
            across += ACROSS[i, j] * shifted
            up += ACROSS.T[i, j] * shifted
    return across, up


def neighbourhood(picture: Floats, column: int, row: int) -> Floats:
    """The nine pixels around one, shape (3, 3), the lowest row first; edges go on as in `sobel`.

    >>> neighbourhood(np.arange(9.0).reshape(3, 3), 0, 0).tolist()
    [[0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [3.0, 3.0, 4.0]]
    """
    rows, columns = (np.clip([k - 1, k, k + 1], 0, n - 1) for k, n in zip((row, column), picture.shape, strict=True))
    return picture[np.ix_(rows, columns)]


def built_in(size: int = 32) -> dict[str, Floats]:
    """Four pictures of `size` by `size` pixels, from 0 (black) to 1 (white), made by formulas.

    >>> {name: picture.shape for name, picture in built_in(16).items()}["disc"]
    (16, 16)
    """
    row, column = np.mgrid[0:size, 0:size] / size
    square = ((abs(column - 0.48) < 0.25) & (abs(row - 0.48) < 0.25)).astype(float)
    distance = np.hypot(column - 0.48, row - 0.48)
    noise = np.random.default_rng(0).normal(0, 0.09, square.shape)
    return {
        "white square": square,
        "disc": np.clip((0.33 - distance) * size + 0.5, 0, 1),
        "soft hill": np.exp(-12 * distance**2),
        "noisy square": np.clip(0.15 + 0.7 * square + noise, 0, 1),
    }
