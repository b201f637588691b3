"""The pictures of a book: read from its folder, and only what is a sound picture."""

import io
import posixpath
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import PIL
from PIL import Image, ImageFile

from samizdat.config import UnfitPathError, confine
from samizdat.importers.svg import embedded, examine
from samizdat.model.book import Picture
from samizdat.problems import Rule, Severity

PICTURE = Rule(
    "I06",
    Severity.ERROR,
    "A picture cannot be used",
    "Pictures are PNG, JPEG, GIF or SVG files in the book’s own folder, named from there: images/map.png. Nothing is fetched"
    " from the network. Files that are damaged, enormous or of another kind are refused, and so are SVG drawings that hold"
    " programs or draw on other files.",
)

LARGEST = 40 << 20
MOST_PIXELS = 80_000_000
_SVG = "image/svg+xml"
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}
_SMALLEST_HEADER = 10


class UnfitPictureError(ValueError):
    """A picture that cannot be used: the message says why, in words that follow its path; the hint what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Take the sentence's end and the hint."""
        super().__init__(message)
        self.hint = hint


@dataclass
class Pictures:
    """The pictures of one book's folder. Each file is read once."""

    folder: Path
    remember: Callable[..., bytes]
    loaded: dict[str, Picture] = field(default_factory=dict)

    def load(self, name: str) -> Picture:
        """Return the picture that a manuscript names."""
        path = posixpath.normpath(unquote(name)) if name else ""
        if path not in self.loaded:
            self.loaded[path] = self._read(name, path)
        return self.loaded[path]

    def cover(self) -> Picture | None:
        """Return the book's own cover, if its folder has one."""
        for name in ("cover.svg", "cover.png", "cover.jpg", "cover.jpeg"):
            if (self.folder / name).exists():
                return self._read(name, name)
        return None

    def _read(self, name: str, path: str) -> Picture:
        if "://" in name or name.startswith(("data:", "//")):
            message = "does not lie in the book’s folder"
            raise UnfitPictureError(
                message, "Save the picture in the book’s folder, for instance in images/, and name it from there."
            )
        try:
            file = confine(self.folder, path)
            if file.stat().st_size > LARGEST:
                message = f"is larger than {LARGEST >> 20} MB"
                raise UnfitPictureError(message, "Save it smaller; 300 dots to the inch are enough for print.")
            data = file.read_bytes()
        except UnfitPathError as error:
            raise UnfitPictureError(str(error), "Pictures are named from the book’s folder: images/map.png.") from error
        except OSError as error:
            message = "cannot be read"
            raise UnfitPictureError(message) from error
        return self._examine(path, data)

    def _examine(self, path: str, data: bytes) -> Picture:
        media_type = _media_type(data)
        if media_type == _SVG:
            width, height, fault = examine(data)
            if fault:
                raise UnfitPictureError(
                    fault, "Save the drawing as plain SVG, with every picture in it embedded and text as it is."
                )
            try:
                for inside in embedded(data):
                    self._examine(path, inside)
            except UnfitPictureError as error:
                message = f"holds a picture that {error}"
                raise UnfitPictureError(message, error.hint) from error
        elif media_type in _FORMATS:
            width, height = _size(media_type, data)
            if width * height > MOST_PIXELS:
                message = f"has {width:,} × {height:,} dots, which is too many"
                raise UnfitPictureError(message, "Save it smaller; 300 dots to the inch are enough for print.")
            fault = self.remember(lambda: _damage(media_type, data), "picture", PIL.__version__, data).decode()
            if fault or not width * height:
                message = "is damaged"
                raise UnfitPictureError(message, "Open it in a picture program and save it again.")
        else:
            message = "is a WebP picture" if data[8:12] == b"WEBP" else "is not a PNG, JPEG, GIF or SVG picture"
            raise UnfitPictureError(message, "Save it as PNG or JPEG; many e-readers show nothing else.")
        return Picture(path, media_type, width, height, data)


def _media_type(data: bytes) -> str:
    """Tell a picture's kind by how it begins, whatever its name says."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    return _SVG if b"<svg" in data[:4096].lower() or b"<!doctype svg" in data[:4096].lower() else ""


def _size(media_type: str, data: bytes) -> tuple[int, int]:
    """Read width and height from a picture's head, before anything is unpacked; 0 where it is cut off."""
    try:
        match media_type:
            case "image/png":
                return struct.unpack(">II", data[16:24])
            case "image/gif":
                return struct.unpack("<HH", data[6:10])
            case _:
                return _jpeg_size(data)
    except struct.error:
        return 0, 0


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Go from segment to segment to the one that begins a frame."""
    offset = 2
    frames = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
    while offset + _SMALLEST_HEADER <= len(data):
        marker, length = struct.unpack(">xBH", data[offset : offset + 4])
        if marker in frames:
            height, width = struct.unpack(">HH", data[offset + 5 : offset + 9])
            return width, height
        offset += 1 if marker == 0xFF else 2 + length
    return 0, 0


def _damage(media_type: str, data: bytes) -> bytes:
    """Unpack a picture to see that it is whole; return what is wrong with it."""
    # WeasyPrint turns this on for the whole process when it is loaded; a picture must be judged the same before and after
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(data), formats=[_FORMATS[media_type]]) as image:
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        return str(error).encode() or b"damaged"
    return b""
