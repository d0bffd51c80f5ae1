"""Notebook 42, the policy lab."""
