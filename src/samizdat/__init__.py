"""samizdat turns a text into books people hold and read.

ARCHITECTURE.md at the top of the repository is the map of this package.
"""

__version__ = "0.1.0"
