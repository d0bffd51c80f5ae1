"""Notebook 12, who can switch you off."""
