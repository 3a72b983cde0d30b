"""A notebook shows the same in our warm process as in the Jupyter kernel that nbclient starts."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.emission import VARIABLE
from autograder.grading.limits import Limits
from autograder.grading.outputs import Collector
from autograder.grading.runner import Runner

ROOT = Path(__file__).parents[2]
NOTEBOOKS = [*sorted(ROOT.glob("source/*/*.ipynb")), ROOT / "chapters" / "00-start-here.ipynb"]
LIMITS = Limits(cell=60.0)
ADDRESS = re.compile(r"0x[0-9a-f]{8,}")
EXTRA = (
    "print('a', end='')\nimport sys; print('b', file=sys.stderr); print('c')\n1 + 1",
    "from IPython.display import Markdown, display\ndisplay(Markdown('*x*')); display(3); [[1, 2], {'a': 'b' * 90}]",
    "def f(n):\n    return 1 / n\nf(0)",
    "import matplotlib.pyplot as plt\nplt.plot([1, 4, 9]); plt.title('$x^2$')\nprint('before')",
    "%matplotlib inline\nfig, ax = plt.subplots(figsize=(2, 2))\nplt.show()\nprint('after')",
    "x = (",
    "%timeit?\n",
    "from sympy import *; x = symbols('x'); Matrix([x**2, sin(x)])",
    "import asyncio\nawait asyncio.sleep(0.01)\n_",
    "import warnings; warnings.warn('careful'); raise SystemExit(3)",
    "%%capture out\nprint('hidden')",
    "_, __, Out[1], In[1]; 7;",
    "In[-1], _i, 'end'",
    "from ipywidgets import IntSlider; slider = IntSlider(3); slider.value",
    "%no_such_magic",
)


def by_kernel(notebook):
    NotebookClient(notebook, timeout=60, allow_errors=True, kernel_name="python3", store_widget_state=False,
                   extra_arguments=["--InteractiveShell.colors=nocolor"]).execute()  # fmt: skip
    for cell in notebook.cells:
        if cell.cell_type == "code":
            yield cell.source, taken((output.output_type, output) for output in cell.outputs)


def taken(outputs):
    collector = Collector(LIMITS.kept_bytes * 100, 1000, LIMITS.flood_bytes)
    for kind, output in outputs:
        collector.take(kind, output)
    return comparable(collector.finish())


def comparable(outputs):
    """Leave out the addresses of objects, and the lines of a traceback that name the kernel's own files."""
    kept = []
    for output in outputs:
        if output["output_type"] == "error":
            evalue = re.sub(r"\((<ipython-input-[^>]*>|\d+\.py),", "(FILE,", output["evalue"])
            kept.append((output["ename"], evalue, [line for line in output["traceback"] if "Cell" in line]))
        elif output["output_type"] == "stream":
            text = re.sub(r".*/ipykernel_\d+/\d+.py:\d+|.*<ipython-input-[^>]*>:\d+", "FILE", output["text"])
            kept.append((output["name"], ADDRESS.sub("0x", text)))
        else:
            data = {mime: ADDRESS.sub("0x", value) if isinstance(value, str) else value
                    for mime, value in output["data"].items()}  # fmt: skip
            kept.append((output["output_type"], output.get("execution_count"), data))
    return kept


def assert_same(notebook, warm, monkeypatch):
    monkeypatch.setenv(VARIABLE, "answers")
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    with Runner(LIMITS, warm=warm) as run:
        for source, expected in by_kernel(notebook):
            got = run.cell(source).outputs
            if "practice(" not in source:  # a fresh problem is drawn at random each time
                assert comparable(got) == expected, source


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_our_notebooks_show_the_same(path, warm, monkeypatch):
    assert_same(nbformat.read(path, as_version=4), warm, monkeypatch)


@pytest.mark.slow
def test_odd_cells_show_the_same(warm, monkeypatch):
    cells = [nbformat.v4.new_code_cell(source) for source in EXTRA]
    assert_same(nbformat.v4.new_notebook(cells=cells), warm, monkeypatch)
