"""The model: a book as an immutable value, in the words of bookmaking.

Importers make it, transforms change it, renderers read it. Standard library only.
"""
