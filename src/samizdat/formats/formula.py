"""Formulas: simple TeX as MathML for readers that know it, and as a drawing for paper.

The only door to latex2mathml and ziamath.
"""

import base64
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

import latex2mathml.converter
from lxml import etree
from ziamath import zmath
from ziamath.config import config

from samizdat.problems import Place, Rule, SamizdatError, Severity

MATH_FAULT = Rule(
    "S30",
    Severity.ERROR,
    "A formula cannot be read",
    "Formulas are written in simple TeX between dollar signs: letters, numbers, ^ and _ for raised and lowered signs, \\frac, "
    "\\sqrt, \\sum, Greek letters by name. Commands that define or load something are not known here. If a dollar sign was "
    "meant as money, write \\$.",
)

# Outlines drawn where they stand: WeasyPrint does not place <symbol> by its viewBox.
config.svg2 = False

_LONGEST = 2000
_EM = 24.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn formula: an SVG as a data URI; width, height and the depth below the line in em of the text around it."""

    data_uri: str
    width: float
    height: float
    depth: float


@lru_cache(maxsize=4096)
def mathml(tex: str, *, display: bool = False) -> str:
    """Return the formula as a MathML element that carries its TeX as alttext; raises SamizdatError S30."""
    _measured(tex)
    try:
        root = etree.fromstring(latex2mathml.converter.convert(tex, display="block" if display else "inline").encode())
    except Exception as error:  # the converter has no base class for its errors, and IndexError among them
        raise _fault(tex, str(error)) from error
    unknown = next((element.text for element in root.iter() if (element.text or "").startswith("\\")), None)
    if unknown:
        raise _fault(tex, f"the command {unknown} is not known")
    root.set("alttext", tex)
    return etree.tostring(root, encoding="unicode")


@lru_cache(maxsize=4096)
def drawing(tex: str, *, display: bool = False) -> Drawing:
    """Return the formula drawn in outlines; raises SamizdatError S30."""
    _measured(tex)
    try:
        picture = zmath.Latex(tex, size=_EM, inline=not display)
        svg = ElementTree.tostring(picture.svgxml())
        width, height = picture.getsize()
        depth = -picture.getyofst()
    except Exception as error:  # ziamath raises whatever its parser met
        raise _fault(tex, str(error)) from error
    uri = "data:image/svg+xml;base64," + base64.b64encode(svg).decode()
    return Drawing(uri, width / _EM, height / _EM, max(depth, 0.0) / _EM)


def _measured(tex: str) -> None:
    """Refuse a formula that no page can hold; the libraries that read formulas take very long over it."""
    if len(tex) > _LONGEST:
        raise _fault(tex, f"it is {len(tex):,} letters long")


def _fault(tex: str, reason: str) -> SamizdatError:
    return SamizdatError(
        MATH_FAULT.problem(
            f"The formula ${tex}$ cannot be read: {reason or 'something is missing in it'}.",
            Place(excerpt=tex),
            "Write it with simpler TeX, or set \\$ if a dollar sign was meant.",
        )
    )
