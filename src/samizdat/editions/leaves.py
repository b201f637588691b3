"""The files of an edition that has one for each leaf of the book: their names, and which ids are reached in which of them."""

from collections.abc import Collection, Iterator, Mapping

from samizdat.formats.portable import LONGEST, is_device
from samizdat.model.book import Note, Section
from samizdat.model.walk import descend


def file_names(leaves: tuple[Section, ...], suffix: str, reserved: Collection[str]) -> Mapping[str, str]:
    """Name a file for each leaf after its id; a name in use, in whatever letters, for another file is made longer.

    So is one that Windows takes for a device.
    """
    taken = set(reserved)
    files = {}
    for leaf in leaves:
        name = f"page-{leaf.id}" if is_device(leaf.id) else leaf.id[:LONGEST]
        while name.casefold() in taken:
            name += "-page"
        taken.add(name.casefold())
        files[leaf.id] = f"{name}{suffix}"
    return files


def ids(leaf: Section) -> Iterator[str]:
    """Yield every id that a link may lead to in a leaf."""
    for node in descend(leaf):
        if isinstance(node, Note):
            yield node.key
        elif identity := getattr(node, "id", ""):
            yield identity
