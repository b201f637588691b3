"""An archive from elsewhere, read with care: names stay inside it, and no more is unpacked than a book can hold."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

from samizdat.problems import Rule, SamizdatError, Severity

DAMAGED = Rule(
    "I43",
    Severity.ERROR,
    "A damaged document",
    "The file is an archive (DOCX, ODT and EPUB are), and a part of it that is needed cannot be unpacked: it is cut off, "
    "overwritten,"
    " or locked.",
)
SWOLLEN = Rule(
    "I44",
    Severity.ERROR,
    "An archive that unpacks to too much",
    "The archive is small, but what it unpacks to is enormous. Such files are made to bring computers to a halt.",
)

ANEW = "Get the file again, or open it in the program that made it and save it anew."
UNTRUSTED = "If you trust it, save it anew from the program that made it, with smaller pictures. If not, delete it."
LARGEST_PART = 48 << 20
LARGEST_PICTURE = 40 << 20
MOST_BYTES = 160 << 20
MOST_ENTRIES = 20_000
_SUSPECT = 150
"""How many times smaller than its content an entry of some size may be."""
_WORTH_A_LOOK = 8 << 20
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\w+);)\w+;")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)


@dataclass
class Archive:
    """The entries of a zip file by their plain names. The first of two with one name is taken."""

    data: bytes
    entries: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    """Names that lead out of the archive, or are links; they are never opened."""
    unpacked: int = 0
    _zip: zipfile.ZipFile = field(init=False)

    def __post_init__(self) -> None:
        """Open the archive and look at its list of entries."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(self.data))
            listed = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise SamizdatError(
                DAMAGED.problem("This file is damaged: its list of contents cannot be read.", hint=ANEW)
            ) from error
        if len(listed) > MOST_ENTRIES:
            raise SamizdatError(SWOLLEN.problem(f"This archive holds {len(listed):,} files, which no book has.", hint=UNTRUSTED))
        for entry in listed:
            name = entry.filename.replace("\\", "/")
            plain = posixpath.normpath(name)
            if plain.startswith(("/", "../")) or plain == ".." or re.match("[A-Za-z]:", plain) or _is_link(entry):
                self.outside.append(name)
            elif not name.endswith("/"):
                self.entries.setdefault(plain, entry)

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def read(self, name: str, most: int = LARGEST_PART) -> bytes:
        """Unpack an entry that must be there."""
        entry = self.entries.get(name)
        if entry is None:
            raise SamizdatError(DAMAGED.problem(f"This file is damaged: “{name}” is missing from it.", hint=ANEW))
        if entry.flag_bits & 1:
            raise SamizdatError(DAMAGED.problem("This file is locked with a password.", hint="Save it without one."))
        size, packed = entry.file_size, max(entry.compress_size, 1)
        if size > most or self.unpacked + size > MOST_BYTES or (size > _WORTH_A_LOOK and size > packed * _SUSPECT):
            raise SamizdatError(SWOLLEN.problem(f"“{name}” unpacks to {size >> 20} MB, which is far too much.", hint=UNTRUSTED))
        try:
            with self._zip.open(entry) as stream:
                found = stream.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
            raise SamizdatError(DAMAGED.problem(f"This file is damaged: “{name}” cannot be unpacked.", hint=ANEW)) from error
        self.unpacked += len(found)
        if len(found) > most:
            raise SamizdatError(SWOLLEN.problem(f"“{name}” unpacks to more than it says.", hint=UNTRUSTED))
        return found

    def find(self, name: str) -> str:
        """Return the name of an entry as the archive spells it, capitals aside; empty where there is none."""
        if name in self.entries:
            return name
        return next((entry for entry in self.entries if entry.lower() == name.lower()), "")

    def repacked(self, mended: Callable[[str, bytes], bytes]) -> tuple[bytes, int]:
        """Return the archive without what leads outside, and its XML without declarations of entities, which no office file has.

        Pictures and other parts are left out: pandoc only needs to know that they are there. `mended` is given each part of XML
        and puts it right. Also tell how many declarations there were.
        """
        declared = 0
        result = BytesIO()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for name in self.entries:
                data = b""
                if name.endswith((".xml", ".rels")) or name == "mimetype":
                    data = self.read(name)
                    if b"<!DOCTYPE" in data[:4096].upper():
                        data, found = _DOCTYPE.subn(b"", data, count=1)
                        data = _ENTITY.sub(b"", data)
                        declared += found
                    data = mended(name, data)
                target.writestr(name, data)
        return result.getvalue(), declared


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return (entry.external_attr >> 16) & 0o170000 == 0o120000
