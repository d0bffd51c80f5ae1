"""Notebook 33, what must stand beside the machine."""
