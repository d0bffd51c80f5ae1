"""The course as a site: what Sphinx is given to read, and what it is told beside that. ``website.py`` is the command."""
