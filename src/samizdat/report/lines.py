"""Events as lines of JSON, for programs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from samizdat.events import Event
from samizdat.problems import Problem
from samizdat.report.outcome import Outcome


@dataclass(frozen=True, slots=True)
class JsonReport:
    """Writes to a stream what the report for people says in sentences."""

    stream: TextIO

    def follow(self, events: Iterable[Event], build: Path) -> Outcome:  # noqa: ARG002  # the same call serves people and programs
        """Write each event as it happens."""
        outcome = Outcome()
        for event in events:
            outcome.note(event)
            self._line(type(event).__name__.lower(), asdict(event))
        return outcome

    def ledger(self, outcome: Outcome) -> None:
        """Say nothing more: the events have said it all."""

    def problem(self, problem: Problem, folder: Path | None = None) -> None:
        """Write a problem that belongs to no book."""
        self._line("problem", {"folder": folder, "problem": asdict(problem)})

    def _line(self, name: str, facts: Mapping[str, object]) -> None:
        self.stream.write(json.dumps({"event": name, **facts}, ensure_ascii=False, default=str) + "\n")
        self.stream.flush()
