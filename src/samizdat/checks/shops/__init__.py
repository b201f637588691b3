"""The preflight: what shops, services and old reading programs ask of an EPUB beyond the standard; each rule names its source."""

from collections.abc import Iterator, Mapping

from samizdat.checks.shops import cover, files, pictures, styles, way
from samizdat.checks.shops.parcel import opened
from samizdat.problems import Problem

_CHECKS = (files.check, cover.check, pictures.check, way.check, styles.check)


def check(contents: Mapping[str, bytes], size: int) -> Iterator[Problem]:
    """Check the files of an EPUB, by their paths; `size` is that of the whole in bytes.

    A container without a readable package document is EPUBCheck's business, and nothing is said of it here.
    """
    parcel = opened(contents, size)
    if parcel is not None:
        for part in _CHECKS:
            yield from part(parcel)
