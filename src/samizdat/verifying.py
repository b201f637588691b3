"""`samizdat verify`: holds a build folder against a list of checksums."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from samizdat import manifest, report
from samizdat.problems import Severity

_SAME, _DIFFERENT = 0, 3


def verify(
    build: Annotated[Path, Parameter(help="The folder of the results.")],
    sums: Annotated[Path, Parameter(help="A list of checksums, such as the SHA256SUMS of another build.")],
) -> int:
    """Hold the files of a build against a list of checksums; say what differs, and why.

    Example: `samizdat verify build SHA256SUMS`
    """
    teller = report.for_people()
    errors = 0
    for problem in manifest.compare(build, sums):
        teller.problem(problem)
        errors += problem.severity is Severity.ERROR
    teller.say(f"{errors} files differ or are missing." if errors else "Every file on the list is there, and is the one listed.")
    return _DIFFERENT if errors else _SAME
