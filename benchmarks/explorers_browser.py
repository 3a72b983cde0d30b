"""Key press to changed pixels, in JupyterLab in a browser: every explorer against a slider that changes only a label.

The label is the floor of whatever asks the kernel. Both are measured in the page itself, from the key going down to
the first animation frame after the change, in turn, so that a busy machine hurts both alike; the next key is pressed
only when the picture is at rest. A picture counts as changed when it is drawn in that frame and its pixels are
others: loading and decoding it are part of its time.
"""

from __future__ import annotations

import importlib.util
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, sync_playwright

TESTS = Path(__file__).parents[1] / "tests"
FLOOR = """
from ipywidgets import IntSlider, Label, VBox
slider, label = IntSlider(500, 0, 1000, description="floor"), Label("500")
slider.observe(lambda change: setattr(label, "value", str(change["new"])), "value")
VBox([slider, label])
"""
IMPORTS = "from sympy import exp, sin\nfrom sympy.abc import x, y, z\nfrom nabla import explore"
WATCH = """
([input, watched]) => {
  const context = new OffscreenCanvas(96, 96).getContext('2d', { willReadFrequently: true });
  const pixels = () => {
    context.drawImage(watched, 0, 0, 96, 96);
    return context.getImageData(0, 0, 96, 96).data.join();
  };
  const image = watched.tagName === 'IMG';
  const before = image ? pixels() : null;
  window.lap = new Promise((done, failed) => {
    let pressed = null;
    const look = () => requestAnimationFrame(() => {
      if (image && !(watched.complete && pixels() !== before)) look();
      else done(performance.now() - pressed);
    });
    input.addEventListener('keydown', () => (pressed = performance.now()), { once: true, capture: true });
    new MutationObserver((_, observer) => { observer.disconnect(); look(); })
      .observe(watched, { attributeFilter: ['src'], childList: true, characterData: true, subtree: true });
    setTimeout(() => failed(new Error('nothing changed in 20 seconds')), 20000);
  });
}
"""
AT_REST = """
image => new Promise(resolve => {
  let seen = null, since = 0;
  const look = now => {
    if (image.src !== seen) [seen, since] = [image.src, now];
    if (image.complete && image.naturalWidth === 1280 && now - since > 400) resolve();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""


def measure(cells: dict[str, str], rounds: int) -> dict[str, tuple[float, float]]:
    """Return by name the medians, in ms, of an explorer (given by its cell) and of the floor beside it."""
    laps: dict[str, list[tuple[float, float]]] = {name: [] for name in cells}
    conftest, install = _module(TESTS / "browser/conftest.py"), _module(TESTS / "install.py")
    path = install.find_browser()
    if path is None:
        raise SystemExit(install.MISSING)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=conftest.FLAGS)
        lab = conftest.Lab(Path(folder), browser)
        try:
            notebook = lab.open([IMPORTS, FLOOR, *cells.values()])
            notebook.run_all()
            if errors := notebook.errors():
                raise SystemExit("\n".join(errors))
            page = notebook.page
            handle, label = page.locator(".noUi-handle"), page.locator(".widget-label").last
            for lap in range(rounds + 1):
                for place, name in enumerate(cells):
                    root = page.locator(".nabla-explorer").nth(place)
                    root.locator("img").evaluate(AT_REST)
                    floor = _lap(page, handle, label)
                    ours = _lap(page, root.locator(".nabla-picture"), root.locator("img"))
                    if lap:  # the first warms up
                        laps[name].append((ours, floor))
        finally:
            lab.stop()
            browser.close()
    return {name: (statistics.median(o for o, _ in each), statistics.median(f for _, f in each))
            for name, each in laps.items()}  # fmt: skip


def _lap(page: Page, pressed: Locator, watched: Locator) -> float:
    """Press the right arrow; return the milliseconds until what is watched has changed."""
    pressed.focus()
    page.evaluate(WATCH, [pressed.element_handle(), watched.element_handle()])
    page.keyboard.press("ArrowRight")
    return float(page.evaluate("window.lap"))


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
