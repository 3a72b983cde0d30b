"""nbgrader's settings for this course. `nabla`, `nbgrader` and Formgrader all read them."""

from autograder.grading.nbgrader_preprocessors import configure

c = get_config()  # noqa: F821 - nbgrader defines it

c.CourseDirectory.course_id = "nabla"

# The stubs where students write, grading by `nabla` from nbgrader's own buttons, and the look of feedback pages.
configure(c)
