"""Notebook 26, what an answer costs."""
