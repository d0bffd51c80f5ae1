"""Notebook 26, to be written."""
