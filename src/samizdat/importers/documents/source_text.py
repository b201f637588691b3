"""What a text file in a markup is relieved of before pandoc reads it: metadata at its head, files it would pull in, notes nobody
calls.
"""

import html
import json
import re
from collections.abc import Iterator

from samizdat.importers.documents.record import REPAIR, Record
from samizdat.problems import Rule

INCLUDED = Rule(
    "X92",
    REPAIR,
    "A file that the text would pull in",
    "A command in the text names another file to be put in its place. No other file is ever opened, so that the command is left "
    "out.",
)
UNCALLED = Rule(
    "N82",
    REPAIR,
    "A note that nothing calls stays as words",
    "The text holds the body of a note that is called nowhere, or a second one with the same key. It stands in the text as it "
    "was typed, so"
    " that it is not lost.",
)

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z][\w -]{0,40}):(?:[ \t]+(.*))?$")
_NOTE = re.compile(r"^( {0,3})\[\^([^\]\s]{1,200})\]:", re.MULTILINE)
_CALL = re.compile(r"\[\^([^\]\s]{1,200})\](?!:)")
_LONGEST_FRONT = 40_000
_LONE = re.compile(r"(?<!\\)\\[ \t]*$", re.MULTILINE)
_PULLS_IN = {
    "rst": re.compile(r"^[ \t]*:(?:file|url):.*$|^[ \t]*\.\.[ \t]+(?:include|literalinclude)::.*$", re.MULTILINE),
    "asciidoc": re.compile(r"^include::\S.*\[.*\][ \t]*$", re.MULTILINE),
    "typst": re.compile(
        r"#(?:include|import)[ \t]+\"[^\"\n]*\"(?:[ \t]*:[^\n]*)?|#(?:read|json|yaml|toml|xml|csv|bibliography)\([^()\n]*\)"
    ),
}
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*\[(.*?)\]\s*>", re.DOTALL)
_ENTITY = re.compile(r"""<!ENTITY\s+([\w.-]+)\s+(?:"([^"<&%]*)"|'([^'<&%]*)')\s*>""")
_REFERENCE = re.compile(r"&([\w.-]+);")
_SHORT = 2000

Values = dict[str, list[str]]


def front_matter(text: str) -> tuple[Values, str]:
    """Take the block of metadata off the head of a Markdown file; return its values and the rest.

    Only pairs of a key and a text, and lists of texts, are read, letter by letter: no tags, no anchors, nothing that a loader
    would do.
    """
    found = _FRONT.match(text)
    if not found or len(found[1]) > _LONGEST_FRONT:
        return {}, text
    values: Values = {}
    key = ""
    block = ""
    for line in found[1].split("\n"):
        indented = line[:1] in {" ", "\t"}
        pair = _PAIR.match(line) if not indented else None
        if pair:
            key, value = pair[1], (pair[2] or "").strip()
            block = value[:1] if value[:1] in {"|", ">"} and len(value) <= 2 else ""
            values[key] = [] if block else list(_values(value))
        elif key and block and (indented or not line.strip()):
            values[key] = [" ".join([*values[key], line.strip()]).strip()]
        elif key and (item := re.match(r"\s*-\s+(.*)", line)):
            named = re.match(r"(?:name|text)\s*:\s*(.*)", item[1])
            values[key].extend(_values(named[1] if named else item[1]))
        elif key and indented and line.strip():
            values[key] = [*values[key][:-1], f"{values[key][-1]} {line.strip()}"] if values[key] else [line.strip()]
        elif line.strip() and not line.startswith("#"):
            # Not a block of metadata after all.
            return {}, text
    return {name: [word for word in words if word] for name, words in values.items()}, text[found.end() :]


def _values(value: str) -> Iterator[str]:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        for part in re.findall(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[^,]+', value[1:-1]):
            yield from _values(part.strip())
    elif len(value) > 1 and value[0] == value[-1] == '"':
        yield _escaped(value)
    elif len(value) > 1 and value[0] == value[-1] == "'":
        yield value[1:-1].replace("''", "'")
    elif value:
        yield re.sub(r"\s+#.*$", "", re.sub(r"^(?:!\S*|&\S+|\*\S+)\s*", "", value))


def _escaped(value: str) -> str:
    try:
        return str(json.loads(value, strict=False)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    except ValueError:
        return re.sub(r"\\(.)", r"\1", value[1:-1])


def with_notes_kept(text: str, record: Record) -> str:
    """Make plain words of notes that nothing calls, and of a second body with one key, which pandoc would drop."""
    called = set(_CALL.findall(text))
    seen: set[str] = set()

    def kept(body: re.Match[str]) -> str:
        key = body[2]
        if key in called and key not in seen:
            seen.add(key)
            return body[0]
        line = text[body.start() : text.find("\n", body.start()) if "\n" in text[body.start() :] else len(text)]
        why = "There is another note with this key." if key in seen else "Nothing in the text calls this note."
        record.decide(UNCALLED, 0.4, line, line, why)
        return f"\n\\[^{key}\\]:"

    fresh = _NOTE.sub(kept, text)
    for key in sorted(called - seen):
        record.decide(UNCALLED, 0.3, f"[^{key}]", f"[^{key}]", "The text calls a note, but its body is missing.")
    return fresh


def without_other_files(text: str, reader: str, record: Record) -> str:
    """Leave out the commands of a markup that pull in other files, at which pandoc would give up."""

    def left_out(line: re.Match[str]) -> str:
        record.drop(INCLUDED, 0.95, line[0], "No other file is opened.")
        return ""

    if reader == "org":
        # pandoc gives up at a backslash at the end of a line, which is one in words here.
        text = _LONE.sub(r"\\backslash{}", text)
    return _PULLS_IN[reader].sub(left_out, text) if reader in _PULLS_IN else text


def without_declarations(text: str, record: Record) -> str:
    """Put short entities that an XML file declares itself in their places, and leave out all others and the declarations."""
    found = _DOCTYPE.search(text[:100_000])
    if not found:
        return text
    short = {one[1]: one[2] or one[3] or "" for one in _ENTITY.finditer(found[1])}
    declared = set(re.findall(r"<!ENTITY\s+(?:%\s+)?([\w.-]+)", found[1]))

    def spelt(reference: re.Match[str]) -> str:
        name = reference[1]
        if name not in declared:
            return reference[0]
        if len(short.get(name, "x" * _SHORT)) < _SHORT:
            return html.escape(short[name])
        record.count(INCLUDED, reference[0], "Entities that pull in a file or each other are not expanded.")
        return ""

    return _REFERENCE.sub(spelt, text[: found.start()] + text[found.end() :])
