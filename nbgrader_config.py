"""nbgrader's settings for this course. `nabla`, `nbgrader` and Formgrader all read them."""

c = get_config()  # noqa: F821 - nbgrader defines it

c.CourseDirectory.course_id = "nabla"

# The places where students write: an empty line after the three dots, and a line of prose.
c.ClearSolutions.code_stub = {"python": ""}
c.ClearSolutions.text_stub = "*Write your answer here.*"
