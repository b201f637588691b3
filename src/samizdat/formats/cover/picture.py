"""A cover's page set as a PDF of one page."""

from samizdat.typesetting.tree import parse


def to_pdf(xhtml: str) -> bytes:
    """Set a finished cover page in the house fonts; its own style element gives its size."""
    from samizdat.typesetting import engine  # noqa: PLC0415  # slow to load, and not needed where the cover is remembered

    with engine.complaints("the cover"):
        return engine.write(engine.lay_out(parse(xhtml), "", "", {}))
