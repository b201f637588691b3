"""What this machine brings to the work besides Python: the text engine, and the fingerprint of everything that is not the book.

Two machines with the same fingerprint make the same bytes from the same book, so it is part of every key of the cache.
"""

import ctypes
import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from samizdat import fonts, profiles
from samizdat.cache import fingerprint
from samizdat.workspace import house_templates

_PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0.0.dylib", "libpango-1.0-0.dll")
_HARFBUZZ = ("libharfbuzz.so.0", "libharfbuzz.dylib", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")
_REQUIREMENT = re.compile(r"Requires-Dist:\s*([\w.-]+)(?:\[([\w,.\s-]+)\])?[^;\n]*(;.*)?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w.-]+)['\"]")


def _version(libraries: Iterable[str], function: str) -> str:
    """Ask the first library that can be loaded for its version; empty where there is none."""
    for name in libraries:
        try:
            ask = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return str(ask().decode())
    return ""


def pango() -> str:
    """Return the version of Pango, which lays out lines; empty where it is not installed."""
    return _version(_PANGO, "pango_version_string")


def harfbuzz() -> str:
    """Return the version of HarfBuzz, which shapes letters; empty where it is not installed."""
    return _version(_HARFBUZZ, "hb_version_string")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def installed() -> Mapping[str, Path]:
    """Return the metadata folder of every installed library by its normalised name, as Python would find it."""
    found: dict[str, Path] = {}
    for place in sys.path:
        try:
            paths = sorted(Path(place).iterdir())
        except OSError:
            continue
        for path in paths:
            if path.suffix == ".dist-info":
                found.setdefault(_normal(path.name.split("-")[0]), path)
    return found


def libraries() -> tuple[str, ...]:
    """Name the libraries that samizdat stands on, and those that they stand on, each with its version.

    Reads only the heads of their metadata: importing the libraries would take longer than a build in which nothing changed.
    """
    shelf = installed()
    seen: dict[str, set[str]] = {}
    ahead = [("samizdat", frozenset[str]())]
    while ahead:
        name, extras = ahead.pop()
        if name not in shelf or (name in seen and extras <= seen[name]):
            continue
        seen.setdefault(name, set()).update(extras)
        ahead.extend(_required(shelf[name], extras))
    return tuple(sorted(shelf[name].name for name in seen))


def _required(metadata: Path, extras: Iterable[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what a library requires, with the extras it asks for."""
    head, _, _ = (metadata / "METADATA").read_text("utf-8").partition("\n\n")
    for line in head.splitlines():
        if match := _REQUIREMENT.match(line):
            name, wanted, marker = match.groups("")
            extra = _EXTRA.search(marker)
            if extra is None or extra[1] in extras:
                yield _normal(name), frozenset(part.strip() for part in wanted.split(",") if part.strip())


def program() -> str:
    """Return the fingerprint of everything but the book that decides what comes out.

    The program's own files, the house templates, the libraries, the text engine, the fonts and the profile of the press.
    """
    return fingerprint(
        *contents(Path(__file__).parent, (".py", ".toml")),
        *contents(house_templates()),
        *libraries(),
        *fonts.identities(),
        *profiles.identities(),
        sys.version,
        pango(),
        harfbuzz(),
    )


def tools() -> Iterator[tuple[str, str]]:
    """Yield by name what decides besides the book what comes out, each with its version or the digest of its content.

    The same things as in `program`, for people to compare.
    """
    yield "samizdat", fingerprint(*contents(Path(__file__).parent, (".py", ".toml")))
    yield "house templates", fingerprint(*contents(house_templates()))
    yield "Python", sys.version.partition(" ")[0]
    yield "Pango", pango()
    yield "HarfBuzz", harfbuzz()
    for library in libraries():
        name, _, version = library.removesuffix(".dist-info").partition("-")
        if name != "samizdat":
            yield f"library {name}", version
    for font in fonts.identities():
        name, _, digest = font.rpartition(" ")
        yield f"font {name}", digest


def contents(
    folder: Path, suffix: str | tuple[str, ...] = "", leave_out: Path | None = None, *, own: bool = False
) -> Iterator[str]:
    """Yield the name and the hash of every file in a folder, in order; hidden ones are left out.

    With `own`, so are links to what lies outside of it.
    """
    root = folder.resolve()
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith((".", "__pycache__")) and Path(place, name) != leave_out
        )
        for name in sorted(names):
            path = Path(place, name)
            if own and path.is_symlink() and not (path.is_file() and path.resolve().is_relative_to(root)):
                continue
            if name.endswith(suffix) and not name.startswith(".") and path.is_file():
                yield path.relative_to(folder).as_posix()
                with path.open("rb") as file:
                    yield hashlib.file_digest(file, "sha256").hexdigest()
