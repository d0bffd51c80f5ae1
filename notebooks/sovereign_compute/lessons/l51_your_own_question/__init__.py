"""Notebook 51, how a claim from the news is tested: a worked example on Irish data centres, and the empty form."""
