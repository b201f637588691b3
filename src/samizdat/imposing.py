"""The command `samizdat impose`: any PDF set out on sheets. It has more options than all other commands together."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter, validators

from samizdat import report
from samizdat.cache import write_whole
from samizdat.problems import Rule, SamizdatError, Severity

NO_PDF = Rule(
    "W12",
    Severity.ERROR,
    "No PDF was named",
    "`samizdat impose` needs a PDF whose pages it sets out on sheets. Only the printer test, `--test-sheet`, is made of nothing.",
)
SAME_FILE = Rule(
    "W13",
    Severity.ERROR,
    "A PDF must not be overwritten with its own sheets",
    "`samizdat impose` writes its sheets into a file of their own, beside the PDF or where `--output` says. That file would be "
    "the PDF itself, so nothing was written.",
)


def impose(
    *pdf: Annotated[
        Path,
        Parameter(
            help="Any PDF. Its pages are set out on sheets to be printed, folded or cut; those of several follow each other."
        ),
    ],
    scheme: Annotated[
        str, Parameter(help="How: saddle (a stapled booklet), zine, signatures …; a wrong name lists them all.")
    ] = "saddle",
    sheet: Annotated[str, Parameter(help="The paper: A4, A3, letter, legal, tabloid, or millimetres such as 320x450mm.")] = "A4",
    binding: Annotated[Literal["left", "right"], Parameter(help="The edge of the first page on which it is bound.")] = "left",
    paper: Annotated[
        float, Parameter(help="The weight of the paper in g/m², for creep.", validator=validators.Number(gte=20, lte=400))
    ] = 80,
    price: Annotated[
        float, Parameter(help="Of a sheet of paper, for the cost of a copy.", validator=validators.Number(gte=0, lte=1000))
    ] = 0.0,
    signature: Annotated[
        int | None,
        Parameter(
            help="Sheets in a section that is sewn. Default: 4, or 5 or 3 if 4 would leave a single one for the last section.",
            validator=validators.Number(gte=1, lte=50),
        ),
    ] = None,
    flip: Annotated[
        Literal["long", "short"] | None,
        Parameter(help="The edge about which your printer turns the sheet. Default: the one that suits the scheme."),
    ] = None,
    by_hand: Annotated[
        bool,
        Parameter(
            name="--by-hand", negative=(), help="For a printer that prints one side: two files, the fronts and then the backs."
        ),
    ] = False,
    tray: Annotated[
        Literal["last", "first"], Parameter(help="By hand, the sheet whose back is printed first, as your tray needs it.")
    ] = "last",
    pages: Annotated[str, Parameter(help="Those to set out, such as 3-20 or 1-4,7,9-. Default: all.")] = "",
    crop: Annotated[
        float,
        Parameter(
            help="A margin in mm to cut off each page, so that its text is printed larger.",
            validator=validators.Number(gte=0, lte=500),
        ),
    ] = 0.0,
    last: Annotated[
        int,
        Parameter(
            help="So many pages come last, such as the back of a cover: blank pages stand before them.",
            validator=validators.Number(gte=0, lte=16),
        ),
    ] = 0,
    marks: Annotated[
        bool, Parameter(negative=(), help="Mark lightly where to fold, cut and staple, and number the sheets in the fold.")
    ] = False,
    guide: Annotated[
        bool, Parameter(negative=(), help="Put a sheet before the others that says how to print, fold and bind them.")
    ] = False,
    test_sheet: Annotated[
        bool,
        Parameter(name="--test-sheet", negative=(), help="Make a test for the printer instead; it needs no PDF."),
    ] = False,
    output: Annotated[Path | None, Parameter(help="The file to write. Default: beside the PDF, named after the scheme.")] = None,
) -> int:
    """Set out the pages of any PDF on sheets, so that they read in order when the sheets are folded or cut.

    Example: `samizdat impose minutes.pdf --scheme saddle --sheet A4`
    """
    # imported where it is needed: the other commands do without it
    from samizdat import printshop  # noqa: PLC0415

    order = printshop.Order(
        scheme=scheme,
        sheet=sheet,
        binding=binding,
        weight=paper,
        signature=signature,
        flip=flip,
        by_hand=by_hand,
        first=tray == "first",
        marks=marks,
        guide=guide,
        price=price,
        pages=pages,
        crop=crop,
        last=last,
    )
    if test_sheet:
        return _hand_over(printshop.printer_test(order), output or Path("printer-test.pdf"))
    if not pdf:
        raise SamizdatError(
            NO_PDF.problem(
                "No PDF was named.", hint="For example: samizdat impose minutes.pdf, or --test-sheet for a printer test."
            )
        )
    job = printshop.impose(pdf[0].read_bytes(), order, *(file.read_bytes() for file in pdf[1:]))
    teller = report.for_people()
    for problem in job.problems:
        teller.problem(problem)
    _hand_over(job.files, output or pdf[0].with_name(f"{pdf[0].stem}-{scheme}.pdf"), pdf)
    teller.say(job.shopping.line())
    return 0


def _hand_over(files: Mapping[str, bytes], target: Path, sources: Iterable[Path] = ()) -> int:
    """Write printed sheets, but not over a PDF that they were made from."""
    for part, data in files.items():
        place = target.with_stem(f"{target.stem}{part}")
        if place.resolve() in {source.resolve() for source in sources}:
            raise SamizdatError(SAME_FILE.problem(f"{place} is the PDF itself.", hint="Choose another name for --output."))
        write_whole(place, data)
        report.for_people().say(f"{place} written.")
    return 0
