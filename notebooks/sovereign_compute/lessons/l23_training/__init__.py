"""Notebook 23, how long training takes."""
