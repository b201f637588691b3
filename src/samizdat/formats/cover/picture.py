"""A cover's page set as a PDF of one page."""

from samizdat.typesetting import engine


def to_pdf(xhtml: str) -> bytes:
    """Set a finished cover page in the house fonts; its own style element gives its size."""
    with engine.complaints("the cover"):
        return engine.write(engine.lay_out(engine.parse(xhtml), "", "", {}), tagged=False)
