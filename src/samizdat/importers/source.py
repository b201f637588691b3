"""A file of the manuscript while it is read: its text, where things stand in it, and what is found wrong with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from samizdat.config.ids import file_id
from samizdat.config.spelling import composed
from samizdat.importers.pictures import Pictures
from samizdat.importers.places import EXCERPT, Places
from samizdat.model.inline import NO_CHARACTERS
from samizdat.model.kind import Kind
from samizdat.problems import Place, Problem, Rule, SamizdatError, Severity

ENCODING = Rule(
    "I01",
    Severity.ERROR,
    "A file is not text in UTF-8",
    "Manuscripts are plain text in UTF-8, the encoding in which every script of the world can be written. A file from an old"
    " program may be in another encoding, or may not be text at all.",
)
CONTROL = Rule(
    "I02",
    Severity.ERROR,
    "A file holds control characters",
    "Characters that cannot be printed, often left over from a conversion or a copy out of a PDF. E-readers refuse pages that"
    " hold them.",
)

TOO_MANY = Rule(
    "I14",
    Severity.ERROR,
    "Too many problems in one file",
    "After so many problems, reading stops: one of the first is probably the cause of the others.",
)

LARGEST = 8 << 20
MOST = 100
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f" + NO_CHARACTERS + "]")

_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));")
_LAST = 0x10FFFF

Remember = Callable[..., bytes]


@dataclass
class Source:
    """A file of the manuscript. Its problems are collected, so that one reading finds them all."""

    file: str
    kind: Kind
    data: bytes
    pictures: Pictures
    remember: Remember
    position: int = 0
    """Which section of the book this is, from 1."""
    within: bool = False
    """It stands in a part, so that its title may be written one level below the part's."""
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """The file's text, with plain line ends; a file that has none that can be used raises a SamizdatError."""
        if len(self.data) > LARGEST:
            message = f"This file is larger than {LARGEST >> 20} MB."
            raise SamizdatError(ENCODING.problem(message, Place(self.file), "Divide it: one file a chapter."))
        try:
            text = self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise SamizdatError(self._undecodable(error.start)) from error
        text = composed(text).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
        if found := _UNPRINTABLE.search(text) or next(filter(_is_unprintable, _REFERENCE.finditer(text)), None):
            line = text.count("\n", 0, found.start()) + 1
            place = Place(self.file, line, _UNPRINTABLE.sub("�", text.split("\n")[line - 1].strip())[:EXCERPT])
            name = found[0] if len(found[0]) > 1 else f"U+{ord(found[0]):04X}"
            message = f"There is a character here that cannot be printed ({name})."
            raise SamizdatError(CONTROL.problem(message, place, "Delete it; an editor that shows invisible characters helps."))
        return text

    @property
    def sound(self) -> bool:
        """Tell whether there is a text in which places can be found."""
        return "text" in self.__dict__

    @cached_property
    def id(self) -> str:
        """The id that the file's name gives: without its number and its suffix."""
        return file_id(self.file) or f"{self.kind.value}-{self.position}"

    def report(self, rule: Rule, message: str, excerpt: str = "", hint: str = "") -> None:
        """Note a problem at the place where the excerpt stands."""
        self.add(rule.problem(message, self.place(excerpt) if excerpt else Place(self.file), hint))

    def add(self, problem: Problem) -> None:
        """Note a problem, unless there are too many already."""
        if len(self.problems) == MOST:
            told = f"There are more than {MOST} problems in this file."
            raise SamizdatError(TOO_MANY.problem(told, Place(self.file), "Mend these first."))
        self.problems.append(problem)

    def place(self, excerpt: str) -> Place:
        """Return the place in this file where an excerpt stands."""
        return self.places.find(excerpt)

    @cached_property
    def places(self) -> Places:
        """Where in this file an excerpt stands."""
        return Places(self.file, self.text)

    def _undecodable(self, offset: int) -> Problem:
        line = self.data.count(b"\n", 0, offset) + 1
        excerpt = self.data.split(b"\n")[line - 1].decode("latin-1").strip()[:EXCERPT]
        if self.data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in self.data[:1000]:
            message = "This file is in UTF-16 or is not text at all."
            return ENCODING.problem(message, Place(self.file), "Open it in an editor and save it as UTF-8.")
        place = Place(self.file, line, _UNPRINTABLE.sub("�", excerpt))
        return ENCODING.problem(
            "This file is not in UTF-8.", place, "Open it in an editor and save it again with the encoding UTF-8."
        )


def _is_unprintable(reference: re.Match[str]) -> bool:
    """Tell whether a numeric reference, &#1; or &#xFFFE;, stands for a character that cannot be printed."""
    digits = (reference[1] or reference[2])[:20]
    number = int(digits, 16 if reference[1] else 10)
    return number > _LAST or bool(re.match("[\ud800-\udfff]", chr(number))) or bool(_UNPRINTABLE.match(chr(number)))
