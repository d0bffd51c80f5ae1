"""Slides of lessons and paths: what is on them, and the one file that shows them. ``slides.py`` is the command.

The slides are turned, shown to the speaker and printed by reveal.js, which lies here as it was released.
"""
