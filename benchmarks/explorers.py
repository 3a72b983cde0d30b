"""Claim: a frame of an explorer is at least ten times as fast as the same scene drawn afresh by `interact`.

Afresh is what a notebook usually does: a callback makes a new figure with the same grid, contours, labels and marks,
and the inline backend encodes it. For two explorers and for all in space that is written out by hand, the latter on
matplotlib's 3-D axes; for the others it is the explorer's own drawing on a new figure (its grid of heights and its
compiled formulas are kept, which is in its favour). Ours is one move through the widget's own message path, to the
frame being ready to send. Both see the same moves in turn, interleaved, in one process.

Second claim: from the key press to changed pixels in the browser takes at most 1.7 times as long as a slider takes
that only changes a text label (`explorers_browser.py`).

    python benchmarks/explorers.py [--moves 100] [--presses 7] [--only NAME]
"""

from __future__ import annotations

import argparse
import copy
import json
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

import matplotlib as mpl

mpl.use("agg")
import matplotlib.pyplot as plt
import numpy as np
from explorers_browser import measure as in_the_browser
from IPython.core.pylabtools import print_figure
from sympy import exp, sin
from sympy.abc import x, y, z

from nabla import explore
from nabla.explore.explorer import Explorer

FORMULA = x**2 + 3 * y**2
VALLEY = x**2 + 10 * y**2
Inputs = dict[str, float]


def circle(name: str, radius: float = 2.0) -> Callable[[int], Inputs]:
    """Moves of a point round the origin."""
    return lambda k: {f"{name}.0": radius * np.cos(k / 7), f"{name}.1": radius * np.sin(k / 7)}


def sweep(name: str, low: float, high: float) -> Callable[[int], Inputs]:
    """Moves of a slider to and fro."""
    return lambda k: {f"{name}.0": low + (high - low) * (0.5 - 0.5 * np.cos(k / 9))}


def map_afresh(explorer: Any, labels: bool) -> tuple[Any, Any]:
    """A new figure with the contour map, as one writes it for `interact`."""
    _, axes = plt.subplots(figsize=(6.4, explorer.height / 100), dpi=100)
    window, levels = explorer.window, explorer.map.levels
    grid = np.meshgrid(np.linspace(window.left, window.right, 161), np.linspace(window.bottom, window.top, 121))
    heights = grid[0] ** 2 + 3 * grid[1] ** 2
    axes.contourf(*grid, heights, levels=levels, cmap="Blues", alpha=0.4, extend="both")
    lines = axes.contour(*grid, heights, levels=levels, colors="gray", linewidths=0.9)
    if labels:
        axes.clabel(lines, fontsize=9)
    axes.set(aspect="equal", xlabel="$x$", ylabel="$y$", title="$f(x, y) = x^2 + 3y^2$")
    return axes, (grid, heights)


def contours_afresh(explorer: Any) -> str:
    axes, (grid, heights) = map_afresh(explorer, labels=True)
    px, py = explorer.state["point"]
    slope = np.array([2 * px, 6 * py])
    axes.contour(*grid, heights, levels=[px**2 + 3 * py**2], colors="C0", linewidths=2)
    along = np.array([-slope[1], slope[0]]) / np.hypot(*slope)
    axes.plot([px - along[0], px + along[0]], [py - along[1], py + along[1]], "k--", lw=1.3)
    axes.quiver(px, py, *(slope / 10), angles="xy", scale_units="xy", scale=1, color="C1")
    axes.plot(px, py, "ko")
    axes.text(px + slope[0] / 9, py + slope[1] / 9, "∇f", color="C1")
    return encoded(axes)


def field_afresh(explorer: Any) -> str:
    axes, _ = map_afresh(explorer, labels=False)
    places = explorer.scene_now.places.T
    axes.quiver(*places, 2 * places[0], 6 * places[1], angles="xy", pivot="mid", color="gray")
    px, py = explorer.state["probe"]
    axes.quiver(px, py, px / 5, 6 * py / 10, angles="xy", scale_units="xy", scale=1, color="C1")
    axes.plot(px, py, "ko")
    return encoded(axes)


def drawn_afresh(explorer: Explorer) -> str:
    """The explorer's own drawing on a figure that has not been drawn before."""
    twin = copy.copy(explorer)
    for kept in ("canvas", "_artists", "view"):
        vars(twin).pop(kept, None)
    figure = twin.figure
    twin.show(twin.scene_now)
    return str(print_figure(figure, fmt="png", bbox_inches="tight", base64=True))


def space_afresh(explorer: Any, surface: tuple[Any, Any, Any]) -> tuple[Any, Any, Any]:
    """A new figure with a surface in 3-D and two flat companions."""
    figure = plt.figure(figsize=(6.4, explorer.height / 100), dpi=100)
    space = figure.add_axes((0, 0, 0.65, 0.95), projection="3d")
    space.plot_surface(*surface, cmap="Blues", edgecolor="gray", linewidth=0.3)
    azimuth, elevation = explorer.state["view"]
    space.view_init(elev=elevation, azim=azimuth)
    space.set(xlabel="$x$", ylabel="$y$", zlabel="$z$")
    return space, figure.add_axes((0.7, 0.5, 0.28, 0.4)), figure.add_axes((0.7, 0.1, 0.28, 0.3))


def square(middle: Any, reach: float, count: int = 40) -> tuple[Any, Any]:
    side = np.linspace(-reach, reach, count)
    return tuple(np.meshgrid(middle[0] + side, middle[1] + side))


def tangent_afresh(explorer: Any) -> str:
    scene = explorer.scene_now
    u, v = square(scene.point, scene.reach)
    space, above, errors = space_afresh(explorer, (u, v, explorer.f.values(u, v)))
    space.plot_surface(u, v, scene.plane(u, v), color="purple", alpha=0.4)
    space.quiver(*scene.point, scene.height, *scene.normal, length=0.5, normalize=True, color="C1")
    above.contour(u, v, explorer.f.values(u, v), 10, colors="C0")
    above.contour(u, v, scene.plane(u, v), 10, colors="purple", linestyles="dashed")
    reaches = explorer.reach / 2 ** np.linspace(0, 6, 25)
    errors.loglog(reaches, explorer._errors(scene.point, reaches), "k")
    errors.loglog([scene.reach], [scene.error], "ko")
    return encoded(space)


def level_surface_afresh(explorer: Any) -> str:
    """A sphere by its angles: a notebook that can do other level surfaces needs marching cubes and is slower."""
    scene, (theta, phi) = explorer.scene_now, np.meshgrid(np.linspace(0, np.pi, 30), np.linspace(0, 2 * np.pi, 40))
    u, v, w = np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi), np.cos(theta)
    radius, (px, py, pz) = np.sqrt(scene.value), scene.point
    space, above, front = space_afresh(explorer, (radius * u, radius * v, radius * w))
    s, t = square((px, py), 1.5, 12)
    space.plot_surface(s, t, pz - (px * (s - px) + py * (t - py)) / pz, color="purple", alpha=0.4)
    space.quiver(px, py, pz, *scene.gradient, length=0.3, color="C1")
    a, b = square((0, 0), explorer.reach)
    above.contour(a, b, a**2 + b**2 + pz**2, 8, colors="gray")
    above.contour(a, b, a**2 + b**2 + pz**2, levels=[scene.value], colors="C0")
    front.contour(a, b, a**2 + b**2 + py**2, 8, colors="gray")
    front.contour(a, b, a**2 + b**2 + py**2, levels=[scene.value], colors="C0")
    above.quiver(px, py, 2 * px, 2 * py, color="C1")
    front.quiver(px, pz, 2 * px, 2 * pz, color="C1")
    return encoded(space)


def graph_afresh(explorer: Any, ways: Any) -> str:
    """A graph with curves on it, its contour map, and the curves from the side."""
    u, v = square((0, 0), explorer.window.right)
    f = next(iter(explorer.maps.values())).f if hasattr(explorer, "maps") else explorer.f
    space, above, beside = space_afresh(explorer, (u, v, f.values(u, v)))
    above.contour(u, v, f.values(u, v), 12, colors="gray")
    for way in ways:
        heights = f.values(*way.T)
        space.plot(*way.T, heights, color="C1", lw=2)
        above.plot(*way.T, color="C1", lw=2)
        beside.plot(np.linspace(0, 1, len(heights)), heights)
    above.plot(*explorer.state["point"], "ko")
    return encoded(space)


def critical_afresh(explorer: Any) -> str:
    scene, along = explorer.scene_now, np.linspace(-0.8, 0.8, 40)[:, None]
    return graph_afresh(explorer, [np.array(scene.point) + along * each for each in scene.directions])


def terrain_afresh(explorer: Any) -> str:
    return graph_afresh(explorer, [explorer.scene_now.way])


def turn(k: int) -> Inputs:
    """Moves that turn the view."""
    return {"view.0": 60 * np.sin(k / 9) - 60, "view.1": 30 + 15 * np.sin(k / 5)}


def encoded(axes: Any) -> str:
    """What the inline backend makes of a figure and sends."""
    png = print_figure(axes.figure, fmt="png", bbox_inches="tight", base64=True)
    plt.close(axes.figure)
    return str(png)


def milliseconds(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


def moved(explorer: Explorer, inputs: Inputs) -> None:
    """One move, as it arrives from the browser."""
    message = {"data": {"method": "custom", "content": {"inputs": inputs, "request": "benchmark"}}}
    explorer.view._handle_msg({"content": message, "buffers": []})
    if explorer.error is not None:
        raise explorer.error


def measure(make: Callable[[], Any], move: Callable[[int], Inputs], afresh: Any, moves: int) -> dict[str, float]:
    """Medians over the moves, and what the first picture costs, each beside the naive version."""
    explorer = make()
    afresh(explorer)  # fonts and caches are warm for both
    explorer.frame()
    drawn_once = statistics.median(milliseconds(lambda: afresh(explorer)) for _ in range(5))
    first = statistics.median(milliseconds(lambda: make().frame()) for _ in range(5))
    moved(explorer, move(0))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    naive, ours = [], []
    for k in range(1, moves + 1):
        ours.append(milliseconds(lambda k=k: moved(explorer, move(k))))
        naive.append(milliseconds(lambda: afresh(explorer)))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024
    slow, fast = statistics.median(naive), statistics.median(ours)
    ratio = slow / fast
    return {"naive": slow, "ours": fast, "speedup": ratio, "first": first / drawn_once, "grown": grown}


SCENES: dict[str, tuple[Callable[[], Explorer], Callable[[int], Inputs], Any]] = {
    "gradient on contours": (lambda: explore.gradient_on_contours(FORMULA), circle("point"), contours_afresh),
    "gradient field": (lambda: explore.gradient_field(FORMULA), circle("probe"), field_afresh),
    "directional derivative": (
        lambda: explore.directional_derivative(FORMULA),
        sweep("angle", -180, 180),
        drawn_afresh,
    ),
    "level sets": (lambda: explore.level_sets(FORMULA), sweep("along", 0, 100), drawn_afresh),
    "gradient descent": (lambda: explore.gradient_descent(VALLEY), circle("start", 5), drawn_afresh),
    "optimiser race": (lambda: explore.optimiser_race(VALLEY), sweep("step", 0, 100), drawn_afresh),
    "chain rule": (lambda: explore.chain_rule(x**2 * y), sweep("t", 0, 6), drawn_afresh),
    "fit a line": (lambda: explore.fit_a_line(), sweep("step", 0, 100), drawn_afresh),
    "finite differences": (
        lambda: explore.finite_difference_error(exp(x) * sin(y)),
        sweep("h", -14, 0),
        drawn_afresh,
    ),
    "tangent plane": (lambda: explore.tangent_plane(FORMULA), turn, tangent_afresh),
    "level surface": (lambda: explore.level_surface(x**2 + y**2 + z**2), turn, level_surface_afresh),
    "critical points": (lambda: explore.critical_points(x**2 - y**2), circle("point", 1), critical_afresh),
    "terrain": (lambda: explore.terrain(), circle("point", 1.5), terrain_afresh),
    "lagrange": (lambda: explore.lagrange(x * y, x**2 + 4 * y**2, 8), sweep("place", 0, 100), drawn_afresh),
    "chemotaxis": (lambda: explore.chemotaxis(), sweep("step", 0, 100), drawn_afresh),
    "image gradient": (lambda: explore.image_gradient(), sweep("pixel", 4, 28), drawn_afresh),
    "linearization": (lambda: explore.linearization_error(x**2 * y + 3 * y), sweep("h", -4, 0), drawn_afresh),
}


CELLS = {
    "gradient on contours": "gradient_on_contours(x**2 + 3*y**2)",
    "gradient field": "gradient_field(x**2 + 3*y**2)",
    "directional derivative": "directional_derivative(x**2 + 3*y**2)",
    "level sets": "level_sets(x**2 + 3*y**2)",
    "gradient descent": "gradient_descent(x**2 + 10*y**2)",
    "optimiser race": "optimiser_race(x**2 + 10*y**2)",
    "chain rule": "chain_rule(x**2 * y)",
    "fit a line": "fit_a_line()",
    "finite differences": "finite_difference_error(exp(x) * sin(y))",
    "tangent plane": "tangent_plane(x**2 + 3*y**2)",
    "level surface": "level_surface(x**2 + y**2 + z**2)",
    "critical points": "critical_points(x**2 - y**2)",
    "terrain": "terrain()",
    "lagrange": "lagrange(x*y, x**2 + 4*y**2, 8)",
    "chemotaxis": "chemotaxis()",
    "image gradient": "image_gradient()",
    "linearization": "linearization_error(x**2 * y + 3*y)",
}
"""The same explorers as a notebook shows them."""
IN_SPACE = ("tangent plane", "level surface", "critical points", "terrain")


def main() -> None:
    parser = argparse.ArgumentParser(description="Time a frame of every explorer against a fresh figure.")
    parser.add_argument("--moves", type=int, default=100)
    parser.add_argument("--only", choices=SCENES, action="append", help="measure this one (may be repeated)")
    parser.add_argument("--presses", type=int, default=7, help="key presses in the browser; 0 leaves it out")
    given = parser.parse_args()
    print(f"{'explorer':24}{'afresh':>10}{'ours':>10}{'faster':>10}{'first picture':>16}{'memory':>10}")
    rows = {}
    for name in given.only or SCENES:
        make, move, afresh = SCENES[name]
        row = rows[name] = measure(make, move, afresh, given.moves)
        print(
            f"{name:24}{row['naive']:>7.1f} ms{row['ours']:>7.1f} ms{row['speedup']:>9.1f}x"
            f"{row['first']:>15.2f}x{row['grown']:>+6.1f} MB",
            flush=True,
        )
    speedups = [row["speedup"] for row in rows.values()]
    headline = {"explorers": len(rows), "speedup_median": round(statistics.median(speedups), 1)}
    if in_space := [row["speedup"] for name, row in rows.items() if name in IN_SPACE]:
        headline["speedup_3d"] = round(statistics.median(in_space), 1)
    if given.presses:
        headline["browser_over_floor"] = browser(list(rows), given.presses)
    print(json.dumps(headline))


def browser(names: list[str], presses: int) -> float:
    """Measure and print key press to changed pixels; return the median over explorers of its ratio to the floor."""
    laps = in_the_browser({name: f"explore.{CELLS[name]}" for name in names}, presses)
    print(f"\n{'key to pixels':24}{'ours':>10}{'floor':>10}{'ratio':>10}")
    for name, (ours, floor) in laps.items():
        print(f"{name:24}{ours:>7.0f} ms{floor:>7.0f} ms{ours / floor:>9.2f}x")
    return round(statistics.median(ours / floor for ours, floor in laps.values()), 2)


if __name__ == "__main__":
    main()
