"""Pages and prose for the tests of typesetting."""

import random
from collections.abc import Callable, Sequence

import pytest

from samizdat.typesetting import Leaf, Setting, set_pages

_WORDS = (
    "the press stood in a cellar where paper was counted twice and ink kept warm beside the stove until morning came with "
    "bread and newspapers from neighbouring towns that nobody had printed before organisation international remembered"
).split()

STYLE = """
@page { size: 120mm 180mm; margin: 15mm 12mm 18mm 18mm }
@page :left { margin: 15mm 18mm 18mm 12mm; @bottom-left { content: counter(page) } }
@page :right { @bottom-right { content: counter(page) } }
@page front:left { @bottom-left { content: counter(page, lower-roman) } }
@page front:right { @bottom-right { content: counter(page, lower-roman) } }
.front { page: front }
html { font: 10pt/13pt "Samizdat Serif" }
body { margin: 0 }
p { margin: 0; text-indent: 1em; text-align: justify; hyphens: auto }
h1 { font-size: 14pt; font-weight: normal }
.footnote { float: footnote; font-size: 8pt; line-height: 10pt }
.footnote p { display: inline }
"""


@pytest.fixture(scope="session")
def prose() -> Callable[[int, int], str]:
    """Make a paragraph of so many words, the same for the same seed."""

    def make(seed: int, words: int) -> str:
        dice = random.Random(seed)  # noqa: S311 - prose needs no secrets
        text = " ".join(dice.choice(_WORDS) for _ in range(words))
        return text[0].upper() + text[1:] + "."

    return make


@pytest.fixture(scope="session")
def page() -> Callable[..., str]:
    """Make a page of a body."""

    def make(body: str, kind: str = "chapter", language: str = "en") -> str:
        return (
            f'<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}"><head><title>A page</title></head>'
            f'<body class="{kind}">{body}</body></html>'
        )

    return make


@pytest.fixture(scope="session")
def set_book() -> Callable[..., Setting]:
    """Set leaves without a cache."""

    def make(leaves: Sequence[Leaf], css: str = STYLE, **options: object) -> Setting:
        settings = {"title": "A Book", "language": "en", "remember": lambda make, *_parts: make(), "fetch": {}.__getitem__}
        return set_pages(leaves, css, **(settings | options))  # type: ignore[arg-type]

    return make
