"""A document from elsewhere becomes a Book and the record of what was decided on the way."""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from samizdat.config import UnfitPathError, confine
from samizdat.config.ids import slug, unused
from samizdat.importers import bounded, markdown, pandoc
from samizdat.importers.book import arranged
from samizdat.importers.documents import (
    embedded,
    epub,
    latex_text,
    markdown_text,
    mhtml,
    muse_text,
    numbers,
    office,
    office_styles,
    pins,
    rtf,
    rtf_tables,
    source_text,
    tidy_inlines,
    unpacked,
    webpage,
)
from samizdat.importers.documents.album import Album, unseen
from samizdat.importers.documents.anchors import Anchors, referring
from samizdat.importers.documents.archive import LARGEST_PICTURE
from samizdat.importers.documents.bold_headings import BOLD, by_looks
from samizdat.importers.documents.formats import (
    DOCBOOK,
    DOCX,
    EPUB,
    FB2,
    HTML,
    JATS,
    LATEX,
    MARKDOWN_TEXT,
    MHTML,
    MUSE,
    NO_WORDS_IN_IT,
    NOT_TEXT,
    ODT,
    RTF,
    SUFFIXES,
    Format,
    recognise,
)
from samizdat.importers.documents.headings import imprint
from samizdat.importers.documents.metadata import STATED, Facts, metadata, stated
from samizdat.importers.documents.nodes import leaves, text, walk
from samizdat.importers.documents.outline import Chapter, Leaf, chapters
from samizdat.importers.documents.proof import account, settled
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.importers.documents.tidy import Blocks
from samizdat.importers.documents.tidy_breaks import merged_verse
from samizdat.importers.documents.typed_page import TypedPage, typed
from samizdat.importers.documents.wrapping import Ask, Wrapping, no_picture
from samizdat.importers.notes import Notes
from samizdat.importers.plain.capture import PILED, decode, stream_safe
from samizdat.importers.plain.language import detect
from samizdat.importers.plain.proof import NOTHING, Account
from samizdat.importers.plain.record import Decisions, Lines
from samizdat.importers.plain.rules import NO_RULES, Rules
from samizdat.importers.source import Source
from samizdat.model.book import Book, Section
from samizdat.model.inline import Image
from samizdat.model.walk import descend
from samizdat.problems import Place, Problem, Rule, SamizdatError

DETECTED = Rule(
    "M84",
    REPAIR,
    "The language found by its common words",
    "The document does not say in which language it is, so that it is told by the small words that every text is full of.",
)
LARGEST = 200 << 20
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".tif", ".tiff"}
_ENOUGH = 120
"""Letters from which on the language of a text can be told."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: the book, what was decided, and what its reader should know."""

    book: Book
    decisions: Decisions
    problems: tuple[Problem, ...] = ()
    date: str = ""
    """The date that the document states, as it states it; a whole date is in the book's metadata too."""
    lines: Lines = ()
    """The text as read, in the lines by which its places are named."""
    account: Account = NOTHING
    """Where its words went."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the reading process is given."""

    name: str
    data: bytes
    folder: str = ""
    """Where the file lies: pictures that a text names are taken from there, and from nowhere else."""
    rules: Rules = field(default_factory=Rules)


def read_document(path: Path, rules: Rules = NO_RULES) -> Document | TypedPage | None:
    """Read a document; None, or the frame around a text, say that it is raw text. What is wrong with it is a SamizdatError."""
    place = Place(path.name)
    try:
        if path.stat().st_size > LARGEST:
            raise SamizdatError(NOT_TEXT.problem(f"This file is larger than {LARGEST >> 20} MB.", place, "Divide it."))
        data = unpacked.content(path)
    except OSError as error:
        raise SamizdatError(
            NOT_TEXT.problem("This file cannot be read.", place, "See whether it is there, and whether you may open it.")
        ) from error
    if not data.startswith(b"PK") and recognise(path.name, data) is None:
        return None
    return bounded.run(opened, Order(path.name, data, str(path.parent), rules), _budget(path.name, data), path.name)


def opened(order: Order) -> Document | TypedPage:
    """Read a document, or say that it only holds raw text."""
    return (typed(order.data, order.rules) if recognise(order.name, order.data) is HTML else None) or read(order)


def read(order: Order) -> Document:
    """Read a document here and now; to be called in a process with limits."""
    what = recognise(order.name, order.data)
    if what is None:
        raise SamizdatError(NOT_TEXT.problem("This is raw text, not a document.", Place(order.name)))
    record = Record(order.rules)
    budget, began = _budget(order.name, order.data), bounded.spent()

    def ask(data: bytes, options: tuple[str, ...] = ()) -> dict[str, Any]:
        megabytes = max(200, budget.megabytes - 230)
        seconds = min(budget.seconds - 8, budget.seconds - (bounded.spent() - began))
        try:
            tree = pandoc.parse_document(data, what.reader, (*what.options, *options), seconds, megabytes, bounded.PATIENCE)
        except SamizdatError:
            if not what.again:
                raise
            tree = pandoc.parse_document(data, what.again, (*what.options, *options), seconds / 2, megabytes, bounded.PATIENCE)
        text, piles = stream_safe(tree.decode())
        for _pile in range(piles):
            record.count(PILED, "a letter with its marks", "There are more of them than any script has.")
        return json.loads(text)  # type: ignore[no-any-return]  # pandoc's own

    wrapping = _unwrapped(order, what, ask, record)
    return _document(order.name, what, wrapping, record)


def _budget(name: str, data: bytes) -> bounded.Budget:
    """Pages of HTML are read a part at a time, so that long ones need more time, but not more room."""
    budget = bounded.Budget.of(len(data))
    in_parts = SUFFIXES.get(PurePosixPath(name).suffix.lower()) in {HTML, EPUB}
    return replace(budget, megabytes=bounded.Budget().megabytes) if in_parts else budget


def _unwrapped(order: Order, what: Format, ask: Ask, record: Record) -> Wrapping:
    data = order.data
    if what is EPUB:
        return epub.opened(data, ask, record)
    beside = _beside(order.folder)
    if what is MHTML:
        return _saved(data, ask, record)
    if what is HTML:
        return webpage.opened(data, ask, record, beside)
    if what in {DOCX, ODT}:
        archive, fresh = office.opened(data, record, office_styles.signing)
        tree = ask(fresh, ())
        blocks, titles = office_styles.titled(office_styles.spoken(tree["blocks"]))
        facts = stated(tree["meta"], record).merged(titles).merged(office.facts(archive, record))
        return Wrapping([Leaf(blocks)], facts, lambda name: office.picture(archive, name))
    if what is RTF:
        tree, pictures = ask(rtf.readable(rtf_tables.signed(data)), ()), embedded.of_rtf(data)
        blocks = rtf.without_typewriter(rtf_tables.nested(tree["blocks"]), record)
        return Wrapping([Leaf(blocks)], stated(tree["meta"], record), _finder(pictures))
    text_ = _text(data)
    if what not in {FB2, DOCBOOK, JATS} and what.name not in {"OPML", "Jupyter notebook"}:
        numbers.of_text(text_, record)
    meta: dict[str, Any] = {}
    if what is MARKDOWN_TEXT:
        values, text_ = source_text.front_matter(text_)
        if not values:
            values, text_ = markdown_text.multimarkdown(text_)
        meta = {key: {"t": "MetaList", "c": [{"t": "MetaString", "c": one} for one in words]} for key, words in values.items()}
        text_ = source_text.with_notes_kept(markdown_text.readable(text_), record)
    elif what is MUSE:
        text_ = muse_text.readable(text_, record)
    elif what is LATEX:
        text_ = latex_text.readable(text_, record)
    elif what in {FB2, DOCBOOK, JATS} or what.name == "OPML":
        text_ = source_text.without_declarations(text_, record)
    text_ = source_text.without_other_files(text_, what.reader.split("+")[0], record)
    tree = ask(text_.encode("utf-8", "replace"), ())
    if what is LATEX:
        tree["blocks"] = latex_text.with_sources(tree["blocks"])
    pictures = embedded.of_fb2(data) if what is FB2 else {}
    return Wrapping([Leaf(tree["blocks"])], stated({**tree["meta"], **meta}, record), _finder(pictures, beside))


def _saved(data: bytes, ask: Ask, record: Record) -> Wrapping:
    page, picture = mhtml.opened(data)
    return webpage.opened(page, ask, record, picture)


def _finder(pictures: Mapping[str, bytes], beside: Callable[[str], bytes | None] = no_picture) -> Callable[[str], bytes | None]:
    def find(name: str) -> bytes | None:
        if name.startswith("data:"):
            return embedded.of_address(name)
        return pictures.get(name.lstrip("#")) or pictures.get(PurePosixPath(name).stem) or beside(name)

    return find


def _beside(folder: str) -> Callable[[str], bytes | None]:
    """Return what finds a picture in the folder of the document, never outside of it."""

    def find(name: str) -> bytes | None:
        if name.startswith("data:"):
            return embedded.of_address(name)
        if not folder or PurePosixPath(name).suffix.lower() not in _PICTURES:
            return None
        try:
            path = confine(Path(folder), name)
            return path.read_bytes() if path.stat().st_size <= LARGEST_PICTURE else None
        except (UnfitPathError, OSError, ValueError):
            return None

    return find


def _text(data: bytes) -> str:
    """Return a text file's text, whatever its encoding."""
    try:
        text_ = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text_ = ""
    if not text_ or data.count(0) * 4 > len(data):
        text_ = "\n".join(line.text for line in decode(data).lines)
    return text_.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _document(name: str, what: Format, wrapping: Wrapping, record: Record) -> Document:
    facts = wrapping.facts if record.allow(STATED) else Facts()
    raw = [leaf.blocks for leaf in wrapping.leaves]
    if not any(True for _ in leaves(raw)) and not any(item["t"] == "Image" for item in walk(raw)):
        raise SamizdatError(NOT_TEXT.problem("There is no text in this file.", Place(name), NO_WORDS_IN_IT))
    numbers.of_nodes(raw, record)
    facts = pins.facts(raw, record, facts)
    if not facts.language and record.allow(DETECTED):
        language, sure = detect(text(leaf) for leaf in raw)
        if language and sure >= 0.6 and sum(len(text(leaf)) for leaf in raw) > _ENOUGH:
            record.decide(DETECTED, sure, "", language, "Its small words are of this language.")
            facts = replace(facts, language=language)
    album = Album(load_bytes=wrapping.picture, record=record, language=facts.language)
    anchors = Anchors(facts.language)
    anchors.survey(raw)
    tidy = Blocks(
        tidy_inlines.Inlines(record, album, anchors, curl="+smart" not in what.reader and "markdown" not in what.reader)
    )
    leaves_ = wrapping.leaves
    if len(leaves_) == 1 and record.allow(BOLD):
        leaves_ = [replace(leaves_[0], blocks=by_looks(leaves_[0].blocks, record))]
    pinned = pins.applied([leaf.blocks for leaf in leaves_], record)
    fresh = [replace(leaf, blocks=merged_verse(tidy.blocks(blocks))) for leaf, blocks in zip(leaves_, pinned, strict=True)]
    record.at = 0
    if not any(text(leaf.blocks) for leaf in fresh) and not album.loaded:
        raise SamizdatError(NOT_TEXT.problem("There is no text in this file.", Place(name), NO_WORDS_IN_IT))
    found, title, second = chapters(fresh, facts.title, [person.name for person in facts.people], _file_title(name), record)
    facts = replace(facts, title=title, subtitle=facts.subtitle or second, paged_by=facts.paged_by or imprint(record))
    sections = referring(_sections(found, album, record, anchors), record)
    identifier = facts.identifier or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'samizdat:{name}:{facts.title}')}"
    front, body, back = arranged(sections)
    about = metadata(facts, identifier, record)
    cover = album.loaded.pop(album.place(wrapping.cover, ""), None) if wrapping.cover else None
    if cover:
        cover = replace(cover, path=f"cover{PurePosixPath(cover.path).suffix}")
    used = {item.source for item in _images(sections)}
    pictures = tuple(picture for path, picture in sorted(album.loaded.items()) if path in used)
    if cover and cover.path.endswith(".gif"):
        cover = None
    book = Book(about, front, body, back, pictures, cover)
    lines = tuple(record.lines)
    counted = account(raw, lines if record.places else (), sections, facts, record.finished())
    counted = settled(counted, lines, record)
    decisions = record.finished()
    problems = (*record.problems, *unseen(decisions))
    return Document(book, decisions, problems, facts.date, lines, counted)


def _sections(found: list[Chapter], album: Album, record: Record, anchors: Anchors) -> list[Section]:
    used = set(anchors.used)
    result = []
    for number, chapter in enumerate(found, start=1):
        stem = unused(slug(chapter.title) or f"{chapter.kind.value}-{number}", used)
        source = Source(f"{number:0{max(2, len(str(len(found))))}}-{stem}.md", chapter.kind, b"", album, album.remember, number)
        result.append(markdown.chapter(chapter.blocks, source, Notes(source)))
        record.problems.extend(source.problems)
    return result


def _images(sections: list[Section]) -> list[Image]:
    return [item for item in descend(tuple(sections)) if isinstance(item, Image)]


def _file_title(name: str) -> str:
    return " ".join(PurePosixPath(name).stem.replace("_", " ").replace("-", " ").split()) or "Untitled"
