"""Checks of the manuscript: what an editor would send back before anything is set.

They look at the Book as it was read. What depends on pages, files or typography is checked later, elsewhere.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from samizdat import fonts
from samizdat.formats import formula
from samizdat.model.block import Definition, DefinitionList, Division, Figure, Formula, Heading, List, Quote, Table
from samizdat.model.book import Book, Section, heading_id, note_id
from samizdat.model.inline import Code, CrossReference, Image, IndexTerm, Inlines, Math, Span, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import children, descend, plain_text
from samizdat.problems import Place, Problem, Rule, SamizdatError, Severity, nearest
from samizdat.typesetting.boxes import wanting

TWICE = Rule(
    "S10",
    Severity.ERROR,
    "An id given twice",
    "Two places of the book have the same id, so that a reference to it could mean either. Ids are unique in the whole book,"
    " not only in one file. A chapter without an id of its own takes the name of its file.",
)
NO_TARGET = Rule(
    "S11",
    Severity.ERROR,
    "A cross reference to nowhere",
    "The text refers to an id that no chapter, section, figure, table or other place of the book has.",
)
EMPTY = Rule(
    "S12",
    Severity.ADVICE,
    "An empty section",
    "There is a heading, but nothing below it. It will be printed as it is.",
)
STOP = Rule(
    "S13",
    Severity.ADVICE,
    "A heading that ends in a full stop",
    "Headings stand by themselves and need no full stop. In contents lists and running heads it looks like a mistake.",
)
DOTS = Rule(
    "S21",
    Severity.ERROR,
    "A heading of nothing but full stops",
    "In a list of contents, a row of dots leads from each heading to its page. A heading of dots cannot be told from that row.",
)
NO_HEAD = Rule(
    "S14",
    Severity.WARNING,
    "A table without a header row",
    "Screen readers announce each cell with the header of its column. A table without headers is hard to follow for those who"
    " hear it, and for most who see it.",
)
NO_ENTRY = Rule(
    "S15",
    Severity.WARNING,
    "An index entry that sends the reader nowhere",
    "An entry says “see” or “see also”, but the index has no entry of that name.",
)
LONG_ALT = Rule(
    "S16",
    Severity.ADVICE,
    "A very long description of a picture",
    "A description of a picture is spoken in one go and cannot be skimmed. What takes more than a few sentences is better"
    " told in the text, where everybody can read it.",
)
STRAIGHT = Rule(
    "S17",
    Severity.WARNING,
    "Straight quotation marks in a title",
    "Titles in book.toml and in the attributes of headings are printed letter by letter, so their quotation marks should be the"
    " curly ones. In the text itself the straight marks are set right by the typography.",
)
NO_INDEX = Rule(
    "S18",
    Severity.ADVICE,
    "Index terms, but no index, or an index without terms",
    'An index is only made where book.toml asks for it, with a section of the kind "index", and it lists what the text marks.',
)
CAPITALS = Rule(
    "S19",
    Severity.ADVICE,
    "Index entries that differ in capitals only",
    "The index lists “Press” and “press” apart. If they are the same thing, write them alike.",
)

ENDLESS_WORD = Rule(
    "S20",
    Severity.ERROR,
    "A word without end",
    "A thousand letters and more without a space, a hyphen or a slash are no word of any language, nor are ten thousand with"
    " them, but most likely data that was pasted by mistake. No line can hold them, and looking for a place to divide them takes"
    " very long. Code may be as long as it likes, in a block of its own.",
)

NO_TYPE = Rule(
    "S25",
    Severity.WARNING,
    "A letter that no font has",
    "None of the fonts that pages are set in has these letters. On paper and in PDFs a box stands for each, which is still "
    "found, copied and read aloud as the letter it is; e-books and pages for the browser show it in the reader’s own fonts.",
)
TOO_DEEP = Rule(
    "S90",
    Severity.ERROR,
    "Lists or quotations nested too deeply",
    "Each list or quotation inside another is set in further, and with the seventeenth no page has room left for words.",
)

_DEEPEST = 16
_SET_IN = List | DefinitionList | Quote
_LONGEST_ALT = 600
_UNSPACED = r"\u0e00-\u109f\u1780-\u17ff\u2e80-\U0003ffff"
"""Scripts that write no spaces between words."""
_ENDLESS = re.compile(rf"[^\s/–—{_UNSPACED}-]{{1000,}}|[^\s{_UNSPACED}]{{10000,}}")
"""Scripts that put no spaces between words are left out."""
_EXCERPT = 70
_WITH_IDS = Definition | Division | Figure | Formula | Heading | Span | Table
_MOST_LETTERS = 20
"""Letters without a font that are told of."""
_MAY_BE_EMPTY = {Kind.PART, Kind.FRONTISPIECE, Kind.DEDICATION, Kind.EPIGRAPH}


def check(book: Book) -> Iterator[Problem]:
    """Yield what is wrong with the manuscript. Places name file and excerpt; `Reading.placed` finds the lines."""
    sections = tuple(_sections(book.sections))
    nodes = [(section, node) for section in sections for node in _nodes(section)]
    yield from _references(sections, nodes)
    yield from _formulas(nodes)
    for section in sections:
        yield from _section(section)
        yield from _nested(section)
    for section, node in nodes:
        if isinstance(node, Text | Code) and (found := _ENDLESS.search(node.text)):
            message = f"There are {len(found[0]):,} letters here without a space."
            yield ENDLESS_WORD.problem(message, _place(section, found[0]), "Take it out, or divide it.")
        if isinstance(node, Table) and not node.head and any(plain_text(row.cells).strip() for row in node.body):
            place = _place(
                section,
                f"#{node.id}" if node.id else plain_text(node.body[0].cells[0]) if node.body and node.body[0].cells else "",
            )
            yield NO_HEAD.problem("This table has no header row.", place, "Give it a first row with the names of the columns.")
        elif isinstance(node, Image) and len(node.alt) > _LONGEST_ALT:
            message = f"The description of “{node.source}” is {len(node.alt)} letters long."
            yield LONG_ALT.problem(message, _place(section, node.source), "Say what matters in a sentence or two.")
    yield from _index(book, nodes)
    yield from _untypeset(nodes)


def _untypeset(nodes: list[tuple[Section, object]]) -> Iterator[Problem]:
    """Tell of each letter that no font has, once."""
    told = set[str]()
    for section, node in nodes:
        if isinstance(node, Text | Code):
            for letter in wanting(node.text):
                if letter not in told and len(told) < _MOST_LETTERS:
                    told.add(letter)
                    message = f"No font has the character “{letter}” (U+{ord(letter):04X}): on paper a box stands for it."
                    yield NO_TYPE.problem(message, _place(section, letter), _type_hint())


def _type_hint() -> str:
    """Say what helps where no font has a letter."""
    absent = " ".join(problem.hint for problem in fonts.missing())
    return f"Perhaps a font that is missing here has it. {absent}" if absent else "Check that it is meant."


def _sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.sections)


def _nodes(section: Section) -> Iterator[object]:
    """Yield the nodes of a section itself, without the sections below it."""
    return descend((section.title, section.subtitle, section.blocks, tuple(note.blocks for note in section.notes)))


def _place(section: Section, excerpt: str) -> Place:
    words = " ".join(excerpt.split())
    return Place(section.source or "book.toml", 0, words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "…")


def _references(sections: tuple[Section, ...], nodes: list[tuple[Section, object]]) -> Iterator[Problem]:
    """Check that every id is given once, and every reference leads to one."""
    owners: dict[str, Section] = {}
    given = [(section, section.id, plain_text(section.title) or section.id) for section in sections]
    given += [(section, node.id, f"#{node.id}") for section, node in nodes if isinstance(node, _WITH_IDS) and node.id]
    derived = set(_derived(sections, nodes))
    for section, name, excerpt in given:
        if name in derived:
            message = f"samizdat itself gives the id “{name}”, to a heading, a note or an index term."
            yield TWICE.problem(message, _place(section, excerpt), "Give this place another id.")
        if name in owners:
            where = owners[name].source or owners[name].kind.value
            message = f"The id “{name}” is given twice; the first is in {where}."
            yield TWICE.problem(
                message, _place(section, excerpt), f"Give one of them another: {{#{name}-2}}, or a word that says more."
            )
        owners.setdefault(name, section)
    for section, node in nodes:
        if isinstance(node, CrossReference) and node.target not in owners:
            hint = nearest(node.target, owners) or f"Give the place it should lead to an id: {{#{node.target}}}."
            message = f"There is no “{node.target}” in this book to refer to."
            yield NO_TARGET.problem(message, _place(section, f"(#{node.target})"), hint)


def _derived(sections: tuple[Section, ...], nodes: list[tuple[Section, object]]) -> Iterator[str]:
    """Yield the ids that are made from those of sections: for their headings, notes and index terms."""
    terms = Counter(section.id for section, node in nodes if isinstance(node, IndexTerm))
    for section in sections:
        yield heading_id(section.id)
        for note in section.notes:
            yield from (note_id(section.id, note.key), f"{note_id(section.id, note.key)}-call")
        yield from (f"{section.id}-ix{number}" for number in range(1, terms[section.id] + 1))


def _formulas(nodes: list[tuple[Section, object]]) -> Iterator[Problem]:
    """Check that every formula can be read, and drawn."""
    for section, node in nodes:
        if isinstance(node, Math | Formula):
            try:
                formula.mathml(node.tex, display=isinstance(node, Formula))
                formula.drawing(node.tex, display=isinstance(node, Formula))
            except SamizdatError as error:
                yield from (replace(problem, place=_place(section, node.tex)) for problem in error.problems)


def _section(section: Section) -> Iterator[Problem]:
    title = plain_text(section.title)
    place = _place(section, title)
    if title and not (section.blocks or section.sections or section.kind.generated or section.kind in _MAY_BE_EMPTY):
        yield EMPTY.problem(f"There is nothing below the heading “{title}”.", place, "Write something, or take the heading out.")
    if title and not title.strip(". "):
        yield DOTS.problem(
            f"The heading “{title}” is nothing but full stops.", place, "Give it a word; three points as “…” are fine."
        )
    if title.endswith(".") and not title.endswith(("..", "…")):
        yield STOP.problem(f"The heading “{title}” ends in a full stop.", place, "Take the full stop away.")
    for words in (*_plain(section.title), *_plain(section.subtitle), section.short):
        if '"' in words:
            yield STRAIGHT.problem(f"There are straight quotation marks in “{words}”.", place, "Type “ and ” there.")


def _nested(section: Section) -> Iterator[Problem]:
    """Check that nothing is set in until it leaves the page."""
    waiting: list[tuple[object, int]] = [(section.blocks, 0), *((note.blocks, 0) for note in section.notes)]
    while waiting:
        node, depth = waiting.pop()
        depth += isinstance(node, _SET_IN)
        if depth > _DEEPEST:
            message = f"More than {_DEEPEST} lists or quotations are nested here, each in the one before."
            yield TOO_DEEP.problem(message, _place(section, plain_text(node)), "Write some of them one after the other.")
            return
        waiting += ((child, depth) for child in children(node))


def _plain(inlines: Inlines) -> Iterator[str]:
    return (node.text for node in inlines if isinstance(node, Text))


def _index(book: Book, nodes: list[tuple[Section, object]]) -> Iterator[Problem]:
    """Check that the index can be made of its terms."""
    terms = [(section, node) for section, node in nodes if isinstance(node, IndexTerm)]
    wanted = any(section.kind is Kind.INDEX for section in book.sections)
    if terms and not wanted:
        message = "The text has index terms, but book.toml asks for no index."
        yield NO_INDEX.problem(message, Place("book.toml"), 'Add [[sections]] with kind = "index" at the end, if you want one.')
    if not wanted:
        return
    if not terms:
        yield NO_INDEX.problem(
            "book.toml asks for an index, but the text has no index terms.", Place("book.toml"), "Mark terms so: [words]{.index}."
        )
    entries = {": ".join(node.entry[:depth]) for _, node in terms for depth in range(1, len(node.entry) + 1) if not node.see}
    for section, node in terms:
        for target in (*_targets(node.see), *_targets(node.see_also)):
            if target not in entries:
                hint = nearest(target, entries) or "Mark a place for it, or take the reference out."
                message = f"The index entry “{', '.join(node.entry)}” sends the reader to “{target}”, which is not in the index."
                yield NO_ENTRY.problem(message, _place(section, target), hint)
    yield from _capitals(terms)


def _targets(references: str) -> list[str]:
    """Take several entries that a term sends the reader to apart."""
    return [": ".join(part.strip() for part in target.split("!")) for target in references.split(";") if target.strip()]


def _capitals(terms: list[tuple[Section, IndexTerm]]) -> Iterator[Problem]:
    spellings: dict[str, list[str]] = {}
    for section, node in terms:
        name = ": ".join(node.entry)
        known = spellings.setdefault(name.casefold(), [])
        if name in known:
            continue
        known.append(name)
        if name != known[0]:
            message = f"The index has both “{known[0]}” and “{name}”."
            yield CAPITALS.problem(message, _place(section, name), "Write them alike, if they are the same.")
