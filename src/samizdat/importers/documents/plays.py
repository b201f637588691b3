"""A play that a page keeps as a table, one column for the speakers and one for what they say, becomes a scene."""

from collections.abc import Sequence

from lxml import etree

from samizdat.importers.documents.markup import Element, classes, words

_SPEAKERS = {"z3998:persona", "speaker", "persona", "character-name"}
_DIRECTIONS = {"z3998:stage-direction", "stage-direction", "stage"}
_COLUMNS = 2


def is_scene(rows: Sequence[Sequence[Element]]) -> bool:
    """Tell whether the rows of a table are speeches: most of the first cells are called speakers."""
    speakers = sum(bool(row) and bool(_SPEAKERS & set(classes(row[0]))) for row in rows)
    return speakers > len(rows) / 3 and all(0 < len(row) <= _COLUMNS for row in rows)


def staged(table: Element, rows: Sequence[Sequence[Element]]) -> None:
    """Make a scene of a table: speakers with their speeches, and stage directions between them."""
    scene: list[Element] = []
    for row in rows:
        speaker, speech = (row[0], row[-1]) if len(row) == _COLUMNS else (None, row[-1])
        speech.tail = None
        if speaker is None or not words(speaker):
            speech.tag = "p" if speech.find("p") is None else "div"
            direction = etree.Element("div")
            direction.set("class", "stage")
            for inner in speech.iter():
                if _DIRECTIONS & set(classes(inner)):
                    inner.tag = "span"
                    inner.attrib.pop("class", "")
                    inner.attrib.pop("epub:type", "")
            speech.attrib.pop("epub:type", "")
            direction.append(speech)
            scene.append(direction)
            continue
        if not scene or scene[-1].tag != "dl":
            scene.append(etree.Element("dl"))
        speaker.tag, speech.tag, speaker.tail = "dt", "dd", None
        speaker.attrib.pop("epub:type", "")
        scene[-1].extend((speaker, speech))
    tail = table.tail
    table.clear()
    table.tag, table.tail = "div", tail
    table.set("class", "drama")
    table.extend(scene)
