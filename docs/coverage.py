"""Prints what the workbook covers and where: `python docs/coverage.py`.

Each chapter and assignment names in its metadata the numbers of `docs/coverage.tsv` that it covers: T topics,
W worked examples, M mistakes, A applications, V corrections of what is often taught wrongly.
"""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def wanted() -> dict[str, str]:
    """Number -> what it stands for."""
    lines = (ROOT / "docs" / "coverage.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def covering() -> dict[str, list[str]]:
    """Number -> names of the notebooks whose metadata name it, chapters first."""
    found: dict[str, list[str]] = {}
    for path in [*sorted(ROOT.glob("chapters/*.ipynb")), *sorted(ROOT.glob("source/*/*.ipynb"))]:
        for number in json.loads(path.read_text(encoding="utf-8"))["metadata"]["covers"]:
            found.setdefault(number, []).append(path.stem)
    return found


def main() -> None:
    """Print a line for each number."""
    found = covering()
    for number, title in wanted().items():
        print(f"{number:>3}  {title:<68}  {', '.join(found.get(number, ['nowhere yet']))}")


if __name__ == "__main__":
    main()
