"""The cache: bytes by the hash of everything they were made from.

There is no invalidation. A changed input is another key, and an entry proves itself: it begins with the hash of its own
content, so a truncated or altered file is made again as if it were not there.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_HOUR = 3600
DIGEST = hashlib.sha256().digest_size


def fingerprint(*parts: str | bytes) -> str:
    """Hash parts so that neither their order nor their borders can be confused."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def write_whole(path: Path, data: bytes) -> os.stat_result:
    """Write a file so that it appears whole or not at all: beside its place, then renamed. Return the facts of what was written.

    They are those of this very file, even where another process puts its own in the same place at the same time.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        facts = Path(name).stat()
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return facts


def sweep(folder: Path) -> None:
    """Take away what was half written here when a process was killed, an hour ago or longer; nobody is at work on that.

    The hour is that of the disk, which has no need to agree with this machine's clock.
    """
    parts = _facts(folder.rglob(".*.part"))
    if parts:
        with tempfile.NamedTemporaryFile(dir=folder) as now:
            latest = Path(now.name).stat().st_mtime
        for path, facts in parts:
            if latest - facts.st_mtime > _HOUR:
                with suppress(OSError):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _facts(paths: Iterable[Path]) -> list[tuple[Path, os.stat_result]]:
    """Return the facts of files, without those that another process has taken away meanwhile."""
    found = []
    for path in paths:
        with suppress(OSError):
            found.append((path, path.stat()))
    return found


def write_folder(path: Path, files: Mapping[str, bytes]) -> Mapping[str, os.stat_result]:
    """Write a folder so that it appears whole or not at all: beside its place, then exchanged for the one that stands there.

    What the folder held before and `files` does not name is gone afterwards. Return the facts of each file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=path.parent, prefix=".", suffix=".part"))
    old = new.with_suffix(".old.part")
    try:
        facts = {name: write_whole(new / name, data) for name, data in files.items()}
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
    return facts


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
        entries = _facts(self.folder.glob("[0-9a-f][0-9a-f]/[0-9a-f]*"))
        entries.sort(key=lambda entry: entry[1].st_mtime_ns, reverse=True)
        kept = 0
        for path, facts in entries:
            kept += facts.st_size
            if kept > limit:
                path.unlink(missing_ok=True)
