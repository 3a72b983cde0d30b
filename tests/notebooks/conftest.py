"""What the tests of one chapter share: each such module names its CHAPTER and its SOURCE."""

from __future__ import annotations

import nbformat
import pytest


@pytest.fixture(scope="module")
def says(request):
    """Whether a cell of the chapter, or else of the exercises, contains each of these texts."""
    notebooks = [nbformat.read(path, as_version=4) for path in (request.module.SOURCE, request.module.CHAPTER)]
    cells = {cell.id: cell.source for notebook in notebooks for cell in notebook.cells}

    def contains(cell: str, *texts: object) -> bool:
        missing = [str(text) for text in texts if str(text) not in cells[cell]]
        assert not missing, f"{cell} does not say {missing}"
        return True

    return contains
