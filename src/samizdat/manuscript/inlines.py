"""Inlines as Markdown."""

import re
from urllib.parse import quote

from samizdat.manuscript.words import SEPARATOR, at_line_start, attributes, escaped, quoted
from samizdat.model.inline import (
    Code,
    CrossReference,
    Emphasis,
    Image,
    IndexTerm,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    NoteRef,
    PageBreak,
    PageRange,
    Quoted,
    QuoteMark,
    ReferenceForm,
    SmallCaps,
    Span,
    SpanRole,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from samizdat.model.walk import plain_text

_MERGED = (Emphasis, Strong, Superscript, Subscript, Strikeout, Span)
"""What pandoc makes one of where two stand side by side."""
_MARKS = {QuoteMark.DOUBLE: '"', QuoteMark.SINGLE: "'"}
_QUOTED = {QuoteMark.DOUBLE: "quoted", QuoteMark.SINGLE: "single-quoted"}
_MAY_STAND_BEFORE = re.compile(r"(^|[\s(—–])$")
_MAY_STAND_AFTER = re.compile(r"$|[\s.,;:?)—–]")


def line(inlines: Inlines) -> str:
    """Write inlines where a line can begin and be broken: a paragraph."""
    return _paragraph("\\\n".join(_run(part) for part in _broken(inlines)))


def one_line(inlines: Inlines) -> str:
    """Write inlines where a line must not be broken: a heading, a term, a line of verse."""
    return _run(inlines)


def term(inlines: Inlines) -> str:
    """Write inlines on one line of their own."""
    return at_line_start(_run(inlines))


def _paragraph(markdown: str) -> str:
    return "\n".join(_guarded(part) for part in markdown.split("\n"))


def _guarded(part: str) -> str:
    part = at_line_start(part)
    # A call at the beginning of a line with a colon after it would be a note's body.
    return re.sub(r"^(\[\^[^\]]*\]):", r"\1\\:", part)


def _broken(inlines: Inlines) -> list[Inlines]:
    """Part a paragraph at its line breaks; a break at either end, or after another, cannot stand at the end of a line."""
    parts: list[list[Inline]] = [[]]
    for node in inlines:
        if isinstance(node, LineBreak) and parts[-1]:
            parts.append([])
        else:
            parts[-1].append(node)
    if len(parts) > 1 and not parts[-1]:
        parts[-2:] = [[*parts[-2], LineBreak()]]
    return [tuple(part) for part in parts]


def _run(inlines: Inlines, inside: frozenset[str] = frozenset()) -> str:
    """Write a run of inlines; `inside` are the marks that it stands between."""
    result = ""
    for number, node in enumerate(inlines):
        if isinstance(node, Quoted):
            rest = inlines[number + 1 :]
            written = _quotation(node, result, _first_letters(rest), inside)
        elif isinstance(node, Text):
            written = _spaced(node.text, result, inlines[number + 1 : number + 2])
        else:
            written = _inline(node, inside)
        beside = number > 0 and isinstance(node, _MERGED) and type(node) is type(inlines[number - 1])
        if beside or _run_together(result, written):
            result += SEPARATOR
        result += written
    return result


def _spaced(text: str, before: str, after: Inlines) -> str:
    """Write words; a space at either end is plain where something stands on both sides of it on the line."""
    written = escaped(text)
    space = f"&#{ord(' ')};"
    goes_on = bool(after) and not isinstance(after[0], Text | LineBreak | Image | Span)
    goes_on = goes_on and (isinstance(after[0], NoteRef) or plain_text(after)[:1].strip() != "")
    opens = text.startswith(" ") and (text[1:].strip() != "" or (text == " " and goes_on))
    if opens and before and not before[-1].isspace() and text[1:2] != " ":
        written = " " + written.removeprefix(space)
    if goes_on and text.endswith(" ") and text[-2:-1].strip():
        written = written.removesuffix(space) + " "
    return written


def _run_together(before: str, after: str) -> bool:
    """Tell whether two pieces side by side would be read as something else."""
    if not before or not after or before.endswith("\\" + before[-1:]):
        return before.endswith("\\`") and after.startswith("`")
    same = before[-1] in "*~^`$" and before[-1] == after[0]
    return same or (before[-1] == "$" and after[0].isdigit()) or (before[-1] in "]})" and after[0] in "({[:" and after[0] != "[")


def _first_letters(inlines: Inlines) -> str:
    return _run(inlines[:1])[:1] if inlines else ""


def _quotation(node: Quoted, before: str, after: str, inside: frozenset[str]) -> str:
    """Write a quotation with plain marks where they cannot be mistaken, else as a span."""
    mark = _MARKS[node.mark]
    words = _run(node.inlines, inside | {mark})
    text = plain_text(node.inlines)
    plain = (
        mark not in inside
        and text[:1].isalnum()
        and text[-1:].isalnum() | (text[-1:] in set(".,?!"))
        and not set("'\"’‘“”") & set(text)
        and words[:1].isalnum()
        and words[-1:] not in set("\\'\"")
        and _MAY_STAND_BEFORE.search(before)
        and _MAY_STAND_AFTER.match(after)
        and not any(isinstance(inner, Quoted) for inner in node.inlines)
    )
    return f"{mark}{words}{mark}" if plain else _bracketed(node.inlines, inside) + attributes(classes=(_QUOTED[node.mark],))


def _inline(node: Inline, inside: frozenset[str]) -> str:
    match node:
        case Text(text):
            return escaped(text)
        case Emphasis(inner):
            return _between("*", inner, inside)
        case Strong(inner):
            return _between("**", inner, inside)
        case Strikeout(inner):
            return _between("~~", inner, inside)
        case Superscript(inner):
            return _raised("^", "superscript", inner, inside)
        case Subscript(inner):
            return _raised("~", "subscript", inner, inside)
        case SmallCaps(inner):
            return _bracketed(inner, inside) + "{.smallcaps}"
        case Quoted():
            return _quotation(node, "x", "x", inside)
        case Code(text):
            return _code(text)
        case Math(tex):
            return f"${tex}$"
        case Link(target, inner, title):
            named = f" {quoted(title)}" if title else ""
            return f"{_bracketed(inner, inside)}({_address(target)}{named})"
        case CrossReference(target, form, inner):
            return f"{_bracketed(inner, inside)}(#{target})" + ("{.page}" if form is ReferenceForm.PAGE else "")
        case Image():
            return f"![]({picture_path(node.source)}){picture_attributes(node)}"
        case LineBreak():
            return "[]{.break}"
        case NoteRef(key):
            return f"[^{key}]"
        case PageBreak(label):
            return "[]" + attributes("", ("page",), n=label)
        case IndexTerm():
            return _index_term(node, inside)
        case PageRange():
            return ""  # made by the program, and made again
        case Span(inner, role, lang, identity):
            classes = () if role is SpanRole.PLAIN else (role.value,)
            return _bracketed(inner, inside) + attributes(identity, classes, lang=lang)


def picture_path(source: str) -> str:
    """Write a picture's path as an address."""
    return quote(source)


def picture_attributes(image: Image, identity: str = "", *, plate: bool = False) -> str:
    """Write what an image says of its picture."""
    return attributes(identity, ("plate",) if plate else (), alt=image.alt, width=image.width)


def _between(mark: str, inlines: Inlines, inside: frozenset[str]) -> str:
    """Put marks around words; between the same marks, brackets keep the inner ones from closing the outer."""
    words = _run(inlines, inside | {mark})
    opening = SEPARATOR if words[:1] == mark[0] or not words else ""
    closing = SEPARATOR if words[-1:] == mark[0] else ""
    whole = f"{mark}{opening}{words}{closing}{mark}"
    return f"[{whole}]{{}}" if any(mark[0] in other for other in inside) else whole


def _bracketed(inlines: Inlines, inside: frozenset[str]) -> str:
    """Put brackets around words, which must not begin as the call of a note does."""
    words = _run(inlines, inside)
    return f"[{SEPARATOR if words.startswith('^') else ''}{words}]"


def _raised(mark: str, name: str, inlines: Inlines, inside: frozenset[str]) -> str:
    """Raise or lower words: with plain marks if they are one plain word, else as a span."""
    match inlines:
        case (Text(text),) if text.isalnum():
            return f"{mark}{text}{mark}"
        case _:
            return _bracketed(inlines, inside) + attributes(classes=(name,))


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"{fence}{text}{fence}"


def _address(target: str) -> str:
    target = re.sub(r"([\\*_`\"'&<>])", r"\\\1", target)
    return f"<{target}>" if re.search(r"[\s()]", target) else target


def _index_term(node: IndexTerm, inside: frozenset[str]) -> str:
    words = " ".join(plain_text(node.inlines).split())
    entry = "!".join(part.replace("!", "!!") for part in node.entry)
    given = attributes("", ("index",), term="" if node.entry == (words,) else entry, see=node.see, see_also=node.see_also)
    return _bracketed(node.inlines, inside) + given
