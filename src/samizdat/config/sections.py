"""The sections that book.toml lists: their files, their kinds, and their order."""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from samizdat.config.faults import place
from samizdat.config.lines import KeyPath
from samizdat.config.paths import UnfitPathError, confine
from samizdat.model.kind import Kind, Matter
from samizdat.problems import Place, Problem, Rule, Severity, nearest

SECTION_FILE = Rule(
    "C06",
    Severity.ERROR,
    "A section’s file cannot be used",
    "Each section names a file inside the book’s folder, with forward slashes, and names it once.",
)
SECTION_KIND = Rule(
    "C07",
    Severity.ERROR,
    "A section’s kind and file do not go together",
    "Most kinds of section need a file. The pages that samizdat makes itself (title page, contents, index …) have none, and a"
    " part may do with a title.",
)
SECTION_ORDER = Rule(
    "C08",
    Severity.WARNING,
    "A section stands where its kind does not belong",
    "Front matter comes before the chapters and back matter after them. A section listed elsewhere is moved to where its kind"
    " belongs, which may not be what was meant.",
)


def plain_path(name: str) -> str:
    """Return a file's name without detours: `./a.md` is `a.md`."""
    return str(PurePosixPath(name)) if name else ""


def section_faults(data: Mapping[str, object], toml: str, folder: Path) -> Iterator[Problem]:
    """Check files, kinds and order of the sections as far as they can be understood."""
    listed: dict[str, int] = {}
    reached = Matter.FRONT
    order = list(Matter)
    entries = data.get("sections")
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if not isinstance(entry, dict):
            continue
        path: KeyPath = ("sections", number)
        where = place(toml, (*path, "file") if "file" in entry else path)
        try:
            kind = Kind(entry.get("kind", Kind.CHAPTER))
        except ValueError:
            continue
        yield from _kind_faults(kind, entry, where)
        if isinstance(file := entry.get("file"), str) and file and not kind.generated:
            yield from _file_faults(folder, file, where, listed)
        if order.index(kind.matter) < order.index(reached):
            message = f"This {kind.value} is listed after the {_SPOKEN[reached]}, but belongs to the {_SPOKEN[kind.matter]}."
            yield SECTION_ORDER.problem(message, where, "Move it up in book.toml, or give it another kind.")
        reached = max(reached, kind.matter, key=order.index)


_SPOKEN = {Matter.FRONT: "front matter", Matter.BODY: "chapters", Matter.BACK: "back matter"}


def _kind_faults(kind: Kind, entry: Mapping[str, object], where: Place) -> Iterator[Problem]:
    file, title = entry.get("file"), entry.get("title")
    if kind.generated and file:
        message = f"The {kind.value} is made by samizdat and takes no file."
        yield SECTION_KIND.problem(message, where, "Delete the line with `file`, or give the section another kind.")
    elif kind is Kind.PART and not file and not title:
        yield SECTION_KIND.problem("This part has neither a file nor a title.", where, 'Add title = "Part One: …" or a file.')
    elif not kind.generated and kind is not Kind.PART and not file:
        message = f"This {kind.value} has no file."
        yield SECTION_KIND.problem(message, where, 'Add a line file = "….md" below [[sections]].')


def _file_faults(folder: Path, file: str, where: Place, listed: dict[str, int]) -> Iterator[Problem]:
    try:
        confine(folder, file)
    except UnfitPathError as error:
        hint = ""
        if "not there" in str(error):
            hint = nearest(file, sorted(path.relative_to(folder).as_posix() for path in folder.glob("*.*") if path.is_file()))
        yield SECTION_FILE.problem(f"The file “{file}” {error}.", where, hint or "Files are named from the book’s folder.")
        return
    name = plain_path(file)
    if name in listed:
        yield SECTION_FILE.problem(f"The file “{file}” is listed already, in line {listed[name]}.", where, "List each file once.")
    else:
        listed[name] = where.line
