"""The cache: bytes by the hash of everything they were made from.

There is no invalidation. A changed input is another key, and an entry proves itself: it begins with the hash of its own
content, so a truncated or altered file is made again as if it were not there.
"""

import ctypes
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_HOUR = 3600
_HERE, _RENAME_EXCHANGE = -100, 2  # AT_FDCWD and the flag of renameat2(2)
DIGEST = hashlib.sha256().digest_size


def fingerprint(*parts: str | bytes) -> str:
    """Hash parts so that neither their order nor their borders can be confused."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def write_whole(path: Path, data: bytes, *, settled: bool = True) -> os.stat_result:
    """Write a file so that it appears whole or not at all: beside its place, then renamed. Return the facts of what was written.

    They are those of this very file, even where another process puts its own in the same place at the same time. `settled` waits
    until the disk has the bytes, so that the name never leads to half of them, even after the power has failed; what can prove
    itself does without.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if settled:
                file.flush()
                os.fsync(handle)
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
                _discard(path)


def _facts(paths: Iterable[Path]) -> list[tuple[Path, os.stat_result]]:
    """Return the facts of files, without those that another process has taken away meanwhile."""
    found = []
    for path in paths:
        with suppress(OSError):
            found.append((path, path.stat()))
    return found


def _discard(path: Path) -> None:
    """Take a file, a link or a folder away, if the machine lets us; where it does not, it is swept later."""
    with suppress(OSError):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def write_folder(path: Path, files: Mapping[str, bytes]) -> Mapping[str, os.stat_result]:
    """Write a folder so that it appears whole or not at all: beside its place, then exchanged for the one that stands there.

    What the folder held before and `files` does not name is gone afterwards. Return the facts of each file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=path.parent, prefix=".", suffix=".part"))
    try:
        facts = {name: write_whole(new / name, data) for name, data in files.items()}
        new.chmod(0o755)
        _exchange(new, path)
    finally:
        _discard(new)
    return facts


def _exchange(new: Path, path: Path) -> None:
    """Put a folder in its place; what stood there is where the new one was afterwards, or gone.

    On Linux this is one step, so that there is no moment without either. Elsewhere it is two: a build that is killed between them
    leaves the place empty until the next.
    """
    with suppress(OSError):  # something stands there
        new.rename(path)
        return
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        done = libc.renameat2(_HERE, os.fsencode(new), _HERE, os.fsencode(path), _RENAME_EXCHANGE) == 0
    except (OSError, TypeError, AttributeError):  # not on Linux
        done = False
    if done:
        return
    old = new.with_suffix(".old.part")
    path.rename(old)
    try:
        new.rename(path)
    except BaseException:
        old.rename(path)
        raise
    _discard(old)


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
        write_whole(path, hashlib.sha256(data).digest() + data, settled=False)
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
