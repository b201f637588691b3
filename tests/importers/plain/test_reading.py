"""A raw capture becomes books: what is read off it, what is left out, and that nothing is lost."""

import pytest

from samizdat.importers.plain.capture import decode
from samizdat.importers.plain.dates import date_in
from samizdat.importers.plain.language import detect
from samizdat.importers.plain.numbering import number, template
from samizdat.importers.plain.reading import Reading, judged, read
from samizdat.importers.plain.record import PassageKind
from samizdat.importers.plain.rules import Pin, Rules
from samizdat.model.block import List
from samizdat.model.book import UNDATED, Book, Section
from samizdat.model.inline import NoteRef
from samizdat.model.kind import Kind
from samizdat.model.walk import descend, plain_text
from samizdat.problems import SamizdatError

LONG = (
    "The ferry had been tied up since noon, and nobody on the quay could say when the next one would leave, for the master had"
    " gone home and taken the key of the engine room with him, as he did on every feast day of the year."
)
WRAPPED = """\
The ferry had been tied up since noon, and nobody on the quay could
say when the next one would leave. A woman with two baskets sat down
on the steps and began to peel an orange, slowly, as if she had all
the time in the world and meant to use every minute of it.

Later the wind turned. The flags on the customs house, which had hung
down like washing, stood out all at once to the west, and the harbour
master came out of his door with a paper in his hand.
"""
LIBRARY = f"""\
The Project Gutenberg EBook of The Ferry, by Ada Quill

Title: The Ferry
       A Tale of the Quay

Author: Ada Quill

Language: English

*** START OF THIS PROJECT GUTENBERG EBOOK THE FERRY ***




Produced by Nobody in Particular




THE FERRY

by

ADA QUILL




CONTENTS

CHAPTER I. The Key
CHAPTER II. The Orange




PREFACE

{WRAPPED}



CHAPTER I

THE KEY

{WRAPPED}



CHAPTER II

THE ORANGE

{WRAPPED}

*** END OF THIS PROJECT GUTENBERG EBOOK THE FERRY ***

Licence words that nobody needs in a book.
"""


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(texts)


def _read(text: str, rules: Rules | None = None) -> Reading:
    return read(text.encode(), "capture", rules or Rules())


def _titles(book: Book) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []

    def gather(section: Section, level: int) -> None:
        found.append((level, plain_text(section.title)))
        for inner in section.sections:
            gather(inner, level + 1)

    for section in book.sections:
        gather(section, 1)
    return found


def test_a_library_file_is_read_for_what_it_is() -> None:
    result = _read(LIBRARY)
    book = result.books[0]
    assert (book.metadata.title, book.metadata.subtitle, book.metadata.authors) == (
        "The Ferry",
        "A Tale of the Quay",
        ("Ada Quill",),
    )
    assert book.metadata.date == UNDATED
    assert _titles(book) == [(1, "PREFACE"), (1, "CHAPTER I: THE KEY"), (1, "CHAPTER II: THE ORANGE")]
    assert book.front[0].kind is Kind.PREFACE
    text = " ".join(plain_text(block) for section in book.sections for block in section.blocks)
    assert "Licence" not in text
    assert "Nobody in Particular" not in text
    assert "slowly, as if she had all the time" in text


def test_every_word_is_accounted_for() -> None:
    account = _read(LIBRARY).account
    assert account.captured > 200
    assert not account.missing
    assert set(account.left_out) >= {"D51", "D52", "D53", "C51", "M53"}


def test_the_same_bytes_give_the_same_record() -> None:
    assert _read(LIBRARY).decisions == _read(LIBRARY).decisions


def test_short_lines_between_long_paragraphs_are_headings() -> None:
    text = _paragraphs(
        "Notes from the Quay: A Diary Without Dates",
        "December 3, 2018",
        LONG,
        "Oranges",
        LONG,
        "What the harbour master knew",
        LONG,
        "“Never again!”",
        LONG,
        "Keys and other small things",
        LONG,
    )
    book = _read(text).books[0]
    assert book.metadata.title == "Notes from the Quay"
    assert book.metadata.subtitle == "A Diary Without Dates"
    assert book.metadata.date.isoformat() == "2018-12-03"
    titles = [title for _, title in _titles(book)]
    assert titles[1:] == ["Oranges", "What the harbour master knew", "Keys and other small things"]


def test_a_line_that_goes_on_in_small_letters_is_a_torn_paragraph() -> None:
    text = _paragraphs(LONG, "They praised the master for the good days and put the", "blame on the wind. " + LONG, LONG, LONG)
    book = _read(text).books[0]
    assert any("put the blame on the wind" in plain_text(block) for section in book.sections for block in section.blocks)


def test_numbers_that_count_up_are_headings_in_any_words() -> None:
    text = "\n\n".join(part for place in range(1, 7) for part in (f"Artikulo {place}", LONG))
    assert [title for _, title in _titles(_read(text).books[0])] == [f"Artikulo {place}" for place in range(1, 7)]


def test_numbered_lines_without_text_between_are_no_headings() -> None:
    text = _paragraphs(LONG, "1. Oranges", "2. Keys", "3. Baskets", LONG, LONG)
    assert len(_titles(_read(text).books[0])) == 1


def test_parts_hold_chapters() -> None:
    parts = "\n\n\n\n".join(
        f"PART {part}\n\n\n\nCHAPTER {chapter}\n\n{WRAPPED}\n\n\nCHAPTER {chapter + 1}\n\n{WRAPPED}"
        for part, chapter in (("ONE", 1), ("TWO", 3))
    )
    book = _read(parts).books[0]
    assert [section.kind for section in book.body] == [Kind.PART, Kind.PART]
    assert [plain_text(inner.title) for inner in book.body[1].sections] == ["CHAPTER 3", "CHAPTER 4"]


def test_page_numbers_go_and_what_they_tore_is_joined() -> None:
    lines = [f"words that fill a line of this long book, as they do, number {place:03} of" for place in range(400)]
    for page in range(1, 11):
        lines.insert(page * 40, f"{page}")
    result = _read("\n".join(lines))
    assert sum(decision.rule == "D56" for decision in result.decisions) == 10
    assert len(result.books[0].body[0].blocks) == 1


def test_a_title_with_the_author_below_begins_another_work() -> None:
    text = f"The Ferry\n\nby Ada Quill\n\n\n\n{WRAPPED * 4}\n\n\n\n\nThe Lighthouse\n\nby Ada Quill\n\n\n{WRAPPED * 4}"
    books = _read(text).books
    assert [(book.metadata.title, book.metadata.authors) for book in books] == [
        ("The Ferry", ("Ada Quill",)),
        ("The Lighthouse", ("Ada Quill",)),
    ]


def test_what_a_web_page_adds_after_the_text_is_no_chapter_of_it() -> None:
    text = "\n\n".join(
        ["The Ferry", *[LONG] * 6, "Advertisement", "The Strike at the Mill", *(f"{LONG} {word}" for word in ("Yes", "No", "So"))]
    )
    books = _read(text).books
    assert [book.metadata.title for book in books] == ["The Ferry", "The Strike at the Mill"]
    assert "D55" in {decision.rule for decision in _read(text).decisions}


def test_notes_stay_with_their_calls() -> None:
    text = _paragraphs("The Ferry", LONG + "[1]", LONG, LONG + "[2]", "Notes", "[1] On feast days.", "[2] And on Sundays.")
    book = _read(text).books[0]
    keys = [node.key for section in book.sections for node in descend(section) if isinstance(node, NoteRef)]
    assert len(keys) == 2
    assert {note.key for section in book.sections for note in section.notes} == set(keys)


def test_without_a_title_the_name_of_the_file_serves() -> None:
    result = _read(_paragraphs(*[LONG] * 4))
    assert result.books[0].metadata.title == "capture"
    assert result.books[0].metadata.authors == ()
    assert "M58" in {decision.rule for decision in result.decisions}


def test_a_rule_can_be_turned_off_and_a_decision_pinned() -> None:
    text = _paragraphs("The Ferry", LONG, "Oranges", LONG, "Keys", LONG, "Baskets", LONG)
    assert "Oranges" in [title for _, title in _titles(_read(text).books[0])]
    assert "Oranges" not in [title for _, title in _titles(_read(text, Rules(off=frozenset({"H57"}))).books[0])]
    pinned = _read(text, Rules(pins=(Pin(5, 5, PassageKind.PARAGRAPH), Pin(15, 15, PassageKind.DEBRIS))))
    assert "Oranges" not in [title for _, title in _titles(pinned.books[0])]
    assert pinned.account.left_out["F51"] > 10


@pytest.mark.parametrize("data", [b"", b"\n \n", bytes(range(256)) * 40])
def test_what_holds_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(SamizdatError):
        read(data, "capture", Rules())


@pytest.mark.parametrize("sign", ["\0", "\u202e", "\u2066", "\ufdd0"])
def test_what_stands_for_nothing_on_paper_or_turns_the_text_around_is_taken_out(sign: str) -> None:
    capture = decode(f"The fer{sign}ry".encode())
    assert [line.text for line in capture.lines] == ["The ferry"]
    assert [decision.rule for decision in capture.decisions] == ["X53"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_found(encoding: str) -> None:
    text = "Größe und “Würde”\r\nzählen – nicht\rviel"
    assert [line.text for line in decode(text.encode(encoding)).lines] == ["Größe und “Würde”", "zählen – nicht", "viel"]


def test_letters_decoded_wrongly_once_are_mended() -> None:
    wrong = "Größe – “Würde”".encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")
    capture = decode(wrong.encode())
    assert capture.lines[0].text == "Größe – “Würde”"
    assert [decision.rule for decision in capture.decisions] == ["X52"]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (
            "Der Hafenmeister kam aus der Tür und sah auf das Blatt, das er in der Hand hielt, und er war nicht froh mit dem",
            "de",
        ),
        (
            "La barca no había salido del puerto y nadie en el muelle sabía por qué, pero los niños se reían",
            "es",
        ),
        ("Паром стоял у причала с полудня, и никто не знал, когда он пойдёт, но все ждали его на берегу и пили чай", "ru"),
        ("渡船从中午起就停在码头，没有人知道什么时候开船。", "zh"),
        ("フェリーは正午から岸壁につながれていた。", "ja"),
    ],
)
def test_languages_are_told_by_their_small_words_and_scripts(text: str, tag: str) -> None:
    assert detect([text])[0] == tag


@pytest.mark.parametrize(
    ("text", "label", "value", "title"),
    [
        ("CHAPTER IV. The Key", "chapter", 4, "The Key"),
        ("Second Part", "part", 2, ""),
        ("Глава 3", "глава", 3, ""),
        ("XII", "", 12, ""),
        ("7. Keys", "", 7, "Keys"),
        ("Dritter Teil: Der Hafen", "teil", 3, "Der Hafen"),
    ],
)
def test_numbers_of_headings(text: str, label: str, value: int, title: str) -> None:
    found = number(text)
    assert found is not None
    assert (found.label, found.value, found.title) == (label, value, title)


@pytest.mark.parametrize("text", ["I went home", "Civil war", "Mix", "Part of the way", "A key"])
def test_a_word_that_begins_like_a_number_is_none(text: str) -> None:
    found = number(text)
    assert found is None or not found.marked


def test_templates_read_numbers_of_any_script() -> None:
    assert template("第十二条") == ("第#条", 12)
    assert template("المادة ٣") == ("المادة #", 3)
    assert template("three") == ("", 0)


@pytest.mark.parametrize(
    ("text", "date"), [("December 31, 2019", "2019-12-31"), ("1. März 1848", "1848-03-01"), ("2022", "2022")]
)
def test_dates_as_people_write_them(text: str, date: str) -> None:
    assert date_in(text) == date


def test_a_sentence_with_a_year_is_no_date() -> None:
    assert not date_in("In 2019 the ferry sank")


@pytest.mark.parametrize("line", ["By Ada Quill | 12 March 2019", "by Ada Quill, March 12, 2019", "12 March 2019 — by Ada Quill"])
def test_a_line_may_say_who_wrote_a_text_and_when(line: str) -> None:
    (book,) = read(f"The Ferry\n\n{line}\n\n{LONG}\n\n{LONG}\n".encode(), "ferry", Rules()).books
    assert book.metadata.date.isoformat() == "2019-03-12"
    assert [person.name for person in book.metadata.people] == ["Ada Quill"]


def test_a_day_made_of_a_year_is_told() -> None:
    found = read(f"Title: The Ferry\nAuthor: Ada Quill\nDate: 2019\n\n{LONG}\n\n{LONG}\n".encode(), "ferry", Rules())
    assert found.books[0].metadata.date.isoformat() == "2019-01-01"
    assert [(each.after, each.confidence) for each in found.decisions if each.rule == "M59"] == [("date: 2019-01-01", 0.5)]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Translated from the Danish by Ida Holm", [("Ida Holm", "translator")]),
        ("EDITED BY IDA HOLM AND BO QUIST", [("IDA HOLM", "editor"), ("BO QUIST", "editor")]),
        ("Edited by two of her friends", []),
    ],
)
def test_a_title_page_says_who_translated_or_edited(line: str, people: list[tuple[str, str]]) -> None:
    page = f"THE FERRY\n\nby Ada Quill\n\n{line}\n\nLondon\n\n\n\nCHAPTER I\n\n{LONG}\n\n\n\nCHAPTER II\n\n{LONG}\n"
    (book,) = read(page.encode(), "ferry", Rules()).books
    assert [(person.name, person.role) for person in book.metadata.people] == [("Ada Quill", "author"), *people]


def test_a_first_sentence_is_no_title() -> None:
    sentence = "Nobody on the quay could say when the next ferry would leave for the island."
    (book,) = read(f"{sentence}\n\n{LONG}\n\n{LONG}\n".encode(), "ferry", Rules()).books
    assert book.metadata.title == "ferry"
    assert sentence in plain_text(book.body[0].blocks)


def test_wrapped_lines_with_the_same_space_everywhere_have_headings_too() -> None:
    text = "\n\n".join(f"{title}\n\n{WRAPPED}\n\n{WRAPPED}" for title in ("The Quay", "The Customs House", "What came after"))
    (book,) = read(f"The Ferry\n\nby Ada Quill\n\n{WRAPPED}\n\n{text}".replace("\n\n\n", "\n\n").encode(), "ferry", Rules()).books
    (chapter,) = book.body
    assert [plain_text(section.title) for section in chapter.sections] == ["The Quay", "The Customs House", "What came after"]


def test_hyphens_are_mended_in_the_items_of_lists() -> None:
    item = "The lighter comes back at noon, or a little after it, with the light-\n    house keeper, if he is sober."
    items = "\n\n".join(f" {number}. {item}" for number in (1, 2, 3))
    text = f"{WRAPPED}\nThe lighthouse has its rules, and these are the three of them:\n\n{items}\n\n{WRAPPED}"
    found = read(text.encode(), "rules", Rules())
    assert any(isinstance(node, List) for node in descend(found.books[0].sections))
    assert plain_text(found.books[0].sections).count("the lighthouse keeper") == 3


def test_text_in_utf_16_is_no_program() -> None:
    words = "Œuvre\n\nThe “naïve” café – a house of words, and of little else – stood here.\n"
    assert read(words.encode("utf-16"), "capture", Rules()).encoding == "utf-16-le"


def test_names_below_verse_are_no_headings() -> None:
    entries = "\n".join(
        f"{WRAPPED}\n    A gate is not a wall, says she,\n    And nothing that is shut is free.\n\n{name}\n"
        for name in ("Ottilie Brandt", "Pavel Rusk", "Ilse Moor", "Anton Weil")
    )
    (book,) = _read(f"Title: The Ferry\n\nThe Morning\n\n{entries}\n{WRAPPED}\nThe Evening\n\n{WRAPPED}").books
    assert not {name for _, name in _titles(book)} & {"Ottilie Brandt", "Pavel Rusk", "Ilse Moor", "Anton Weil"}


def test_rows_with_figures_and_the_line_over_them_are_no_headings() -> None:
    rows = "\n\n".join(
        f"     {name:<40}{figure:>12}" for name, figure in (("Inhabitants", "3,900"), ("Boats", "40"), ("Acres", "12.5"))
    )
    text = f"{WRAPPED}\n     THE HARBOUR AND ITS TOWN\n\n{rows}\n\n\n{WRAPPED}"
    (book,) = _read(f"{WRAPPED}\n{WRAPPED}\n{text}").books
    assert len(_titles(book)) == 1


def test_a_heading_may_follow_the_fields_of_a_capture() -> None:
    text = _paragraphs(
        "Title: The Ferry\nAuthor: Ada Quill", "Why bother? Here is a beginning", LONG, "The Morning", LONG, "The Evening", LONG
    )
    (book,) = _read(text).books
    assert "Why bother? Here is a beginning" in plain_text(book.sections)


def test_a_long_sentence_that_calls_out_is_no_heading() -> None:
    call = "Well, then,--what are we going to do when the ferry has gone down at last?"
    text = "\n".join(f"{WRAPPED}\n{name}\n\n{WRAPPED}" for name in ("The Quay", call, "The Morning", "The Evening"))
    (book,) = _read(f"Title: The Ferry\n\n{text}").books
    assert not [title for _, title in _titles(book) if "Well, then" in title]


def test_space_above_headings_is_seen_where_none_stands_alone_between_paragraphs() -> None:
    titles = (("I", "The Quay"), ("II", "Fog"), ("III", "A Lamp"), ("IV", "Oars"), ("V", "Ice"), ("VI", "The Bridge"))
    chapters = "".join(f"\n\n\n\n{number}\n\n{title}\n\n{WRAPPED}\n{WRAPPED}" for number, title in titles)
    (book,) = read(f"The Ferry\n\nby Ada Quill\n{chapters}".encode(), "ferry", Rules()).books
    found = [plain_text(one.title) for section in book.body for one in (section, *section.sections)]
    assert [f"{number}: {title}" for number, title in titles] == [title for title in found if title != "The Ferry"]
    assert not judged(decode(f"The Ferry\n{chapters}".encode()), Rules())[1].even


def test_the_place_and_the_date_below_a_preface_are_no_headings() -> None:
    preface = f"PREFACE\n\n{WRAPPED}\n  HARWICH.\n\n     _January, 1913._"
    chapters = "".join(f"\n\n\n\nCHAPTER {number}\n\n{WRAPPED}" for number in ("I", "II"))
    text = f"The Ferry\n\nby Ada Quill\n\n\n\n{preface}{chapters}"
    (book,) = read(text.encode(), "ferry", Rules()).books
    assert [plain_text(one.title) for section in (*book.front, *book.body) for one in (section, *section.sections)] == [
        "PREFACE",
        "CHAPTER I",
        "CHAPTER II",
    ]


def test_a_letterspaced_line_among_those_of_a_title_page_is_one_of_them() -> None:
    series = "  ".join("\u00a0".join(word) for word in "SMALL LIBRARY OF FERRIES VOLUME 22".split())
    page = f"THE FERRY\n\nBY\n\nADA QUILL\n\n\nQUAY PRESS\n\n\n{series}\n\n\nCOPYRIGHT QUAY PRESS 1917"
    text = f"{page}\n\n\n\nI.\n\n{WRAPPED}\n\n\n\nII.\n\n{WRAPPED}"
    (book,) = read(text.encode(), "ferry", Rules()).books
    assert not book.front
    assert [plain_text(one.title) for one in book.body] == ["I", "II"]


def test_letters_glued_to_emphatic_words_are_not_lost() -> None:
    found = read(f"The Ferry\n\nAll the *dog*s barked at m^{{2}}x and +this+s.\n\n{LONG}\n".encode(), "ferry", Rules())
    assert not found.account.missing


def test_capitals_in_the_middle_of_a_sentence_are_no_heading() -> None:
    articles = _paragraphs(*(part for number in range(1, 5) for part in (f"Article {number}", LONG)))
    text = _paragraphs(LONG, LONG[:-1] + ",", "THE GENERAL ASSEMBLY OF THE QUAY", LONG, articles)
    assert "THE GENERAL ASSEMBLY OF THE QUAY" not in str(_titles(_read(text).books[0]))
    assert "THE GENERAL ASSEMBLY OF THE QUAY" in str(_titles(_read(text.replace("year,", "year.")).books[0]))


def test_a_title_may_stand_below_the_paragraph_that_announces_it() -> None:
    lead = f"On the tenth of May the council of the quay approved the Universal Declaration of Ferries. {LONG}"
    articles = _paragraphs(*(part for number in range(1, 4) for part in (f"Article {number}", LONG)))
    book = _read(_paragraphs(lead, "UNIVERSAL DECLARATION OF FERRIES", "Preamble", LONG, articles)).books[0]
    assert book.metadata.title == "UNIVERSAL DECLARATION OF FERRIES"
    assert lead[:40] in str(book)
    assert _read(_paragraphs(lead, "What the Council Said", LONG, articles)).books[0].metadata.title == "capture"


@pytest.mark.parametrize(
    "line",
    [
        "Visitors: 104,233",
        "You are visitor number 1045",
        "12,480 views",
        "Posts: 312",
        "Joined: Mar 2009",
        "Last updated 4 May 2004.",
    ],
)
def test_counters_and_what_a_forum_writes_below_a_text_are_not_of_it(line: str) -> None:
    found = _read(_paragraphs("The Ferry", *[LONG] * 6, line))
    assert line not in str(found.books)
    assert found.account.left_out["D55"]


@pytest.mark.parametrize("line", ["The visitors came at nine", "Nine hundred views of the harbour", "He joined: nobody knew why"])
def test_sentences_like_what_a_forum_writes_stay(line: str) -> None:
    assert line in str(_read(_paragraphs("The Ferry", *[LONG] * 6, line, LONG)).books)
