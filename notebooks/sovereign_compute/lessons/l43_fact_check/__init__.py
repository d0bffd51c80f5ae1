"""Notebook 43, the fact-check."""
