"""A document taken out of its wrapping."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from samizdat.importers.documents.metadata import Facts
from samizdat.importers.documents.outline import Leaf


class Ask(Protocol):
    """Asks pandoc for the syntax tree of some bytes."""

    def __call__(self, data: bytes, options: tuple[str, ...] = ()) -> dict[str, Any]:
        """Ask."""


def no_picture(_: str) -> bytes | None:
    """Find nothing."""
    return None


@dataclass
class Wrapping:
    """What came out: pieces as pandoc read them, what the wrapping says of the book, where its pictures are."""

    leaves: list[Leaf]
    facts: Facts = field(default_factory=Facts)
    picture: Callable[[str], bytes | None] = no_picture
    cover: str = ""
