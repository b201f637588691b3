"""Finished files: each is held to the rules of its format, and a PDF that claims to be accessible to that claim."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePath

from samizdat.checks import epub, pdf, xhtml
from samizdat.problems import Problem

_PDF_UA = b"pdfuaid:part"
"""What stands in the metadata of a PDF that claims to be accessible by PDF/UA."""


def check(files: Mapping[str, bytes], known: Collection[str]) -> Iterator[Problem]:
    """Check one finished file, or several web pages together; `known` are the paths to which pages may lead."""
    path, data = next(iter(files.items()), ("", b""))
    match PurePath(path).suffix:
        case ".epub":
            yield from epub.check(data)
        case ".html":
            yield from xhtml.check(files, known)
        case ".pdf" if _PDF_UA in data:
            yield from pdf.check_screen(data)
        case ".pdf":
            yield from pdf.check_print(data)
        case _:
            pass
