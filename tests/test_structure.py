"""The house stands as CONTRIBUTING.md draws it: imports point one way, and each library has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = [
    ("nabla",),
    ("autograder.notation", "autograder.equality"),
    ("autograder.answers",),
    ("autograder.problems",),
    ("autograder.judge", "autograder.feedback", "autograder.emission", "autograder.check"),
    ("autograder", "autograder.practice"),
    ("autograder.grading",),
    ("autograder.report", "autograder.demo"),
    ("autograder.cli",),
]
"""From the ground up. A module may import from its own floor and from those below."""
DOORS = {
    "matplotlib": ("nabla.explore", "autograder.grading"),
    "ipywidgets": ("nabla.explore", "autograder.practice"),
    "anywidget": ("nabla.explore",),
    "nbgrader": ("autograder.grading.nbgrader",),
    "distributed": ("autograder.grading.cluster",),
    "IPython": ("autograder.grading", "nabla.explore"),
}
"""Which part may know which library."""


@cache
def modules() -> dict[str, Path]:
    paths = [*ROOT.glob("nabla/**/*.py"), *ROOT.glob("autograder/**/*.py")]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


@cache
def imports(name: str, path: Path) -> tuple[str, ...]:
    """Every module that a file imports, relative ones resolved; those only for type checking left out."""
    return tuple(found_imports(name, path))


def found_imports(name: str, path: Path) -> Iterator[str]:
    known = modules()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            for inner in ast.walk(node):
                inner.__dict__["only_types"] = True
        if "only_types" in node.__dict__:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            source = ".".join(part for part in (base, node.module or "") if part)
            names = [f"{source}.{alias.name}" for alias in node.names]
            yield from names
            if not all(found in known for found in names):
                yield source


def floor(name: str) -> int:
    fitting = [
        (len(room), level)
        for level, rooms in enumerate(FLOORS)
        for room in rooms
        if name == room or name.startswith(f"{room}.")
    ]
    return max(fitting)[1]


@pytest.mark.parametrize("name", sorted(modules()))
def test_imports_point_downwards_only(name: str) -> None:
    known = modules()
    for imported in imports(name, known[name]):
        if imported in known:
            assert floor(imported) <= floor(name), f"{name} imports {imported}"


@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_its_door(library: str) -> None:
    for name, path in modules().items():
        if any(found.split(".")[0] == library for found in imports(name, path)):
            assert name.startswith(DOORS[library]), f"{name} imports {library}"


def test_no_module_imports_itself_in_a_circle() -> None:
    known = modules()
    below = {name: {i for i in imports(name, path) if i in known and i != name} for name, path in known.items()}
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " -> ".join((*way[way.index(name) :], name))
        if name not in done:
            for imported in sorted(below[name]):
                walk(imported, (*way, name))
            done.add(name)

    for name in sorted(known):
        if path_is_module(known[name]):
            walk(name, ())


def path_is_module(path: Path) -> bool:
    return path.name != "__init__.py"


def test_nothing_is_swallowed_in_silence() -> None:
    for name, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                body = [type(statement) for statement in node.body]
                bare = node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException")
                assert not (bare and body == [ast.Pass]), f"{name}, line {node.lineno}"
