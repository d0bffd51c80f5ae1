"""Notebook 13, what independence is worth."""
