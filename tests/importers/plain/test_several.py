"""Several texts in one file, each with a header of its library."""

import pytest

from samizdat.importers.plain import reading, rules

_SENTENCE = "The ferry came over in the evening, and nobody on the quay could say who had called for it. "


def _dump(title: str, chapters: int = 3) -> str:
    text = "\n\n".join(f"Chapter {number}\n\n{_SENTENCE * 8}\n\n{_SENTENCE * 6}" for number in range(1, chapters + 1))
    return f"Title: {title}\nAuthor: Ada Weir\nDate: 1990\n\n{text}\n\n"


def _gutenberg(title: str, language: str, text: str) -> str:
    return (
        f"The Project Gutenberg eBook of {title}, by Ada Weir\n\nThis eBook is for the use of anyone.\n\nTitle: {title}\n\n"
        f"Author: Ada Weir\n\nLanguage: {language}\n\n*** START OF THE PROJECT GUTENBERG EBOOK {title.upper()} ***\n\n\n\n"
        f"{text}\n\n\n\n*** END OF THE PROJECT GUTENBERG EBOOK {title.upper()} ***\n\nUpdated editions will replace this one.\n\n"
    )


def _read(text: str, said: str = "") -> reading.Reading:
    return reading.read(text.encode(), "dump", rules.read(said, "import-rules.toml", {"W66"}))


def _titles(text: str, said: str = "") -> list[str]:
    return [book.metadata.title for book in _read(text, said).books]


def test_each_text_of_a_library_dump_becomes_a_manuscript() -> None:
    found = _read(_dump("The Ferry") + _dump("The Weir", chapters=2))
    assert [(book.metadata.title, book.metadata.authors, len(book.sections)) for book in found.books] == [
        ("The Ferry", ("Ada Weir",), 3),
        ("The Weir", ("Ada Weir",), 2),
    ]
    assert len({book.metadata.identifier for book in found.books}) == 2
    assert not found.account.missing


def test_the_texts_of_a_file_have_their_own_language_and_lines() -> None:
    german = "Die Fähre kam am Abend herüber, und niemand am Ufer wußte, wer nach ihr gerufen hatte.\n" * 6
    text = _gutenberg("The Ferry", "English", "\n\n".join([_SENTENCE * 4] * 6)) + _gutenberg("Das Wehr", "German", german)
    found = _read(text)
    assert [(book.metadata.title, book.metadata.language) for book in found.books] == [("The Ferry", "en"), ("Das Wehr", "de")]
    words = str(found.books)
    assert "wußte" in words
    assert "Updated editions" not in words


@pytest.mark.parametrize("line", ['W66 = "off"', '{} = "paragraph"'])
def test_one_line_makes_one_text_of_them_again(line: str) -> None:
    text = _dump("The Ferry") + _dump("The Weir")
    (border,) = [decision.first for decision in _read(text).decisions if decision.rule == "W66"]
    assert _titles(text, line.format(border)) == ["The Ferry"]


def test_a_list_of_books_at_the_end_is_no_other_text() -> None:
    books = "\n\n".join(f"Title: The Weir {number}\nAuthor: Ada Weir" for number in range(1, 9))
    assert _titles(f"{_dump('The Ferry')}\n\nBooks of this house\n\n{books}\n") == ["The Ferry"]
