"""Functions of balls beyond the elementary ones: steps, extremes, factorials and their kin."""

from __future__ import annotations

from flint import acb, arb

from .balls import Ball, Operation, Run, Unsure, real, settled


def floor(run: Run, x: Ball) -> Ball:
    """The largest integer that is not larger."""
    whole = real(x).floor()
    if not whole.is_exact():
        raise Unsure
    return whole


def ceiling(run: Run, x: Ball) -> Ball:
    """The smallest integer that is not smaller."""
    return -floor(run, -x)


def fraction(run: Run, x: Ball) -> Ball:
    """What is above the floor."""
    return x - floor(run, x)


def modulo(run: Run, x: Ball, y: Ball) -> Ball:
    """The remainder with the sign of y."""
    return x - y * floor(run, x / y)


def largest(run: Run, *values: Ball) -> Ball:
    """The largest of real values."""
    result = real(values[0])
    for value in values[1:]:
        result = result.max(real(value))
    return result


def smallest(run: Run, *values: Ball) -> Ball:
    """The smallest of real values."""
    result = real(values[0])
    for value in values[1:]:
        result = result.min(real(value))
    return result


def atan2(run: Run, y: Ball, x: Ball) -> Ball:
    """The angle of the point (x, y)."""
    y, x = real(y), real(x)
    if y.contains(0) and x.contains(0):
        raise Unsure
    return arb.atan2(y, x)


def sinc(run: Run, x: Ball) -> Ball:
    """sin(x)/x, and 1 at 0."""
    return x.sinc()


def gamma(run: Run, x: Ball) -> Ball:
    """Euler's gamma function."""
    return x.gamma()


def factorial(run: Run, x: Ball) -> Ball:
    """gamma(x + 1), the factorial of integers."""
    return (x + 1).gamma()


def binomial(run: Run, n: Ball, k: Ball) -> Ball:
    """n over k, through gamma."""
    return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()


def rising(run: Run, x: Ball, k: Ball) -> Ball:
    """x (x + 1) ... (x + k - 1), through gamma."""
    return (x + k).gamma() * x.rgamma()


def falling(run: Run, x: Ball, k: Ball) -> Ball:
    """x (x - 1) ... (x - k + 1), through gamma."""
    return (x + 1).gamma() * (x - k + 1).rgamma()


def beta(run: Run, x: Ball, y: Ball) -> Ball:
    """gamma(x) gamma(y) / gamma(x + y)."""
    return x.gamma() * y.gamma() * (x + y).rgamma()


def harmonic(run: Run, n: Ball) -> Ball:
    """1 + 1/2 + ... + 1/n, through the logarithmic derivative of gamma."""
    return (n + 1).digamma() + arb.const_euler()


def bessel(name: str) -> Operation:
    """The Bessel function that both balls call `name`, of an order and an argument."""

    def apply(run: Run, order: Ball, x: Ball) -> Ball:
        if isinstance(x, arb) and not x >= 0:
            return settled(getattr(acb(x), name)(acb(order)))
        return settled(getattr(x, name)(order))

    return apply


def polygamma(run: Run, n: Ball, x: Ball) -> Ball:
    """The n-th derivative of the logarithmic derivative of gamma."""
    return settled(acb(x).polygamma(acb(n)))
