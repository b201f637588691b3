"""Paths that a book may name: files inside its own folder, written with forward slashes."""

import re
from pathlib import Path, PurePosixPath

from samizdat.config.spelling import composed

_DRIVE = re.compile(r"[A-Za-z]:")


class UnfitPathError(ValueError):
    """A path that a book may not name, or that leads to no file; says why in words that follow the path."""


def confine(folder: Path, name: str) -> Path:
    """Return the path of an existing file inside a folder, or say why there is none to be had."""
    if not name.strip() or any(ord(letter) < ord(" ") for letter in name):
        message = "is not the name of a file"
        raise UnfitPathError(message)
    if "\\" in name:
        message = "has backslashes; write forward slashes, on Windows too"
        raise UnfitPathError(message)
    path = PurePosixPath(name)
    if path.is_absolute() or _DRIVE.match(name) or ".." in path.parts:
        message = "lies outside the book’s folder"
        raise UnfitPathError(message)
    if any(part.startswith(".") for part in path.parts):
        message = "is hidden; files of a book have names without a dot in front"
        raise UnfitPathError(message)
    try:
        found = _spelled(folder, path).resolve()
        if not found.is_relative_to(folder.resolve()):
            message = "leads out of the book’s folder"
            raise UnfitPathError(message)
        if not found.is_file():
            message = "is not there" if not found.exists() else "is not a file"
            raise UnfitPathError(message)
    except (OSError, RuntimeError) as error:
        message = "cannot be read"
        raise UnfitPathError(message) from error
    return found


def _spelled(folder: Path, path: PurePosixPath) -> Path:
    """Return a path as the disk spells it: some systems part letters from their accents."""
    if (folder / path).exists() or str(path).isascii():
        return folder / path
    for part in path.parts:
        names = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
        folder /= next((name for name in names if composed(name) == composed(part)), part)
    return folder
