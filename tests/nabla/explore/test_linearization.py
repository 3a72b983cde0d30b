"""The error of the linearization falls as the square of the step."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import exp, log, sin, sqrt
from sympy.abc import x, y

from nabla import explore
from nabla.explore.linearization import _EXPONENTS

F = x**2 * y + 3 * y


def test_prediction_and_truth_of_the_worked_example():
    explorer = explore.linearization_error(F, at=(2, 1), along=(2, -1))
    words = explorer.update(h=np.log10(np.hypot(0.1, 0.05))).words
    assert words == (
        "A step of h = 0.112 along (0.894, −0.447): f should change by 0.05 and changes by 0.0395, error 0.0105. "
        "A tenth of the step: error 0.000101, 100 times less."
    )


@pytest.mark.slow
@pytest.mark.parametrize("f", [F, exp(x) * sin(y), sqrt(x**2 + y**2)], ids=str)
@pytest.mark.parametrize("angle", [0, 50, -160])
def test_the_slope_is_two(f, angle):
    explorer = explore.linearization_error(f, at=(2, 1))
    explorer.update(angle=angle)
    part = (_EXPONENTS > -3.05) & (_EXPONENTS < -0.95)
    slope = np.polyfit(_EXPONENTS[part], np.log10(explorer.scene_now.errors[part]), 1)[0]
    assert slope == pytest.approx(2, abs=0.06)


def test_the_gap_in_the_glass_is_the_error():
    explorer = explore.linearization_error(F, at=(2, 1), along=(1, 1))
    for h in (0, -1):
        explorer.update(h=h)
        low, high = sorted(explorer._gap.get_ydata())
        (_, tangent), curve = explorer._tangent.get_ydata(), explorer._curve.get_ydata()[-1]
        assert (high - low) == pytest.approx(abs(curve - tangent))
        scene = explorer.scene_now
        assert (high - low) / abs(tangent) == pytest.approx(scene.error / abs(scene.predicted))


def test_a_plane_is_its_own_linearization():
    assert "The linearization is exact here." in explore.linearization_error(2 * x - y, at=(1, 1)).frame().words


def test_a_step_out_of_the_domain_is_said():
    words = explore.linearization_error(log(x) + y, at=(0.5, 1), along=(-1, 0)).update(h=0).words
    assert "no error to speak of" in words


def test_a_hand_on_the_error_chooses_h():
    explorer = explore.linearization_error(F)
    explorer.frame(1)
    width, height = explorer.canvas.size
    across, up = explorer.axes[0].transData.transform((-2, explorer.axes[0].get_ylim()[0] + 1))
    explorer.move({}, place=(across / width, 1 - up / height))
    assert explorer.state["h"] == -2


@pytest.mark.parametrize(("at", "along", "said"), [((0, 0), (1, 1), "no gradient"), ((1, 1), (0, 0), "direction")])
def test_what_has_no_linearization_is_refused(at, along, said):
    with pytest.raises(ValueError, match=said):
        explore.linearization_error(sqrt(x**2 + y**2), at=at, along=along)
