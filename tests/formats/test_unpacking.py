"""Files that unpack to more than any memory holds are not unpacked, and cost nobody more than a sentence."""

import io
import zlib

import pikepdf
import pytest
from pikepdf import Name, settings

from samizdat.formats.imposition import SADDLE, impose
from samizdat.problems import SamizdatError

A4 = (595.2756, 841.8898)
ROOM = zlib.compress(b" " * (65 << 20), 9)
"""Nothing, at some length."""
DRAWING = b"0 0 1 1 re f "
Part = tuple[bytes, Name | pikepdf.Array | None]


def book(*parts: Part) -> bytes:
    """Make a PDF of one page whose drawing is packed in these parts, each by its filter."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(420, 595))
        page.obj.Contents = pikepdf.Array()
        for data, packed in parts:
            stream = pdf.make_stream(b"")
            stream.write(data, filter=packed)
            page.obj.Contents.append(stream)
        out = io.BytesIO()
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        return out.getvalue()


def refused(pdf: bytes) -> list[str]:
    before = settings.get_qpdf_limits()
    with pytest.raises(SamizdatError) as raised:
        impose(pdf, SADDLE, A4)
    assert settings.get_qpdf_limits() == before
    return [problem.code for problem in raised.value.problems]


@pytest.mark.parametrize(
    "parts",
    [
        ((ROOM, Name.FlateDecode), (DRAWING, None)),
        ((zlib.compress(ROOM), pikepdf.Array([Name.FlateDecode, Name.FlateDecode])), (DRAWING, None)),
        ((b"\x81 " * (1 << 19) + b"\x80", Name.RunLengthDecode), (DRAWING, None)),
        ((b"x" * (300 << 10), Name.LZWDecode), (DRAWING, None)),
        ((zlib.compress(bytes(range(256))), pikepdf.Array([Name.FlateDecode, Name.LZWDecode])), (DRAWING, None)),
        ((b"no zlib at all " * 10, Name.FlateDecode), (DRAWING, None)),
        ((zlib.compress(b" " * (60 << 20)), Name.FlateDecode),) * 5,
    ],
    ids=["flate", "twice", "runs", "lzw", "hidden lzw", "damaged", "many"],
)
def test_a_drawing_that_cannot_be_unpacked_is_one_problem(parts: tuple[Part, ...]) -> None:
    assert refused(book(*parts)) == ["P70"]


def test_a_drawing_in_one_piece_is_handed_over_as_it_is_packed() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(420, 595))
        page.obj.Contents = pdf.make_stream(b"")
        page.obj.Contents.write(ROOM, filter=Name.FlateDecode)
        out = io.BytesIO()
        pdf.save(out)
    with pikepdf.open(io.BytesIO(impose(out.getvalue(), SADDLE, A4))) as sheets:
        (form,) = sheets.pages[0].obj.Resources.XObject.values()
        assert form.read_raw_bytes() == ROOM


def test_pieces_of_a_common_size_are_drawn_together() -> None:
    pdf = book((DRAWING, None), (zlib.compress(DRAWING), Name.FlateDecode))
    with pikepdf.open(io.BytesIO(impose(pdf, SADDLE, A4))) as sheets:
        (form,) = sheets.pages[0].obj.Resources.XObject.values()
        assert form.read_bytes().split() == (DRAWING * 2).split()
