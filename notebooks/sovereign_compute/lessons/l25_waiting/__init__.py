"""Notebook 25, what waiting costs."""
