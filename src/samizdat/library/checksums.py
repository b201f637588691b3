"""The checksums of everything in the build folder, by which a reader can tell that a copy is whole: `sha256sum -c SHA256SUMS`."""

import hashlib
from collections.abc import Mapping, Sequence

from samizdat.library.shelf import Shelved


def sums(books: Sequence[Shelved], made: Mapping[str, bytes]) -> bytes:
    """Return the list for the files of the books and those that the library made, by path."""
    digests = {path: digest for book in books for _, path, _, digest, _ in book.files}
    digests |= {path: hashlib.sha256(data).hexdigest() for path, data in made.items()}
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()
