"""Drawings of office programs: lines, areas, words and bitmaps become SVG; what is broken becomes nothing, and never a fault."""

import random
import struct
from collections.abc import Callable

import pytest

from samizdat.importers.documents import emf, wmf
from samizdat.importers.svg import examine


def enhanced(*records: tuple[int, bytes]) -> bytes:
    """Make a metafile 100 dots wide and 50 high, of 20 by 10 mm."""
    body = b"".join(struct.pack("<II", kind, 8 + len(data)) + data for kind, data in (*records, (14, bytes(12))))
    head = struct.pack("<II8i", 1, 88, 0, 0, 99, 49, 0, 0, 2000, 1000) + b" EMF" + bytes(44)
    return head + body


def windows(*records: tuple[int, bytes]) -> bytes:
    """Make an older metafile, 100 by 50 twips at 100 to the inch."""
    body = b"".join(struct.pack("<IH", 3 + len(data) // 2, kind) + data for kind, data in (*records, (0, b"")))
    return b"\xd7\xcd\xc6\x9a" + struct.pack("<H4hHIH", 0, 0, 0, 100, 50, 100, 0, 0) + b"\1\0\t\0\0\3" + bytes(12) + body


def bitmap() -> tuple[bytes, bytes]:
    return struct.pack("<IiiHHIIiiII", 40, 2, 2, 1, 24, 0, 0, 0, 0, 0, 0), bytes(range(16))


HEAD, DOTS = bitmap()
ENHANCED = enhanced(
    (17, struct.pack("<i", 8)),
    (9, struct.pack("<2i", 1000, 500)),
    (11, struct.pack("<2i", 100, 50)),
    (39, struct.pack("<4I", 1, 0, 0x0000FF, 0)),
    (37, struct.pack("<I", 1)),
    (86, bytes(16) + struct.pack("<I6h", 3, 0, 0, 1000, 0, 0, 500)),
    (24, struct.pack("<I", 0xFF0000)),
    (84, bytes(28) + struct.pack("<2i2I", 100, 200, 6, 52) + "a < b!".encode("utf-16-le")),
    (81, bytes(16) + struct.pack("<6i4I2I2i", 0, 0, 0, 0, 2, 2, 80, 40, 120, 16, 0, 0, 500, 250) + HEAD + DOTS),
)
WINDOWS = windows(
    (0x20C, struct.pack("<2h", 500, 1000)),
    (0x2FC, struct.pack("<HIH", 0, 0x00FF00, 0)),
    (0x12D, struct.pack("<h", 0)),
    (0x324, struct.pack("<7h", 3, 0, 0, 1000, 0, 0, 500)),
    (0x521, struct.pack("<h", 4) + b"weir" + struct.pack("<2h", 10, 20)),
    (0xF43, struct.pack("<IH8h", 0xCC0020, 0, 2, 2, 0, 0, 250, 500, 0, 0) + HEAD + DOTS),
)


@pytest.mark.parametrize(
    ("drawn", "data", "size", "signs"),
    [
        (emf.drawn, ENHANCED, (76, 38), ('d="M0.00 0.00L100.00 0.00 0.00 50.00Z" fill="#ff0000"', "a &lt; b!", 'fill="#0000ff"')),
        (wmf.drawn, WINDOWS, (96, 48), ('d="M0.00 0.00L1000.00 0.00 0.00 500.00Z" fill="#00ff00"', ">weir<", "<path")),
    ],
)
def test_a_metafile_becomes_a_drawing(
    drawn: Callable[[bytes], bytes | None], data: bytes, size: tuple[int, int], signs: tuple[str, ...]
) -> None:
    svg = drawn(data)
    assert svg is not None
    assert examine(svg) == (*size, "")
    assert all(sign in svg.decode() for sign in (*signs, "data:image/png;base64,"))


@pytest.mark.parametrize(("drawn", "data"), [(emf.drawn, ENHANCED), (wmf.drawn, WINDOWS)])
def test_a_broken_metafile_is_no_fault(drawn: Callable[[bytes], bytes | None], data: bytes) -> None:
    dice = random.Random(7)  # noqa: S311  not for secrets
    for _ in range(300):
        broken = bytearray(data[: dice.randrange(len(data))])
        for _ in range(dice.randrange(6)):
            if broken:
                broken[dice.randrange(len(broken))] = dice.randrange(256)
        svg = drawn(bytes(broken))
        assert svg is None or svg.startswith(b"<svg")
    assert drawn(b"") is None


def test_they_are_told_by_how_they_begin() -> None:
    assert (emf.is_emf(ENHANCED), wmf.is_wmf(ENHANCED)) == (True, False)
    assert (emf.is_emf(WINDOWS), wmf.is_wmf(WINDOWS)) == (False, True)
    assert not emf.is_emf(b"\x89PNG")
