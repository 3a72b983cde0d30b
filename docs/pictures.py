"""Make the pictures that the README shows: `python docs/pictures.py`."""

from __future__ import annotations

from pathlib import Path

from sympy.abc import x, y

from nabla import explore


def main() -> None:
    """Write one frame of an explorer beside this file."""
    explorer = explore.gradient_on_contours(x**2 * y + 3 * y, at=(2, 1))
    (Path(__file__).parent / "gradient-on-contours.png").write_bytes(explorer.frame().picture.png)


if __name__ == "__main__":
    main()
