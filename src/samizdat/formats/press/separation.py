"""Separation: every colour that a PDF draws with, turned into inks: of text and lines, of pictures, of gradients."""

import io
import re
import zlib

import pikepdf
from pikepdf import Array, Name, Pdf, PdfImage, Stream
from PIL import Image

from samizdat.formats.press.inks import Inks

_NUMBER = rb"(?:\d+\.?\d*|\.\d+)"
_COLOUR = re.compile(
    rb"^(?:(%(n)s %(n)s %(n)s) (rg|RG)|(%(n)s %(n)s %(n)s %(n)s) (k|K)"
    rb"|/DeviceCMYK (?:cs|CS)\n(%(n)s %(n)s %(n)s %(n)s) (scn|SCN))$" % {b"n": _NUMBER},
    re.MULTILINE,
)
_QUALITY = 92
"""Of a JPEG picture that is written again."""
_DEEP = 8
"""Bits in each colour of a pixel."""


def separate(pdf: Pdf, inks: Inks) -> None:
    """Turn every colour of a PDF into inks."""
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            if thing.get(Name.Subtype) == Name.Image:
                _picture(thing, inks)
            elif thing.get(Name.Subtype) == Name.Form or Name.PatternType in thing:
                _drawing(thing, inks)
        if isinstance(thing, (pikepdf.Dictionary, Stream)):
            _blending(thing)
            _gradient(thing, inks)
    for page in pdf.pages:
        contents = page.obj.get(Name.Contents)
        for stream in list(contents) if isinstance(contents, Array) else [contents]:
            if isinstance(stream, Stream):
                _drawing(stream, inks)


def _drawing(stream: Stream, inks: Inks) -> None:
    """Rewrite the colours that a drawing chooses."""
    before = stream.read_bytes()

    def rewritten(match: re.Match[bytes]) -> bytes:
        amounts, name = next((match[group], match[group + 1]) for group in (1, 3, 5) if match[group])
        return inks.operator(tuple(map(float, amounts.split())), stroke=name.isupper())

    after = _COLOUR.sub(rewritten, before)
    if after != before:
        stream.write(after)


def _picture(image: Stream, inks: Inks) -> None:
    """Write a picture in other inks; its mask stays as it is, and what is in black ink only too."""
    # a mask is a picture without colours: it says where the other one lets the paper through
    if image.get(Name.ImageMask) or image.get(Name.ColorSpace) in (Name.DeviceGray, None):
        return
    if image.get(Name.ColorSpace) == Name(inks.space):
        return
    photograph = image.get(Name.Filter) == Name.DCTDecode
    printed = inks.print(_upright(image))
    if photograph:
        target = io.BytesIO()
        printed.save(target, "jpeg", quality=_QUALITY, subsampling=0)
        image.write(target.getvalue(), filter=Name.DCTDecode)
        # Pillow writes the inks of a JPEG upside down, as Adobe's programs do
        if inks.bands == "CMYK":
            image.Decode = Array([1, 0] * 4)
    else:
        image.write(zlib.compress(printed.tobytes(), 9), filter=Name.FlateDecode)
        if Name.Decode in image:
            del image[Name.Decode]
    image.ColorSpace = Name(inks.space)
    image.BitsPerComponent = _DEEP


def _upright(image: Stream) -> Image.Image:
    picture = PdfImage(image).as_pil_image()
    return picture if picture.mode in ("RGB", "CMYK", "L") else picture.convert("RGB")


def _blending(thing: pikepdf.Object) -> None:
    """Let transparent things be blended in the inks of the press, not as light.

    In black ink too: greys blended by themselves would be taken for the grey of a screen, and printed in four inks.
    """
    group = thing.get(Name.Group)
    if isinstance(group, pikepdf.Dictionary) and group.get(Name.CS) == Name.DeviceRGB:
        group.CS = Name.DeviceCMYK


def _gradient(thing: pikepdf.Object, inks: Inks) -> None:
    """Turn the colours at the ends of a gradient into inks, if it is one of colours at all."""
    if Name.ShadingType in thing and thing.get(Name.ColorSpace) == Name.DeviceRGB:
        thing.ColorSpace = Name(inks.space)
        _ends(thing.Function, inks)


def _ends(function: pikepdf.Object, inks: Inks) -> None:
    """Rewrite the ends of an exponential function (type 2), or of those that a stitching function (type 3) joins."""
    for inner in function.get(Name.Functions, []):
        _ends(inner, inks)
    for end in (Name.C0, Name.C1):
        colour = function.get(end)
        if colour is not None and len(colour) == 3:
            function[end] = Array(list(inks.mix(tuple(float(part) for part in colour))))
    if Name.Range in function:
        function.Range = Array([0, 1] * (4 if inks.space == "/DeviceCMYK" else 1))
