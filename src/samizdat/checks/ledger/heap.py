"""The heap: Python looks for rubbish in all that lives, again and again; the ledger makes much in a short time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_alone() -> Iterator[None]:
    """Leave what lives by now, a book and its pages, out of the search for rubbish: a fifth of the ledger's time (benchmarks)."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
