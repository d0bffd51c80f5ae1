"""Notebook 34, whether a gigafactory pays."""
