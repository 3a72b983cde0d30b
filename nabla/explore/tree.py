"""Still picture: the tree diagram of the chain rule, with the ways down to one variable marked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle

from nabla.explore import style
from nabla.explore.album import kept_in_album
from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.picture import Picture

Route = tuple[str, ...]

_ROW, _MARGIN = 118, 46
"""Pixels between two levels of the tree, and around it."""
_NODE = 19
"""Radius of a node in pixels."""


@dataclass(frozen=True)
class TreeScene:
    """A tree of dependencies: below each variable those that it depends on; and the ways down that are marked.

    `counted` holds the ways that an answer counts; without it every way down to `by` is shown as one that counts.
    """

    tree: Mapping[str, Sequence[str]]
    top: str
    by: tuple[str, ...]
    counted: frozenset[Route] | None = None

    @property
    def nodes(self) -> tuple[Route, ...]:
        """Every node, named by its way from the top: a variable that is reached twice is drawn twice."""
        return tuple(_unfolded(self.tree, (self.top,)))

    @property
    def ways(self) -> tuple[Route, ...]:
        """The nodes that end at a variable by which we differentiate."""
        return tuple(node for node in self.nodes if node[-1] in self.by and len(node) > 1)

    @property
    def missing(self) -> tuple[Route, ...]:
        """The ways that an answer does not count."""
        return () if self.counted is None else tuple(way for way in self.ways if way not in self.counted)

    def describe(self) -> str:
        """The tree, then its ways."""
        depend = "; ".join(f"{above} depends on {_listed(below)}" for above, below in self.tree.items() if below)
        ways = ", ".join(" → ".join(way) for way in self.ways)
        count = f"{len(self.ways)} way{'s' * (len(self.ways) != 1)}"
        said = f"Tree diagram: {depend}. {count} from {self.top} down to {_listed(self.by)}: {ways}."
        if self.counted is None:
            return said
        if not self.missing:
            return f"{said} Your answer counts all of them."
        return f"{said} Missing in your answer (dashed): {', '.join(' → '.join(way) for way in self.missing)}."


@kept_in_album
def tree_picture(
    tree: Mapping[str, Sequence[str]], top: str, by: Iterable[str], counted: Collection[Route] | None = None
) -> Picture:
    """Return the picture of a tree of dependencies, with the ways down to `by` drawn strongly.

    `tree` lists below each name the names that it depends on. With `counted`, the ways that an answer counts, the
    others are dashed and said to be missing. Raises `ValueError` for more than 40 nodes.

    >>> tree_picture({"z": ("x", "y"), "x": ("t",), "y": ("t",)}, "z", ["t"]).words
    'Tree diagram: z depends on x and y; x depends on t; y depends on t. 2 ways from z down to t: ...'
    """
    scene = TreeScene(tree, top, tuple(by), None if counted is None else frozenset(counted))
    if len(scene.nodes) > 40:
        raise ValueError(f"a tree of {len(scene.nodes)} nodes is too large to be read")
    said = scene.describe()
    return Picture(_drawn(scene), said, WIDTH, said)


def _unfolded(tree: Mapping[str, Sequence[str]], way: Route) -> Iterable[Route]:
    yield way
    for child in tree.get(way[-1], ()):
        if child in way:
            raise ValueError(f"{child} depends on itself")
        yield from _unfolded(tree, (*way, child))


def _places(nodes: Sequence[Route], height: float) -> dict[Route, tuple[float, float]]:
    """Pixels: the leaves evenly spread, every other node above the middle of its children."""
    leaves = [node for node in nodes if not any(other[:-1] == node for other in nodes)]
    step = (WIDTH - 2 * _MARGIN) / max(1, len(leaves))
    across = {leaf: _MARGIN + step * (i + 0.5) for i, leaf in enumerate(leaves)}
    for node in sorted(nodes, key=len, reverse=True):
        if node not in across:
            below = [across[other] for other in nodes if other[:-1] == node]
            across[node] = (min(below) + max(below)) / 2
    return {node: (across[node], height - _MARGIN - _ROW * (len(node) - 1)) for node in nodes}


def _drawn(scene: TreeScene) -> bytes:
    height = round(2 * _MARGIN + _ROW * (max(map(len, scene.nodes)) - 1))
    canvas = Canvas(height)
    axes = canvas.figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(0, height))
    axes.set_axis_off()
    places = _places(scene.nodes, height)
    for node in scene.nodes[1:]:
        _branch(axes, scene, node, places)
    for node, place in places.items():
        _node(axes, node, place, strong=any(way[: len(node)] == node for way in scene.ways))
    return canvas.frame([], scale=2)


def _branch(axes: Axes, scene: TreeScene, node: Route, places: Mapping[Route, tuple[float, float]]) -> None:
    (x0, y0), (x1, y1) = places[node[:-1]], places[node]
    over = [way for way in scene.ways if way[: len(node)] == node]
    look: dict[str, Any] = {"color": style.HAIRLINE, "lw": 1.2}
    if over:
        gone = all(way in scene.missing for way in over)
        look = {"color": style.GRADIENT, "lw": 2.2, "ls": (0, (3, 2))} if gone else {"color": style.CONTOUR, "lw": 2.6}
    axes.plot([x0, x1], [y0, y1], zorder=1, **look)
    d = "d" if len(scene.tree[node[-2]]) == 1 else r"\partial "
    label = rf"$\frac{{{d}{_math(node[-2])}}}{{{d}{_math(node[-1])}}}$"
    box = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.5}
    place: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 2}
    color = style.INK if over else style.FAINT
    axes.text((x0 + x1) / 2, (y0 + y1) / 2, label, fontsize=style.TITLE + 2, color=color, bbox=box, **place)


def _node(axes: Axes, node: Route, place: tuple[float, float], *, strong: bool) -> None:
    edge = style.INK if strong else style.HAIRLINE
    axes.add_patch(Circle(place, _NODE, facecolor=style.PAPER, edgecolor=edge, lw=2 if strong else 1.2, zorder=3))
    color = style.INK if strong else style.FAINT
    axes.text(*place, f"${_math(node[-1])}$", fontsize=style.TITLE, color=color, ha="center", va="center", zorder=4)


def _math(name: str) -> str:
    return name if len(name) == 1 else rf"\mathrm{{{name.replace('_', ' ')}}}"


def _listed(names: Sequence[str]) -> str:
    *front, end = names
    return f"{', '.join(front)} and {end}" if front else end
