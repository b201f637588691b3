"""What a PDF says of itself: its XMP packet and document information, from the book and nothing else."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream, String

from samizdat import __version__
from samizdat.model.book import Metadata


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a PDF says of the book in it."""

    title: str
    language: str
    authors: Sequence[str] = ()
    description: str = ""
    subjects: Sequence[str] = ()
    identifier: str = ""
    rights: str = ""
    date: datetime.date | None = None

    @classmethod
    def of(cls, metadata: Metadata) -> "Imprint":
        """Take from a book's metadata what a PDF says of itself."""
        return cls(
            f"{metadata.title}: {metadata.subtitle}" if metadata.subtitle else metadata.title,
            metadata.language,
            metadata.authors,
            metadata.description,
            metadata.subjects,
            metadata.identifier,
            metadata.rights,
            metadata.date,
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that a PDF keeps a standard: lines of its XMP packet, and the namespaces that they need, by prefix."""

    namespaces: Mapping[str, str] = field(default_factory=dict)
    lines: Sequence[str] = ()


ACCESSIBLE = Claim({"pdfuaid": "http://www.aiim.org/pdfua/ns/id/"}, ("<pdfuaid:part>1</pdfuaid:part>",))
"""PDF/UA-1 (ISO 14289-1, clause 5)."""

ARCHIVAL = Claim(
    {
        "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
        "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
        "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
        "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    },
    (
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>",
        "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType='Resource'>",
        "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>",
        "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
        "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType='Resource'>",
        "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
        "<pdfaProperty:category>internal</pdfaProperty:category>",
        "<pdfaProperty:description>The part of ISO 14289 that the file keeps</pdfaProperty:description>",
        "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>",
    ),
)
"""PDF/A-2u (ISO 19005-2, 6.6.4); 6.6.2.3 wants the statement of another standard beside it described."""


def inscribe(pdf: Pdf, imprint: Imprint, *claims: Claim) -> None:
    """Write title, authors, language and dates into a PDF, and the standards that it keeps."""
    producer = f"samizdat {__version__}"
    info = {"Title": imprint.title, "Producer": producer, "Creator": producer}
    info |= {"Author": ", ".join(imprint.authors), "Subject": imprint.description, "Keywords": ", ".join(imprint.subjects)}
    if imprint.date:
        info["CreationDate"] = info["ModDate"] = imprint.date.strftime("D:%Y%m%d000000Z")
    del pdf.docinfo
    pdf.trailer.Info = pdf.make_indirect(Dictionary({f"/{key}": String(value) for key, value in info.items() if value}))
    packet = Stream(pdf, _packet(imprint, producer, claims).encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    root = pdf.Root
    root.Metadata = pdf.make_indirect(packet)
    root.Lang = String(imprint.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def save(pdf: Pdf, target: object, *, compress: bool, version: str = "") -> None:
    """Write a PDF so that the same document gives the same bytes; `compress` packs its streams anew.

    A `version` is written as it is; else the file is at least of version 1.7.
    """
    pdf.save(
        target,  # type: ignore[arg-type]  # a path or a binary file
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        min_version=version or "1.7",
        force_version=version,
        compress_streams=compress,
    )


def _packet(imprint: Imprint, producer: str, claims: Sequence[Claim]) -> str:
    """Write the XMP packet."""
    lines = [f"<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>{escape(imprint.title)}</rdf:li></rdf:Alt></dc:title>"]
    lines.append(f"<dc:language><rdf:Bag><rdf:li>{escape(imprint.language)}</rdf:li></rdf:Bag></dc:language>")
    if imprint.authors:
        items = "".join(f"<rdf:li>{escape(author)}</rdf:li>" for author in imprint.authors)
        lines.append(f"<dc:creator><rdf:Seq>{items}</rdf:Seq></dc:creator>")
    if imprint.subjects:
        items = "".join(f"<rdf:li>{escape(subject)}</rdf:li>" for subject in imprint.subjects)
        lines.append(f"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject>")
        lines.append(f"<pdf:Keywords>{escape(', '.join(imprint.subjects))}</pdf:Keywords>")
    for element, text in (("description", imprint.description), ("rights", imprint.rights)):
        if text:
            lines.append(f"<dc:{element}><rdf:Alt><rdf:li xml:lang='x-default'>{escape(text)}</rdf:li></rdf:Alt></dc:{element}>")
    if imprint.identifier:
        lines.append(f"<dc:identifier>{escape(imprint.identifier)}</dc:identifier>")
    lines.append(f"<xmp:CreatorTool>{escape(producer)}</xmp:CreatorTool><pdf:Producer>{escape(producer)}</pdf:Producer>")
    if imprint.date:
        moment = f"{imprint.date.isoformat()}T00:00:00Z"
        lines.append(f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>")
        lines.append(f"<xmp:MetadataDate>{moment}</xmp:MetadataDate>")
    lines += [line for claim in claims for line in claim.lines]
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for claim in claims for prefix, uri in claim.namespaces.items())
    body = "\n".join(lines)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"{spaces}>
{body}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
