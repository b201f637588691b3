"""The preflight of the cover: that there is one, that shops can show it, that it has a page to itself."""

from collections.abc import Iterator

from samizdat.checks.shops.parcel import XHTML_TYPE, Item, Parcel, target, tree
from samizdat.checks.shops.pictures import look
from samizdat.problems import Place, Problem, Rule, Severity

NO_COVER = Rule(
    "E42",
    Severity.ERROR,
    "The e-book has no cover that a shop could show",
    "Shops refuse a book without a cover, and on a shelf it is a grey box. The manifest must mark a picture as cover-image, "
    "older programs look for <meta name='cover'>, and it must be a JPEG or a PNG: Kobo names GIF as one that it refuses. "
    "Sources: EPUB 3.3, “The cover-image property”; Kobo EPUB Guidelines, “Cover Images”; Google Play Books Partner Center, "
    "“Files and uploading overview”; Kindle Publishing Guidelines, “Cover Image Guidelines”.",
)
COVER_SIZE = Rule(
    "E44",
    Severity.WARNING,
    "The cover is too small or too large for the shops",
    "Kindle takes covers from 625 by 1000 dots on, Google Play from 640 on and up to 7200 by 7200; below 500 dots Amazon "
    "does not show one. Sources: Kindle Publishing Guidelines, “Cover Image Guidelines”; Google Play Books Partner Center, "
    "“Files and uploading overview”.",
)
SMALL_COVER = Rule(
    "E45",
    Severity.ADVICE,
    "The cover is smaller than shops would like it",
    "1600 by 2560 dots look sharp on every screen; with fewer Amazon sends a reminder at every upload. Source: Kindle "
    "Publishing Guidelines, “Cover Image Guidelines”.",
)
SHARED_PAGE = Rule(
    "E46",
    Severity.WARNING,
    "The cover shares its page with something else",
    "A Kobo shows the page of the cover as one fixed picture; what else stands on it cannot be enlarged and may be cut off. "
    "Source: Kobo EPUB Guidelines, “Cover Images”.",
)

_SMALLEST = (640, 1000)
_LARGEST = 7200
_WANTED = (1600, 2560)
_HINT = "Save your cover as JPEG or PNG, 1600 dots wide and 2560 high."


def check(parcel: Parcel) -> Iterator[Problem]:
    """Look at the cover."""
    picture = parcel.with_property("cover-image")
    if picture is None or parcel.items.get(parcel.cover) != picture:
        yield NO_COVER.problem("No picture is marked as the cover.", Place(parcel.opf), "Build the book again with its cover.")
        return
    yield from _picture(parcel, picture)
    yield from _page(parcel, picture)


def _picture(parcel: Parcel, picture: Item) -> Iterator[Problem]:
    place = Place(picture.path)
    if picture.media_type not in ("image/jpeg", "image/png"):
        yield NO_COVER.problem(f"The cover is of the kind {picture.media_type}.", place, _HINT)
        return
    sight = look(parcel.contents.get(picture.path, b""))
    if sight is None:
        yield NO_COVER.problem("The cover cannot be read as a picture.", place, _HINT)
        return
    size = f"The cover has {sight.width} by {sight.height} dots"
    if sight.width < _SMALLEST[0] or sight.height < _SMALLEST[1] or max(sight.width, sight.height) > _LARGEST:
        yield COVER_SIZE.problem(f"{size}.", place, _HINT)
    elif sight.width < _WANTED[0] or sight.height < _WANTED[1]:
        yield SMALL_COVER.problem(f"{size}.", place, _HINT)


def _page(parcel: Parcel, picture: Item) -> Iterator[Problem]:
    for name, data in parcel.of_type(XHTML_TYPE):
        page = tree(data)
        body = None if page is None else page.find("{*}body")
        if body is None or not any(target(name, image.get("src", ""))[0] == picture.path for image in body.iter("{*}img")):
            continue
        if "".join(map(str, body.itertext())).strip() or len(list(body.iter("{*}img"))) > 1:
            yield SHARED_PAGE.problem("The cover's page holds more than the cover.", Place(name), "Mend the cover's template.")
