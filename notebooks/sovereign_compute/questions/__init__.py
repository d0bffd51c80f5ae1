"""The exercises of each notebook: ``q21.py`` belongs to notebook 21."""
