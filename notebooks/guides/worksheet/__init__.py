"""Sheets of paper with two sides: what is on them, and the file that prints them. ``worksheets.py`` is the command."""
