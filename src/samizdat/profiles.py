"""Colour profiles: what a printing press makes of its four inks, for which a file is prepared.

The house profile comes with a package of Debian; a book may bring its printer's own. A profile's head and description are read
here, by the International Color Consortium's specification ICC.1:2010, clauses 7.2 and 9.2; nothing else of it is.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samizdat.problems import Place, Problem, Rule, SamizdatError, Severity

PROFILE_MISSING = Rule(
    "P40",
    Severity.WARNING,
    "The house's colour profile is not installed",
    "PDF/X-4, the form in which printing houses like their files, must contain a profile of the four inks. Without one the PDF "
    "for the printer is still in black ink only and has its sizes right, but it cannot say that it is PDF/X, and pictures are "
    "not turned into four colours by measure. Install the package named in the hint, or put your printer's profile into the "
    "book's folder `templates/` and name it in book.toml.",
)
PROFILE_UNFIT = Rule(
    "P41",
    Severity.ERROR,
    "The colour profile cannot be used",
    "A profile for the press is an ICC file for output in four inks (cyan, magenta, yellow, black). The one that book.toml names "
    "is not in the book's folder `templates/`, is damaged, or is for something else, such as a screen.",
)

_HOUSE = "default_cmyk.icc"
_PACKAGE = "libgs-common"
_FOLDERS = (
    "/usr/share/color/icc/ghostscript",
    "/usr/share/ghostscript/iccprofiles",
    "/opt/homebrew/share/ghostscript/iccprofiles",
    "/usr/local/share/ghostscript/iccprofiles",
)
_HEAD = 128
_ENTRY = 12
_LARGEST = 20_000_000
"""Bytes. The profiles of printing houses have half a million to three."""
_REGISTERED = re.compile(r"FOGRA\s?(\d{2})|CGATS\s?(TR\s?00\d)|(?:CGATS21[_-]?)?CRPC(\d)")
"""Names of printing conditions in the registry of the ICC, as they are written into profiles' descriptions."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile of four inks: its bytes, and what it says of itself."""

    data: bytes
    description: str

    @property
    def condition(self) -> str:
        """Name the printing condition as the ICC registered it; "Custom" where the profile names none."""
        found = _REGISTERED.search(self.description)
        if found is None:
            return "Custom"
        if found[1]:
            return f"FOGRA{found[1]}"
        return f"CGATS {found[2][:2]} {found[2][2:].strip()}" if found[2] else f"CGATS21-2-CRPC{found[3]}"


@cache
def house() -> Profile | None:
    """Return the house's profile, which is the one that Ghostscript brings; None where it is not installed."""
    for folder in _FOLDERS:
        try:
            return read((Path(folder) / _HOUSE).read_bytes(), _HOUSE)
        except (OSError, SamizdatError):
            continue
    return None


@cache
def identities() -> tuple[str, ...]:
    """Say which profile the house uses, by its content: for the keys of the cache."""
    profile = house()
    return () if profile is None else (hashlib.sha256(profile.data).hexdigest(),)


def missing() -> tuple[Problem, ...]:
    """Say what to install where the house has no profile."""
    if house() is not None:
        return ()
    return (
        PROFILE_MISSING.problem(
            "The colour profile of the house is missing, so PDFs for the printer are not PDF/X-4.",
            hint=f"On Debian or Ubuntu: apt install {_PACKAGE}. Elsewhere, install Ghostscript.",
        ),
    )


def own(folders: Iterator[Path], name: str) -> Profile:
    """Read the profile of this name from the first of some folders that has it; raises SamizdatError P41."""
    for folder in folders:
        path = folder / name
        if Path(name).name == name and path.is_file() and path.stat().st_size <= _LARGEST:
            return read(path.read_bytes(), name)
    raise _unfit(name, "is not in the book's folder templates/", "Put the file there, and write its name without a folder.")


def read(data: bytes, name: str) -> Profile:
    """Read a profile's head; raises SamizdatError P41 where it is no profile of four inks."""
    if len(data) < _HEAD + 4 or data[36:40] != b"acsp" or int.from_bytes(data[:4], "big") != len(data):
        raise _unfit(name, "is no ICC profile, or is damaged", "Get the file again from where it came.")
    if data[16:20] != b"CMYK" or data[12:16] != b"prtr":
        raise _unfit(name, "is not for printing in four inks", "Ask the printer for the profile of the press and paper.")
    return Profile(data, _description(_tags(data)) or name)


def _tags(data: bytes) -> Mapping[bytes, bytes]:
    """List the tags of a profile."""
    found = {}
    for number in range(min(int.from_bytes(data[_HEAD : _HEAD + 4], "big"), 100)):
        entry = data[_HEAD + 4 + number * _ENTRY :][:_ENTRY]
        start, length = int.from_bytes(entry[4:8], "big"), int.from_bytes(entry[8:12], "big")
        found[entry[:4]] = data[start : start + length]
    return found


def _description(tags: Mapping[bytes, bytes]) -> str:
    """Read a profile's description in either of the forms it has had: plain (version 2) or in languages (version 4)."""
    text = tags.get(b"desc", b"")
    if text[:4] == b"desc":
        found = text[12 : 12 + int.from_bytes(text[8:12], "big")].decode("ascii", "replace")
    elif text[:4] == b"mluc":
        length, start = int.from_bytes(text[20:24], "big"), int.from_bytes(text[24:28], "big")
        found = text[start : start + length].decode("utf-16-be", "replace")
    else:
        found = ""
    return " ".join(found.replace("\0", " ").split())


def _unfit(name: str, what: str, hint: str) -> SamizdatError:
    return SamizdatError(PROFILE_UNFIT.problem(f"The colour profile “{name}” {what}.", Place(name), hint))
