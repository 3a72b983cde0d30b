"""Pictures that move under the hand, and still ones. Each is one line in a notebook, and takes your own f.

    from nabla import explore
    explore.gradient_on_contours(x**2 + 3*y**2, at=(1, 2))

matplotlib is loaded when the first picture is asked for, and widgets when the first is shown. To write an
explorer, read `nabla.explore.explorer` and then `nabla.explore.contours`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "gradient_on_contours": "contours",
    "gradient_field": "field",
    "gradient_picture": "arrows",
    "path_picture": "paths",
    "directional_derivative": "directional",
    "chain_rule": "bug",
    "fit_a_line": "fitting",
    "finite_difference_error": "difference_error",
    "level_sets": "levels",
    "linearization_error": "linearization",
    "gradient_descent": "descending",
    "optimiser_race": "race",
    "tangent_plane": "tangency",
    "level_surface": "isosurface",
    "critical_points": "critical",
    "lagrange": "touching",
    "image_gradient": "edges",
    "terrain": "relief",
    "chemotaxis": "swarm",
    "Explorer": "explorer",
    "Picture": "picture",
    "Choice": "controls",
    "Point2D": "controls",
    "Slider": "controls",
    "Toggle": "controls",
    "Window": "plane",
}

__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"nabla.explore.{_HOME[name]}"), name)
    raise AttributeError(f"module 'nabla.explore' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
