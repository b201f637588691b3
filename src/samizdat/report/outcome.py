"""What came of some work, counted from its events."""

from dataclasses import dataclass, field

from samizdat.events import Counted, Crashed, Event, Failed, Finished, Found, Read, Started, Traced, Wrote
from samizdat.problems import Problem, Severity


@dataclass(slots=True)
class Outcome:
    """What came of the work: what was written, and how much went wrong."""

    wrote: list[Wrote] = field(default_factory=list)
    counted: dict[str, Counted] = field(default_factory=dict)
    """The last count of the words of each file, by its path."""
    traced: dict[str, Traced] = field(default_factory=dict)
    """Where the words of each book came from."""
    lost: set[tuple[str, str]] = field(default_factory=set)
    """Books and their editions that were not made; no edition means none of them."""
    failed: int = 0
    crashed: int = 0
    found: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(Severity, 0))
    _told: set[tuple[str, Problem]] = field(default_factory=set)

    def note(self, event: Event) -> bool:
        """Take an event into account, and say whether it is news: several editions may meet the same problem of a book."""
        match event:
            case Wrote():
                self.wrote.append(event)
            case Counted(path=path):
                self.counted[path] = event
            case Traced(book=book):
                self.traced[book] = event
            case Failed(book, edition, problem):
                self.lost.add((book, edition))
                if (book, problem) in self._told:
                    return False
                self._told.add((book, problem))
                self.failed += 1
            case Crashed(book, edition):
                self.crashed += 1
                self.lost.add((book, edition))
            case Found(problem=problem):
                self.found[problem.severity] += 1
            case Started() | Read() | Finished():
                pass
        return True
