"""LaTeX: verse, epigraphs with their source, notes in margins, what pandoc would pass over."""

from collections.abc import Callable

from samizdat.importers.documents.reading import Document
from samizdat.model.block import Epigraph, Verse
from samizdat.model.walk import descend, plain_text

TEXT = r"""\documentclass{book}\title{The Weir}\author{Ines Karlsen}
\begin{document}\maketitle
\chapter{Mud}
\epigraph{Go slow.}{Mire}
Text\footnote{One.} in a line\endnote{Two.}\marginpar{Three.}\index{weir!old} and on.

\begin{verse}
The water low,\\
the water high\\!

and then no more.
\end{verse}
\chapter{Stone}
More.
\end{document}
"""


def test_a_book_in_latex(read_text: Callable[[str, str], Document]) -> None:
    document = read_text("weir.tex", TEXT)
    book = document.book
    assert book.metadata.title == "The Weir"
    assert [plain_text(section.title) for section in book.body] == ["Mud", "Stone"]
    assert [plain_text(note.blocks) for note in book.body[0].notes] == ["One.", "Two.", "Three."]
    epigraph = next(node for node in descend(book.body) if isinstance(node, Epigraph))
    assert (plain_text(epigraph.blocks), plain_text(epigraph.attribution)) == ("Go slow.", "Mire")
    verse = next(node for node in descend(book.body) if isinstance(node, Verse))
    assert [[plain_text(line) for line in stanza.lines] for stanza in verse.stanzas] == [
        ["The water low,", "the water high"],
        ["and then no more."],
    ]
    assert any(decision.rule == "X97" and decision.taken == "weir!old" for decision in document.decisions)


def test_a_backslash_at_the_end_of_a_line_of_org(read_text: Callable[[str, str], Document]) -> None:
    assert "Said: \\" in plain_text(read_text("a.org", "* A\nSaid: \\\n\nMore.\n").book.sections).replace("∖", "\\")


def test_terms_after_a_setting_of_looks_stay(read_text: Callable[[str, str], Document]) -> None:
    text = r"\begin{description}\tightlist\item[mud] wet\item[stone] dry\end{description}"
    assert "mud" in plain_text(read_text("a.tex", text).book.sections)
