"""Preflight of a PDF that says it is PDF/X-4: its statements, its inks, its pictures and lines."""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Name, PdfImage
from PIL import ImageChops

from samizdat.checks.preflight.drawing import Paint, Picture, Stroke, drawn, family
from samizdat.problems import Place, Problem, Rule, Severity

NOT_PDF_X = Rule(
    "P42",
    Severity.ERROR,
    "The PDF does not keep what PDF/X-4 promises",
    "A PDF/X-4 says for which press it was made, with the profile of that press in it; it says whether it has been trapped, "
    "when it was made, and which document it is; every page has its trimmed size (ISO 15930-7:2010). A printing "
    "house's own check sends back a file in which one of these is missing.",
)
NOT_AN_INK = Rule(
    "P43",
    Severity.ERROR,
    "A colour is mixed of light, not of ink",
    "Screens mix red, green and blue light; a press prints cyan, magenta, yellow and black. A colour left as light is changed by "
    "the printing house's machine, and black text then comes out in four inks with coloured edges (ISO 15930-7:2010; "
    "Ghent Workgroup specification 2015, section on colour).",
)
COARSE_PICTURE = Rule(
    "P44",
    Severity.WARNING,
    "A picture has too few pixels for its size",
    "On paper a picture needs some 300 pixels to the inch. Below 225 it begins to look soft, below 150 one sees the pixels; "
    "drawings in pure black and white need 550. The limits are those of the Ghent Workgroup's specification of 2015.",
)
TOO_MUCH_INK = Rule(
    "P45",
    Severity.WARNING,
    "Too much ink in one place",
    "The inks of one place together may not cover more than some 320 % of the paper on a coated sheet, or they do not dry, "
    "and print off on the facing page (ISO 12647-2:2013; uncoated paper takes 300 % or less).",
)
HAIRLINE = Rule(
    "P46",
    Severity.WARNING,
    "A line is too thin to print",
    "Lines thinner than a quarter of a point (0.09 mm) break or vanish on the press; in grey or in several inks, earlier still. "
    "A line of width nothing is drawn as thin as the machine can, which differs from one to the next.",
)
SHORT_OF_BLEED = Rule(
    "P75",
    Severity.WARNING,
    "A picture stops at the edge of the page",
    "What touches the trimmed edge has to run on beyond it as far as the bleed, or a white sliver shows where the knife has "
    "wandered. Plates are drawn 5 mm over the edges; more bleed than that is more than they have.",
)
CLICKABLE = Rule(
    "P48",
    Severity.ERROR,
    "Something to click lies on a page for the press",
    "Links, notes of readers and form fields are not printed or, worse, are. Inside the bleed PDF/X-4 allows none "
    "(ISO 15930-7:2010).",
)

_COARSE, _COARSEST = 225, 150
_LINE_ART = 550
_MOST_INK = 3.3
"""FOGRA39's own profile goes to 330 %; a tenth more than what is recommended is not worth a warning."""
_THINNEST = 0.25
_SLACK = 0.005
_TOUCHING = 0.5
"""In pt: nearer to an edge than this, a picture is on it."""
_INKS = {"DeviceGray", "DeviceCMYK", "Separation", "DeviceN", "Pattern", ""}
_STATED = ("pdf:Trapped>", "xmp:CreateDate>", "xmp:ModifyDate>", "xmp:MetadataDate>", "xmpMM:DocumentID>", "dc:title>")


def preflight(data: bytes) -> Iterator[Problem]:
    """Check a PDF/X-4 as a printing house does; what cannot be read as PDF has been told of by others."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield from _statements(pdf)
        seen: set[object] = set()
        for number, page in enumerate(pdf.pages, 1):
            yield from _clickable(page, number)
            for code, problem in _page(page, number):
                if code not in seen:
                    seen.add(code)
                    yield problem


def _statements(pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """Look at what the file says of itself."""
    packet = pdf.Root.Metadata.read_bytes().decode("utf-8", "replace")
    absent = [name.rstrip(">") for name in _STATED if name not in packet]
    if pdf.docinfo.get(Name.Trapped) not in (Name("/True"), Name("/False")):
        absent.append("Trapped")
    intents = [intent for intent in pdf.Root.get(Name.OutputIntents, []) if intent.get(Name.S) == Name.GTS_PDFX]
    if len(intents) != 1 or int(intents[0].get(Name.DestOutputProfile, pikepdf.Dictionary()).get(Name.N, 0)) not in (1, 4):
        absent.append("the profile of the press")
    if absent:
        yield NOT_PDF_X.problem(f"The PDF says it is PDF/X-4 but lacks {', '.join(absent)}.", hint="Build the book again.")
    for number, page in enumerate(pdf.pages, 1):
        if (Name.TrimBox in page.obj) == (Name.ArtBox in page.obj):
            yield NOT_PDF_X.problem("The page has no trimmed size, or two.", _place(number), "Build the book again.")


def _clickable(page: pikepdf.Page, number: int) -> Iterator[Problem]:
    left, bottom, right, top = (float(edge) for edge in page.obj.get(Name.BleedBox, page.trimbox))
    for thing in page.obj.get(Name.Annots, []):
        x1, y1, x2, y2 = (float(edge) for edge in thing.Rect)
        if x1 < right and x2 > left and y1 < top and y2 > bottom:
            yield CLICKABLE.problem("Something to click lies on the page.", _place(number), "Build the book again.")


def _page(page: pikepdf.Page, number: int) -> Iterator[tuple[object, Problem]]:
    """Yield what is wrong with what a page draws, each with a key by which it is told once for the whole book."""
    for thing in drawn(page):
        match thing:
            case Picture():
                yield from _picture(thing, number)
                yield from _short(thing, page, number)
            case Stroke(width) if width < _THINNEST - _SLACK:
                message = f"A line is {width:.2f} pt wide."
                yield f"line {width:.2f}", HAIRLINE.problem(message, _place(number), "Make it 0.25 pt or wider.")
            case Paint(space, _amounts) if space not in _INKS:
                yield f"paint {space} {number}", _light(space, number, "A colour")
            case Paint("DeviceCMYK", amounts) if sum(amounts) > _MOST_INK:
                message = f"A colour puts {sum(amounts):.0%} of ink on the paper."
                yield amounts, TOO_MUCH_INK.problem(message, _place(number), "Choose a lighter colour, or black alone.")
            case _:
                pass


def _picture(picture: Picture, number: int) -> Iterator[tuple[object, Problem]]:
    image = picture.image
    space = family(image.get(Name.ColorSpace))
    if space not in _INKS:
        yield f"picture {image.objgen}", _light(space, number, "A picture")
    if not picture.width or not picture.height:
        return
    dots = min(int(image.Width) / picture.width, int(image.Height) / picture.height) * 72
    wanted = _LINE_ART if int(image.get(Name.BitsPerComponent, 1)) == 1 else _COARSE
    if dots < wanted:
        worse = " One will see the pixels." if dots < _COARSEST else ""
        message = f"A picture has {dots:.0f} pixels to the inch.{worse}"
        hint = f"Take a larger picture, or show it smaller; {wanted} is the least for paper."
        yield f"dots {image.objgen}", COARSE_PICTURE.problem(message, _place(number), hint)
    if space == "DeviceCMYK" and (ink := _inkiest(image)) > _MOST_INK:
        message = f"A picture puts {ink:.0%} of ink on the paper in its darkest place."
        yield f"ink {image.objgen}", TOO_MUCH_INK.problem(message, _place(number), "Separate it for the paper it is printed on.")


def _short(picture: Picture, page: pikepdf.Page, number: int) -> Iterator[tuple[object, Problem]]:
    """Find pictures that touch an edge of the page and do not run over it as far as the bleed."""
    trim, bleed = ([float(edge) for edge in box] for box in (page.trimbox, page.obj.get(Name.BleedBox, page.trimbox)))
    sides = zip(picture.edges, trim, bleed, (-1, -1, 1, 1), strict=True)
    if any((edge - cut) * out > -_TOUCHING and (end - edge) * out > _TOUCHING for edge, cut, end, out in sides):
        message = "A picture touches the edge of the page, but not of its bleed."
        yield f"bleed {number}", SHORT_OF_BLEED.problem(message, _place(number), "Make it larger, or ask for less bleed.")


def _inkiest(image: pikepdf.Stream) -> float:
    """Measure the most ink of any pixel, 1 being all of one ink; in steps of two pixels, which no eye tells from one."""
    picture = PdfImage(image).as_pil_image().reduce(2)
    cyan, magenta, yellow, black = picture.split()
    # halves, since a sum would be cut off at all of one ink
    colours = ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, black, scale=2)
    extremes = ImageChops.add(*colours, scale=2).getextrema()
    highest = extremes[1]
    return float(highest) * 4 / 255 if isinstance(highest, (int, float)) else 0.0


def _light(space: str, number: int, what: str) -> Problem:
    message = f"{what} is given as {space.removeprefix('Device')}."
    return NOT_AN_INK.problem(message, _place(number), "Build the book again; if it stays, tell the makers of samizdat.")


def _place(number: int) -> Place:
    return Place(f"page {number}")
