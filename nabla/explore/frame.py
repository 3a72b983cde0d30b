"""What an explorer shows: a scene that can say itself in words, and a frame made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from nabla.explore.picture import Picture


class Scene(Protocol):
    """What a picture shows: a frozen dataclass of numbers that can say itself in words."""

    def describe(self) -> str:
        """One or two sentences with the current numbers."""


@dataclass(frozen=True)
class Frame:
    """One picture of an explorer, its words and the values of its inputs."""

    picture: Picture
    values: Mapping[str, float]

    @property
    def words(self) -> str:
        """The scene in words."""
        return self.picture.words
