"""See that there is a browser for the browser tests, where that can be done without asking anybody.

Run by `make test`. It never fails the run: where no browser can be had, it says so in plain words, and the browser
tests are skipped with the same reason. Set `NABLA_BROWSER` to the path of a Chrome or Chromium to choose one.
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
MISSING = "no Chrome or Chromium was found (install one, or set NABLA_BROWSER to its path)"


def find_browser() -> str | None:
    """Return the path of a browser that is already here, or `None`."""
    chosen = os.environ.get("NABLA_BROWSER")
    if chosen:
        return chosen if Path(chosen).is_file() else None
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in PLACES if Path(place).is_file()), None) or _from_playwright()


def _from_playwright() -> str | None:
    """The browser that `playwright install chromium` puts in its cache."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _by_apt() -> bool:
    """Whether Debian's or Ubuntu's own package could be installed; only tried as root."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"]
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
    if found := find_browser():
        return found
    print("The browser tests need Chrome or Chromium, and there is none yet. Trying to install one ...", flush=True)
    for way in ways:
        if way() and (found := find_browser()):
            print(f"Installed {found}.")
            return found
    print("The browser tests will be skipped, all others will run: " + MISSING + ".")
    return None


if __name__ == "__main__":
    main()
