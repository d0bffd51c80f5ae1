"""Notebook 34, to be written: what decides its claims.

None yet. A claim is a row of ``data/claims.csv``, and here is the function that decides it, under ``@judges("C00")``.
"""
