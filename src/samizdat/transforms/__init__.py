"""Transforms: pure steps from a Book to a Book. An edition names the ones it wants, in order.

The usual order: `furnish`, `number`, `references`, `index`, `contents`, `typography`, and `pieces` for paper.
"""

from collections.abc import Callable

from samizdat.model.book import Book

Transform = Callable[[Book], Book]
