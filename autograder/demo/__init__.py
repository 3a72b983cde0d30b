"""A made-up class of twelve, graded for real, that checks its own marks."""

from .classroom import demo

__all__ = ["demo"]
