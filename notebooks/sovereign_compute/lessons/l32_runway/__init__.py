"""Notebook 32, how long the money lasts."""
