"""The cache: bytes by the hash of everything they were made from.

There is no invalidation. A changed input is another key, and an entry proves itself: it begins with the hash of its own
content, so a truncated or altered file is made again as if it were not there.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

DIGEST = hashlib.sha256().digest_size


def fingerprint(*parts: str | bytes) -> str:
    """Hash parts so that neither their order nor their borders can be confused."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it appears whole or not at all: beside its place, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder so that it appears whole or not at all: beside its place, then exchanged for the one that stands there.

    What the folder held before and `files` does not name is gone afterwards.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=path.parent, prefix=".", suffix=".part"))
    old = new.with_suffix(".old")
    try:
        for name, data in files.items():
            write_whole(new / name, data)
        new.chmod(0o755)
        if path.exists():
            path.rename(old)
        new.rename(path)
    except BaseException:
        if old.exists() and not path.exists():
            old.rename(path)
        raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Cache:
    """Remembered bytes in one folder. Safe to share between processes."""

    folder: Path

    def remember(self, make: Callable[[], bytes], *parts: str | bytes) -> bytes:
        """Return what `make` returned the last time for these parts, or make it now.

        The parts must be all that the result depends on.
        """
        key = fingerprint(*parts)
        path = self.folder / key[:2] / key[2:]
        try:
            entry = path.read_bytes()
        except OSError:
            entry = b""
        if entry[:DIGEST] == hashlib.sha256(entry[DIGEST:]).digest():
            return entry[DIGEST:]
        data = make()
        write_whole(path, hashlib.sha256(data).digest() + data)
        return data

    def trim(self, limit: int) -> None:
        """Forget what was made longest ago, until the rest takes no more than `limit` bytes."""
        entries = [(entry, entry.stat()) for entry in self.folder.glob("[0-9a-f][0-9a-f]/*")]
        entries.sort(key=lambda entry: entry[1].st_mtime_ns, reverse=True)
        kept = 0
        for path, facts in entries:
            kept += facts.st_size
            if kept > limit:
                path.unlink(missing_ok=True)
