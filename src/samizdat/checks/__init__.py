"""Checks: what must hold of a manuscript and of every finished file. Each has a code, and yields problems."""
