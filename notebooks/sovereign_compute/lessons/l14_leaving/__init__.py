"""Notebook 14, what it costs to leave a provider."""
