"""Names of files that every file system can hold, and old readers too: Windows, macOS and Linux, and e-readers of any age."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))})
LONGEST = 100
"""Letters in the name of a file or folder: far below what any disk allows, as the folders above count too on some."""
_LONGEST_SUFFIX = 16


def is_device(name: str) -> bool:
    """Tell whether Windows takes a name for a device, whatever comes after its first dot.

    Source: Microsoft, "Naming Files, Paths, and Namespaces".
    """
    return name.partition(".")[0].lower() in _DEVICES


def portable_path(path: str) -> str:
    """Return a path that every file system can hold; one that they can hold already is left alone.

    A path that must change carries a few digits of its own hash, so that two paths never become one.
    """
    return path if all(map(_fits, path.split("/"))) else _marked(path, path)


def portable_paths(paths: Iterable[str], folder: str) -> Mapping[str, str]:
    """Give each path a name of its own below a folder; no two are the same, where capitals do not count either."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for path in dict.fromkeys(paths):
        name = portable_path(f"{folder}/{path.removeprefix(f'{folder}/')}")
        if name.lower() in taken:
            name = _marked(name, path)
        taken.add(name.lower())
        names[path] = name
    return names


def _fits(part: str) -> bool:
    plain = re.fullmatch(r"[A-Za-z0-9_.-]+", part) and not part.endswith(".")
    return bool(plain) and len(part) <= LONGEST and not is_device(part)


def _marked(path: str, original: str) -> str:
    """Spell a path in plain letters, with a mark made from the original."""
    mark = hashlib.sha256(original.encode()).hexdigest()[:6]
    plain = unicodedata.normalize("NFKD", path).encode("ascii", "ignore").decode()
    *folders, name = re.sub(r"[^A-Za-z0-9_./-]+", "-", plain).split("/")
    folders = [part if _fits(part) else f"{part[:LONGEST].replace('.', '-')}-{mark}" for part in folders]
    file = PurePosixPath(name or "-")
    return "/".join([*folders, f"{file.stem[:LONGEST].replace('.', '-')}-{mark}{file.suffix[:_LONGEST_SUFFIX]}"])
