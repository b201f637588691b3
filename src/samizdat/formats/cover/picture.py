"""A cover as a picture: its page set as a PDF, and a small copy for shelves of many books."""

import io

from PIL import Image

from samizdat.typesetting.tree import parse

_THUMBNAIL = (320, 512)
"""The most that a thumbnail measures, in px: twice what a shelf shows, for fine screens."""


def to_pdf(xhtml: str) -> bytes:
    """Set a finished cover page in the house fonts; its own style element gives its size."""
    from samizdat.typesetting import engine  # noqa: PLC0415  # slow to load, and not needed where the cover is remembered

    with engine.complaints("the cover"):
        return engine.write(engine.lay_out(parse(xhtml), "", "", {}))


def thumbnail(picture: bytes) -> bytes:
    """Return a small copy of a cover as a JPEG; what is transparent becomes white."""
    with Image.open(io.BytesIO(picture)) as image:
        copy = image.convert("RGBA") if image.has_transparency_data else image.convert("RGB")
        copy.thumbnail(_THUMBNAIL, Image.Resampling.LANCZOS)
        if copy.mode == "RGBA":
            ground = Image.new("RGB", copy.size, "white")
            ground.paste(copy, mask=copy.getchannel("A"))
            copy = ground
    target = io.BytesIO()
    copy.save(target, "JPEG", optimize=True, quality=85)
    return target.getvalue()
