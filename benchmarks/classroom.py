"""A class for the benchmarks of grading, made of the demonstration's honest students; some of it may be hostile."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from autograder.demo.classroom import expected, make
from autograder.demo.students import CLASS
from autograder.grading import notebook as nb
from autograder.grading.course import Course

REPOSITORY = Course(Path(__file__).parents[1])
HONEST = [student for student in CLASS if student.name in ("ada", "bruno", "chen", "dora", "emil", "fatou", "goran")]
HOSTILE = (
    "held = []\nwhile True:\n    held.append(bytearray(1 << 24))",
    "import os\nos._exit(1)",
    "while True:\n    pass",
    "print('x' * 50_000_000)",
    "open('/etc/passwd').read()",
)
"""The one that takes all the memory it may comes first, so that the small class has it too."""


def classroom(folder: Path, size: int, hostile: bool):
    """Make a course with `size` submissions; with `hostile`, every twentieth attacks in its first answer."""
    course, key = make(REPOSITORY, folder)
    made = {
        student.name: (course.submitted("gradient", student.name) / "gradient.ipynb").read_bytes() for student in HONEST
    }
    shutil.rmtree(course.root / "submitted")
    wanted = {}
    for number in range(size):
        student = HONEST[number % len(HONEST)]
        name = f"{student.name}-{number:04}"  # as a platform numbers them; each works under a name of their own
        raw = made[student.name]
        marks = expected(student, key)
        if hostile and number % 20 == 5:
            raw = attacked(raw, HOSTILE[number // 20 % len(HOSTILE)])
            marks = None
        wanted[name] = marks
        target = course.submitted("gradient", name)
        target.mkdir(parents=True)
        (target / "gradient.ipynb").write_bytes(raw)
    return course, key, wanted


def attacked(raw: bytes, code: str) -> bytes:
    """Put hostile code into the first answer."""
    notebook = json.loads(raw)
    next(cell for cell in notebook["cells"] if nb.grade_id(cell) == "answer-1")["source"] = code
    return json.dumps(notebook).encode()
