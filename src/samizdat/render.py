"""Rendering: nodes and pages to XHTML through the templates.

There is one macro for each node, named after its class, in `nodes.xhtml.j2`; a kind of section may have its own, such as
`section_title_page`, in `sections.xhtml.j2`. An edition's own files are asked first, then the shared ones. Rendering is a pure
function: templates decide markup, transforms have decided the content, style sheets decide the looks. The only door to Jinja.
"""

import base64
import hashlib
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from samizdat.fonts import families, text_type
from samizdat.formats import formula, inert
from samizdat.model.book import Book, Note, Picture, Section, direction
from samizdat.model.walk import descend, plain_text
from samizdat.problems import Place, Rule, SamizdatError, Severity
from samizdat.words import Words
from samizdat.workspace import house_templates

TEMPLATE_FAULT = Rule(
    "X01",
    Severity.ERROR,
    "A template cannot be used",
    "A template has a mistake in it, asks for something that does not exist, or is missing. The message names the file and the "
    "line. If the template lies in the book's own templates folder, compare it with the shared one of the same name; deleting "
    "the own template brings the shared one back.",
)
NOT_WELL_FORMED = Rule(
    "X02",
    Severity.ERROR,
    "A rendered page is not well-formed XHTML",
    "Every page must be well-formed XML, or e-readers refuse the book. A template left an element open, or an attribute "
    "without quotes. The message shows the line of the page where the parser stopped.",
)

ACTIVE = Rule(
    "W42",
    Severity.ERROR,
    "A page that does more than lie there",
    "No page of a book holds a program, a form or a frame, and none loads anything from outside of the book: a reader must be"
    " able to trust it, without a connection too. Manuscripts cannot say such things, but templates and style sheets can.",
)

MACROS = ("sections.xhtml.j2", "nodes.xhtml.j2")
"""The files that hold macros: one for each kind of section that is not plain, and one for each node."""

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_TYPE = 18
"""The size of the type beside which drawings are drawn, in px: the smallest of running text on a screen."""


def _same(value: str) -> str:
    return value


@dataclass(frozen=True, slots=True)
class Addresses:
    """How an edition writes addresses: where an id of the book is reached, and where a picture lies."""

    reference: Callable[[str], str] = "#{}".format
    picture: Callable[[str], str] = _same


class _Loader(FileSystemLoader):
    """Looks templates up in folders, and follows no link that leads out of the one where it stands."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, its path, and whether it is still up to date."""
        text, path, fresh = super().get_source(environment, template)
        if not any(_lies_in(Path(path), Path(folder)) for folder in self.searchpath):
            raise TemplateNotFound(template)
        return text, path, fresh


def _lies_in(path: Path, folder: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())


class Templates:
    """Templates that are looked up in folders in order, the most special first, and know the same facts by name."""

    def __init__(self, folders: Sequence[Path], **facts: object) -> None:
        """Make a sandbox in which templates see the facts and nothing else."""
        self._environment = ImmutableSandboxedEnvironment(
            loader=_Loader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        # two that give something else each time: the same book is to be the same bytes
        del self._environment.globals["lipsum"], self._environment.filters["random"]
        self._environment.globals |= {"families": families} | facts
        self._environment.filters |= {"css_string": css_string, "digest": digest}

    def text(self, template: str, **context: Any) -> str:
        """Render a template to text: a style sheet, say. Nothing is parsed."""
        with self._blamed(template):
            return self._environment.get_template(template).render(**context)

    @contextmanager
    def _blamed(self, template: str) -> Iterator[None]:
        """Make a Problem of what a template did wrong; raises SamizdatError X01."""
        try:
            yield
        except SamizdatError:
            raise
        except Exception:  # noqa: BLE001  # raised again in the next step, with the lines of templates in its trace
            try:
                self._environment.handle_exception()
            except Exception as error:
                if not _of_template(error):
                    raise
                raise _template_fault(error, template) from error

    def page(self, template: str, **context: Any) -> str:
        """Render a whole page and make sure that it is well-formed; raises SamizdatError X01 or X02."""
        text = self.text(template, **context)
        try:
            root = etree.fromstring(text.encode(), _PARSER)
        except etree.XMLSyntaxError as error:
            lines = text.splitlines()
            line = error.lineno or 0
            excerpt = lines[line - 1].strip()[:200] if 0 < line <= len(lines) else ""
            raise SamizdatError(
                NOT_WELL_FORMED.problem(
                    f"The page made with {template} is not well-formed: {error.msg}",
                    Place(template, 0, excerpt),
                    "Look at the template, and at the templates of the book if it has its own.",
                )
            ) from error
        self._see(root, template)
        return text

    def _see(self, root: etree._Element, template: str) -> None:
        """Look at a page that is well-formed."""


class Renderer(Templates):
    """Renders the nodes and pages of one book with one edition's templates."""

    def __init__(self, book: Book, folders: Sequence[Path], addresses: Addresses | None = None, **facts: object) -> None:
        """Read the macros of every layer; `facts` are known to every template by name, beside those of the book."""
        addresses = addresses or Addresses()
        pictures = {picture.path: picture for picture in book.pictures}
        notes = {note.key: note for note in descend(book.sections) if isinstance(note, Note)}
        super().__init__(
            folders,
            book=book,
            metadata=book.metadata,
            words=Words(book.metadata.language),
            direction=direction,
            text_type=text_type,
            note=notes.__getitem__,
            **facts,
        )
        self._environment.filters |= {
            "xhtml": self.nodes,
            "by": self.by,
            "plain": plain_text,
            "reference": addresses.reference,
            "picture": addresses.picture,
            "dimensions": lambda path: _dimensions(pictures.get(path)),
            "natural": lambda path: _natural(pictures[path]),
            "mathml": _mathml,
            "formula_svg": _formula_svg,
        }
        self._macros: dict[str, Callable[..., Markup]] = {}
        for folder in reversed(folders):
            for name in MACROS:
                if _lies_in(folder / name, folder):
                    self._macros |= self._read_macros(folder / name)

    def text(self, template: str, **context: Any) -> str:
        """Render a template to text; raises SamizdatError W42 where it is a style sheet that takes something from outside."""
        text = super().text(template, **context)
        if template.endswith(".css.j2"):
            _refuse(inert.style_fault(text), template)
        return text

    def _see(self, root: etree._Element, template: str) -> None:
        """Refuse a page of a book that does more than lie there; raises SamizdatError W42."""
        _refuse(inert.fault(root, _house_scripts()), template)

    def _read_macros(self, path: Path) -> dict[str, Callable[..., Markup]]:
        """Read one file's macros by its text, for a lookup by name would find the most special file alone."""
        with self._blamed(path.name):
            code = self._environment.compile(path.read_text(encoding="utf-8"), path.name, str(path))
            module = Template.from_code(self._environment, code, self._environment.globals).module
        return {name: value for name, value in vars(module).items() if callable(value) and not name.startswith("_")}

    def nodes(self, node: object, *arguments: object) -> Markup:
        """Render a node, or a tuple of nodes one after the other, each by the macro named after its class."""
        if isinstance(node, tuple):
            return Markup("").join([self.nodes(child, *arguments) for child in node])
        name = _macro_name(type(node).__name__)
        if isinstance(node, Section):
            special = f"section_{node.kind.replace('-', '_')}"
            name = special if special in self._macros else name
        return self.by(node, name, *arguments)

    def by(self, node: object, name: str, *arguments: object) -> Markup:
        """Render a node by the macro of this name, wherever in the layers it is; raises SamizdatError X01."""
        macro = self._macros.get(name)
        if macro is None:
            raise SamizdatError(
                TEMPLATE_FAULT.problem(
                    f"There is no macro “{name}” to render {type(node).__name__}.",
                    Place(MACROS[-1]),
                    f"Add the macro to templates/shared/{MACROS[-1]}.",
                )
            )
        with self._blamed(MACROS[-1]):
            return macro(node, *arguments)


def layers(roots: Iterable[Path], *names: str) -> tuple[Path, ...]:
    """Return the folders to look templates up in: for each layer in turn, the book's own root first, then the house's.

    A folder that is a link out of its root is none.
    """
    roots = tuple(roots)
    found = (root / name for name in names for root in roots)
    return tuple(
        folder
        for folder in found
        if not folder.is_symlink() or (folder.is_dir() and folder.resolve().is_relative_to(folder.parent.resolve()))
    )


def css_string(value: str) -> Markup:
    """Quote a string for CSS, safe also inside a style element.

    Source: CSS Syntax Level 3, "Serialize a string"; `<` is escaped so that no `</style>` can stand in it.
    """
    escaped = re.sub(r'[\x00-\x1f"\\<>&\x7f]', lambda match: f"\\{ord(match[0]):x} ", value)
    return Markup(f'"{escaped}"')  # noqa: S704  # escaped just above


def digest(text: str) -> str:
    """Return the name by which a page's policy allows a script. Source: "Content Security Policy Level 3", section 2.3.1."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _dimensions(picture: Picture | None) -> tuple[int, int] | None:
    """Return the size of a picture in px, where it is known."""
    return (picture.width, picture.height) if picture and picture.width and picture.height else None


def _natural(picture: Picture) -> str:
    """Write for CSS how wide a picture is by itself: a drawing grows with the type around it, and dots stay dots."""
    if picture.media_type == "image/svg+xml":
        return f"{picture.width / _TYPE:.4g}rem"
    return f"{picture.width}px"


@lru_cache
def _macro_name(class_name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", class_name).lower()


def _mathml(tex: str, *, display: bool = False) -> Markup:
    return Markup(formula.mathml(tex, display=display))  # noqa: S704  # made by the formula module as well-formed MathML


def _formula_svg(tex: str, *, display: bool = False) -> Mapping[str, str]:
    drawing = formula.drawing(tex, display=display)
    return {
        "source": drawing.data_uri,
        "width": f"{drawing.width:.3f}em",
        "height": f"{drawing.height:.3f}em",
        "drop": f"{-drawing.depth:.3f}em",
    }


@cache
def _house_scripts() -> frozenset[str]:
    """Return the texts of the scripts that the house's own templates hold; a book's own templates may not bring others."""
    house = house_templates()
    return frozenset(Templates((path.parent, house / "styles")).text(path.name).strip() for path in sorted(house.glob("*/*.js")))


def _refuse(fault: str, template: str) -> None:
    if fault:
        hint = "Look at the templates and style sheets of the book; deleting one brings the shared one back."
        raise SamizdatError(ACTIVE.problem(f"The page made with {template} {fault}", Place(template), hint))


def _of_template(error: Exception) -> bool:
    """Tell whether a fault is a template's own: raised in one, or where one called what it should not, or itself without end."""
    if isinstance(error, TemplateError | OverflowError | RecursionError | UnicodeDecodeError):
        return True
    if isinstance(error, MemoryError):
        return False
    frames = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    ours = [name for name in frames if name.endswith(".j2") or Path(name).is_relative_to(Path(__file__).parent)]
    called_wrongly = isinstance(error, TypeError) and str(error).startswith("macro ")
    return called_wrongly or (bool(ours) and ours[-1].endswith(".j2"))


def _template_fault(error: Exception, template: str) -> SamizdatError:
    """Say which line of which template is at fault, as far as can be known: the last one that was at work."""
    name, line = template, 0
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith(".j2"):
            name, line = "/".join(Path(frame.filename).parts[-3:]), frame.lineno or 0
    if isinstance(error, TemplateSyntaxError):
        name, line = "/".join(Path(error.filename or error.name or template).parts[-3:]), error.lineno
    return SamizdatError(
        TEMPLATE_FAULT.problem(
            f"The template {name} cannot be used: {error}",
            Place(name, line),
            "Mend the template, or remove it to use the shared one.",
        )
    )
