"""The manifest of a build: with what, and from what, the files in the build folder were made; and what tells two builds apart.

`MANIFEST.json` lies beside `SHA256SUMS` and is not listed there, so that the same bytes made on machines that differ in something
of no account have the same sums. It names nothing of the machine itself: no path, no time, no user.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from samizdat import machine
from samizdat.problems import Place, Problem, Rule, SamizdatError, Severity
from samizdat.stamp import Stamp

DIFFERS = Rule(
    "W45",
    Severity.ERROR,
    "A file is not the one that was listed",
    "The list of checksums names another content for this file. It was made with other tools or fonts, from another text, or it"
    " was altered since; the hint says which, as far as the manifests of the two builds tell.",
)
ABSENT = Rule(
    "W46",
    Severity.ERROR,
    "A listed file is not there",
    "The list of checksums names a file that the build folder does not hold: an edition that was not made here, or that was taken"
    " away since.",
)
UNLISTED = Rule(
    "W47",
    Severity.WARNING,
    "A file that no list names",
    "The build folder holds a file of a book for which the list of checksums has no line. Nothing can be said of it.",
)
NO_SUMS = Rule(
    "W48",
    Severity.ERROR,
    "No list of checksums",
    "`samizdat verify` takes a build folder and a list as `sha256sum` writes it and as `SHA256SUMS` is: on each line 64 digits,"
    " two spaces and the path of a file in that folder.",
)
OTHERWISE_MADE = Rule(
    "W49",
    Severity.ADVICE,
    "Made with something else",
    "The manifests of the two builds name a tool, a library or a font that is not the same in both. Other versions may make other"
    " bytes of the same text; with the same ones, bytes are the same.",
)

FILE = "MANIFEST.json"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_LARGEST = 16 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says: the tools by name with their versions, the sources of books, the files with their digests."""

    tools: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def write(stamps: Mapping[str, Stamp], build: Path) -> bytes:
    """Write down what books were made with and from, by their stamps; only files that are in place."""
    files = {result.path: result.digest for known in stamps.values() for result in known.in_place(build)}
    said = {
        "tools": dict(machine.tools()),
        "sources": {slug: known.source for slug, known in sorted(stamps.items())},
        "files": dict(sorted(files.items())),
    }
    return (json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode()


def read(path: Path) -> Manifest:
    """Read a manifest; where there is none, or none that makes sense, it says nothing."""
    try:
        if path.stat().st_size > _LARGEST:
            return Manifest()
        said = json.loads(path.read_bytes())
        return Manifest(*(_words(said.get(part)) for part in ("tools", "sources", "files")))
    except (OSError, ValueError, AttributeError, RecursionError):
        return Manifest()


def _words(said: Any) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in said.items()} if isinstance(said, dict) else {}


def compare(build: Path, sums: Path) -> Iterator[Problem]:
    """Hold the files of a build folder against a list of checksums, and say why they differ as far as manifests tell."""
    here, there = read(build / FILE), read(sums.parent / FILE) if sums.parent.resolve() != build.resolve() else Manifest()
    listed = dict(_lines(sums))
    differing = []
    for path, digest in listed.items():
        file = build / path
        if not file.is_file() or not file.resolve().is_relative_to(build.resolve()):
            yield ABSENT.problem(f"“{path}” is listed, but is not there.", Place(path), "Build the book, or copy the file again.")
            continue
        with file.open("rb") as data:
            found = hashlib.file_digest(data, "sha256").hexdigest()
        if found != digest:
            differing.append(path)
            message = f"“{path}” is another file than the one listed: {found[:12]}… and not {digest[:12]}…"
            yield DIFFERS.problem(message, Place(path), _reason(path, found, here, there))
    for path in sorted(here.files.keys() - listed.keys()):
        yield UNLISTED.problem(f"“{path}” is not in the list.", Place(path), "Compare with a list of all that was made.")
    if differing:
        yield from _tools(here, there)


def _lines(sums: Path) -> Iterator[tuple[str, str]]:
    """Yield path and digest of each line; only paths that stay in the folder."""
    hint = "Name the folder of the results first, and then the list: samizdat verify build SHA256SUMS"
    try:
        text = sums.read_bytes()[:_LARGEST].decode()
    except (OSError, UnicodeDecodeError) as error:
        raise SamizdatError(NO_SUMS.problem(f"“{sums.name}” cannot be read.", Place(sums.name), hint)) from error
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None or PurePosixPath(match[2]).is_absolute() or {"..", "\\"} & {*PurePosixPath(match[2]).parts, *match[2]}:
            place = Place(sums.name, number, line[:80])
            raise SamizdatError(NO_SUMS.problem("This line is no checksum of a file in the folder.", place, hint))
        yield match[2], match[1]


def _reason(path: str, found: str, here: Manifest, there: Manifest) -> str:
    """Say why a file differs, as far as can be known."""
    if path in here.files and here.files[path] != found:
        return "It was altered after it was made here: it is not what this folder's own manifest says. Build it again."
    if not there.tools:
        return f"Put the {FILE} that came with the list beside it, to be told why."
    slug = path.partition("/")[0]
    if here.sources.get(slug) != there.sources.get(slug):
        return "The book's folder was another one: its text, pictures, book.toml or templates."
    if here.tools != there.tools:
        return "The text was the same, but the tools or fonts were not; see below."
    return "Text, tools and fonts were the same: build it again, and if it still differs, tell us."


def _tools(here: Manifest, there: Manifest) -> Iterator[Problem]:
    for name in sorted(here.tools.keys() | there.tools.keys()) if there.tools else ():
        mine, other = here.tools.get(name, "none"), there.tools.get(name, "none")
        if mine != other:
            message = f"{name}: {_short(mine)} here, {_short(other)} in the list's manifest."
            yield OTHERWISE_MADE.problem(message, hint="Install the same version to get the same bytes.")


def _short(value: str) -> str:
    return f"{value[:12]}…" if re.fullmatch("[0-9a-f]{64}", value) else value
