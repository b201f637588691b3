"""An e-book that is not packed: a folder with what an EPUB holds, as Standard Ebooks and other publishers keep their sources.

It is packed here, always to the same bytes, and then goes the way of every EPUB.
"""

import os
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from samizdat.importers.documents.archive import MOST_BYTES, MOST_ENTRIES, SWOLLEN
from samizdat.problems import Place, SamizdatError

_CONTAINER = "META-INF/container.xml"
_ROOTS = ("", "src")
"""Where the e-book begins: at the head of the folder, or in `src`, as in the repositories of Standard Ebooks."""
_TOO_MUCH = "Name the folder of the e-book alone, with nothing in it but the e-book."


def root(folder: Path) -> Path | None:
    """Return the folder in which an unpacked e-book begins, or None where the folder holds none."""
    return next((at for name in _ROOTS if ((at := folder / name) / _CONTAINER).is_file()), None)


def content(path: Path) -> bytes:
    """Return the bytes of a file, or of the unpacked e-book in a folder, packed; an OSError says that there is none."""
    found = root(path) if path.is_dir() else None
    if found is None:
        return path.read_bytes()
    result = BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for file in _files(found, path.name):
            archive.writestr(zipfile.ZipInfo(file.relative_to(found).as_posix()), file.read_bytes())
    return result.getvalue()


def _files(folder: Path, name: str) -> Iterator[Path]:
    """Yield the files in an order that is always the same: none that is hidden, none that leads out of the folder."""
    entries = size = 0
    for at, inside, files in os.walk(folder):
        inside[:] = sorted(each for each in inside if not each.startswith("."))
        for file in (Path(at) / each for each in sorted(files) if not each.startswith(".")):
            if file.is_symlink() or not file.is_file():
                continue
            entries, size = entries + 1, size + file.stat().st_size
            if entries > MOST_ENTRIES or size > MOST_BYTES:
                message = f"This folder holds more than {MOST_ENTRIES:,} files or {MOST_BYTES >> 20} MB, which no book has."
                raise SamizdatError(SWOLLEN.problem(message, Place(name), _TOO_MUCH))
            yield file
