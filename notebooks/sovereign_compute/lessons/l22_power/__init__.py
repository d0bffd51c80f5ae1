"""Notebook 22, power, heat and carbon of a site."""
