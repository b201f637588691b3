"""The chain back to the capture: what the record of an import says, as far as it counts words."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from samizdat.config import confine
from samizdat.importers.plain import ledger


@dataclass(frozen=True, slots=True)
class Capture:
    """What an import counted: the words of the capture, those in the manuscripts, those left out by each rule."""

    file: str
    sha256: str
    captured: int
    kept: int
    added: int
    missing: int
    left_out: tuple[tuple[str, int], ...]
    work: int = 1
    works: int = 1
    """How many works the capture held; the figures are those of all of them."""


def capture(folder: Path) -> Capture | None:
    """Return what the record of an import beside a manuscript says; None where there is none, or none that makes sense."""
    try:
        # the decisions, which come last, can be thousands, and do not count here
        facts = tomllib.loads(confine(folder, ledger.FILE).read_text("utf-8").partition("\n[[decision]]")[0])
        return _capture(facts["source"], facts["words"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _capture(source: Mapping[str, object], counted: Mapping[str, object]) -> Capture:
    left_out = counted.get("left_out", {})
    number = {key: int(str(counted.get(key, 0))) for key in ("captured", "kept", "added", "missing")}
    return Capture(
        file=str(source["file"]),
        sha256=str(source["sha256"]),
        **number,
        left_out=tuple((str(code), int(count)) for code, count in left_out.items()) if isinstance(left_out, dict) else (),
        work=int(str(source.get("work", 1))),
        works=int(str(source.get("works", 1))),
    )
