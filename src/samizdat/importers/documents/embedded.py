"""Pictures that stand inside a text file: as numbers in RTF, in base 64 in FB2 and in addresses that begin with data."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

_PICTURE = re.compile(rb"\\pict\b")
_HEX = re.compile(rb"[0-9a-fA-F\s]{16,}")
_BINARY = re.compile(rb"<binary\b([^>]*)>(.*?)</binary>", re.DOTALL)
_ID = re.compile(rb"""\bid\s*=\s*["']([^"']+)""")


def of_rtf(data: bytes) -> Mapping[str, bytes]:
    """Return the pictures of an RTF file under the hash that pandoc names them by."""
    found: dict[str, bytes] = {}
    for start in _PICTURE.finditer(data):
        numbers = _HEX.search(data, start.end())
        if numbers:
            try:
                picture = binascii.unhexlify(re.sub(rb"\s", b"", numbers[0])[: len(re.sub(rb"\s", b"", numbers[0])) // 2 * 2])
            except binascii.Error:
                continue
            found[hashlib.sha1(picture, usedforsecurity=False).hexdigest()] = picture
    return found


def of_fb2(data: bytes) -> Mapping[str, bytes]:
    """Return the pictures of an FB2 file by their ids."""
    found: dict[str, bytes] = {}
    for element in _BINARY.finditer(data):
        if name := _ID.search(element[1]):
            try:
                found[name[1].decode("utf-8", "replace")] = base64.b64decode(element[2])
            except (binascii.Error, ValueError):
                continue
    return found


def of_address(address: str) -> bytes | None:
    """Return what an address that begins with data: holds."""
    head, _, body = address.partition(",")
    if not head.startswith("data:") or not body:
        return None
    try:
        return base64.b64decode(unquote_to_bytes(body)) if head.endswith(";base64") else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        return None
