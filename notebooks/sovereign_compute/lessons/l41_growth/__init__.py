"""Notebook 41, what AI adds to the economy."""
