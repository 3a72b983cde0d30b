"""See that the tests have a browser, a database server and bubblewrap, where nobody need be asked.

Run by `make test`. It never fails the run: where one cannot be had, it says so in plain words, and the tests that need
it are skipped with the same reason. Set `NABLA_BROWSER` to the path of a Chrome or Chromium, and `NABLA_POSTGRESQL` to
the folder with `initdb` and `postgres`, to choose one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
SERVERS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql*/bin")
"""Where Debian, Fedora and Homebrew put the programs of a PostgreSQL server, which stand on no path."""
MISSING = "no Chrome or Chromium was found (install one, or set NABLA_BROWSER to its path)"
NO_BUBBLEWRAP = "no bwrap was found (install bubblewrap)"
NO_SERVER = "no PostgreSQL server was found (install postgresql, or set NABLA_POSTGRESQL to the folder with initdb)"


def find_browser() -> str | None:
    """Return the path of a browser that is already here, or `None`."""
    chosen = os.environ.get("NABLA_BROWSER")
    if chosen:
        return chosen if Path(chosen).is_file() else None
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in PLACES if Path(place).is_file()), None) or _from_playwright()


def find_postgresql(root: Path = Path("/")) -> str | None:
    """Return the folder with the programs of a PostgreSQL server, the newest one, or `None`."""
    chosen = os.environ.get("NABLA_POSTGRESQL")
    on_path = shutil.which("postgres")
    if chosen or on_path:
        folders = [Path(chosen) if chosen else Path(str(on_path)).parent]
    else:
        folders = [folder for place in SERVERS for folder in root.glob(place)]
        folders.sort(key=lambda folder: [int(part) for part in folder.parts if part.isdigit()], reverse=True)
    whole = (folder for folder in folders if (folder / "postgres").is_file() and (folder / "initdb").is_file())
    return next((str(folder) for folder in whole), None)


def find_bubblewrap() -> str | None:
    """Return the path of bubblewrap, or `None`."""
    return shutil.which("bwrap")


def _from_playwright() -> str | None:
    """The browser that `playwright install chromium` puts in its cache."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _by_apt(package: str = "chromium") -> bool:
    """Whether Debian's or Ubuntu's own package could be installed; only tried as root."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", package]
    return _quietly(["apt-get", "update", "-qq"], environment) and _quietly(install, environment)


def _by_playwright() -> bool:
    """Whether playwright could download its own build of Chromium."""
    return _quietly([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def _quietly(command: list[str], environment: dict[str, str]) -> bool:
    """Run a command without a word; whether it succeeded within ten minutes."""
    try:
        finished = subprocess.run(command, env=environment, capture_output=True, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return finished.returncode == 0


def main(ways: tuple[Callable[[], bool], ...] = (_by_apt, _by_playwright)) -> str | None:
    """Find a browser or install one, and say what came of it."""
    return _have("The browser tests", "Chrome or Chromium", find_browser, ways, MISSING)


def server(ways: tuple[Callable[[], bool], ...] = (lambda: _by_apt("postgresql"),)) -> str | None:
    """Find a PostgreSQL server or install one, and say what came of it."""
    return _have("The tests with a database server", "PostgreSQL", find_postgresql, ways, NO_SERVER)


def bubblewrap(ways: tuple[Callable[[], bool], ...] = (lambda: _by_apt("bubblewrap"),)) -> str | None:
    """Find bubblewrap or install it, and say what came of it."""
    return _have("The tests of the stronger sandbox", "bubblewrap", find_bubblewrap, ways, NO_BUBBLEWRAP)


def _have(
    who: str, what: str, find: Callable[[], str | None], ways: tuple[Callable[[], bool], ...], missing: str
) -> str | None:
    if found := find():
        return found
    print(f"{who} need {what}, and there is none yet. Trying to install one ...", flush=True)
    for way in ways:
        if way() and (found := find()):
            print(f"Installed {found}.")
            return found
    print(f"{who} will be skipped, all others will run: {missing}.")
    return None


if __name__ == "__main__":
    main()
    server()
    bubblewrap()
