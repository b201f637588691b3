"""The preflight of pictures: kinds, dots and bytes that shops and devices can take."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from samizdat.checks.shops.parcel import Parcel
from samizdat.problems import Place, Problem, Rule, Severity

MANY_DOTS = Rule(
    "E47",
    Severity.WARNING,
    "A picture has more dots than Apple Books takes",
    "Apple refuses an e-book in which a picture has more than 5.6 million dots, width times height. Source: Apple Books "
    "Asset Guide 5.3, on images in books.",
)
HEAVY_PICTURE = Rule(
    "E48",
    Severity.WARNING,
    "A picture is so large that e-readers become slow",
    "Kobo advises 5 MB at most for each picture, and 3 MB for the cover. Source: Kobo EPUB Guidelines, “Image Formatting”, "
    "“Cover Images” and “Limitations and Maximums”.",
)
PICTURE_KIND = Rule(
    "E49",
    Severity.WARNING,
    "A picture is of a kind that e-readers do not show as it is",
    "Colours for the printing press (CMYK) come out wrong or make a shop refuse the book, a GIF that moves stands still on "
    "a Kindle, and kinds other than JPEG, PNG, GIF and SVG are not shown everywhere. Sources: Kindle Publishing Guidelines, "
    "“Image Guidelines – Reflowable”; Kobo EPUB Guidelines, “Image Formatting”; EPUB 3.3, “Core media types”.",
)
TRANSPARENT = Rule(
    "E50",
    Severity.ADVICE,
    "A picture has a transparent ground",
    "At night the page behind it is black, and black lines are lost; a Kindle does not know transparency at all. Save the "
    "picture on a white ground. Sources: Kindle Publishing Guidelines, “Image Guidelines – Reflowable”; Kobo EPUB "
    "Guidelines, “Image Formatting”; Apple Books Asset Guide 5.3, on images in books.",
)

_KINDS = {"image/jpeg", "image/png", "image/gif", "image/svg+xml"}
MOST_DOTS = 5_600_000
MOST_BYTES = 5_000_000
MOST_COVER_BYTES = 3_000_000


@dataclass(frozen=True, slots=True)
class Sight:
    """What a picture's head says of it."""

    width: int
    height: int
    press_colours: bool
    moving: bool
    transparent: bool


def look(data: bytes) -> Sight | None:
    """Read a picture's head; None where it is not one. Only whether a palette's transparent colour is used needs its dots."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "GIF")) as image:
            frames = getattr(image, "n_frames", 1)
            return Sight(image.width, image.height, image.mode == "CMYK", frames > 1, _see_through(image))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def _see_through(image: Image.Image) -> bool:
    """Say whether any dot lets the page show through; many pictures could but do not."""
    if not image.has_transparency_data:
        return False
    lowest, _ = image.convert("RGBA").getchannel("A").getextrema()
    return isinstance(lowest, int | float) and lowest < 255


def check(parcel: Parcel) -> Iterator[Problem]:
    """Look at every picture."""
    for item in sorted(parcel.items.values(), key=lambda item: item.path):
        if item.media_type.startswith("image/"):
            is_cover = "cover-image" in item.properties
            yield from _picture(item.path, item.media_type, parcel.contents.get(item.path, b""), is_cover=is_cover)


def _picture(path: str, media_type: str, data: bytes, *, is_cover: bool) -> Iterator[Problem]:
    place = Place(path)
    if media_type not in _KINDS:
        yield PICTURE_KIND.problem(f"The picture is of the kind {media_type}.", place, "Save it as PNG or JPEG.")
    if len(data) > (MOST_COVER_BYTES if is_cover else MOST_BYTES):
        yield HEAVY_PICTURE.problem(f"The picture has {len(data) / 1e6:.1f} MB.", place, "Save it smaller, or as a JPEG.")
    sight = look(data)
    if sight is None:
        return
    if sight.width * sight.height > MOST_DOTS:
        yield MANY_DOTS.problem(
            f"The picture has {sight.width} by {sight.height} dots.", place, "Save it smaller; 1600 dots across are enough."
        )
    if sight.press_colours:
        yield PICTURE_KIND.problem("The picture has the four colours of the press.", place, "Save it in RGB.")
    if sight.moving:
        yield PICTURE_KIND.problem("The picture moves.", place, "Save one frame of it, or several pictures.")
    if sight.transparent:
        yield TRANSPARENT.problem("The picture has a transparent ground.", place, "Save it on white, as a JPEG for instance.")
