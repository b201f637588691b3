"""What a new book begins with: two short chapters that show how it is done, to be written over."""

import datetime
from collections.abc import Mapping

from samizdat.manuscript.folder import book_toml
from samizdat.model.book import Metadata, Person

_FIRST = """\
# {title_1} {{#beginning}}

{open}This is the first chapter of your book. Write over it. Each chapter is a file whose name ends in `.md`, and `book.toml`
lists them in the order of reading. An empty line begins a new paragraph.

Words can be *emphatic* or **strong**. Type "straight quotation marks" and two or three hyphens---the right marks are set for the
language of the book. A note is called here.[^first]

[^first]: And here it stands. On paper it goes to the foot of the page, in an e-book it opens where it is called.

> A quotation has a mark at the beginning of each paragraph.
>
> — Its author, *Its Source*

A pause in the story is a line of three stars:

* * *

When you have changed something, run `samizdat build {slug}` again and look into the folder `build/{slug}`.{close}
"""

_SECOND = """\
# {title_2} {{#second}}

{open}## Verse {{#verse}}

Verse keeps its lines. Each begins with a bar, and blanks after the bar move it in:

| A page is a door,
|    a door is a wall
| that someone was tired of,
|    and that is all.

## Pictures {{#pictures}}

Put a picture into a folder `images` beside this file, and show it in a paragraph of its own. The words in brackets are its
caption, and those after `alt` say what it shows to readers who cannot see it:

```
![The river in spring](images/river.jpg){{alt="A wide brown river between bare trees."}}
```

How it all began is told in [](#beginning).{close}
"""


def new(
    slug: str, title: str, authors: tuple[str, ...], language: str, identifier: str, date: datetime.date
) -> Mapping[str, bytes]:
    """Return the files of a new book. Its sample text is English, and says so where the book is in another language."""
    metadata = Metadata(title, language, identifier, date, people=tuple(Person(author) for author in authors))
    english = language.lower().split("-")[0] == "en"
    words = {
        "slug": slug,
        "title_1": _heading("A Beginning", english=english),
        "title_2": _heading("Verse and Pictures", english=english),
        "open": "" if english else "::: {lang=en}\n",
        "close": "" if english else "\n:::",
    }
    chapters = {"01-beginning.md": _FIRST, "02-verse-and-pictures.md": _SECOND}
    toml = book_toml(metadata, [{"file": file} for file in chapters])
    return {"book.toml": toml.encode(), **{file: text.format(**words).encode() for file, text in chapters.items()}}


def _heading(words: str, *, english: bool) -> str:
    return words if english else f"[{words}]{{lang=en}}"
