"""The command `samizdat import`: a text from anywhere becomes a manuscript, and a person looks at what was decided on the way."""

import shlex
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from samizdat import importing, report, workspace
from samizdat.importers import chain
from samizdat.importers.plain.ledger import Doubt
from samizdat.importers.plain.proof import Account
from samizdat.importers.plain.record import counted
from samizdat.problems import Rule, SamizdatError, Severity

NO_SOURCE = Rule(
    "W14",
    Severity.ERROR,
    "Nothing to import was named",
    "`samizdat import` takes one file or several. The folder given with --to holds one manuscript, so it goes with one file"
    " only.",
)


def bring(
    *files: Annotated[Path, Parameter(help="Files to import. With --review: folders of imports.")],
    to: Annotated[
        Path | None, Parameter(help="The folder to write. Default: one in texts, named after author and title.")
    ] = None,
    rules: Annotated[
        Path | None,
        Parameter(help="A file that turns rules off, pins or accepts decisions. Default: import-rules.toml in the folder."),
    ] = None,
    review: Annotated[bool, Parameter(negative=(), help="Show the decisions of an import, the most doubtful first.")] = False,
    lines: Annotated[bool, Parameter(negative=(), help="Print the text as read, with the numbers of its lines.")] = False,
    place: Annotated[
        Path | None, Parameter(name="--workspace", help="The folder that holds texts. Default: looked for from here upwards.")
    ] = None,
) -> int:
    """Make a manuscript of any text; what the help says of it stands where the command is named."""
    if not files or (to and len(files) > 1 and not review):
        raise SamizdatError(NO_SOURCE.problem("Name a file to import, and only one where --to is given."))
    texts = Path() if to or review or lines else _texts(place)
    refused: list[SamizdatError] = []
    for path in files:
        try:
            if review:
                _review(path, rules)
            elif lines:
                _lines(path)
            else:
                _import(path, texts, to, rules)
        except SamizdatError as error:
            if len(files) == 1:
                raise
            # One bad file does not stop the others.
            refused.append(error)
            for problem in error.problems:
                report.for_people().problem(problem)
    if refused:
        report.for_people().say(f"{len(refused)} of {len(files)} files could not be brought in.")
    return 1 if refused else 0


def _texts(place: Path | None) -> Path:
    return (workspace.Workspace(place.resolve()) if place else workspace.find(Path.cwd())).texts


def _import(path: Path, texts: Path, to: Path | None, rules: Path | None) -> None:
    teller = report.for_people()
    done = importing.import_file(path, texts, to, rules)
    for problem in done.problems:
        teller.problem(problem)
    for title, folder in zip(done.titles, done.folders, strict=True):
        teller.say(f"“{title}” lies in {folder}")
    _account(done.account)
    teller.say(f"{counted(done.decisions, 'decision')}. To see them: samizdat import --review {done.folders[0]}")


def _account(account: Account) -> None:
    """Say the figures of the proof, so that anybody can do the sum."""
    teller = report.for_people()
    parts = [counted(account.captured, "word") + " in the capture"]
    parts += [f"{account.extra.total():,} said twice or added"] if account.extra else []
    whole = " + ".join(parts)
    missing = account.missing.total()
    where = [f"{account.kept:,} in the manuscript", f"{account.gone:,} left out by rules"]
    where += [f"{missing:,} MISSING"] if missing else []
    teller.say(f"{whole} = {' + '.join(where)}{'' if missing else '; none is lost'}")
    titles = importing.rules_of()
    for code, number in sorted(account.left_out.items(), key=lambda each: -each[1]):
        if number:
            teller.say(f"  {number:>6,}  {code}  {titles[code].title if code in titles else ''}")


def _review(folder: Path, rules: Path | None) -> None:
    """Show the decisions of an import, each with the line of a rules file that accepts or undoes it."""
    teller = report.for_people()
    doubts = importing.review(folder, rules)
    titles = importing.rules_of()
    first = importing.first_of(folder)
    file = rules or first / importing.RULES_FILE
    for number, doubt in enumerate(doubts, start=1):
        title = titles[doubt.code].title if doubt.code in titles else ""
        head = " · ".join(part for part in (f"{number} of {len(doubts)}", doubt.where, f"sure {doubt.confidence:.2f}") if part)
        teller.card(f"{doubt.code}  {title}", head, _said(doubt))
    if doubts:
        code = doubts[0].code
        again = ["samizdat", "import", _capture_of(folder), "--to", str(first), *(("--rules", str(rules)) if rules else ())]
        teller.say(f"Put the lines that you want into {file}, and import again: {shlex.join(again)}")
        teller.say(f'To accept all that a rule did: {code} = "accepted". What a rule does: samizdat explain {code}')
    else:
        teller.say("There is no decision here that nobody has accepted.")


def _said(doubt: Doubt) -> list[tuple[str, str, bool]]:
    """Return the rows of a decision: a word, what is said, and whether it is a line to be copied as it stands."""
    reported = doubt.after == doubt.before
    rows = [("says" if reported else "was", doubt.before, False)]
    if not reported:
        rows.append(("now", doubt.after or "left out", False))
    rows.append(("why", _sentence(doubt.why), False))
    if doubt.undoing:
        rows.append(("undo", doubt.undoing, True))
    rows.append(("accept", doubt.accepting, True))
    return [row for row in rows if row[1]]


def _sentence(text: str) -> str:
    """Begin with a capital, and end with a stop."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?', '…')) else '.'}" if text else ""


def _capture_of(folder: Path) -> str:
    """Return the name of the file that an import was made of."""
    record = chain.capture(folder)
    return record.file if record else "FILE"


def _lines(path: Path) -> None:
    teller = report.for_people()
    found = importing.numbered(path)
    width = len(str(found[-1].number)) if found else 1
    for line in found:
        teller.say(f"{line.number:>{width}}  {line.text}".rstrip())
