"""Transforms: pure steps from a Book to a Book. An edition names the ones it wants, in order.

All editions begin with `number`, `captions`, `references` and `typography` (`editions.edition.prepare`); their own follow in
this order: `furnish`, `index` and `contents` for paper.
"""

from collections.abc import Callable

from samizdat.model.book import Book

Transform = Callable[[Book], Book]
