"""Typography: the marks and spaces that a compositor would have set, by the customs of each language in the book.

First the quotation marks are chosen, by language and depth; then the rules for single characters go over every run of words.
Words, code, formulas and addresses stay as they are.
"""

import re
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import Any, get_args

from samizdat.model.block import Block, Blocks, Division, IndexEntry, Paragraph, Preformatted, Stanza, Verse
from samizdat.model.book import Book, Section
from samizdat.model.inline import (
    Code,
    Image,
    IndexTerm,
    Inline,
    Inlines,
    LineBreak,
    Math,
    NoteRef,
    PageBreak,
    PageRange,
    Quoted,
    QuoteMark,
    Span,
    Text,
)
from samizdat.model.walk import descend, plain_text, rebuild
from samizdat.transforms.flow import correct, joined
from samizdat.transforms.languages import NARROW, customs, listed
from samizdat.transforms.quotations import misread, pair, straightened
from samizdat.transforms.sections import change_sections

_INLINES = frozenset(get_args(Inline))
_SENTENCE_ENDS = (".", ",", "!", "?", "…", ";", ":", "—")


def typography(book: Book) -> Book:
    """Set quotation marks, apostrophes, ellipses, dashes, fractions and spaces that hold; done twice it is as done once."""
    language = book.metadata.language
    metadata = replace(
        book.metadata,
        title=_words(book.metadata.title, language),
        subtitle=_words(book.metadata.subtitle, language),
        description=_words(book.metadata.description, language),
    )
    return change_sections(replace(book, metadata=metadata), lambda section: _set(section, language))


def _line(inlines: Inlines, language: str) -> Inlines:
    """Set one run of words: a paragraph, a title, a cell."""
    if misread(inlines):
        return _anew(inlines, language)
    return correct(joined(_marked(inlines, language, 0)), language)


def _anew(inlines: Inlines, language: str) -> Inlines:
    """Set a run whose marks an importer took for the wrong ones."""
    return rebuild(correct(joined(_marked(straightened(inlines), language, 0)), language), _apostrophe)


def _apostrophe(node: object) -> object:
    """Make an apostrophe of a straight mark that was one before."""
    return Text(node.text.replace("'", "’")) if isinstance(node, Text) else node


def _paragraphs(blocks: Blocks, language: str) -> Blocks:
    """Set blocks one after the other, from the last, to see where a quotation goes on in the next paragraph.

    Each paragraph of such a quotation opens with a mark and only the last one closes it. Importers leave the mark that is not
    closed as an English one.
    """
    result: list[Block] = []
    goes_on = False
    for block in reversed(blocks):
        inlines = block.inlines if isinstance(block, Paragraph) else ()
        text = plain_text(inlines)
        read_anew = misread(inlines)
        unclosed = goes_on and not read_anew and text.count("“") == 1 and "”" not in text
        change = partial(_opened, opening=pair(customs(language), 0)[0])
        result.append(_set(rebuild(block, change) if unclosed else block, language))
        goes_on = isinstance(next(iter(inlines), None), Quoted) or ((unclosed or read_anew) and text.startswith("“"))
    return tuple(reversed(result))


def _opened(node: object, opening: str) -> object:
    return Text(node.text.replace("“", opening)) if isinstance(node, Text) else node


def _set(node: Any, language: str) -> Any:  # a node of the same type comes back
    """Set every run of words at or below a node."""
    if isinstance(node, tuple):
        if node and type(node[0]) in _INLINES:
            return _line(node, language)
        if any(isinstance(member, Paragraph) for member in node):
            return _paragraphs(node, language)
        return tuple(_set(member, language) for member in node)
    match node:
        case Preformatted():
            return node
        case Image(alt=alt):
            return replace(node, alt=_words(alt, language))
        case IndexEntry():
            term, see, see_also = _words(node.term, language), _each(node.see, language), _each(node.see_also, language)
            return replace(node, term=term, see=see, see_also=see_also, entries=_set(node.entries, language))
        case Division(lang=lang):
            language = lang or language
        case Verse():
            node = _verse(node, language)
        case Section(short=short) if short:
            node = replace(node, short=_words(short, language))
    changed = {}
    for field in fields(node):
        value = getattr(node, field.name)
        if value and (isinstance(value, tuple) or is_dataclass(value)):
            changed[field.name] = _set(value, language)
    return replace(node, **changed) if changed else node


def _words(text: str, language: str) -> str:
    return plain_text(correct((Text(text),), language)) if text else text


def _each(texts: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(_words(text, language) for text in texts)


def _verse(verse: Verse, language: str) -> Verse:
    """Set a verse as one run where a quotation goes over its lines; importers read line by line and leave marks over."""
    lines = [plain_text(line) for stanza in verse.stanzas for line in stanza.lines]
    text = "".join(lines)
    outer = customs(language).quotes[0][0]
    done = outer in text if outer != "“" else not any(isinstance(node, Quoted) for node in descend(verse))
    if (
        done
        or not 0 < text.count("”") <= text.count("“")
        or "„" in text
        or all(line.count("“") == line.count("”") for line in lines)
    ):
        return verse
    run: list[Inline] = []
    for stanza in verse.stanzas:
        for line in stanza.lines:
            run += [Span(line.inlines), LineBreak()]
        run.append(LineBreak())
    spans = iter([span.inlines for span in _anew(tuple(run), language) if isinstance(span, Span)])
    return Verse(tuple(Stanza(tuple(replace(line, inlines=next(spans)) for line in stanza.lines)) for stanza in verse.stanzas))


def _marked(inlines: Inlines, language: str, depth: int) -> Inlines:
    """Put marks in place of the Quoted nodes; depth counts the quotations around."""
    result: list[Inline] = []
    for inline in inlines:
        match inline:
            case Quoted():
                result.extend(_quotation(inline, language, depth))
            case Span(inner, lang=lang):
                result.append(replace(inline, inlines=joined(_marked(inner, lang or language, depth))))
            case IndexTerm(entry, inner):
                result.append(
                    replace(
                        inline,
                        entry=_each(entry, language),
                        inlines=joined(_marked(inner, language, depth)),
                        see=_words(inline.see, language),
                        see_also=_words(inline.see_also, language),
                    )
                )
            case Image(alt=alt):
                result.append(replace(inline, alt=_words(alt, language)))
            case Text() | Code() | Math() | LineBreak() | NoteRef() | PageBreak() | PageRange():
                result.append(inline)
            case _:
                result.append(replace(inline, inlines=joined(_marked(inline.inlines, language, depth))))
    return tuple(result)


def _quotation(quoted: Quoted, language: str, depth: int) -> Inlines:
    clipped = quoted.mark is QuoteMark.SINGLE and _begins_clipped(quoted, language)
    if clipped and not plain_text(quoted).endswith(_SENTENCE_ENDS):
        # Two apostrophes, as in ’90s dancers’ shoes or rock ’n’ roll, which the importer took for a quotation.
        return (Text("’"), *_marked(quoted.inlines, language, depth), Text("’"))
    opening, closing = pair(customs(language), depth)
    if clipped:
        opening += "’"
    if customs(language).quotes_apart and quoted.inlines:
        opening += NARROW if isinstance(quoted.inlines[0], Quoted) else ""
        closing = (NARROW if isinstance(quoted.inlines[-1], Quoted) else "") + closing
    return (Text(opening), *_marked(quoted.inlines, language, depth + 1), Text(closing))


def _begins_clipped(quoted: Quoted, language: str) -> bool:
    clipped = customs(language).clipped
    return bool(clipped) and bool(re.match(rf"(?:{'|'.join(listed(clipped))}|\d\ds?)\b|n\Z", plain_text(quoted), re.IGNORECASE))
