from samizdat.importers.plain.capture import decode
from samizdat.importers.plain.reading import judged
from samizdat.importers.plain.record import PassageKind
from samizdat.importers.plain.rules import Rules


def _headings(text: str) -> list[str]:
    """Return the words of what is taken for headings."""
    return [words for _, words in _levels(text)]


def _levels(text: str) -> list[tuple[int, str]]:
    """Return the levels and the words of what is taken for headings."""
    passages, _, _ = judged(decode(text.encode()), Rules())
    return [(one.level, one.flowed) for one in passages if one.kind is PassageKind.HEADING]


def _book(title: str, contents: str, *heads: str) -> str:
    """Return a capture with a title page, a table of contents, and prose below each heading."""
    prose = (
        "The ferry had been tied up since noon, and nobody on the quay could say\n"
        "when the next one would leave. A woman with two baskets sat down on the\n"
        "steps and began to peel an orange, slowly, as if she had all the time."
    )
    chapters = "".join(f"\n\n\n\n{head}\n\n{prose}\n\n{prose}\n" for head in heads)
    return f"{title}\n\nby Ada Quill\n\n\n\nContents\n\n{contents}\n{chapters}"


def _tales(close: str) -> str:
    """Return tales full of talk, without more space anywhere; short lines that are no titles end with what is given."""
    long = (
        "She had carried the lantern down to the jetty every evening since the ferry stopped, and nobody had asked her to;"
        " it was, she said, a habit, and habits are cheaper than hope in a town with one street and no baker."
    )
    short = [f"“You are late again{close}”", f"“Then the tide is late{close}”", f"She shook her head at him{close}"]
    talk = [long, long, *short, long, long, *short, long, long, long]
    titles = ("The Lantern at the Jetty", "A Ferry in the Fog", "The Baker’s Second House", "A Street without a Name")
    return "\n\n".join(line for title in titles for line in (*talk, title, *talk))


def test_a_title_lacks_the_stop_that_short_lines_of_a_tale_have() -> None:
    titles = ["The Lantern at the Jetty", "A Ferry in the Fog", "The Baker’s Second House", "A Street without a Name"]
    assert _headings(_tales(".")) == titles


def test_where_short_lines_often_lack_a_stop_lacking_one_says_nothing() -> None:
    assert _headings(_tales("")) == []


def test_numbers_set_to_the_right_do_not_make_unnumbered_chapters_deeper() -> None:
    numbers, titles = ("I", "II", "III"), ("Of the Harbour", "Of the Ferry", "Of the Lantern")
    contents = "\n".join(f"{number:>5}. {title}" for number, title in zip(numbers, titles, strict=True))
    heads = [f"{number}.\n{title}" for number, title in zip(numbers, titles, strict=True)]
    book = _book("The Common Quay", f"{contents}\n       The Afterthought", *heads, "The Afterthought")
    assert [level for level, _ in _levels(book)] == [1] * 4


def test_an_appendix_listed_beside_books_stands_as_high_as_they() -> None:
    heads = ("INTRODUCTION", "FIRST BOOK", "SECOND BOOK", "APPENDIX", "GLOSSARY")
    assert _levels(_book("Meditations", "\n".join(f" {head}" for head in heads), *heads)) == [(1, head) for head in heads]


def test_who_enters_is_no_heading_and_the_cast_is_no_title_page() -> None:
    cast = "DRAMATIS PERSONAE\n\nMOOR, a ferryman.\n\nRUSK, his neighbour.\n\nA CLERK."
    scenes = [
        f"ACT {act}. SCENE 1.\n\nENTER {name}.\n\n" + "\n\n".join(f"{who}: The oars are gone." for who in ("MOOR", "RUSK") * 4)
        for act, name in ((1, "MOOR"), (2, "RUSK"))
    ]
    play = "\n\n\n\n".join(["THE LANTERN\n\nby Ada Quill", cast, *scenes])
    assert _headings(play) == ["DRAMATIS PERSONAE", "ACT 1. SCENE 1.", "ACT 2. SCENE 1."]


def test_parts_and_poems_numbered_alike_are_told_apart() -> None:
    stanza = "The tide has taken what the tide had lent,\nThe net, the rope, the lantern and the oar."
    poems = "".join(f"\n\n\n{number}.\n\n{stanza}\n\n{stanza}\n" for number in ("I", "II", "III"))
    parts = "".join(
        f"\n\n\n\n\n{number}.\n\n{name}.\n{poems}" for number, name in (("I", "LIFE"), ("II", "LOVE"), ("III", "NATURE"))
    )
    found = _levels(f"POEMS\n\nby Ada Quill\n{parts}")
    assert found == [
        (level, words)
        for part in ("I. LIFE.", "II. LOVE.", "III. NATURE.")
        for level, words in ((1, part), (2, "I."), (2, "II."), (2, "III."))
    ]
