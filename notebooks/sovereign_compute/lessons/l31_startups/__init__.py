"""Notebook 31, what a start-up is worth."""
