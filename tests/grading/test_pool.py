"""Worker processes that can be lost without losing the rest."""

from __future__ import annotations

import os
import time

import pytest

from autograder.grading.pool import Lost, run_all

pytestmark = pytest.mark.slow


def collected(work, tasks, **options):
    return dict(run_all(work, tasks, **{"workers": 2, "seconds": 20.0, **options}))


def test_every_task_has_its_result():
    assert collected(abs, [-1, -2, -3, -4, -5]) == {-1: 1, -2: 2, -3: 3, -4: 4, -5: 5}


def test_a_worker_that_dies_loses_its_own_task_only():
    results = collected(os._exit, [3])
    assert isinstance(results[3], Lost)
    assert collected(abs, [-1]) == {-1: 1}


def test_a_task_that_goes_on_for_too_long_is_given_up_and_the_rest_is_done():
    began = time.monotonic()
    results = collected(time.sleep, [60.0, 0.01, 0.02], seconds=2.0, workers=1)
    assert isinstance(results[60.0], Lost)
    assert results[0.02] is None
    assert time.monotonic() - began < 30
