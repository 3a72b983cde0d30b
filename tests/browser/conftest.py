"""A real JupyterLab in a real browser, closed off from the network and from the person's own settings.

def test_something(lab):
    notebook = lab.open(path_or_list_of_cells)
    notebook.run_all()
    notebook.page.get_by_role("slider").first.press("ArrowRight")
"""

from __future__ import annotations

import importlib.util
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
SETTINGS: dict[str, dict[str, Any]] = {
    "@jupyterlab/apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false"},
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},  # the whole notebook is in the page
}
SMALL = """
image => {
  if (!image.complete || !image.naturalWidth) return null;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 96;
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0, 96, 96);
  return context.getImageData(0, 0, 96, 96).data.join(',');
}
"""
AT_REST = """
root => new Promise(resolve => {
  const image = root.querySelector('img');
  let seen = null, since = 0;
  const look = now => {
    if (image.src !== seen) [seen, since] = [image.src, now];
    const fine = image.complete && image.naturalWidth === 1280;
    if (fine && now - since > 300) resolve();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""
SESSION = "window.jupyterapp?.shell?.currentWidget?.sessionContext"


class Shown:
    """An explorer in the browser."""

    def __init__(self, root: Locator) -> None:
        self.root, self.page = root, root.page
        self.words, self.image = root.locator(".nabla-words"), root.locator("img")
        self.picture = root.get_by_role("group", name="arrow keys")

    def pixels(self) -> str:
        """What the picture looks like, small."""
        self.page.wait_for_function("image => image.complete && image.naturalWidth", arg=self.image.element_handle())
        return str(self.image.evaluate(SMALL))

    @contextmanager
    def changing(self, words: bool = True) -> Iterator[None]:
        """Expect that the picture becomes another one, and the words others."""
        said, seen, image = self.words.text_content() or "", self.pixels(), self.image.element_handle()
        yield
        if words:
            expect(self.words).not_to_have_text(said)
        other = f"([image, seen]) => {{ const now = ({SMALL})(image); return now !== null && now !== seen }}"
        self.page.wait_for_function(other, arg=[image, seen])

    def drag(self, start: tuple[float, float], end: tuple[float, float], steps: int = 8) -> None:
        """Draw the mouse over the picture, between places given as parts of its width and height from its top left."""
        self.image.scroll_into_view_if_needed()
        box, mouse = self.image.bounding_box(), self.page.mouse
        assert box is not None
        (from_x, from_y), (to_x, to_y) = (
            (box["x"] + box["width"] * across, box["y"] + box["height"] * down) for across, down in (start, end)
        )
        mouse.move(from_x, from_y)
        mouse.down()
        mouse.move(to_x, to_y, steps=steps)
        mouse.up()

    def reset(self) -> None:
        """Press Reset, and wait until the fine picture is there and stays."""
        self.root.get_by_role("button", name="Reset").click()
        self.root.evaluate(AT_REST)


class Notebook:
    """A notebook open in the browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def run_all(self, timeout: float = 180) -> None:
        """Run every cell and wait until the last is done."""
        self.wait_idle(timeout)
        self.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.wait_idle(timeout)

    def wait_idle(self, timeout: float = 90) -> None:
        """Wait until the kernel is connected and idle, and no cell is still to run."""
        idle = (
            f"() => {{ const s = {SESSION}; const k = s?.session?.kernel; return s?.isReady && "
            "k?.connectionStatus === 'connected' && k?.status === 'idle' && "
            "![...document.querySelectorAll('.jp-InputPrompt')].some(p => p.textContent.includes('*')) }"
        )
        self.page.wait_for_function(idle, timeout=timeout * 1000)

    def errors(self) -> list[str]:
        """Every error among the outputs, as its name and what it says."""
        found: list[str] = self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.model.toJSON().cells"
            ".flatMap(cell => cell.outputs ?? []).filter(output => output.output_type === 'error')"
            ".map(output => `${output.ename}: ${output.evalue}`)"
        )
        return found

    def theme(self, name: str) -> None:
        """Switch to a theme, for instance "JupyterLab Dark"."""
        change = "name => window.jupyterapp.commands.execute('apputils:change-theme', { theme: name })"
        self.page.evaluate(change, name)
        self.page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=name)

    def explorer(self, place: int) -> Shown:
        """One of its explorers, counted from 0, at its start."""
        shown = Shown(self.page.locator(".nabla-explorer").nth(place))
        shown.reset()
        return shown

    def close(self) -> None:
        """Shut the kernel down and leave the page."""
        self.page.evaluate(f"{SESSION}?.shutdown()")
        self.page.close()


class Lab:
    """A JupyterLab server on loopback with folders of its own, and a browser that talks to nothing else."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        self.root = folder / "notebooks"
        self.browser = browser
        self.refused: list[str] = []
        self._folder, self._token = folder, secrets.token_hex(16)
        self.notebooks: list[Notebook] = []
        self.root.mkdir(parents=True, exist_ok=True)  # a test may have laid a course there
        self._server = self._start()
        self.url = self._wait_for_url()

    def open(self, notebook: Path | list[str], width: int = 1280, height: int = 900) -> Notebook:
        """Open a copy of a notebook, or a new one made of these code cells."""
        name = f"{secrets.token_hex(4)}.ipynb"
        if isinstance(notebook, Path):
            shutil.copy(notebook, self.root / name)
            if (films := notebook.parent / "films").is_dir():  # scripts that chapters play
                shutil.copytree(films, self.root / "films", dirs_exist_ok=True)
        else:
            cells = [nbformat.v4.new_code_cell(source) for source in notebook]
            spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
            nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=spec), self.root / name)
        context = self.browser.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(90_000)  # generous: a busy machine is slow, not wrong
        context.route("**/*", self._only_loopback)
        page = context.new_page()
        page.goto(f"{self.url}lab/tree/{name}?reset&token={self._token}")
        opened = Notebook(page)
        self.notebooks.append(opened)
        opened.wait_idle()
        return opened

    def visit(self, address: str, width: int = 1280, height: int = 900) -> Page:
        """Open a page of the server that is no notebook."""
        context = self.browser.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(90_000)
        context.route("**/*", self._only_loopback)
        page = context.new_page()
        page.goto(f"{self.url}{address}?token={self._token}")
        return page

    def close_notebooks(self, keep: int = 0) -> None:
        """Close all notebooks but those that were opened first."""
        while len(self.notebooks) > keep:
            notebook = self.notebooks.pop()
            notebook.close()
            notebook.page.context.close()

    def stop(self) -> None:
        """Stop the server."""
        self._server.terminate()
        try:
            self._server.wait(20)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait(20)

    def _start(self) -> subprocess.Popen[bytes]:
        own = {name: self._folder / name for name in ("config", "data", "runtime", "ipython", "settings", "workspaces")}
        for plugin, settings in SETTINGS.items():
            path = own["settings"] / f"{plugin}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(settings))
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "PYTEST"))},
            "JUPYTER_CONFIG_DIR": str(own["config"]),
            "JUPYTER_DATA_DIR": str(own["data"]),
            "JUPYTER_RUNTIME_DIR": str(own["runtime"]),
            "IPYTHONDIR": str(own["ipython"]),
            "JUPYTERLAB_SETTINGS_DIR": str(own["settings"]),
            "JUPYTERLAB_WORKSPACES_DIR": str(own["workspaces"]),
            "JUPYTER_TOKEN": self._token,
        }
        options = [
            "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", f"--ServerApp.root_dir={self.root}",
            "--expose-app-in-browser", "--LabApp.extension_manager=readonly", "--ServerApp.password=",
        ]  # fmt: skip
        command = [sys.executable, "-m", "jupyterlab", *options]
        with (self._folder / "server.log").open("wb") as log:
            return subprocess.Popen(command, cwd=self.root, env=environment, stdout=log, stderr=subprocess.STDOUT)

    def _wait_for_url(self) -> str:
        runtime, deadline = self._folder / "runtime", time.monotonic() + 90
        while time.monotonic() < deadline and self._server.poll() is None:
            for record in runtime.glob("jpserver-*.json"):
                text = record.read_text()
                if text.endswith("}"):
                    return f"http://127.0.0.1:{json.loads(text)['port']}/"
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"JupyterLab did not start:\n{(self._folder / 'server.log').read_text()}")

    def _only_loopback(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.scheme in {"data", "blob"} or url.hostname == "127.0.0.1":
            route.continue_()
        else:
            self.refused.append(route.request.url)
            route.abort()


@pytest.fixture(scope="session")
def violations() -> Callable[..., list[str]]:
    """What axe finds against parts of a page; JupyterLab around them is not ours."""

    def of(page: Page, *selectors: str) -> list[str]:
        include = {"include": [[each] for each in selectors]} if selectors else None
        # axe judges no contrast of what an overflow hides: in JupyterLab all, since its body has no height.
        page.add_style_tag(content="body, .jp-LabShell { overflow: visible !important }")
        results = Axe().run(page, include, {"resultTypes": ["violations"]}).response
        return [
            f"{each['id']} ({each['impact']}): {each['help']} {[node['target'] for node in each['nodes']]}"
            for each in results["violations"]
        ]

    return of


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window, or a skipped test that says why there is none."""
    spec = importlib.util.spec_from_file_location("nabla_install", Path(__file__).parents[1] / "install.py")
    install = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(install)
    path = install.find_browser()
    if path is None:
        pytest.skip(install.MISSING)
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab_server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The server, started once."""
    lab = Lab(tmp_path_factory.mktemp("lab"), browser)
    yield lab
    lab.stop()


@pytest.fixture(scope="session")
def lab_in(browser: Browser) -> Iterator[Callable[[Path], Lab]]:
    """Starts further servers, each in a folder whose `notebooks` may be filled already."""
    started: list[Lab] = []

    def start(folder: Path) -> Lab:
        started.append(Lab(folder, browser))
        return started[-1]

    yield start
    for lab in started:
        lab.stop()


@pytest.fixture
def lab(lab_server: Lab) -> Iterator[Lab]:
    """JupyterLab in a browser; what a test opens is closed after it."""
    before = len(lab_server.notebooks)
    yield lab_server
    lab_server.close_notebooks(keep=before)
