"""Make the pictures of the README, and one sheet with every explorer: `python docs/pictures.py`."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib as mpl
from PIL import Image, ImageDraw, ImageFont
from sympy import exp, sin
from sympy.abc import x, y, z

from nabla import explore
from nabla.explore.explorer import Explorer

HERE = Path(__file__).parent
VALLEY = x**2 + 10 * y**2
COLUMNS, CELL, GAP, CAPTION = 4, 640, 40, 56


def explorers() -> dict[str, Explorer]:
    """One of each kind, caught at a telling moment."""
    shown: dict[str, Explorer] = {
        "Gradient on contours": explore.gradient_on_contours(x**2 * y + 3 * y, at=(2, 1)),
        "Gradient field": explore.gradient_field(x**2 - y**2 / 2 + x * y / 2, at=(1, 1)),
        "Level sets": explore.level_sets(x**2 + 3 * y**2, at=(1, 1)),
        "Directional derivative": explore.directional_derivative(x**2 + 4 * y**2, at=(1, 1), along=(-1, 2)),
        "Chain rule": explore.chain_rule(x**2 * y),
        "Gradient descent": explore.gradient_descent(VALLEY, learning_rate=0.092),
        "Momentum": explore.gradient_descent(VALLEY, learning_rate=0.03, momentum=0.8),
        "Optimiser race": explore.optimiser_race(VALLEY),
        "Fit a line": explore.fit_a_line(),
        "Finite differences": explore.finite_difference_error(exp(x) * sin(y)),
        "Linearization": explore.linearization_error(x**2 * y + 3 * y),
    }
    shown |= {
        "Tangent plane": explore.tangent_plane(4 - x**2 / 2 - y**2 / 2, at=(1, 1)),
        "Level surface": explore.level_surface(x**2 + y**2 + z**2, at=(1, 2, 3)),
        "Critical points": explore.critical_points(),
        "Lagrange": explore.lagrange(x * y, x**2 + 4 * y**2, 8),
        "Image gradient": explore.image_gradient(),
    }
    shown["Level sets"].update(everywhere=True)
    shown["Gradient descent"].update(step=30)
    shown["Momentum"].update(step=60)
    return shown


def sheet(pictures: dict[str, Image.Image]) -> Image.Image:
    """All pictures in rows, each under its name."""
    items = list(pictures.items())
    rows = [items[i : i + COLUMNS] for i in range(0, len(items), COLUMNS)]
    heights = [CAPTION + max(picture.height for _, picture in row) + GAP for row in rows]
    paper = Image.new("RGB", (COLUMNS * (CELL + GAP) + GAP, sum(heights) + GAP), "white")
    font = ImageFont.truetype(str(Path(mpl.get_data_path()) / "fonts/ttf/DejaVuSans-Bold.ttf"), 24)
    draw, top = ImageDraw.Draw(paper), GAP
    for row, height in zip(rows, heights, strict=True):
        for column, (name, picture) in enumerate(row):
            left = GAP + column * (CELL + GAP)
            draw.text((left + 6, top + 12), name, fill="#1f2933", font=font)
            draw.line((left, top, left + CELL, top), fill="#8fa3b5", width=2)
            paper.paste(picture, (left, top + CAPTION))
        top += height
    return paper


def main() -> None:
    """Write the pictures beside this file."""
    shown = explorers()
    (HERE / "gradient-on-contours.png").write_bytes(shown["Gradient on contours"].frame().picture.png)
    frames = {name: Image.open(io.BytesIO(each.frame(1).picture.png)) for name, each in shown.items()}
    sheet(frames).quantize(256, dither=Image.Dither.NONE).save(HERE / "explorers.png", optimize=True)


if __name__ == "__main__":
    main()
