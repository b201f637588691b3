"""Reading one chapter from a string."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from samizdat.importers import markdown
from samizdat.importers.pictures import Pictures
from samizdat.importers.source import Source
from samizdat.model.block import Blocks
from samizdat.model.book import Section
from samizdat.model.kind import Kind
from samizdat.problems import Problem


def made(make: Callable[[], bytes], *_: object) -> bytes:
    """Remember nothing."""
    return make()


def png(width: int = 3, height: int = 2) -> bytes:
    """Make a small grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class ReadChapter(Protocol):
    """Reads a chapter from a string."""

    def __call__(self, text: str, file: str = "01-quay.md", kind: Kind = Kind.CHAPTER) -> tuple[Section, list[Problem]]: ...


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A book's folder with a picture in it."""
    (tmp_path / "images").mkdir()
    (tmp_path / "images/boat.png").write_bytes(png())
    return tmp_path


@pytest.fixture
def picture() -> Callable[[int, int], bytes]:
    """Make a picture of some size."""
    return png


@pytest.fixture
def read_chapter(folder: Path) -> ReadChapter:
    """Read a chapter and what is wrong with it."""

    def read(text: str, file: str = "01-quay.md", kind: Kind = Kind.CHAPTER) -> tuple[Section, list[Problem]]:
        source = Source(file, kind, text.encode(), Pictures(folder, made), made, position=7)
        return markdown.read(source), source.problems

    return read


@pytest.fixture
def read_blocks(read_chapter: ReadChapter) -> Callable[[str], Blocks]:
    """Read blocks in which nothing is wrong."""

    def read(text: str) -> Blocks:
        section, problems = read_chapter(f"# The Quay\n\n{text}\n")
        assert problems == []
        return section.blocks

    return read
