"""Notebook 34, to be written."""
