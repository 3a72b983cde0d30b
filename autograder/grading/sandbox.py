"""How the warm process is shut in, and what each notebook takes away from itself."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from autograder.grading.inside.confinement import Confinement
from autograder.grading.limits import Limits

Kind = Literal["bubblewrap", "landlock", "none"]


@dataclass(frozen=True)
class Sandbox:
    """One way of shutting in the processes that run submissions."""

    kind: Kind

    @property
    def shares_files(self) -> bool:
        """Whether the process sees files where we see them."""
        return self.kind != "bubblewrap"

    def scratch(self, home: Path) -> Path:
        """Return the folder in which notebooks may write, as the process sees it."""
        return home

    def command(self, home: Path, descriptor: int) -> list[str]:
        """Return the command that starts the warm process."""
        return [sys.executable, "-P", "-s", "-m", "autograder.grading.inside.zygote", str(descriptor)]

    def confinement(self, limits: Limits) -> Confinement:
        """Return what each notebook takes away from itself."""
        return Confinement()
