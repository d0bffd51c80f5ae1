"""Notebook 24, what a public euro in supercomputing returns."""
