"""From space to paper: the direction we look from, and the box that a picture of space shows.

The projection is parallel, so parallel edges stay parallel and a true order from back to front is easy to find.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nabla.explore.plane import Floats


@dataclass(frozen=True)
class Camera:
    """A direction to look from, in degrees: `azimuth` counted from the x axis, `elevation` above the floor.

    >>> camera = Camera(azimuth=-90, elevation=0)
    >>> camera.flat(np.array([1.0, 5.0, 2.0])).round(9), round(float(camera.depth(np.array([1.0, -5.0, 2.0]))), 9)
    (array([1., 2.]), 5.0)
    """

    azimuth: float
    elevation: float

    @cached_property
    def towards(self) -> Floats:
        """The unit vector towards the eye."""
        a, e = np.radians([self.azimuth, self.elevation])
        return np.array([np.cos(e) * np.cos(a), np.cos(e) * np.sin(a), np.sin(e)])

    @cached_property
    def screen(self) -> Floats:
        """The unit vectors to the right and up on paper, as rows; shape (2, 3)."""
        a, e = np.radians([self.azimuth, self.elevation])
        right = [-np.sin(a), np.cos(a), 0.0]
        return np.array([right, [-np.sin(e) * np.cos(a), -np.sin(e) * np.sin(a), np.cos(e)]])

    @cached_property
    def light(self) -> Floats:
        """The unit vector towards the light, which stands above the viewer's left shoulder."""
        light = self.towards + self.screen.T @ np.array([-0.55, 0.75])
        return light / np.linalg.norm(light)

    def flat(self, places: Floats) -> Floats:
        """Return places on paper, shape (..., 2), of places in space, shape (..., 3)."""
        return places @ self.screen.T

    def depth(self, places: Floats) -> Floats:
        """Return how near to the eye places are, shape (...); more is nearer."""
        return places @ self.towards

    def brightness(self, corners: Floats) -> Floats:
        """Return from 0 to 1 how light falls on polygons, shape (n, k, 3) with k > 3; both sides are lit alike."""
        normals = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
        return self.brightness_of(normals)

    def brightness_of(self, normals: Floats) -> Floats:
        """Return from 0 to 1 how light falls on faces with these normals, shape (n, 3)."""
        with np.errstate(all="ignore"):
            normals = normals / np.linalg.norm(normals, axis=-1, keepdims=True)
        facing = np.where(normals @ self.towards < 0, -1.0, 1.0)
        return np.clip(np.nan_to_num(facing * (normals @ self.light), nan=0.5), 0, 1)


@dataclass(frozen=True)
class Cuboid:
    """The part of space that is shown, as its middle and its half widths; drawn `tall` times as high as wide.

    In the box's own coordinates x and y run from -1 to 1, and z from -`tall` to `tall`.

    >>> box = Cuboid(middle=(1.0, 2.0, 10.0), half=(0.5, 0.5, 4.0), tall=0.8)
    >>> box.inside(np.array([1.5, 2.0, 6.0]))
    array([ 1. ,  0. , -0.8])
    """

    middle: tuple[float, float, float]
    half: tuple[float, float, float]
    tall: float = 0.8

    @property
    def low(self) -> Floats:
        """The least x, y and z."""
        return np.array(self.middle) - self.half

    @property
    def high(self) -> Floats:
        """The greatest x, y and z."""
        return np.array(self.middle) + self.half

    @property
    def stretch(self) -> Floats:
        """What a unit along x, y and z is as long as in the box's own coordinates."""
        return np.array([1.0, 1.0, self.tall]) / self.half

    @property
    def height_scale(self) -> float:
        """By what heights are multiplied in the picture, against lengths along x."""
        return float(self.stretch[2] / self.stretch[0])

    def inside(self, places: Floats) -> Floats:
        """Return places in the box's own coordinates."""
        return (places - np.array(self.middle)) * self.stretch

    def normal(self, normal: Floats) -> Floats:
        """Return a normal as it stands on what is drawn: at right angles to the stretched surface, of length 1."""
        drawn = np.asarray(normal, dtype=float) / self.stretch
        return drawn / np.linalg.norm(drawn)
