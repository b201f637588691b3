"""The doctor: what this machine has of what the work needs, and how to get the rest."""

import ctypes
import importlib.util
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from samizdat import fonts, machine, profiles

_WSL = "In WSL (wsl --install), as on Debian"
_OLDEST_PYTHON = (3, 11)
_SUBSET = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")
_PATIENCE = 20
"""Seconds for a program to say its version."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the machinery: what it is for, what was found of it (empty: nothing), and how to get it, by system."""

    name: str
    purpose: str
    found: str
    needed: bool
    ways: Mapping[str, str]


def examine() -> tuple[Part, ...]:
    """Look at this machine."""
    python = platform.python_version() if sys.version_info >= _OLDEST_PYTHON else ""
    pandoc = importlib.util.find_spec("pypandoc")
    pandoc_program = Path(pandoc.origin).parent / "files/pandoc" if pandoc and pandoc.origin else Path("pandoc")
    subset = _loads(*_SUBSET)
    absent = fonts.missing()
    return (
        Part(
            "Python",
            "runs everything",
            python,
            needed=True,
            ways=_ways("python3 python3-venv", "python3", "python", "Python 3.11 or newer"),
        ),
        Part(
            "pandoc",
            "reads manuscripts",
            _first_line(str(pandoc_program), "--version"),
            needed=True,
            ways={"Everywhere": "it comes with the Python package: pip install pypandoc_binary"},
        ),
        Part(
            "WeasyPrint",
            "lays out pages for PDF",
            _library("weasyprint"),
            needed=True,
            ways={"Everywhere": "pip install samizdat brings the right version"},
        ),
        Part(
            "Pango",
            "shapes lines of text for WeasyPrint",
            machine.pango(),
            needed=True,
            ways=_ways("libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", "pango", "pango", "Pango"),
        ),
        Part(
            "HarfBuzz subset",
            "puts only the letters used into a PDF",
            machine.harfbuzz() if subset else "",
            needed=True,
            ways=_ways("libharfbuzz-subset0", "harfbuzz", "harfbuzz", "HarfBuzz"),
        ),
        Part(
            "House fonts",
            "the look of the page",
            "" if absent else f"{len(fonts.files())} files",
            needed=False,
            ways={f"Missing {number}": f"{problem.message} {problem.hint}" for number, problem in enumerate(absent, 1)},
        ),
        Part(
            "Colour profile",
            "PDF/X for printing houses",
            profile.description if (profile := profiles.house()) else "",
            needed=False,
            ways=_ways("libgs-common", "libgs", "ghostscript", "libgs-common"),
        ),
        Part(
            "Java",
            "runs EPUBCheck for samizdat check",
            _first_line("java", "-version"),
            needed=False,
            ways=_ways("default-jre-headless", "java-latest-openjdk-headless", "openjdk", "a Java runtime"),
        ),
        Part(
            "Poppler",
            "makes pictures of pages, for a close look",
            _first_line("pdftoppm", "-v"),
            needed=False,
            ways=_ways("poppler-utils", "poppler-utils", "poppler", "Poppler"),
        ),
        Part(
            "Chromium",
            "browser checks of make acceptance, for developers",
            _first_line("chromium", "--version"),
            needed=False,
            ways=_ways("chromium", "chromium", "--cask chromium", "Chromium"),
        ),
    )


def _ways(debian: str, fedora: str, macos: str, windows: str) -> Mapping[str, str]:
    return {
        "Debian, Ubuntu": f"apt install {debian}",
        "Fedora": f"dnf install {fedora}",
        "macOS": f"brew install {macos}",
        "Windows": f"{_WSL}; there, {windows} is the package of Debian: apt install {debian}",
    }


def _library(name: str) -> str:
    """Return the version of a Python library, without importing it."""
    metadata = machine.installed().get(name)
    return metadata.name.removesuffix(".dist-info").partition("-")[2] if metadata else ""


def _loads(*names: str) -> bool:
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def _first_line(program: str, *arguments: str) -> str:
    """Return the version that a program gives in the first line it prints; empty where there is no such program."""
    path = shutil.which(program)
    if path is None:
        return ""
    try:
        # the programs are named above, nothing here comes from a book
        said = subprocess.run([path, *arguments], capture_output=True, text=True, timeout=_PATIENCE, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    line = next(iter((said.stdout + said.stderr).splitlines()), "")
    version = re.search(r"\d+(\.\d+)+", line)
    return version[0] if version else line
