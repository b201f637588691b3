"""What a page's classes, styles and types say, put into the elements that pandoc keeps."""

import re
from collections.abc import Iterable

from lxml import etree

from samizdat.importers.documents import figures, layout, old_pages, plays, typed
from samizdat.importers.documents.markup import Element, classes, is_element, removed, unwrapped, words
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.importers.documents.styles import Use, use
from samizdat.model.block import Role
from samizdat.problems import Rule

HEADING_JOINED = Rule(
    "H83",
    REPAIR,
    "A heading of several lines became one",
    "The number and the name of a chapter stand in elements of their own that belong together. They make one heading.",
)
MEDIA = Rule(
    "X89",
    REPAIR,
    "Sound, film or a form left out",
    "A book on paper has no sound, no film and no fields to fill in. Words that stood in their place are kept.",
)

LINE_NUMBER = Rule(
    "I50",
    REPAIR,
    "The number of a line of verse left out",
    "Numbers beside the lines of a poem belong to the page that it was printed on. They are in the record.",
)
FORMULAS = Rule(
    "I51",
    REPAIR,
    "A page's formulas are written in TeX",
    "Formulas of a web page or an e-book come in a markup of their own. In a manuscript they are written as TeX, so that some of"
    " their signs become words: α is \\alpha.",
)

_RULES = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"(?:^|[\s,>])(?:[a-z]+)?\.([\w-]+)\s*(?=,|$)")
_LOOKS = (
    (re.compile(r"font-style\s*:\s*(italic|oblique)"), "em"),
    (re.compile(r"font-weight\s*:\s*(bold|[6-9]00)"), "strong"),
    (re.compile(r"font-variant(-caps)?\s*:\s*small-caps"), "smallcaps"),
    (re.compile(r"vertical-align\s*:\s*super"), "sup"),
    (re.compile(r"text-decoration[^;]*:\s*[^;]*underline"), "u"),
)
_BY_NAME = {
    **dict.fromkeys(("italic", "italics", "ital", "it", "i", "em", "emphasis"), "em"),
    **dict.fromkeys(("bold", "b", "strong"), "strong"),
    **dict.fromkeys(("smallcaps", "small-caps", "smcap", "smallcap", "sc", "caps-small"), "smallcaps"),
}
_LINE_NUMBERS = {"lnum", "linenum", "linenumber", "line-number", "lineno"}
_INDENT = re.compile(r"(?:i|in|indent|level)-?(\d{1,2})")
_DASHES = "—–― \n\t\u2060"
_BLOCKS = frozenset("p div blockquote section figure pre ul ol table li dl h1 h2 h3 h4 h5 h6 aside".split())


def looks(sheets: Iterable[str]) -> dict[str, set[str]]:
    """Read from style sheets which classes make words slanted, bold, small capitals or raised."""
    found: dict[str, set[str]] = {}
    for sheet in sheets:
        for selectors, style in _RULES.findall(sheet[:400_000]):
            elements = {element for pattern, element in _LOOKS if pattern.search(style)}
            if elements:
                for name in _CLASS.findall(selectors.strip()):
                    found.setdefault(name.lower(), set()).update(elements)
    return found


def marked(root: Element, styles: dict[str, set[str]], record: Record) -> None:
    """Put what the page says by classes and styles into elements."""
    _ours(root)
    old_pages.marked(root, record)
    for element in root.iter("main", "div", "section", "article"):
        if element.tag == "main" or element.get("role") == "main":
            # pandoc would read nothing but this.
            element.tag = "div"
            element.set("role", "none")
    for element in list(root.iter("hgroup")) if record.allow(HEADING_JOINED) else ():
        _one_heading(element, record)
    for element in list(root.iter("i", "em")):
        if "z3998:stage-direction" in classes(element):
            element.tag = "span"
    figures.captioned(root)
    for element in list(root.iter("pre")):
        typed.broken(element)
    for element in list(root.iter("span", "font")):
        _span(element, styles, record)
    for element in [each for each in root.iter("b") if "z3998:persona" in classes(each)]:
        element.tag = "span"
        element.set("class", "smallcaps")
    for element in list(root.iter("cite")):
        _attribution(element)
    for element in list(root.iter("blockquote", "p", "div", "section", "ul", "ol", "header", "figure")):
        _passage(element)
    for element in list(root.iter("rt", "rp", "rb", "ruby")):
        _ruby(element)
    for element in root.iter("img"):
        _image(element)
    for element in list(root.iter("svg")):
        _drawing(element)
    for element in list(root.iter("audio", "video", "object", "form", "input", "select", "textarea", "button")):
        _media(element, record)
    for element in list(root.iter("table")):
        _table(element)
    for element in root.iter():
        # pandoc passes over what is called a title page, and what else stands there with it.
        if {"titlepage", "toc"} & set(element.get("epub:type", "").split()):
            del element.attrib["epub:type"]
    if formulas := [element for element in root.iter("math") if words(element)]:
        places = [place for element in formulas for place in record.span(element) if place]
        lines = (min(places), max(places)) if places else (0, 0)
        said = " ".join(map(words, formulas))
        record.decide(FORMULAS, 0.8, said, said, "They are marked as formulas.", said, lines)


def _ours(root: Element) -> None:
    for element in root.iter():
        if "samizdat-" in element.get("class", ""):
            element.set("class", element.get("class", "").replace("samizdat-", ""))


def _one_heading(group: Element, record: Record) -> None:
    """Make one heading of a group: number and title, or title and subtitle."""
    parts = [child for child in group if is_element(child) and words(child)]
    first = next((child for child in parts if re.fullmatch("h[1-6]", child.tag)), None)
    if first is None:
        return
    for part in parts:
        if part is first:
            continue
        last = first[-1] if len(first) else None
        before = words(first)
        joint = " " if before.endswith((".", ":", "—", "!", "?")) else ": "
        if last is not None:
            last.tail = (last.tail or "").rstrip() + joint
        else:
            first.text = (first.text or "").rstrip() + joint
        part.tag = "span"
        part.tail = None
        first.append(part)
        lines = record.span(group)
        record.decide(HEADING_JOINED, 0.8, before, words(first), "Both stand in one group of headings.", lines=lines)
    unwrapped(group)


def _span(element: Element, styles: dict[str, set[str]], record: Record) -> None:
    names = element.get("class", "").lower().split()
    if "z3998:stage-direction" in classes(element):
        element.set("class", "stage")
    if _LINE_NUMBERS & set(names) and words(element).isdigit() and record.allow(LINE_NUMBER):
        record.drop(LINE_NUMBER, 0.8, words(element), "It is called a line's number.", record.span(element))
        removed(element)
        return
    wanted = {tag for name in names for tag in styles.get(name, ())} | {_BY_NAME[name] for name in names if name in _BY_NAME}
    wanted |= {tag for pattern, tag in _LOOKS if pattern.search(element.get("style", "").lower())}
    if not wanted or not words(element) or any(child.tag in _BLOCKS for child in element.iterdescendants()):
        return
    for tag in sorted(wanted):
        inner = etree.Element("span" if tag == "smallcaps" else tag)
        if tag == "smallcaps":
            inner.set("class", "smallcaps")
        inner.text, element.text = element.text, None
        for child in list(element):
            inner.append(child)
        element.append(inner)


def _attribution(cite: Element) -> None:
    """Make a paragraph with a dash of what says, by itself below a quotation, where that is from; verse above it stays verse."""
    quote, above = cite.getparent(), cite.getprevious()
    alone = above is not None and above.tag in _BLOCKS and not f"{above.tail or ''}{cite.tail or ''}".strip()
    if quote is None or quote.tag != "blockquote" or not alone or cite.getnext() is not None:
        return
    cite.tag = "p"
    cite.text = f"— {(cite.text or '').lstrip(_DASHES)}"
    if use(quote.get("class", "").split(), {"epub:type": quote.get("epub:type", "")}).kind is Use.VERSE:
        verse = etree.Element("div")
        verse.set("class", Use.VERSE.value)
        verse.extend(child for child in list(quote) if child is not cite)
        quote.insert(0, verse)
        for said in {"class", "epub:type"} & set(quote.attrib):
            del quote.attrib[said]


def _passage(element: Element) -> None:
    """Make a division of what is verse, an epigraph or a quotation by its name."""
    what = use(element.get("class", "").split(), {"epub:type": element.get("epub:type", "")})
    if what.kind is Use.VERSE:
        _indent(element)
    if element.tag == "blockquote" and (what.kind in {Use.VERSE, Use.EPIGRAPH} or what.role == Role.LETTER):
        element.tag = "div"
        element.set("class", what.role or what.kind.value)
    elif element.tag == "p" and what.kind is not Use.PLAIN and not (what.kind is Use.ROLE and what.role in {"centre", "right"}):
        _wrapped(element, what.role or what.kind.value)
    elif element.tag in {"header", "section", "figure", "ul", "ol"} and what.kind in {Use.VERSE, Use.EPIGRAPH, Use.QUOTE}:
        _wrapped(element, what.kind.value)
    elif element.tag == "div" and what.kind is not Use.PLAIN:
        element.set("class", what.role or what.kind.value)


def _wrapped(element: Element, name: str) -> None:
    """Put a division around an element; neighbours of the same kind share one."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    element.tail, tail = None, element.tail
    if (
        before is not None
        and before.tag == "div"
        and before.get("class") == name
        and before.get("together")
        and not (before.tail or "").strip()
    ):
        before.append(element)
        before.tail = tail
        return
    around = etree.Element("div")
    around.set("class", name)
    around.set("together", "1")
    parent.replace(element, around)
    around.append(element)
    around.tail = tail


def _indent(verse: Element) -> None:
    """Write the indents of lines as spaces that stay."""
    for line in verse.iter("span", "p", "div"):
        steps = next((int(found[1]) for name in line.get("class", "").lower().split() if (found := _INDENT.fullmatch(name))), 0)
        if steps and line is not verse:
            line.text = "\u00a0" * min(2 * steps, 20) + (line.text or "").lstrip()


def _ruby(element: Element) -> None:
    """Put the reading of a character into brackets after it."""
    if element.tag == "rp":
        removed(element)
    elif element.tag == "rt":
        element.text = "（" + (element.text or "")
        last = element[-1] if len(element) else None
        if last is not None:
            last.tail = (last.tail or "") + "）"
        else:
            element.text += "）"
        unwrapped(element)
    else:
        unwrapped(element)


def _drawing(element: Element) -> None:
    """Make a plain picture of a drawing that only holds one."""
    images = [child for child in element.iterdescendants("image") if child.get("href")]
    if len(images) == 1 and not words(element):
        picture = etree.Element("img")
        picture.set("src", images[0].get("href", ""))
        picture.set("alt", element.get("aria-label", ""))
        picture.tail = element.tail
        parent = element.getparent()
        if parent is not None:
            parent.replace(element, picture)


def _image(element: Element) -> None:
    """Name a picture that a program of the page would have put in place of a blank one."""
    source = element.get("src", "")
    if not source or source.startswith(("data:image/gif", "data:image/svg")):
        late = next((element.get(name, "") for name in ("data-src", "data-lazy-src", "data-original") if element.get(name)), "")
        if late:
            element.set("src", late)


def _media(element: Element, record: Record) -> None:
    if element.tag == "object" and element.get("type", "").startswith("image/") and element.get("data"):
        source, said = element.get("data", ""), words(element)
        for child in list(element):
            element.remove(child)
        element.text = None
        element.tag = "img"
        element.set("src", source)
        element.set("alt", said)
        return
    if element.tag in {"input", "select", "textarea", "button", "audio", "video"}:
        said = words(element) or element.get("src", "") or element.get("value", "") or element.tag
        record.drop(MEDIA, 0.8, said, "It is not text.", record.span(element))
        removed(element)
    else:
        unwrapped(element)


def _table(table: Element) -> None:
    """Keep spans within the table, and unwrap tables that only arrange a page."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in rows]
    if plays.is_scene(cells):
        plays.staged(table, cells)
        return
    arranged = table.get("role") in {"presentation", "none"} or (
        all(len(row) <= 1 for row in cells) and any(child.tag in _BLOCKS for row in cells for cell in row for child in cell)
    )
    if arranged:
        layout.taken_apart(table, [cell for row in cells for cell in row])
        return
    for number, row in enumerate(cells):
        for cell in row:
            for key, most in (("rowspan", len(cells) - number), ("colspan", 40)):
                given = cell.get(key, "")
                if given and not (given.isdigit() and 1 <= int(given) <= most):
                    cell.set(key, str(min(int(given), most)) if given.isdigit() and int(given) else "1")
