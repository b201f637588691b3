"""What a file is: by its suffix, and by how it begins, which is believed where the two disagree."""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from samizdat.importers.documents import refusals
from samizdat.problems import Place, Rule, SamizdatError, Severity

PDF = Rule(
    "I41",
    Severity.ERROR,
    "A PDF cannot be imported",
    "A PDF holds letters at places on a page, not paragraphs, headings and notes. Until these can be recovered well, extract the"
    " text first, with the program pdftotext for instance, and import that.",
)
NOT_TEXT = Rule(
    "I42",
    Severity.ERROR,
    "A file of a kind that samizdat does not read",
    "The file is not a text that can become a book: a picture, a program, an old or locked document. Documents are imported from"
    " plain text, Markdown, DOCX, ODT, RTF, HTML, EPUB, FB2, LaTeX, Org, reStructuredText, Muse, DocBook and others.",
)

MARKDOWN = (
    "markdown-yaml_metadata_block-raw_tex-citations-example_lists-implicit_header_references-mmd_title_block-latex_macros+lists_without_preceding_blankline"
    "+mark"
)


@dataclass(frozen=True, slots=True)
class Format:
    """A format of documents: its name for people, and pandoc's reader for it."""

    name: str
    reader: str
    options: tuple[str, ...] = ()
    text: bool = True
    """Plain text in some encoding, not an archive."""
    again: str = ""
    """Another reader to ask where this one gives up."""


MARKDOWN_TEXT = Format("Markdown", MARKDOWN)
HTML = Format("HTML", "html+native_divs+native_spans-raw_tex")
MHTML = Format("saved web page", HTML.reader)
EPUB = Format("EPUB", HTML.reader, text=False)
DOCX = Format("DOCX", "docx+styles", ("--track-changes=all",), text=False)
ODT = Format("ODT", "odt", text=False)
RTF = Format("RTF", "rtf")
FB2 = Format("FB2", "fb2")
DOCBOOK = Format("DocBook", "docbook")
JATS = Format("JATS", "jats")
MUSE = Format("Muse", "muse")
RST = Format("reStructuredText", "rst+smart")
LATEX = Format("LaTeX", "latex+smart-raw_tex", again="latex+smart-raw_tex-latex_macros")

SUFFIXES: dict[str, Format] = {
    ".md": MARKDOWN_TEXT,
    ".markdown": MARKDOWN_TEXT,
    ".mkd": MARKDOWN_TEXT,
    ".mdown": MARKDOWN_TEXT,
    ".docx": DOCX,
    ".docm": DOCX,
    ".dotx": DOCX,
    ".odt": ODT,
    ".ott": ODT,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".xht": HTML,
    ".epub": EPUB,
    ".fb2": FB2,
    ".rtf": RTF,
    ".muse": MUSE,
    ".org": Format("Org", "org+smart-citations"),
    ".rst": RST,
    ".rest": RST,
    ".tex": LATEX,
    ".latex": LATEX,
    ".dbk": DOCBOOK,
    ".docbook": DOCBOOK,
    ".jats": JATS,
    ".textile": Format("Textile", "textile+smart"),
    ".mediawiki": Format("MediaWiki", "mediawiki+smart"),
    ".wiki": Format("MediaWiki", "mediawiki+smart"),
    ".dokuwiki": Format("DokuWiki", "dokuwiki+smart"),
    ".adoc": Format("AsciiDoc", "asciidoc"),
    ".asciidoc": Format("AsciiDoc", "asciidoc"),
    ".t2t": Format("txt2tags", "t2t"),
    ".typ": Format("Typst", "typst"),
    ".dj": Format("Djot", "djot"),
    ".opml": Format("OPML", "opml"),
    ".ipynb": Format("Jupyter notebook", "ipynb"),
    ".creole": Format("Creole", "creole"),
    ".pod": Format("Pod", "pod"),
    ".man": Format("man page", "man"),
}
"""What is read by suffix. Everything else is looked into, and is raw text where it is nothing else."""

_MARKS = (
    (re.compile(rb"(?m)^#{1,6} [^#\n]{1,120}$"), 3),
    (re.compile(rb"(?<!!)\[[^\]\n]{1,200}\]\([^()\s]{1,500}(?: \"[^\"\n]{0,200}\")?\)"), 1),
    (re.compile(rb"(?m)^ {0,3}\[[^\]\n^][^\]\n]{0,200}\]: +\S"), 1),
    (re.compile(rb"(?m)^ {0,3}\[\^[^\]\s]+\]: "), 1),
    (re.compile(rb"!\[[^\]\n]{0,200}\]\([^()\s]"), 1),
    (re.compile(rb"(?m)^(?:```|~~~)"), 2),
    (re.compile(rb"\A(?:---\n\w+:|% \S)"), 1),
)
"""Marks of Markdown, and how often each must come to count."""
_ENOUGH_MARKS = 3
_SAMPLE = 400_000
_RAW = {".txt", ".text", ".asc", ""}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"II*\0", b"MM\0*")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ")
OTHER = "Import the text itself: open the file in a program that can show it, and save what it shows as DOCX, ODT, HTML or text."
NO_WORDS_IN_IT = "Open it in the program that made it: it may hold only pictures, or be another file than you thought."
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def recognise(name: str, data: bytes) -> Format | None:
    """Return the format of a file, or None for raw text; a file that cannot be a book raises a SamizdatError."""
    suffix = PurePosixPath(name).suffix.lower()
    named = SUFFIXES.get(suffix)
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1024]
    if data.startswith(b"%PDF") or head.startswith(b"%PDF") or suffix == ".pdf":
        hint = "Extract the text first (pdftotext -layout book.pdf book.txt) and import book.txt."
        raise SamizdatError(PDF.problem("This is a PDF, which samizdat cannot import.", Place(name), hint))
    if data.startswith(b"PK"):
        return _archive(name, data, named)
    if other := refusals.foreign(data):
        raise SamizdatError(NOT_TEXT.problem(other[0], Place(name), other[1]))
    if _is_saved_page(data):
        return MHTML
    if data.startswith(_PICTURES + _PROGRAMS):
        kind = "a picture" if data.startswith(_PICTURES) else "a program or an archive"
        raise SamizdatError(NOT_TEXT.problem(f"This is {kind}, not a text.", Place(name), OTHER))
    if head.startswith(b"{\\rtf"):
        return RTF
    if named and not named.text:
        if not data.strip():
            raise SamizdatError(NOT_TEXT.problem("This file is empty.", Place(name), "Export it again."))
        if found := _markup(head):
            return found
        message = f"This file is damaged, or is not {named.name}: it does not begin as such a file does."
        raise SamizdatError(NOT_TEXT.problem(message, Place(name), refusals.OFFICE))
    if named is RTF:
        message = "This file is damaged, or is not RTF: it does not begin as such a file does."
        raise SamizdatError(NOT_TEXT.problem(message, Place(name), refusals.OFFICE))
    if b"\0" in data[:4096] and not data.startswith(_UTF_16) and not _wide(data):
        if named:
            raise SamizdatError(NOT_TEXT.problem("This file holds something other than text.", Place(name), OTHER))
        return None
    if named and (named is not HTML or not (found := _markup(head)) or found is HTML):
        return named
    if suffix in _RAW and not _is_page(head):
        return MARKDOWN_TEXT if _is_markdown(data) else None
    return _markup(head) or named


def _is_saved_page(data: bytes) -> bool:
    """Tell a page saved in one file, which begins as a message with several parts does (RFC 2557)."""
    head = data[:3000].lower().replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return b"mime-version:" in head and b"multipart/related" in head and b"\0" not in data[:3000]


def _is_markdown(data: bytes) -> bool:
    """Tell a text that somebody has marked up, whatever its name: it has several marks that nobody types by chance."""
    sample = data[:_SAMPLE].replace(b"\r\n", b"\n")
    if b"\0" in sample:
        return False
    found = sum(len(sign.findall(sample, 0)) >= least for sign, least in _MARKS)
    return found >= _ENOUGH_MARKS


def _wide(data: bytes) -> bool:
    """Tell whether the zeros are those of UTF-16 or UTF-32 without a mark."""
    sample = data[:4096]
    return sample.count(0, 0, len(sample)) * 5 >= len(sample)


def _is_page(head: bytes) -> bool:
    return bool(re.match(rb"(?i)<!doctype html|<html[\s>]|<\?xml", head))


def _markup(head: bytes) -> Format | None:
    """Tell a markup by its first tags."""
    start = head.decode("latin-1").lower()
    if not start.startswith("<"):
        return None
    if "<fictionbook" in start:
        return FB2
    if re.search(r"<!doctype (book|article|chapter|set)\b|docbook", start):
        return DOCBOOK
    if re.search(r"<!doctype html|<html[\s>]|<(head|body|div|p|h[1-6]|table|title|meta)[\s>]", start):
        return HTML
    return None


def _archive(name: str, data: bytes, named: Format | None) -> Format:
    """Tell what an archive is by what lies in it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:200].strip() if _small(archive, "mimetype") else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        message = (
            f"This file is damaged: it begins as {named.name if named else 'an archive'} does, but its end is missing or broken."
        )
        raise SamizdatError(NOT_TEXT.problem(message, Place(name), "Get it again, or save it anew.")) from error
    if b"epub" in kind or "META-INF/container.xml" in names:
        return EPUB
    if b"opendocument.text" in kind or ("content.xml" in names and named is ODT):
        return ODT
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(entry.startswith("word/") for entry in names)):
        return DOCX
    if named is not None and named in {EPUB, ODT, DOCX}:
        message = f"This is an archive, but not {named.name}: the part that holds the text is missing."
        raise SamizdatError(NOT_TEXT.problem(message, Place(name), "Save it again from the program that made it."))
    if foreign := refusals.packed(names):
        raise SamizdatError(NOT_TEXT.problem(foreign[0], Place(name), foreign[1]))
    other = next((what for sign, what in _OTHERS.items() if any(sign in entry for entry in names)), "an archive of other files")
    raise SamizdatError(NOT_TEXT.problem(f"This is {other}, not a text.", Place(name), "Unpack it, and import the text in it."))


_OTHERS = {"xl/": "a spreadsheet", "ppt/": "a presentation", "content.xml": "an OpenDocument file without text"}


def _small(archive: zipfile.ZipFile, entry: str) -> bool:
    try:
        return archive.getinfo(entry).file_size < 1000
    except KeyError:
        return False
