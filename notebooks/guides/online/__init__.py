"""The course as a site: what Sphinx is given to read, and what it is told besides. ``website.py`` is the command."""
