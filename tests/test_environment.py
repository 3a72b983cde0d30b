"""The ways to install the workbook agree with one another."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONDA_NAMES = {"matplotlib": "matplotlib-base"}
"""Packages that conda-forge calls otherwise."""
FOR_INSTALLING = {"python", "pip"}
"""What conda needs beside the packages themselves."""


def dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {re.split(r"[<>=!~ ]", line)[0] for line in project["dependencies"]}


def conda_packages() -> set[str]:
    lines = (ROOT / "environment.yml").read_text().splitlines()
    return {match[1] for line in lines if (match := re.match(r"  - ([\w-]+)(=[\d.]+)?$", line))} - {"nodefaults"}


def test_conda_installs_what_pyproject_asks_for() -> None:
    wanted = {CONDA_NAMES.get(name, name) for name in dependencies()} | FOR_INSTALLING
    assert conda_packages() - {"conda-forge"} == wanted


def test_conda_pins_a_python_that_pyproject_allows() -> None:
    (pinned,) = re.findall(r"- python=3\.(\d+)", (ROOT / "environment.yml").read_text())
    assert int(pinned) >= 11


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    listed = re.findall(r'^  "([\w-]+)",(.*)$', text, flags=re.MULTILINE)
    assert len(listed) > 15
    for name, comment in listed:
        assert re.search(r"# \w.{12,}", comment), f"{name} has no reason beside it"


def test_the_lock_names_every_dependency_with_a_hash_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    for name in dependencies():
        assert re.search(rf"^{name}==\S+( ;.*)? \\\n    --hash=sha256:[0-9a-f]{{64}}", lock, flags=re.MULTILINE), name
    assert "://" not in lock
    assert "--index" not in lock
    assert "--find-links" not in lock
