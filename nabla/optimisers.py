"""Update rules of gradient descent and its relatives: from a point and the slope there to the next point.

A rule works coordinate by coordinate and only adds, multiplies, divides and takes square roots. So the same
rule moves a float, a numpy array or an exact sympy number; `nabla.descent` walks with it in floats,
`nabla.exact_descent` exactly.

What a rule remembers from step to step is its memory, a tuple. It begins as zeros.

>>> Plain(learning_rate=0.1).step(5.0, 10.0, ())
(4.0, ())
>>> Momentum(learning_rate=0.1, momentum=0.5).step(5.0, 10.0, (2.0,))
(3.9, (11.0,))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from sympy import Expr, sqrt

Memory = tuple[Any, ...]
"""What a rule carries from one step to the next."""


class Rule(Protocol):
    """An update rule."""

    def start(self) -> Memory:
        """Return the memory before the first step."""
        ...

    def step(self, point: Any, slope: Any, memory: Memory) -> tuple[Any, Memory]:
        """Return the next point and the new memory."""
        ...


@dataclass(frozen=True)
class Plain:
    """Gradient descent itself: x <- x - eta g.

    >>> Plain(0.04).step(5.0, 10.0, Plain(0.04).start())
    (4.6, ())
    """

    learning_rate: Any

    def start(self) -> Memory:
        """Plain descent remembers nothing."""
        return ()

    def step(self, point: Any, slope: Any, memory: Memory) -> tuple[Any, Memory]:
        """Go against the slope."""
        return point - self.learning_rate * slope, memory


@dataclass(frozen=True)
class Momentum:
    """Heavy-ball momentum (Polyak 1964): v <- beta v + g, x <- x - eta v.

    The step size eta stays the same; what changes is that earlier slopes still push.

    >>> rule = Momentum(learning_rate=0.1, momentum=0.9)
    >>> rule.step(1.0, 2.0, rule.start())
    (0.8, (2.0,))
    """

    learning_rate: Any
    momentum: Any = 0.9

    def start(self) -> Memory:
        """At rest."""
        return (0,)

    def step(self, point: Any, slope: Any, memory: Memory) -> tuple[Any, Memory]:
        """Add the slope to the velocity, then go against the velocity."""
        velocity = self.momentum * memory[0] + slope
        return point - self.learning_rate * velocity, (velocity,)


@dataclass(frozen=True)
class RMSProp:
    """RMSProp (Hinton 2012): s <- rho s + (1 - rho) g^2, x <- x - eta g / (sqrt(s) + epsilon).

    Each coordinate is divided by its own typical slope, so steep and flat ones move alike.

    >>> rule = RMSProp(learning_rate=0.5, decay=0.75, epsilon=0)
    >>> rule.step(3.0, 20.0, rule.start())
    (2.0, (100.0,))
    """

    learning_rate: Any
    decay: Any = 0.9
    epsilon: Any = 1e-8

    def start(self) -> Memory:
        """No slope seen yet."""
        return (0,)

    def step(self, point: Any, slope: Any, memory: Memory) -> tuple[Any, Memory]:
        """Update the mean square of the slopes, then divide the slope by its root."""
        mean_square = self.decay * memory[0] + (1 - self.decay) * slope**2
        return point - self.learning_rate * slope / (_root(mean_square) + self.epsilon), (mean_square,)


@dataclass(frozen=True)
class Adam:
    """Adam (Kingma and Ba 2015): momentum and RMSProp together, both corrected for beginning at zero.

    m <- beta1 m + (1 - beta1) g and s <- beta2 s + (1 - beta2) g^2. At step t, counted from 1, x moves by
    -eta m' / (sqrt(s') + epsilon) with m' = m / (1 - beta1^t) and s' = s / (1 - beta2^t).

    >>> rule = Adam(learning_rate=0.5, epsilon=0)
    >>> x, (m, s, t) = rule.step(3.0, 20.0, rule.start())
    >>> round(x, 12), round(m, 12), round(s, 12), t
    (2.5, 2.0, 0.4, 1)
    """

    learning_rate: Any
    beta1: Any = 0.9
    beta2: Any = 0.999
    epsilon: Any = 1e-8

    def start(self) -> Memory:
        """No slope seen yet, no step taken."""
        return (0, 0, 0)

    def step(self, point: Any, slope: Any, memory: Memory) -> tuple[Any, Memory]:
        """Update both means, correct them, move."""
        mean, mean_square, taken = memory
        taken = taken + 1
        mean = self.beta1 * mean + (1 - self.beta1) * slope
        mean_square = self.beta2 * mean_square + (1 - self.beta2) * slope**2
        corrected = mean / (1 - self.beta1**taken)
        typical = _root(mean_square / (1 - self.beta2**taken))
        return point - self.learning_rate * corrected / (typical + self.epsilon), (mean, mean_square, taken)


def _root(value: Any) -> Any:
    """The square root, exact for an exact number."""
    return sqrt(value) if isinstance(value, Expr) else value**0.5
