"""The only door to pandoc: text in, pandoc's syntax tree out, as JSON.

pandoc comes with the pypandoc_binary package, so that its version is pinned with the rest. It is started directly: pypandoc's own
`convert_text` starts it four times for one text, and would take another pandoc from the system if that were newer.
"""

import importlib.metadata
import importlib.util
import os
import signal
import subprocess
from functools import cache
from pathlib import Path

from samizdat.problems import Problem, Rule, SamizdatError, Severity

try:
    import resource
except ImportError:  # not on Windows, where the clock must do
    resource = None  # type: ignore[assignment]

UNREADABLE = Rule(
    "I08",
    Severity.ERROR,
    "A text cannot be taken apart",
    "Reading the text took too long, needed too much memory, or found things nested in each other too deeply. Usually a"
    " bracket, a quotation mark or a fence of colons is opened again and again and never closed.",
)
NO_PANDOC = Rule(
    "I09",
    Severity.ERROR,
    "pandoc is not installed",
    "samizdat reads Markdown through pandoc, which is installed with it. Without pandoc no text can be read.",
)

_EXTENSIONS = (
    "all_symbols_escapable",
    "backtick_code_blocks",
    "blank_before_blockquote",
    "blank_before_header",
    "bracketed_spans",
    "definition_lists",
    "escaped_line_breaks",
    "fancy_lists",
    "fenced_code_attributes",
    "fenced_code_blocks",
    "fenced_divs",
    "footnotes",
    "grid_tables",
    "header_attributes",
    "implicit_figures",
    "inline_code_attributes",
    "inline_notes",
    "intraword_underscores",
    "line_blocks",
    "link_attributes",
    "multiline_tables",
    "pipe_tables",
    # Raw HTML and TeX are read as such so that they can be refused by name, not printed as if they were words.
    "raw_attribute",
    "raw_html",
    "raw_tex",
    "shortcut_reference_links",
    "simple_tables",
    "smart",
    "space_in_atx_header",
    "startnum",
    "strikeout",
    "subscript",
    "superscript",
    "table_attributes",
    "table_captions",
    "tex_math_dollars",
)
MARKDOWN = "markdown_strict-spaced_reference_links+" + "+".join(_EXTENSIONS)
_OPTIONS = ("--to=json", "--sandbox", "--quiet", f"--abbreviations={os.devnull}", "--columns=72")
_SECONDS = 20
_BYTES_PER_SECOND = 30_000
_MEGABYTES = 512
_BYTES_PER_BYTE = 512


@cache
def version() -> str:
    """Return the version of the package that brings pandoc; the syntax tree of a text depends on it."""
    try:
        return importlib.metadata.version("pypandoc_binary")
    except importlib.metadata.PackageNotFoundError as error:
        raise SamizdatError(_missing()) from error


def parse(text: str, reader: str = MARKDOWN) -> bytes:
    """Return the syntax tree of a text as JSON. pandoc opens no file and no connection, and has a limit of time and memory."""
    data = text.encode()
    megabytes = _MEGABYTES + len(data) * _BYTES_PER_BYTE // 1_000_000
    return _tree(data, reader, (), _SECONDS + len(data) / _BYTES_PER_SECOND, megabytes)


def parse_document(
    data: bytes, reader: str, options: tuple[str, ...], seconds: float, megabytes: int, patience: float = 1
) -> bytes:
    """Return the syntax tree of a file from elsewhere as JSON. Nothing that it names is opened, and its limits are narrow.

    `seconds` are those that pandoc works; where they can be counted, it may take `patience` times as many by the clock.
    """
    counts = hasattr(resource, "prlimit")
    return _tree(data, reader, options, seconds * (patience if counts else 1), megabytes, max(1, int(seconds)) if counts else 0)


def _tree(data: bytes, reader: str, options: tuple[str, ...], seconds: float, megabytes: int, work: int = 0) -> bytes:
    """Start pandoc; `seconds` are by the clock, `work` those that it may work, 0 for no limit."""
    command = [str(_binary()), f"--from={reader}", *_OPTIONS, *options, "+RTS", f"-M{megabytes}m", "-RTS"]
    try:
        with subprocess.Popen(  # noqa: S603  the package's own program, without a shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            if work:
                resource.prlimit(process.pid, resource.RLIMIT_CPU, (work, work))
            try:
                found, said = process.communicate(data, timeout=seconds)
            finally:
                process.kill()
    except subprocess.TimeoutExpired as error:
        raise SamizdatError(UNREADABLE.problem("This text could not be taken apart in reasonable time.", hint=HINT)) from error
    except OSError as error:
        raise SamizdatError(_missing()) from error
    if work and process.returncode in {-signal.SIGKILL, -signal.SIGXCPU}:
        raise SamizdatError(UNREADABLE.problem("This text could not be taken apart in reasonable time.", hint=HINT))
    if b"Heap exhausted" in said or b"out of memory" in said:
        raise SamizdatError(UNREADABLE.problem("This text needs too much memory to be taken apart.", hint=HINT))
    if process.returncode:
        reason = " ".join(said.decode(errors="replace").split())[:200]
        raise SamizdatError(UNREADABLE.problem(f"pandoc cannot read this text: {reason}", hint=HINT))
    return found


HINT = "Look for a bracket, quotation mark or fence that is opened many times and not closed; halve the file to find it."


@cache
def _binary() -> Path:
    package = importlib.util.find_spec("pypandoc")
    for name in ("pandoc", "pandoc.exe"):
        if package and package.origin and (path := Path(package.origin).parent / "files" / name).is_file():
            return path
    raise SamizdatError(_missing())


def _missing() -> Problem:
    return NO_PANDOC.problem(
        "pandoc is not there, or cannot be started.", hint="Run `make` again, or `pip install pypandoc_binary`."
    )
