"""Files of other programs that are no text: what each is, by how it begins, and what to do with it."""

import re
from pathlib import PurePosixPath

KINDLE = "Open it in a program that converts e-books, such as calibre, save it as EPUB, and import that."
OFFICE = "Open it in a word processor and save it as DOCX or ODT."
PAGES = "Open it in Pages, and export it as Word (DOCX) or EPUB."
_UNLOCK = "Open it with its password, save it without one, and import that."
_PACKAGE = "Unpack it, and import the file that ends in .rtf."

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_STREAMS = (
    ("EncryptedPackage", "This file is locked with a password.", _UNLOCK),
    ("WordDocument", "This is a Word document of the old kind (DOC).", OFFICE),
    ("Workbook", "This is a spreadsheet, not a text.", "Copy its words into a document, and import that."),
    ("PowerPoint Document", "This is a presentation, not a text.", "Copy its words into a document, and import that."),
)
_SCANS = "Extract its text first, with the program that shows it, and import that."
_BEGINNINGS = (
    (b"\xffWPC", "This is a WordPerfect document.", OFFICE),
    (b"ITOLITLS", "This is an e-book of the old Microsoft Reader (LIT).", KINDLE),
    (b"ITSF", "This is a help file (CHM).", KINDLE),
    (b"AT&TFORM", "This is a DjVu file, which holds pictures of pages.", _SCANS),
    (b"CONT\x02\x00", "This is a Kindle book (KFX).", KINDLE),
    (b"\xeaDRMION", "This is a Kindle book (KFX) that is locked.", KINDLE),
    (b"TPZ", "This is a Kindle book (Topaz).", KINDLE),
    (b"\xdb\xa5", "This is a Word document of a very old kind.", OFFICE),
    (b"1\xbe\0\0", "This is a document of Microsoft Write or a very old Word.", OFFICE),
    (b"BPDW", "This is an e-book of the old Palm readers.", KINDLE),
)
_PALM = {
    b"BOOKMOBI": "This is a Kindle book (MOBI, AZW).",
    b"TEXtREAd": "This is an e-book of the old Palm readers (PRC, PDB).",
    b"PNRdPPrs": "This is an e-book of the old Palm readers (PDB).",
}
_XML = (
    (re.compile(rb"office:document[\s>]"), "This is an OpenDocument file in one piece (FODT).", OFFICE),
    (re.compile(rb"w:wordDocument|pkg:package"), "This is a Word document written as XML.", OFFICE),
)
_INSIDE = (
    (re.compile(r"\.iwa$|^index\.(apxl|xml)(\.gz)?$|^QuickLook/"), "This is a document of Apple's Pages.", PAGES),
    (re.compile(r"\.rtfd/|^TXT\.rtf$"), "This is a packed RTFD, a folder with an RTF file in it.", _PACKAGE),
)


def foreign(data: bytes) -> tuple[str, str] | None:
    """Return what a file is, and what to do; None where it is nothing known here."""
    if data.startswith(_OLD_OFFICE):
        head = data[: 1 << 20] + data[-(1 << 16) :]
        found = next(((said, do) for name, said, do in _STREAMS if name.encode("utf-16-le") in head), None)
        return found or ("This is a document of an old Office program, or one that is locked with a password.", OFFICE)
    if said := _PALM.get(data[60:68]):
        return said, KINDLE
    for sign, said, do in _BEGINNINGS:
        if data.startswith(sign) and (len(sign) > 3 or b"\0" in data[:200]):
            return said, do
    head = data[:3000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next(((said, do) for sign, said, do in _XML if head.startswith(b"<") and sign.search(head)), None)


def packed(names: set[str]) -> tuple[str, str] | None:
    """Return what an archive is by the names of what lies in it, and what to do."""
    return next(((said, do) for sign, said, do in _INSIDE if any(sign.search(name) for name in names)), None)


def in_folder(name: str) -> str:
    """Return what to do with a folder that is named as if it were a file."""
    inside = {
        ".rtfd": "Import the file TXT.rtf in it.",
        ".pages": PAGES,
    }
    return inside.get(PurePosixPath(name).suffix.lower(), "Name the file in it that holds the text.")
