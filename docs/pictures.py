"""Make the pictures of the README, and one sheet with every explorer: `python docs/pictures.py`."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import matplotlib as mpl
from PIL import Image, ImageDraw, ImageFont, ImageOps
from sympy import exp, sin
from sympy.abc import x, y, z

from nabla import explore
from nabla.explore.explorer import Explorer

HERE = Path(__file__).parent
VALLEY = x**2 + 10 * y**2
COLUMNS, CELL, HIGHEST, GAP, CAPTION = 4, 640, 530, 40, 56


def explorers() -> dict[str, Explorer]:
    """One of each kind, some twice, caught at a telling moment; those of one row are about as high."""
    shown: dict[str, Explorer] = {
        "Gradient on contours": explore.gradient_on_contours(x**2 * y + 3 * y, at=(2, 1)),
        "Gradient field": explore.gradient_field(x**2 - y**2 / 2 + x * y / 2, at=(1, 1)),
        "Level sets": explore.level_sets(x**2 + 3 * y**2, at=(1, 1)),
        "Lagrange": explore.lagrange(x * y, x**2 + 4 * y**2, 8),
        "Tangent plane": explore.tangent_plane(4 - x**2 / 2 - y**2 / 2, at=(1, 1)),
        "Level surface": explore.level_surface(x**2 + y**2 + z**2, at=(1, 2, 3)),
        "Critical points": explore.critical_points(x**2 - y**2),
        "Monkey saddle": explore.critical_points(),
        "Terrain": explore.terrain(),
        "Slope of the terrain": explore.terrain(),
        "Image gradient": explore.image_gradient(),
        "Chemotaxis": explore.chemotaxis(),
    }
    shown |= {
        "Chain rule": explore.chain_rule(x**2 * y),
        "Directional derivative": explore.directional_derivative(x**2 + 4 * y**2, at=(1, 1), along=(-1, 2)),
        "Gradient descent": explore.gradient_descent(VALLEY, learning_rate=0.092),
        "Momentum": explore.gradient_descent(VALLEY, learning_rate=0.03, momentum=0.8),
        "Optimiser race": explore.optimiser_race(VALLEY),
        "Fit a line": explore.fit_a_line(),
        "Finite differences": explore.finite_difference_error(exp(x) * sin(y)),
        "Linearization": explore.linearization_error(x**2 * y + 3 * y),
    }
    shown["Level sets"].update(everywhere=True)
    lagrange: Any = shown["Lagrange"]
    lagrange.update(place=lagrange.places_of("largest")[1])
    shown["Monkey saddle"].update(shape="monkey saddle")
    shown["Slope of the terrain"].update(map="slope", point=(-1.6, 0.2), view=(-120, 38))
    shown["Gradient descent"].update(step=30)
    shown["Momentum"].update(step=60)
    return shown


def sheet(pictures: dict[str, Image.Image]) -> Image.Image:
    """All pictures in rows, each under its name, as fine as at rest and made smaller."""
    items = [(name, ImageOps.contain(picture.convert("RGB"), (CELL, HIGHEST))) for name, picture in pictures.items()]
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
            paper.paste(picture, (left + (CELL - picture.width) // 2, top + CAPTION))
        top += height
    return paper


def main() -> None:
    """Write the pictures beside this file."""
    shown = explorers()
    (HERE / "gradient-on-contours.png").write_bytes(shown["Gradient on contours"].frame().picture.png)
    frames = {name: Image.open(io.BytesIO(each.frame().picture.png)) for name, each in shown.items()}
    sheet(frames).quantize(256, dither=Image.Dither.NONE).save(HERE / "explorers.png", optimize=True)


if __name__ == "__main__":
    main()
