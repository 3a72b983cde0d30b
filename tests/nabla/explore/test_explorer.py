"""The base: state, frames, errors, and the messages that a browser sends."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import pytest
from matplotlib.lines import Line2D
from PIL import Image
from sympy.abc import x, y

from nabla.explore import Explorer, Point2D, Slider, Window
from nabla.explore.contours import GradientOnContours
from nabla.explore.controls import Choice, Toggle
from nabla.explore.field import GradientField
from nabla.explore.png import encode


@dataclass(frozen=True)
class Height:
    value: float

    def describe(self) -> str:
        return f"The line is at {self.value}."


class Level(Explorer):
    """The smallest explorer: a line that moves up and down, and breaks at 0.9."""

    title = "A level"
    drag = "hand"

    def __init__(self):
        slider = Slider("height", low=0, high=1, step=0.1, start=0.5)
        super().__init__(height=slider, hand=Point2D("hand", Window.of(1), start=(0, 0)))

    def scene(self, height, hand):
        if height == 0.9:
            raise RuntimeError("the roof is in the way")
        return Height(height)

    def still(self, axes):
        self.drawn = getattr(self, "drawn", 0) + 1
        axes.set(xlim=(-1, 1), ylim=(-1, 1))

    def moving(self, axes):
        self.line = axes.add_line(Line2D([-1, 1], [0, 0]))
        return [self.line]

    def show(self, scene):
        self.line.set_ydata([scene.value, scene.value])


def say(explorer, **message):
    """Deliver a message as the browser's comes, and return what the browser then has."""
    explorer.view._handle_msg({"content": {"data": {"method": "custom", "content": message}}, "buffers": []})
    return explorer.view.frame


def size(png):
    with Image.open(io.BytesIO(png)) as image:
        return image.size


def test_the_still_part_is_drawn_once():
    level = Level()
    for height in (0.1, 0.2, 0.3):
        level.update(height=height)
    assert level.drawn == 1


def test_scene_is_pure_and_state_changes_only_by_update():
    level = Level()
    assert level.scene(0.2, (0, 0)) == Height(0.2)
    assert level.state["height"] == 0.5
    with pytest.raises(TypeError):
        level.state["height"] = 1


def test_update_refuses_what_is_no_control_or_out_of_range():
    level = Level()
    with pytest.raises(TypeError, match="no control is called width; there are height, hand"):
        level.update(width=1)
    with pytest.raises(ValueError, match="height must lie between 0 and 1, not 2"):
        level.update(height=2)
    with pytest.raises(ValueError, match="must be a point such as"):
        level.update(hand=5)
    assert level.state["height"] == 0.5


def test_a_hand_in_the_browser_moves_sliders_to_the_nearest_step():
    level = Level()
    frame = say(level, inputs={"height.0": 0.33}, request="a-1")
    assert level.state["height"] == 0.3
    assert frame["words"] == "The line is at 0.3."
    assert frame["alt"] == "A level. The line is at 0.3."
    assert frame["values"]["height.0"] == 0.3
    assert frame["texts"]["height.0"] == "0.3"
    assert frame["answers"] == "a-1"


def test_picture_and_words_arrive_in_one_change():
    level = Level()
    changes = []
    level.view.observe(lambda change: changes.append(change["new"]), names="frame")
    before = level.view.frame
    say(level, inputs={"height.0": 0.7}, request="a-1")
    assert len(changes) == 1
    assert changes[0]["png"] != before["png"]
    assert changes[0]["words"] != before["words"]


def test_a_frame_in_motion_is_coarse_and_one_at_rest_is_fine():
    level = Level()
    assert size(say(level, inputs={"height.0": 0.2}, request="1")["png"]) == (640, 480)
    assert size(say(level, fine=True, request="2")["png"]) == (1280, 960)


def test_a_place_in_the_picture_becomes_a_point_of_the_plane():
    explorer = GradientOnContours(x**2 + y**2, at=(0, 0), window=2)
    explorer.frame()
    width, height = explorer.canvas.size
    explorer.figure.set_dpi(100)
    for point in [(1, -1.5), (-2, 2), (0.02, 0.4)]:
        across, up = explorer.axes.transData.transform(point)
        say(explorer, inputs={}, place=[across / width, 1 - up / height], request="p")
        assert explorer.state["point"] == pytest.approx(point, abs=1e-9)


def test_a_place_outside_the_axes_is_kept_in_the_window():
    explorer = GradientOnContours(x**2 + y**2, at=(0, 0), window=2)
    say(explorer, place=[0, 0], request="p")
    assert explorer.state["point"] == (-2, 2)


def test_reset_puts_every_control_back_even_off_the_steps():
    explorer = GradientField(x**2 + y**2, at=(0.123, 0.4))
    start = explorer.frame().words
    say(explorer, inputs={"probe.1": 1.0, "density.0": 20}, request="1")
    assert explorer.state == {"probe": (0.123, 1.0), "density": 20}
    assert say(explorer, reset=True, request="2")["words"] == start


def test_a_reset_comes_before_the_moves_that_follow_it():
    explorer = GradientField(x**2 + y**2, at=(1, 1))
    explorer.update(probe=(-2, -2), density=20)
    say(explorer, reset=True, inputs={"probe.0": 0.5}, request="1")
    assert explorer.state == {"probe": (0.5, 1), "density": 13}


def test_an_error_stands_in_words_in_place_of_the_picture_and_goes_away():
    level = Level()
    frame = say(level, inputs={"height.0": 0.9}, request="7")
    assert frame["error"]
    assert frame["png"] == b""
    assert frame["words"] == frame["alt"] == "This picture could not be drawn: the roof is in the way"
    assert frame["answers"] == "7", "otherwise the browser would wait for ever"
    assert isinstance(level.error, RuntimeError)
    assert not say(level, inputs={"height.0": 0.1}, request="8")["error"]
    assert level.error is None


def test_an_error_in_update_is_raised_and_recorded():
    level = Level()
    with pytest.raises(RuntimeError, match="roof"):
        level.update(height=0.9)
    assert isinstance(level.error, RuntimeError)


@pytest.mark.parametrize(
    "message",
    [
        {"inputs": {"nothing.0": 1}},
        {"inputs": {"height.0": "high"}},
        {"inputs": {"height.0": float("nan")}},
        {"inputs": {"height": 0.3}},
        {"inputs": 5},
        {"place": [1]},
        {"place": "here"},
    ],
)
def test_a_malformed_message_is_answered_with_an_error_in_words(message):
    level = Level()
    frame = say(level, **message, request="9")
    assert frame["answers"] == "9"
    assert frame["error"]
    assert level.error is not None


def test_an_explorer_whose_first_frame_fails_shows_why():
    level = Level()
    level.state = {"height": 0.9, "hand": (0, 0)}
    bundle = level._repr_mimebundle_()
    assert "the roof is in the way" in bundle["text/plain"]
    assert "the roof is in the way" in bundle["text/html"]


def test_the_output_holds_the_widget_and_the_picture_with_words_for_where_nothing_is_live():
    explorer = GradientOnContours(x**2 + 3 * y**2, at=(1, 2))
    bundle = explorer._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.view.model_id
    assert bundle["text/plain"].startswith("At (1, 2) the gradient is (2, 12)")
    assert '<img alt="Contour map of f(x, y) = x^2 + 3*y^2. At (1, 2)' in bundle["text/html"]
    assert "<figcaption>At (1, 2) the gradient is (2, 12)" in bundle["text/html"]
    assert "http" not in bundle["text/html"]


def test_an_update_from_python_reaches_the_widget():
    level = Level()
    view = level.view
    level.update(height=0.2)
    assert view.frame["words"] == "The line is at 0.2."


def test_the_outline_names_every_input_with_its_range():
    groups = GradientField(x**2 + y**2, window=((0, 1), (0, 2)), at=(0.5, 1)).view.outline["groups"]
    assert [group["label"] for group in groups] == ["probe", "arrows across"]
    assert groups[0]["inputs"][1] == {
        "key": "probe.1", "kind": "slider", "label": "y", "low": 0, "high": 2, "step": 0.01, "start": 1
    }  # fmt: skip


@pytest.mark.slow
def test_a_hundred_moves_leave_the_figure_as_it_was():
    explorer = GradientOnContours(x**2 + 3 * y**2)
    explorer.update(point=(0.5, 0.5))
    children = len(explorer.axes.get_children())
    for k in range(100):
        explorer.update(point=(np.cos(k), np.sin(k)))
    assert len(explorer.axes.get_children()) == children
    assert len(explorer.canvas._backgrounds) == 1


@dataclass(frozen=True)
class Light:
    colour: str
    lit: bool
    step: float

    def describe(self) -> str:
        return f"Step {self.step:g}: a {self.colour} light, {'on' if self.lit else 'off'}."


class Lamp(Explorer):
    """A choice, a toggle and something to walk."""

    drag = walk = "step"

    def __init__(self):
        super().__init__(
            colour=Choice("colour", ("red", "green"), start="green"),
            lit=Toggle("lit"),
            step=Slider("step", 0, 3, 1, 0, says=lambda value: f"number {value:g}"),
        )

    def scene(self, colour, lit, step):
        return Light(colour, lit, step)

    def still(self, axes):
        axes.set(xlim=(0, 3), ylim=(0, 1))

    def moving(self, axes):
        return []

    def show(self, scene):
        pass


def test_choices_and_toggles_are_chosen_by_number_in_the_browser_and_by_value_in_python():
    lamp = Lamp()
    assert say(lamp, inputs={"colour.0": 0, "lit.0": 1}, request="1")["words"] == "Step 0: a red light, on."
    assert lamp.state == {"colour": "red", "lit": True, "step": 0}
    assert lamp.update(colour="green", lit=False).words == "Step 0: a green light, off."
    assert say(lamp, inputs={"colour.0": 99}, request="2")["words"] == "Step 0: a green light, off."
    with pytest.raises(ValueError, match="colour must be one of red, green, not 'blue'"):
        lamp.update(colour="blue")
    with pytest.raises(ValueError, match="lit must be True or False, not 'yes'"):
        lamp.update(lit="yes")


def test_values_go_to_the_browser_as_numbers_with_their_texts():
    frame = say(Lamp(), inputs={"lit.0": 1, "step.0": 2}, request="1")
    assert frame["values"] == {"colour.0": 1, "lit.0": 1, "step.0": 2}
    assert frame["texts"] == {"colour.0": "green", "lit.0": "yes", "step.0": "number 2"}


@pytest.mark.slow
def test_the_outline_has_every_kind_of_input_and_what_is_walked():
    outline = Lamp().view.outline
    kinds = [group["inputs"][0] for group in outline["groups"]]
    assert kinds[0] == {"key": "colour.0", "kind": "choice", "label": "colour", "options": ["red", "green"], "start": 1}
    assert kinds[1] == {"key": "lit.0", "kind": "toggle", "label": "lit", "start": 0}
    assert outline["walk"] == {"key": "step.0", "pace": 8}
    assert outline["drag"] == {"keys": ["step.0"], "label": "step"}
    assert Level().view.outline["walk"] is None


def test_a_slider_can_be_dragged_along_the_axis():
    lamp = Lamp()
    lamp.frame(1)
    width, height = lamp.canvas.size
    across, up = lamp.axes.transData.transform((2.2, 0.5))
    say(lamp, place=[across / width, 1 - up / height, 0.1, 0.0], request="1")
    assert lamp.state["step"] == 2


def test_an_explorer_can_say_for_itself_what_pointing_means():
    class Turning(Lamp):
        def pointed(self, state, across, down, dx=0.0, dy=0.0):
            return {"step": min(3, max(0, state["step"] + round(10 * dx)))}

    lamp = Turning()
    say(lamp, place=[0.5, 0.5, 0.2, 0.0], request="1")
    assert lamp.state["step"] == 2
    say(lamp, place=[0.4, 0.5, -0.1, 0.0], request="2")
    assert lamp.state["step"] == 1


def test_png_is_lossless():
    pixels = np.random.default_rng(0).integers(0, 256, (31, 17, 4), dtype=np.uint8)
    with Image.open(io.BytesIO(encode(pixels))) as image:
        assert np.array_equal(np.asarray(image), pixels[:, :, :3])
