"""Pictures with the words below them, which pages put into divisions of many names: they become figures."""

import re

from lxml import etree

from samizdat.importers.documents.markup import Element, is_element, removed, words

_CAPTION = re.compile(r"caption|bildunterschrift|legende?$|didascalia|pie-de-foto|onderschrift|подпись", re.IGNORECASE)
_AROUND = {"div", "p", "section", "center"}
_TEXT = {"p", "div", "span", "figcaption", "small", "em", "i", "center", "b", "dd"}
_LONGEST = 1200


def captioned(root: Element) -> None:
    """Make figures of divisions that hold one picture, and words that are called its caption."""
    for element in [each for each in root.iter(*_AROUND) if is_element(each)]:
        images = list(element.iter("img", "svg"))
        if len(images) != 1 or next(element.iter("figure"), None) is not None:
            continue
        captions = [inner for inner in element.iter(*_TEXT) if inner is not element and _is_caption(inner) and words(inner)]
        captions = [inner for inner in captions if not any(up in captions for up in inner.iterancestors())]
        if captions and not _others(element, captions) and len(words(element)) <= _LONGEST:
            _made(element, images[0], captions)


def _is_caption(element: Element) -> bool:
    return bool(_CAPTION.search(element.get("class") or ""))


def _others(element: Element, captions: list[Element]) -> bool:
    """Tell whether there are words that stand in no caption."""
    return len(words(element).replace(" ", "")) > sum(len(words(inner).replace(" ", "")) for inner in captions)


def _made(element: Element, image: Element, captions: list[Element]) -> None:
    figcaption = etree.Element("figcaption")
    for number, caption in enumerate(captions):
        removed(caption)
        caption.tag = "span"
        caption.tail = " " if number + 1 < len(captions) else None
        figcaption.append(caption)
    removed(image)
    image.tail = None
    for place in [inner for inner in element.iterdescendants() if is_element(inner) and inner.get("id")]:
        etree.SubElement(figcaption, "span").set("id", place.get("id", ""))
    for child in list(element):
        element.remove(child)
    element.text = None
    element.tag = "figure"
    if element.get("class"):
        del element.attrib["class"]
    element.extend([image, figcaption])
