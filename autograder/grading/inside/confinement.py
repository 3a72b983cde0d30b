"""What a process takes away from itself before it runs a notebook."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Confinement:
    """Which layers to apply."""

    namespaces: bool = False


def new_namespaces(confinement: Confinement) -> None:
    """Give the children of this process namespaces of their own."""


def confine(confinement: Confinement, scratch: Path) -> None:
    """Confine this process for good."""
    work = scratch / "work"
    work.mkdir(exist_ok=True)
    os.chdir(work)
