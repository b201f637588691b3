"""The pictures that came with a document: each is looked at, named anew, and kept once."""

import io
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from PIL import Image

from samizdat.config.ids import slug, unused
from samizdat.importers.documents import emf, wmf
from samizdat.importers.documents.record import PICTURE_LEFT, Record
from samizdat.importers.pictures import Pictures, UnfitPictureError
from samizdat.importers.plain.record import Decisions
from samizdat.model.book import Picture
from samizdat.problems import Problem, Rule, SamizdatError, Severity
from samizdat.words import Words

UNSEEN = Rule(
    "I46",
    Severity.WARNING,
    "Pictures that could not be taken along",
    "The document shows pictures that it does not hold, that lie on the web, or that are damaged or of a kind no book can show."
    " What it says of them stands in their places. Save them as PNG or JPEG in the folder of the document, and import again.",
)

_NAMED = 5
"""How many pictures a message names."""
_SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/svg+xml": ".svg"}
_CHANGED = ("WEBP", "BMP", "TIFF")
_MOST_PIXELS = 40_000_000
MOST_PICTURES = 3000

Load = Callable[[str], bytes | None]


def remember_nothing(make: Callable[[], bytes], *_: object) -> bytes:
    """Make it now."""
    return make()


@dataclass
class Album(Pictures):
    """Pictures from a document. `load_bytes` finds the bytes that a name stands for, or None."""

    folder: Path = field(default_factory=Path)
    remember: Callable[..., bytes] = remember_nothing
    load_bytes: Load = lambda _: None
    record: Record = field(default_factory=Record)
    language: str = ""
    _names: dict[str, str] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _stand_ins: int = 0

    def place(self, name: str, words: str) -> str:
        """Take a picture into the album; return the name it gets there, or nothing where it cannot be used."""
        if name not in self._names:
            self._names[name] = self._placed(name, words)
        return self._names[name]

    def load(self, name: str) -> Picture:
        """Return a picture of the album."""
        if name not in self.loaded:
            message = "does not lie in the book’s folder"
            raise UnfitPictureError(message)
        return self.loaded[name]

    def stand_in(self) -> str:
        """Return words for a picture of which the document says nothing."""
        self._stand_ins += 1
        return f"{Words(self.language)('figure')} {self._stand_ins}"

    def pictures(self) -> Mapping[str, Picture]:
        """Return the pictures by their paths."""
        return self.loaded

    def _placed(self, name: str, words: str) -> str:
        if "://" in name or name.startswith("//"):
            self._leave(name, words, "It lies on the web; nothing is fetched from there.")
            return ""
        try:
            data = self.load_bytes(name) if len(self.loaded) < MOST_PICTURES else None
        except SamizdatError as error:
            self._leave(name, words, error.problems[0].message)
            return ""
        if not data:
            self._leave(name, words, "The document does not hold it.")
            return ""
        data = _converted(data)
        stem = slug(PurePosixPath(posixpath.basename(name) if not name.startswith("data:") else "").stem) or "picture"
        try:
            picture = self._examine(f"images/{stem}", data)
        except UnfitPictureError as error:
            self._leave(name, words, f"It {error}.")
            return ""
        path = unused(stem, self._used)
        path = f"images/{path}{_SUFFIXES[picture.media_type]}"
        self.loaded[path] = Picture(path, picture.media_type, picture.width, picture.height, data)
        return path

    def _leave(self, name: str, words: str, why: str) -> None:
        shown = re.sub(r"^(data:[^,]{0,40}).*", r"\1…", name, flags=re.DOTALL)
        self.record.decide(PICTURE_LEFT, 0.9, f"{shown} {words}".strip(), words, why, words)


def unseen(decisions: Decisions) -> list[Problem]:
    """Say which pictures stayed behind."""
    left = list(dict.fromkeys(one.before.split(" ")[0] for one in decisions if one.rule == PICTURE_LEFT.code))
    if not left:
        return []
    named = ", ".join(left[:_NAMED]) + (" …" if len(left) > _NAMED else "")
    number = "A picture" if len(left) == 1 else f"{len(left)} pictures"
    return [UNSEEN.problem(f"{number} could not be taken along: {named}.", hint="Look into the record for the reasons.")]


def _converted(data: bytes) -> bytes:
    """Change a picture of a kind that few readers show into PNG, and a drawing of an office program into SVG."""
    for is_one, drawn in ((emf.is_emf, emf.drawn), (wmf.is_wmf, wmf.drawn)):
        if is_one(data):
            return drawn(data) or data
    if not (data.startswith((b"BM", b"II*\0", b"MM\0*")) or data[8:12] == b"WEBP"):
        return data
    try:
        with Image.open(io.BytesIO(data), formats=_CHANGED) as image:
            if image.width * image.height > _MOST_PIXELS:
                return data
            result = io.BytesIO()
            image.convert("RGBA" if image.mode in {"RGBA", "LA", "P"} else "RGB").save(result, "PNG", optimize=True)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return data
    return result.getvalue()
