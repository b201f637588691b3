"""The press: pages made ready for a printing house, as PDF/X-4 (ISO 15930-7:2010).

PDF/X-4 is a PDF of version 1.6 that has all its fonts in it, says for which press it was made (the output intent) and whether it
has been trapped, gives every page its trimmed size, and has nothing to click inside the bleed.
"""

import io
import uuid
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from samizdat.formats.press.inks import Black, Four, Inks
from samizdat.formats.press.separation import separate
from samizdat.formats.press.sheet import MILLIMETRE, Surround, surround
from samizdat.model.book import Metadata
from samizdat.profiles import Profile
from samizdat.typesetting.metadata import Claim, Imprint, inscribe, save

__all__ = ["MILLIMETRE", "Black", "Condition", "Four", "Inks", "Surround", "prepress"]


@dataclass(frozen=True, slots=True)
class Condition:
    """The printing condition: how many inks the press prints with, and its profile if there is one."""

    profile: Profile | None
    coloured: bool = False

    @property
    def inks(self) -> Inks:
        """The inks it prints with."""
        return Four(self.profile) if self.coloured else Black()


def prepress(data: bytes, metadata: Metadata, condition: Condition, around: Surround) -> bytes:
    """Make the pages of a PDF ready for a press: its inks, its boxes and marks, and its statement that it is PDF/X-4.

    Without a profile the statement is left out, as it would not be true.
    """
    inks = condition.inks
    with pikepdf.open(io.BytesIO(data)) as pdf:
        separate(pdf, inks)
        surround(pdf, around, inks.space)
        imprint = Imprint.of(metadata)
        if condition.profile is None:
            inscribe(pdf, imprint)
        else:
            inscribe(pdf, imprint, _claim(imprint))
            pdf.docinfo[Name.Trapped] = Name("/False")
            pdf.docinfo[Name.GTS_PDFXVersion] = String("PDF/X-4")
            _intend(pdf, condition.profile)
        target = io.BytesIO()
        save(pdf, target, compress=True, version="1.6")
        return target.getvalue()


def _claim(imprint: Imprint) -> Claim:
    """State PDF/X-4; the name of the document is made of what it is and always the same."""
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{imprint.identifier}#{imprint.date}")
    return Claim(
        {
            "pdfxid": "http://www.npes.org/pdfx/ns/id/",
            "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
        },
        (
            "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
            "<pdf:Trapped>False</pdf:Trapped>",
            f"<xmpMM:DocumentID>uuid:{name}</xmpMM:DocumentID>",
            "<xmpMM:VersionID>1</xmpMM:VersionID>",
            "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
        ),
    )


def _intend(pdf: Pdf, profile: Profile) -> None:
    """Say for which press the file is, with its profile."""
    stream = Stream(pdf, profile.data)
    stream.N = 4
    stream.Alternate = Name.DeviceCMYK
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(profile.condition),
        OutputCondition=String(profile.description),
        Info=String(profile.description),
        DestOutputProfile=pdf.make_indirect(stream),
    )
    if profile.condition != "Custom":
        intent.RegistryName = String("http://www.color.org")
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
