"""Documents made in code: archives written by hand, texts, and what the importer makes of them."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from samizdat.importers.documents.reading import Document, Order, read

Files = Mapping[str, str | bytes]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def archive(files: Files) -> bytes:
    """Make an archive."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return result.getvalue()


def epub(pages: Mapping[str, str], nav: str = "", package: str = "", more: Files | None = None) -> bytes:
    """Make an e-book of pages, each the inside of a body; they stand in the order given."""
    items = "".join(f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages))
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    head = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head>'
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="E/b.opf"/></rootfiles></container>',
            "E/b.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<metadata>"
            "<dc:title>The Weir</dc:title><dc:creator>Ines Karlsen</dc:creator><dc:language>en</dc:language>"
            f"{package}</metadata>"
            f'<manifest>{items}<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
            "</manifest>"
            f"<spine>{spine}</spine></package>",
            "E/nav.xhtml": f'{head}<body><nav epub:type="toc"><ol>{nav}</ol></nav></body></html>',
            **{f"E/{name}": f"{head}<body>{body}</body></html>" for name, body in pages.items()},
            **(more or {}),
        }
    )


def docx(body: str, more: Files | None = None) -> bytes:
    """Make a word processor's file of the inside of its body."""
    return archive(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
            ' Target="word/document.xml"/>'
            "</Relationships>",
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            **(more or {}),
        }
    )


def paragraph(words: str, style: str = "") -> str:
    """Write a paragraph of a word processor."""
    given = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{given}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


class Makers:
    """What makes files in tests."""

    archive = staticmethod(archive)
    docx = staticmethod(docx)
    epub = staticmethod(epub)
    paragraph = staticmethod(paragraph)


@pytest.fixture
def made() -> Makers:
    """Make files of the kinds that are archives."""
    return Makers()


@pytest.fixture
def read_text() -> Callable[[str, str], Document]:
    """Read a text as a file of some name."""
    return lambda name, text: read(Order(name, text.encode()))


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[[str, bytes], Document]:
    """Read bytes as a file of some name, with the test's folder beside it."""
    return lambda name, data: read(Order(name, data, str(tmp_path)))
