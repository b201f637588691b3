"""Inks: the colours of a book turned into what a press prints with, black ink alone or four inks.

Pure grey is always black ink alone, in four colours too: small letters made of four inks would have coloured edges. Other
colours go through the profile of the press by its perceptual table, which also keeps within the amount of ink that the paper
takes. Without a profile they are separated by the plain rule of PDF (ISO 32000-1, 10.3.5).
"""

import io
from abc import ABC, abstractmethod
from functools import cached_property, lru_cache
from typing import Any

from PIL import Image, ImageCms

from samizdat.profiles import Profile

Colour = tuple[float, ...]
"""Amounts of red, green and blue, or of cyan, magenta, yellow and black: from 0 to 1."""


class Inks(ABC):
    """What a press prints with."""

    space: str
    """The colour space of PDF that says so."""
    bands: str
    """The mode of a picture that says so."""

    @abstractmethod
    def mix(self, colour: Colour) -> Colour:
        """Return the amounts of ink for a colour given as RGB or CMYK, as the operands of a colour in `space`."""

    @abstractmethod
    def print(self, picture: Image.Image) -> Image.Image:
        """Return a picture in these inks, of mode `bands`."""

    def operator(self, colour: Colour, *, stroke: bool) -> bytes:
        """Write the operation that chooses a colour; greys are always amounts of black ink."""
        inks = self.mix(colour)
        if len(inks) == 4 and not any(inks[:3]):
            inks = (1 - inks[3],)
        name = {1: "gG", 4: "kK"}[len(inks)][stroke]
        return " ".join([*(f"{amount:.4g}" for amount in inks), name]).encode()


class Black(Inks):
    """Black ink alone: colours become greys of the same lightness."""

    space = "/DeviceGray"
    bands = "L"

    def mix(self, colour: Colour) -> Colour:
        """Weigh a colour by how light it looks."""
        red, green, blue = _as_rgb(colour)
        return (round(0.299 * red + 0.587 * green + 0.114 * blue, 4),)

    def print(self, picture: Image.Image) -> Image.Image:
        """Make a picture grey."""
        return picture.convert("RGB").convert("L") if picture.mode == "CMYK" else picture.convert("L")


class Four(Inks):
    """Cyan, magenta, yellow and black, by the profile of the press."""

    space = "/DeviceCMYK"
    bands = "CMYK"

    def __init__(self, profile: Profile | None) -> None:
        """Take the profile of the press."""
        self._profile = profile

    def mix(self, colour: Colour) -> Colour:
        """Separate a colour; one that is given in inks already stays as it is."""
        if len(colour) == 4:
            return colour
        if max(colour) - min(colour) < 0.002:
            return (0.0, 0.0, 0.0, round(1 - colour[0], 4))
        return _separated(self, tuple(round(part * 255) for part in colour))

    def print(self, picture: Image.Image) -> Image.Image:
        """Separate a picture."""
        if picture.mode == "CMYK":
            return picture
        picture = picture.convert("RGB")
        if self._transform is None:
            return _plainly(picture)
        separated = ImageCms.applyTransform(picture, self._transform)
        return separated if separated is not None else picture

    @cached_property
    def _transform(self) -> Any:
        if self._profile is None:
            return None
        target = ImageCms.ImageCmsProfile(io.BytesIO(self._profile.data))
        return ImageCms.buildTransform(ImageCms.createProfile("sRGB"), target, "RGB", "CMYK", ImageCms.Intent.PERCEPTUAL)


@lru_cache(maxsize=4096)
def _separated(inks: Four, colour: tuple[int, ...]) -> Colour:
    dot = inks.print(Image.new("RGB", (1, 1), (colour[0], colour[1], colour[2]))).getpixel((0, 0))
    return tuple(round(amount / 255, 4) for amount in dot) if isinstance(dot, tuple) else (0.0, 0.0, 0.0, 1.0)


def _plainly(picture: Image.Image) -> Image.Image:
    """Separate a picture by the plain rule, with all that the three colours share given to black."""
    from PIL import ImageChops  # noqa: PLC0415

    rest = [ImageChops.invert(band) for band in picture.split()]
    black = ImageChops.darker(ImageChops.darker(rest[0], rest[1]), rest[2])
    return Image.merge("CMYK", [*(ImageChops.subtract(band, black) for band in rest), black])


def _as_rgb(colour: Colour) -> Colour:
    if len(colour) == 1:
        return colour * 3
    if len(colour) == 3:
        return colour
    *inks, black = colour
    return tuple(1 - min(1.0, ink + black) for ink in inks)
