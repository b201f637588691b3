"""Editions: each module is one, named after its file, and found by walking this package."""
