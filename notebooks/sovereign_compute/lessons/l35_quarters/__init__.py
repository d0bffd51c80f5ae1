"""Notebook 35, twelve quarters: the founder game, its best policy, and what luck and decisions do."""
