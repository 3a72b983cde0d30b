"""Grading a class: the key, untrusted submissions run elsewhere, marks in nbgrader's gradebook."""
