"""Notebook 11, who owns the fast computers."""
