"""Feedback pages by nbgrader's own generator."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory

from autograder.grading.course import Course
from autograder.grading.nbgrader_preprocessors import configure
from autograder.grading.nbgrader_settings import course_config


def generate_feedback(course: Course, assignment: str, students: Iterable[str]) -> dict[str, str]:
    """Write the feedback pages of these students; return what went wrong, by student."""
    troubles = {}
    log = logging.getLogger("nabla.feedback")
    log.setLevel(logging.ERROR)
    log.addHandler(logging.NullHandler())
    log.propagate = False
    for student in students:
        config = course_config(course, configure)
        config.CourseDirectory.assignment_id = assignment
        config.CourseDirectory.student_id = student
        generator = GenerateFeedback(coursedir=CourseDirectory(config=config), config=config)
        generator.force = True
        generator.log = log
        try:
            generator.start()
        except (NbGraderException, OSError) as error:
            troubles[student] = str(error)
    return troubles
