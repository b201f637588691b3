"""What an archive wants of a PDF, so that it will look the same in a hundred years: PDF/A-2u (ISO 19005-2:2011)."""

from functools import cache

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import ImageCms

_DATED = slice(24, 36)
_NO_DAY = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
"""1 January 2000, as an ICC profile writes it (ICC.1:2010, 4.2); a profile bears the moment at which it was made."""
_PRINTED = 4
"""The flag of a link that is there on paper too (ISO 32000-1, table 165)."""


def archive(pdf: Pdf) -> None:
    """Say what the colours mean (6.2.3), let no viewer smooth pictures as it likes (6.2.8) nor hide links (6.3.2)."""
    profile = Stream(pdf, _light())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        RegistryName=String("http://www.color.org"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    for page in pdf.pages:
        for link in page.obj.get(Name.Annots, []):
            link.F = _PRINTED
    for thing in pdf.objects:
        if isinstance(thing, Stream) and Name.Interpolate in thing:
            del thing[Name.Interpolate]


@cache
def _light() -> bytes:
    """Return the profile of the colours of screens, without the moment at which it was made."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_DATED] = _NO_DAY
    return bytes(made)
