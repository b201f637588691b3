"""Checks of finished XHTML pages: that each is sound in itself, and that every link arrives.

The pages are given by name, as they lie beside one another in an e-book or a web site; one page alone will do.
"""

import base64
import hashlib
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from lxml import etree

from samizdat.problems import Place, Problem, Rule, Severity

MALFORMED = Rule(
    "X10",
    Severity.ERROR,
    "A page is not well-formed",
    "E-readers read a page as XML and show nothing of one that is not well-formed: an element that is not closed, an ampersand "
    "that is not written as &amp;, a name for a character that XML does not know.",
)
DUPLICATE_ID = Rule(
    "X11",
    Severity.ERROR,
    "Two things on a page have the same id",
    "A link leads to an id, so an id may stand only once on a page. With two, a reader lands at the first, "
    "whichever was meant, and e-book shops refuse the file.",
)
DEAD_LINK = Rule(
    "X12",
    Severity.ERROR,
    "A link leads nowhere",
    "The page points to a file that is not there, or to a place in it that does not exist.",
)
NO_ALT = Rule(
    "X13",
    Severity.ERROR,
    "A picture has no description",
    "Who cannot see a picture hears its alt text. An image without the attribute is read out by its file name. "
    'A picture that only decorates has an empty one: alt="".',
)
REMOTE = Rule(
    "X14",
    Severity.ERROR,
    "A page loads something from elsewhere",
    "Pictures, styles and fonts must come with the book. What is loaded from the network is missing when there is none, "
    "and tells a stranger who reads what and when.",
)
SCRIPT = Rule(
    "X15",
    Severity.ERROR,
    "A page holds a script",
    "Books need no scripts. Many e-readers do not run them, and a text that came from elsewhere may hide one. The pages for the "
    "browser have one of their own, and a policy that names it by the hash of its text, so that the browser runs no other; a "
    "script that the policy of its page does not name is an error.",
)
NO_LANGUAGE = Rule(
    "X16",
    Severity.ERROR,
    "A page does not say its language",
    "The root element must have lang, and xml:lang with the same value, so that the page is read aloud with the right voice "
    "and hyphenated by the right rules.",
)
NO_TITLE = Rule(
    "X17",
    Severity.ERROR,
    "A page has no title",
    "The title element names the page in a browser's tab, in a reader's history and for who listens to it.",
)

_XHTML = "{http://www.w3.org/1999/xhtml}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_LOADING = {"src", "srcset", "poster", "data", "background"}
"""Attributes whose file is fetched together with the page."""
_LEADING = {"http", "https", "mailto", "tel"}
"""Schemes that a link may have; it is followed only by who chooses to."""
_STYLE_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", re.IGNORECASE)


def check(pages: Mapping[str, bytes], files: Collection[str] = ()) -> Iterator[Problem]:
    """Check pages, given by their paths; `files` are the paths of everything else that they may point to."""
    trees: dict[str, etree._Element] = {}
    for name, data in pages.items():
        try:
            trees[name] = etree.fromstring(data, _PARSER)
        except etree.XMLSyntaxError as error:
            yield MALFORMED.problem(f"The page is not well-formed: {error.msg}.", Place(name, error.lineno or 0))
    ids = {name: {value for element in tree.iter() if (value := element.get("id"))} for name, tree in trees.items()}
    known = {*pages, *files}
    for name, tree in trees.items():
        yield from _root(name, tree)
        yield from _duplicates(name, tree)
        policy = _policy(tree)
        for element in tree.iter(etree.Element):
            yield from _element(name, element, policy)
            for address, loads in _addresses(element):
                yield from _address(name, element, address, known, ids, loads=loads)


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield an element's attributes; the stubs of lxml think that they may be bytes."""
    for key, value in element.items():
        yield str(key), str(value)


def _words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _place(name: str, element: etree._Element) -> Place:
    """Return the place of an element, with its start tag as the excerpt."""
    tag = etree.QName(element).localname
    attributes = "".join(f' {etree.QName(key).localname}="{value}"' for key, value in _attributes(element))
    line: object = element.sourceline
    return Place(name, line if isinstance(line, int) else 0, f"<{tag}{attributes}>"[:200])


def _root(name: str, tree: etree._Element) -> Iterator[Problem]:
    language = tree.get("lang")
    if not language or tree.get(_XML_LANG, language) != language:
        yield NO_LANGUAGE.problem(
            "The page does not say its language." if not language else "The page's lang and xml:lang differ.",
            _place(name, tree),
            'Write <html lang="…" xml:lang="…"> in the page\'s template.',
        )
    title = tree.find(f"{_XHTML}head/{_XHTML}title")
    if title is None or not _words(title).strip():
        yield NO_TITLE.problem("The page has no title.", _place(name, tree), "Fill <title> in the page's template.")


def _duplicates(name: str, tree: etree._Element) -> Iterator[Problem]:
    first: dict[str, etree._Element] = {}
    for element in tree.iter(etree.Element):
        identity = element.get("id")
        if identity and first.setdefault(identity, element) is not element:
            yield DUPLICATE_ID.problem(
                f"The id “{identity}” stands here and on line {first[identity].sourceline}.",
                _place(name, element),
                "Give one of the two another id.",
            )


def _policy(tree: etree._Element) -> str:
    """Return which scripts a page lets the browser run. Source: "Content Security Policy Level 3", section 3.3."""
    metas = tree.iterfind(f"{_XHTML}head/{_XHTML}meta[@http-equiv='Content-Security-Policy']")
    return next((meta.get("content", "") for meta in metas), "")


def _allowed(script: etree._Element, policy: str) -> bool:
    """Say whether a script is only data, or is named by the policy of its page with the hash of its text."""
    if script.get("type") == "application/ld+json":
        return True
    digest = base64.b64encode(hashlib.sha256(_words(script).encode()).digest()).decode()
    return script.get("src") is None and f"'sha256-{digest}'" in policy


def _element(name: str, element: etree._Element, policy: str) -> Iterator[Problem]:
    tag = etree.QName(element).localname
    if tag == "img" and element.get("alt") is None:
        yield NO_ALT.problem(
            "A picture has no alt text.", _place(name, element), 'Describe it: ![Caption](picture.png){alt="What it shows"}.'
        )
    if (tag == "script" and not _allowed(element, policy)) or any(key.startswith("on") for key, _ in _attributes(element)):
        yield SCRIPT.problem("The page holds a script.", _place(name, element), "Take it out of the text or the template.")


def _addresses(element: etree._Element) -> Iterator[tuple[str, bool]]:
    """Yield every address that an element names, and whether it is loaded with the page."""
    tag = etree.QName(element).localname
    for key, value in _attributes(element):
        if key in {"href", _XLINK}:
            # Of the links of a head, styles and icons are loaded; alternative editions and feeds are not.
            yield value, tag not in {"a", "area"} and element.get("rel") not in {"alternate", "canonical", "license", "author"}
        elif key == "srcset":
            yield from ((candidate.split()[0], True) for candidate in value.split(",") if candidate.strip())
        elif key in _LOADING:
            yield value, True
        elif key == "style":
            yield from _style_addresses(value)
    if tag == "style":
        yield from _style_addresses(_words(element))


def _style_addresses(style: str) -> Iterator[tuple[str, bool]]:
    for match in _STYLE_URL.finditer(style):
        yield match[1] or match[2], True


def _address(
    name: str, element: etree._Element, address: str, known: Collection[str], ids: Mapping[str, set[str]], *, loads: bool
) -> Iterator[Problem]:
    """Follow one address."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        yield DEAD_LINK.problem(f"“{address}” is not an address.", _place(name, element), "Write the address in full.")
        return
    if parts.scheme == "data" and loads:
        return
    if parts.scheme == "javascript":
        yield SCRIPT.problem("A link runs a script.", _place(name, element), "Let it lead to a page.")
    elif parts.scheme or parts.netloc:
        if loads:
            yield REMOTE.problem(
                f"The page loads “{address}” from elsewhere.", _place(name, element), "Put the file into the book's folder."
            )
        elif parts.scheme not in _LEADING:
            yield DEAD_LINK.problem(
                f"The link “{address}” leads to a place that readers do not have.", _place(name, element), "Use an https address."
            )
    else:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
        fragment = unquote(parts.fragment)
        if path not in known:
            yield DEAD_LINK.problem(
                f"The file “{path}” is not there.", _place(name, element), "Correct the address, or add the file."
            )
        elif fragment and path in ids and fragment not in ids[path]:
            yield DEAD_LINK.problem(
                f"There is no “{fragment}” in {path}.",
                _place(name, element),
                f"Give the place it should lead to the id {{#{fragment}}}, or correct the link.",
            )
