"""Which sympy function is which function of balls, and where each changes its behaviour."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from flint import arb
from sympy.functions.elementary.integers import frac

from . import balls, special
from .balls import Operation, everywhere, of_reciprocal, within

asin = within("asin", lambda x: -1 <= x <= 1, lambda x: abs(x) > 1)
acos = within("acos", lambda x: -1 <= x <= 1, lambda x: abs(x) > 1)
atan = everywhere("atan")
acosh = within("acosh", lambda x: x >= 1, lambda x: x < 1)
atanh = within("atanh", lambda x: abs(x) < 1, lambda x: abs(x) > 1)
asinh = everywhere("asinh")
lambertw = within("lambertw", lambda x: x > arb(-1).exp() * -1, lambda x: x < -arb(-1).exp())

FUNCTIONS: dict[type, Operation] = {
    sp.exp: everywhere("exp"),
    sp.log: balls.logarithm,
    sp.sin: everywhere("sin"),
    sp.cos: everywhere("cos"),
    sp.tan: everywhere("tan"),
    sp.cot: everywhere("cot"),
    sp.sec: everywhere("sec"),
    sp.csc: everywhere("csc"),
    sp.asin: asin,
    sp.acos: acos,
    sp.atan: atan,
    sp.acot: of_reciprocal(atan),
    sp.asec: of_reciprocal(acos),
    sp.acsc: of_reciprocal(asin),
    sp.sinh: everywhere("sinh"),
    sp.cosh: everywhere("cosh"),
    sp.tanh: everywhere("tanh"),
    sp.coth: everywhere("coth"),
    sp.sech: everywhere("sech"),
    sp.csch: everywhere("csch"),
    sp.asinh: asinh,
    sp.acosh: acosh,
    sp.atanh: atanh,
    sp.acoth: of_reciprocal(atanh),
    sp.asech: of_reciprocal(acosh),
    sp.acsch: of_reciprocal(asinh),
    sp.sinc: special.sinc,
    sp.Abs: balls.absolute,
    sp.sign: balls.sign,
    sp.Heaviside: balls.heaviside,
    sp.floor: special.floor,
    sp.ceiling: special.ceiling,
    frac: special.fraction,
    sp.Mod: special.modulo,
    sp.Max: special.largest,
    sp.Min: special.smallest,
    sp.atan2: special.atan2,
    sp.re: balls.real_part,
    sp.im: balls.imaginary_part,
    sp.conjugate: balls.conjugate,
    sp.arg: balls.argument,
    sp.gamma: special.gamma,
    sp.loggamma: within("lgamma", lambda x: x > 0, lambda x: x < 0),
    sp.factorial: special.factorial,
    sp.binomial: special.binomial,
    sp.RisingFactorial: special.rising,
    sp.FallingFactorial: special.falling,
    sp.beta: special.beta,
    sp.polygamma: special.polygamma,
    sp.erf: everywhere("erf"),
    sp.erfc: everywhere("erfc"),
    sp.erfi: everywhere("erfi"),
    sp.LambertW: lambertw,
    sp.zeta: everywhere("zeta"),
    sp.harmonic: special.harmonic,
    sp.Ei: everywhere("ei"),
    sp.li: within("li", lambda x: x > 0, lambda x: x < 0),
    sp.Si: everywhere("si"),
    sp.Ci: within("ci", lambda x: x > 0, lambda x: x < 0),
    sp.Shi: everywhere("shi"),
    sp.airyai: everywhere("airy_ai"),
    sp.airybi: everywhere("airy_bi"),
    sp.besselj: special.bessel("bessel_j"),
    sp.bessely: special.bessel("bessel_y"),
    sp.besseli: special.bessel("bessel_i"),
    sp.besselk: special.bessel("bessel_k"),
}
"""Functions of their arguments alone, in sympy's order and with sympy's conventions."""

CONSTANTS: dict[sp.Basic, Callable[[], arb]] = {
    sp.pi: arb.pi,
    sp.E: arb.const_e,
    sp.EulerGamma: arb.const_euler,
    sp.Catalan: arb.const_catalan,
    sp.GoldenRatio: lambda: (1 + arb(5).sqrt()) / 2,
}
"""Named real numbers."""

TURNS: dict[type, tuple[int, ...]] = {
    sp.Abs: (0,),
    sp.sign: (0,),
    sp.Heaviside: (0,),
    sp.log: (0,),
    sp.loggamma: (0,),
    sp.asin: (-1, 1),
    sp.acos: (-1, 1),
    sp.atanh: (-1, 1),
    sp.acosh: (1,),
    sp.acoth: (-1, 0, 1),
    sp.asech: (0, 1),
    sp.asec: (-1, 0, 1),
    sp.acsc: (-1, 0, 1),
    sp.acot: (0,),
    sp.acsch: (0,),
    sp.atan2: (0,),
    sp.LambertW: (0,),
}
"""Values of an argument on whose two sides the function may behave differently, or end."""

ROUGH = (sp.floor, sp.ceiling, frac, sp.Mod, sp.Max, sp.Min, sp.Piecewise, sp.atan, sp.arg, *TURNS)
"""Functions that call for many points."""

JUMPS = (sp.floor, sp.ceiling, frac, sp.Mod, sp.Piecewise, sp.sign)
"""Functions whose value exactly at a breakpoint matters."""
