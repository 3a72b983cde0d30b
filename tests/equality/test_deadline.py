"""The time bound interrupts, and leaves no trace."""

from __future__ import annotations

import signal
import sys
import threading
import time
from types import FrameType

import pytest
from sympy import E, Integer, Integral, Pow, Symbol, cos, exp, factorial, sin, tan

from autograder.equality import Different, Equal, Undecided, decide
from autograder.equality.deadline import Deadline, TimeIsUp

x, t = Symbol("x"), Symbol("t")


def busy(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def test_it_interrupts_what_would_not_return() -> None:
    began = time.monotonic()
    with pytest.raises(TimeIsUp), Deadline(0.1):
        busy(5)
    assert time.monotonic() - began < 4


def swallowing_one_ring() -> None:
    with Deadline(0.05):
        try:
            busy(5)
        except TimeIsUp:
            busy(5)


def test_it_interrupts_even_where_the_first_ring_is_swallowed() -> None:
    began = time.monotonic()
    with pytest.raises(TimeIsUp):
        swallowing_one_ring()
    assert time.monotonic() - began < 4


class BusyAtItsEnd:
    def __del__(self) -> None:
        busy(0.1)


def busy_at_the_end_and_after() -> None:
    with Deadline(0.05):
        BusyAtItsEnd()
        busy(5)


def test_a_ring_inside_a_finaliser_is_dropped_without_a_word_and_rings_again() -> None:
    hook = sys.unraisablehook
    with pytest.raises(TimeIsUp):
        busy_at_the_end_and_after()
    assert sys.unraisablehook is hook


def test_the_handler_and_the_timer_of_others_are_put_back() -> None:
    rung = []

    def mine(number: int, frame: FrameType | None) -> None:
        rung.append(number)

    before = signal.signal(signal.SIGALRM, mine)
    try:
        signal.setitimer(signal.ITIMER_REAL, 60)
        decide(sin(x) ** 2, 1 - cos(x) ** 2)
        assert signal.getsignal(signal.SIGALRM) is mine
        assert 50 < signal.getitimer(signal.ITIMER_REAL)[0] <= 60
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with Deadline(5.0) as deadline:
            assert not deadline.interrupts
            busy(0.15)
        assert rung == [signal.SIGALRM]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_nothing_is_left_behind_after_the_time_is_up() -> None:
    before = signal.getsignal(signal.SIGALRM)
    verdict = decide(Integral(exp(sin(t) * tan(t) ** 3 + t**7), (t, 0, x)), x, budget=0.2)
    assert isinstance(verdict, Undecided)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_time_that_others_take_does_not_count_until_patience_ends() -> None:
    began = time.monotonic()
    with pytest.raises(TimeIsUp), Deadline(0.1):
        time.sleep(5)
    assert 0.25 < time.monotonic() - began < 4
    with Deadline(0.2) as deadline:
        time.sleep(0.3)
        deadline.check()
        assert deadline.remaining() > 0


def test_a_deadline_inside_another_still_interrupts() -> None:
    with Deadline(0.2), Deadline(5.0) as inner:
        assert inner.interrupts
        with pytest.raises(TimeIsUp):
            busy(5)


def test_it_works_in_a_thread() -> None:
    found = []
    pairs = [((x + 1) ** 2, x**2 + 2 * x + 1), (sin(x), cos(x)), (Integral(cos(t), (t, 0, x)), sin(x))]
    thread = threading.Thread(target=lambda: found.extend(decide(*pair) for pair in pairs))
    thread.start()
    thread.join(10)
    assert [type(verdict) for verdict in found] == [Equal, Different, Undecided]


def tower(height: int) -> Pow:
    power = Integer(9)
    for _ in range(height):
        power = Pow(9, power, evaluate=False)
    return power


MONSTERS = {
    "tower": lambda: tower(5) + x,
    "factorial": lambda: factorial(10**9, evaluate=False) + x,
    "decimal tower": lambda: 0.5 * x + tower(3),
    "huge power": lambda: (x + sin(x) + 1) ** (10**9),
    "wide": lambda: (sum(Symbol(f"x{i}") for i in range(30)) + 1) ** 60,
    "nested exponentials": lambda: exp(exp(exp(exp(exp(x))))),
    "far sine": lambda: sin(Pow(10, 10**5, evaluate=False) * x),
    "e tower": lambda: E ** (E ** (E ** (E**x))),
}


@pytest.mark.parametrize("name", MONSTERS)
def test_monsters_come_back_in_time(name: str) -> None:
    monster = MONSTERS[name]()
    began = time.monotonic()
    decide(monster, monster + 1)
    decide(monster, x)
    assert time.monotonic() - began < 10


@pytest.mark.slow
def test_shared_parts_do_not_explode() -> None:
    twice = x
    for i in range(100):
        twice = twice * twice + 1 if i % 2 else sin(twice) + twice
    assert isinstance(decide(twice, x), Undecided)


@pytest.mark.slow
def test_deep_nesting_is_refused_politely() -> None:
    deep = x
    for _ in range(130):
        deep = sin(deep) + 1
    verdict = decide(deep, x)
    assert isinstance(verdict, Undecided)
    assert "deep" in verdict.reason
