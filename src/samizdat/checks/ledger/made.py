"""What the program itself writes in a book: pages made from the metadata, and the numbers of lists."""

from collections.abc import Callable, Iterator

from samizdat.fonts import text_type
from samizdat.model.block import Numbering
from samizdat.model.book import Book, Metadata
from samizdat.model.kind import Kind
from samizdat.words import Words

_HANDS = ("editor edited", "translator translated", "illustrator illustrated", "foreword foreword", "afterword afterword",
          "contributor contributor")  # fmt: skip


def pages(book: Book, line: Callable[[object], str], *, face: str) -> Iterator[str]:
    """Yield the words of the pages made from the metadata, as the house style has them; drawn ones are set in a `face`."""
    words = Words(book.metadata.language)
    for section in book.sections:
        match section.kind:
            case Kind.HALF_TITLE:
                yield book.metadata.title
            case Kind.TITLE_PAGE:
                yield _title_page(book.metadata, words)
            case Kind.IMPRINT:
                yield _imprint(book.metadata, words)
            case Kind.COLOPHON:
                type_ = text_type(book.metadata.language, face) if face else ""
                set_in = words("set-in").format(type_) if type_ else ""
                print_ = f"samizdat ledger: {book.metadata.fingerprint}" if book.metadata.fingerprint else ""
                yield "\n".join((line(section.title), words("colophon-made"), print_, set_in))
            case _:
                pass


def _title_page(facts: Metadata, words: Words) -> str:
    hands = [f"{words(word)} {', '.join(names)}" for role, word in map(str.split, _HANDS) if (names := facts.by_role(role))]
    publisher = (facts.publisher, facts.place) if facts.publisher else ()
    return "\n".join((", ".join(facts.authors), facts.title, facts.subtitle, *hands, *publisher))


def _imprint(facts: Metadata, words: Words) -> str:
    series = ", ".join((facts.series.name, *([str(facts.series.number)] if facts.series.number else ()))) if facts.series else ""
    publisher = f"{facts.publisher}{f', {facts.place}' if facts.place else ''}" if facts.publisher else ""
    return "\n".join(
        (
            *(facts.title, facts.subtitle, ", ".join(facts.authors), series),
            *(facts.edition, publisher, facts.date.isoformat() if facts.dated else "", facts.rights),
            f"{words('source')}: {facts.source}" if facts.source else "",
            f"ISBN {facts.isbn}" if facts.isbn else "",
            facts.identifier,
        )
    )


def marker(number: int, numbering: Numbering) -> str:
    """Write the number of a list's item, without the point after it."""
    match numbering:
        case Numbering.DECIMAL:
            return str(number)
        case Numbering.LOWER_ALPHA | Numbering.UPPER_ALPHA:
            letters = ""
            while number > 0:
                number, letter = divmod(number - 1, 26)
                letters = chr(ord("a") + letter) + letters
            return letters if numbering is Numbering.LOWER_ALPHA else letters.upper()
        case _:
            numeral = ""
            for value, sign in _NUMERALS:
                times, number = divmod(number, value)
                numeral += sign * times
            return numeral if numbering is Numbering.LOWER_ROMAN else numeral.upper()


_NUMERALS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
