"""Notebook 21, what a GPU-hour costs."""
