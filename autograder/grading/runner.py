"""Running the cells of a notebook in another process, whatever they do.

That process is handed source text and gives back outputs and inert answers; nothing that it sends is ever evaluated.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Self

from autograder.answers import WireError, from_wire, to_wire
from autograder.answers.answer import Answer, Items, Refused
from autograder.emission import ANSWER, Mode
from autograder.grading.limits import Limits
from autograder.grading.outputs import Collector
from autograder.grading.warm import Ending, Session, Warm

Status = Ending | Literal["skipped"]
"""How a cell ended. After "timeout", "died" and "flood" the next cell runs as if it had not been there."""


@dataclass(frozen=True)
class CellResult:
    """What one cell showed, how it ended, and its number in the shell's history (0 when it has none)."""

    outputs: tuple[dict[str, Any], ...]
    status: Status
    execution: int = 0


class Runner:
    """Runs cells one after another in a process of their own, and survives what they do.

    The process is forked from `warm`; without one, the runner starts one for itself.

    >>> with Runner() as run:                                                     # doctest: +SKIP
    ...     run.cell("1 / 0").status, run.cell("print('still here')").status
    ('error', 'ok')
    """

    def __init__(self, limits: Limits | None = None, mode: Mode = "answers", warm: Warm | None = None) -> None:
        self.limits = limits or Limits()
        self.mode = mode
        self._given = warm
        self._replay: list[str] = []
        self._restarts = 0

    def __enter__(self) -> Self:
        self._warm = self._given or Warm(seconds=self.limits.start)
        try:
            self._session = self._warm.session(self.mode, self.limits)
            if self._given:
                self._given.prepare(self.mode, self.limits)
        except BaseException:
            self._close()
            raise
        self._end = time.monotonic() + self.limits.submission
        self._room = self.limits.kept_total
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.kill()
        self._close()

    def _close(self) -> None:
        if self._warm is not self._given:
            self._warm.close()

    def cell(self, source: str, ahead: str = "") -> CellResult:
        """Run one cell. A cell that never ends, dies or floods is stopped, and the next one can still run.

        `ahead` is the source of the next cell, where nothing else comes between: it begins at once.
        """
        if not source.strip():
            return CellResult((), "ok")
        session = self._ready() if self._left() > 0 else None
        if session is None or self._left() <= 0:
            return CellResult((), "skipped")
        result = self._execute(session, source, ahead=ahead)
        if result.status in ("ok", "error"):
            self._replay.append(source)
        return result

    def call(self, execution: int, inputs: Sequence[Items]) -> list[Answer]:
        """Call the function that was the answer of an earlier cell, once for each row of inputs.

        The list is shorter than the inputs, or empty, when the function could not be called to the end.
        """
        if not self._session.usable:
            return []
        wire = to_wire(Items(tuple(inputs), "list")).decode()
        result = self._execute(self._session, f"_oh[{execution}].respond({wire!r})", history=False)
        if result.status == "timeout":
            return [Refused(f"no result within {self.limits.cell:g} seconds")] * len(inputs)
        for output in result.outputs:
            replies = output.get("data", {}).get(ANSWER)
            if output["output_type"] == "execute_result" and isinstance(replies, list):
                return [decode(reply) for reply in replies[: len(inputs)]]
        return []

    def _left(self) -> float:
        """Return the seconds that the next cell may take."""
        return min(self.limits.cell, self._end - time.monotonic())

    def _execute(self, session: Session, source: str, history: bool = True, ahead: str = "") -> CellResult:
        room = min(self.limits.kept_bytes, self._room)
        collector = Collector(room, self.limits.kept_count, self.limits.flood_bytes)
        ending, number = session.run(source, collector, self._left(), history, ahead)
        self._room -= collector.kept
        if not session.usable:
            session.kill()
        return CellResult(collector.finish(), ending, number)

    def _ready(self) -> Session | None:
        """Return a process that can run the next cell: the one at hand, or a fresh one with the cells replayed."""
        while not self._session.usable and self._restarts < self.limits.restarts:
            self._restarts += 1
            self._session = self._warm.session(self.mode, self.limits)
            self._run_again(self._session)
        return self._session if self._session.usable else None

    def _run_again(self, session: Session) -> None:
        """Run the cells again that ended well; one that ends the process this time is given up."""
        for source in list(self._replay):
            self._execute(session, source)
            if not session.usable:
                self._replay.remove(source)
                return


def decode(data: Any) -> Answer:
    """Read one answer from what the other process sent; what is no answer becomes `Refused`.

    >>> decode({"nabla": 1, "answer": [["y", "x"], ["scalar"]]})
    Scalar(expression=x)
    >>> decode("os.system")
    Refused(reason='an answer that cannot be read (...)')
    """
    try:
        return from_wire(json.dumps(data).encode())
    except (WireError, RecursionError) as error:
        return Refused(f"an answer that cannot be read ({error})"[:200])
