"""Formats: containers and finished files. They take pages and pictures, and know nothing of books."""
