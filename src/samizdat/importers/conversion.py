"""What the conversion of one file's syntax tree carries along, and how it speaks of what it cannot take."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from samizdat.config.ids import VALID, slug
from samizdat.importers.notes import Notes
from samizdat.importers.source import Source
from samizdat.problems import Rule, SamizdatError, Severity, nearest

RAW = Rule(
    "I03",
    Severity.ERROR,
    "Raw HTML or TeX",
    "A manuscript is not tied to a format, so pieces of HTML or TeX are refused: they would be lost or do harm in the other"
    " editions. What they are used for mostly has a form of its own; see the handbook on writing. Comments <!-- … --> are"
    " allowed and left out.",
)
ATTRIBUTE = Rule(
    "I04",
    Severity.WARNING,
    "Unknown class or attribute",
    "The words in braces after a span, a fence or a heading say what it is. This one is not known, so it changes nothing. The"
    " text is kept.",
)
UNSUPPORTED = Rule(
    "I05",
    Severity.ERROR,
    "Something that a book cannot hold",
    "The text uses a form of Markdown that has no place in the book, or stands where it cannot stand.",
)
ID = Rule(
    "S05",
    Severity.ERROR,
    "An id cannot be used",
    "Ids become file names and addresses inside the e-book. They begin with a letter and go on with letters a to z, digits,"
    " hyphens, full stops or underscores.",
)

DEEPEST = 60
TOO_DEEP = Rule(
    "I10",
    Severity.ERROR,
    "Nested too deeply",
    f"Quotations, lists or spans stand in each other more than {DEEPEST} deep. No page can show this; most likely a mark is"
    " repeated by mistake.",
)

Attributes = dict[str, str]


@dataclass
class Conversion:
    """One file's conversion: where it comes from, its notes, and how deep it has gone."""

    source: Source
    notes: Notes
    depth: int = 0
    in_note: bool = False

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Go one level down; too many levels are an error of the text."""
        self.depth += 1
        if self.depth > DEEPEST:
            place = self.source.place("")
            raise SamizdatError(
                TOO_DEEP.problem("Things are nested too deeply in this file.", place, "Look for many > or brackets in a row.")
            )
        try:
            yield
        finally:
            self.depth -= 1

    def take(
        self, attributes: list[Any], classes: Collection[str] = (), keys: Collection[str] = ()
    ) -> tuple[str, list[str], Attributes]:
        """Return id, classes and attributes that are known here, and report the others."""
        given, names, pairs = attributes
        for name in names:
            if name not in classes:
                hint = nearest(name, [*classes, *keys]) or "Leave it out, or see the handbook for the classes there are."
                self.source.report(ATTRIBUTE, f"The class “.{name}” is not known here and changes nothing.", f".{name}", hint)
        for key, _ in pairs:
            if key not in keys:
                hint = nearest(key, [*keys, *classes]) or "Leave it out, or see the handbook for what can stand here."
                self.source.report(ATTRIBUTE, f"The attribute “{key}” is not known here and changes nothing.", f"{key}=", hint)
        values = {key: self.notes.code(value) for key, value in pairs if key in keys}
        return self.id(given), [name for name in names if name in classes], values

    def id(self, given: str) -> str:
        """Return an id as it was given, if it can be used."""
        if not given or VALID.fullmatch(given):
            return given
        better = slug(given)
        hint = f"Write {{#{better}}}." if better else "Begin with a letter and use only letters a to z, digits and hyphens."
        self.source.report(ID, f"The id “{given}” cannot be used.", f"#{given}", hint)
        return better

    def no_id(self, given: str, what: str) -> None:
        """Report an id where none can stand."""
        if given:
            self.source.report(
                ATTRIBUTE, f"{what} cannot have an id.", f"#{given}", "Put the id on the heading, figure or table nearby."
            )

    def raw(self, kind: str, text: str) -> None:
        """Report a piece of another format, unless it is a comment."""
        text = self.notes.code(text)
        if kind == "html" and text.startswith("<!--"):
            return
        name = {"html": "HTML", "tex": "TeX", "latex": "TeX"}.get(kind, kind)
        excerpt = text.strip().split("\n")[0]
        hint = "See the handbook for how to write this in Markdown; to print it as it is, write \\< for < or use `backquotes`."
        if kind == "tex":
            hint = "Formulas stand between dollar signs; to print a backslash, write two."
        self.source.report(RAW, f"Raw {name} is not allowed: {excerpt[:60]}", excerpt, hint)

    def unsupported(self, what: str, excerpt: str = "", hint: str = "") -> None:
        """Report what the model has no place for."""
        self.source.report(UNSUPPORTED, f"{what}.", excerpt, hint)
