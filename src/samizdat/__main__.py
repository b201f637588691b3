"""`python -m samizdat` is the same as `samizdat`."""

from samizdat.cli import main

if __name__ == "__main__":
    main()
