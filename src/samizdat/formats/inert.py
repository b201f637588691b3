"""Pages that only lie there: no program in them, nothing that is loaded from elsewhere, no address that does more than lead on.

What a manuscript says cannot get so far, but a book may bring templates and style sheets of its own, and these write what they
like.
"""

import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from lxml import etree

_ACTIVE = frozenset("script iframe frame frameset object embed applet base foreignObject handler listener".split())
_ADDRESSES = frozenset("href src action formaction poster data background cite longdesc manifest ping".split())
_LEADING = frozenset({"a", "area", "q", "blockquote", "ins", "del"})
_RELATIONS = frozenset({"alternate", "canonical", "license", "author"})
_SCHEMES = frozenset({"", "http", "https", "mailto", "ftp", "tel"})
_IMAGE = re.compile(r"data:(image/(png|jpeg|gif|svg\+xml)|font/)", re.IGNORECASE)
_SHEET = "data:text/css,"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b\ufeff]+")
"""What a browser passes over in the scheme of an address."""
_TAKEN = re.compile(r"@import\b|\b(?:url|src|image|image-set)\(\s*['\"]?\s*([^'\")]*)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6}\s?|.)", re.DOTALL)


def fault(root: etree._Element, scripts: Collection[str] = ()) -> str:
    """Say what is in a page that does something, in words that follow its name; empty where nothing is.

    `scripts` are the texts of the house's own, which may stand in a page.
    """
    for instruction in (*root.itersiblings(preceding=True), *root.iter(etree.PI), *root.itersiblings()):
        if isinstance(instruction, etree._ProcessingInstruction):  # noqa: SLF001  lxml has no other name for it
            return "gives orders to browsers: an instruction outside of the text"
    return next((found for element in root.iter(etree.Element) for found in _faults(element, scripts)), "")


def style_fault(style: str) -> str:
    """Say what a style sheet takes from outside of the book; empty where it takes nothing."""
    for taken in _TAKEN.finditer(_ESCAPE.sub(_letter, style)):
        address = _IGNORED.sub("", taken[1] or "")
        if taken[1] is None or _scheme(address) not in {"", "data", "font"} or (not _scheme(address) and _leads_out(address)):
            return f"takes something from elsewhere: {taken[0][:60]}"
    return ""


def _faults(element: etree._Element, scripts: Collection[str]) -> Iterator[str]:
    name = etree.QName(element).localname
    if name in _ACTIVE and not (name == "script" and _known(element, scripts)):
        yield f"holds a <{name}>"
    for key, value in element.attrib.items():
        attribute = etree.QName(str(key)).localname.lower()
        if attribute.startswith("on"):
            yield f"holds a program (the attribute {attribute})"
        elif attribute == "http-equiv" and value != "Content-Security-Policy":
            yield "gives orders to browsers (the attribute http-equiv)"
        elif attribute in _ADDRESSES:
            yield from _address(name, str(value), leads=name in _LEADING or element.get("rel") in _RELATIONS)
        elif attribute == "srcset":
            for candidate in str(value).split(","):
                yield from _address(name, candidate, leads=False)
        elif attribute == "style" and (found := style_fault(str(value))):
            yield found
    if name == "style" and (found := style_fault("".join(map(str, element.itertext())))):
        yield found


def _known(script: etree._Element, scripts: Collection[str]) -> bool:
    """See whether a script is one of the house's own, or only data."""
    text = "".join(map(str, script.itertext())).strip()
    return "src" not in script.attrib and (script.get("type") == "application/ld+json" or text in scripts)


def _address(name: str, value: str, *, leads: bool) -> Iterator[str]:
    address = _IGNORED.sub("", value)
    scheme = _scheme(address)
    if name == "link" and address.startswith(_SHEET):
        if found := style_fault(unquote(address.removeprefix(_SHEET))):
            yield found
    elif leads and scheme not in _SCHEMES:
        yield f"has a link that is more than a link: {value[:60]}"
    elif not leads and not _IMAGE.match(address) and (scheme or _leads_out(address)):
        yield f"loads something from elsewhere, in <{name}>: {value[:60]}"


def _leads_out(address: str) -> bool:
    """Tell whether an address without a scheme leads out of the folder in which its page lies."""
    path = unquote(address).replace("\\", "/")
    return path.startswith("/") or ".." in re.split("[/?#]", path)


def _scheme(address: str) -> str:
    match = _SCHEME.match(address)
    return match[1].lower() if match else ""


def _letter(escape: re.Match[str]) -> str:
    """Return the letter that an escape of CSS stands for. Source: CSS Syntax Level 3, "Consume an escaped code point"."""
    code = escape[1].strip()
    number = int(code, 16) if re.fullmatch(r"[0-9a-fA-F]+", code) else 0
    return chr(number) if 0 < number < 0x110000 else code if not number else ""
