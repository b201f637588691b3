"""A web page saved in one file, with its pictures: MHTML (RFC 2557), as several browsers save it."""

import email
import email.policy
import re
from collections.abc import Callable
from email.message import EmailMessage
from itertools import islice

from samizdat.importers.documents.formats import NOT_TEXT
from samizdat.problems import SamizdatError

_MOST_PARTS = 2000
_SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/svg+xml": ".svg", "image/webp": ".webp"}


def opened(data: bytes) -> tuple[bytes, Callable[[str], bytes | None]]:
    """Return the page, and what finds a picture by the name that the page now has for it."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = list(islice(message.walk(), _MOST_PARTS))
    page = next((part for part in parts if part.get_content_type() in {"text/html", "application/xhtml+xml"}), None)
    if page is None:
        raise SamizdatError(NOT_TEXT.problem("There is no page in this file.", hint="Save the page as HTML, and import that."))
    html, pictures = _content(page), dict[str, bytes]()
    charset = page.get_content_charset() or "utf-8"
    try:
        html = html.decode(charset, "replace").encode()
    except LookupError:
        html = html.decode("utf-8", "replace").encode()
    for number, part in enumerate(parts):
        suffix = _SUFFIXES.get(part.get_content_type())
        where = [str(part.get("Content-Location") or "").strip(), f"cid:{str(part.get('Content-ID') or '').strip(' <>')}"]
        if not suffix:
            continue
        name = f"saved-{number}{suffix}"
        pictures[name] = _content(part)
        for address in where:
            if len(address) > len("cid:"):
                html = _renamed(html, address, name)
    return html, pictures.get


def _renamed(html: bytes, address: str, name: str) -> bytes:
    """Give a picture a name of its own wherever the page shows it."""
    spelt = {address, address.replace("&", "&amp;")}
    for one in spelt:
        html = re.sub(rb"""(["'])""" + re.escape(one.encode()) + rb"""\1""", f'"{name}"'.encode(), html)
    return html


def _content(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""
