"""Damage files guided by what they reach in the program, with atheris, for as long as one likes.

    pip install atheris
    python tools/fuzz.py READER [SECONDS]

READER is one of those in tests/fuzz/test_readers.py, such as `capture` or `a.epub`. What it finds is printed as the bytes that
did it; make a test of them. `make fuzz` does the same without atheris, and without knowing where it has been.
"""

import importlib.util
import sys
from pathlib import Path
from typing import Any


def _readers() -> Any:
    path = Path(__file__).parents[1] / "tests" / "fuzz" / "test_readers.py"
    spec = importlib.util.spec_from_file_location("test_readers", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Fuzz one reader."""
    try:
        import atheris  # noqa: PLC0415  wanted here only, and not on every machine
    except ImportError as error:
        raise SystemExit("atheris is not installed: pip install atheris") from error
    with atheris.instrument_imports(include=["samizdat"]):
        module = _readers()
    if len(sys.argv) < 2 or sys.argv[1] not in module.READERS:
        raise SystemExit(f"{__doc__}\nReaders: {', '.join(module.READERS)}")
    seconds = sys.argv[2] if len(sys.argv) > 2 else "60"
    one: Any = module.tried(sys.argv[1], 100)
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}"], one.hypothesis.fuzz_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
